// SPDX-License-Identifier: Apache-2.0
// <Security/SecSignVerifyTransform.h>, <Security/SecDigestTransform.h>: signing and verifying.
#include <Security/SecBase.h>
#include <Security/SecEncryptTransform.h>
#include <Security/SecSignVerifyTransform.h>

#include <array>
#include <optional>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/key_algorithm.hpp"
#include "apple/key_objects.hpp"
#include "apple/transform.hpp"
#include "cf/string.hpp"

using namespace securetransport;
using apple::set_error;
using cf::constant_string;

const CFStringRef kSecKeyAttributeName = constant_string<"KEY">;
const CFStringRef kSecSignatureAttributeName = constant_string<"Signature">;
const CFStringRef kSecInputIsAttributeName = constant_string<"InputIs">;
const CFStringRef kSecInputIsPlainText = constant_string<"PlainText">;
const CFStringRef kSecInputIsDigest = constant_string<"Digest">;
const CFStringRef kSecInputIsRaw = constant_string<"Raw">;
const CFStringRef kSecDigestTypeAttribute = constant_string<"Digest Type">;
const CFStringRef kSecDigestLengthAttribute = constant_string<"Digest Length">;
const CFStringRef kSecDigestMD5 = constant_string<"MD5 Digest">;
const CFStringRef kSecDigestSHA1 = constant_string<"SHA1 Digest">;
const CFStringRef kSecDigestSHA2 = constant_string<"SHA2 Digest Family">;

namespace {

bool takes(CFStringRef key, CFTypeRef value) {
  if (CFEqual(key, kSecInputIsAttributeName) != 0) {
    return apple::is_one_of(value, std::array{kSecInputIsPlainText, kSecInputIsDigest, kSecInputIsRaw});
  }
  if (CFEqual(key, kSecDigestTypeAttribute) != 0) {
    return apple::is_one_of(value, std::array{kSecDigestMD5, kSecDigestSHA1, kSecDigestSHA2});
  }
  if (CFEqual(key, kSecDigestLengthAttribute) != 0) return apple::as_number(value).has_value();
  // Programs name the only padding there is.
  if (CFEqual(key, kSecPaddingKey) != 0) return CFEqual(value, kSecPaddingPKCS1Key) != 0;
  return false;
}

bool takes_signature_too(CFStringRef key, CFTypeRef value) {
  if (CFEqual(key, kSecSignatureAttributeName) != 0) return apple::as_data(value) != nullptr;
  return takes(key, value);
}

std::optional<HashKind> hash_of(const __SecTransform& transform) {
  const CFTypeRef type = transform.get(kSecDigestTypeAttribute);
  const auto bits = apple::as_number(transform.get(kSecDigestLengthAttribute)).value_or(0);
  const auto only = [&](std::int64_t length, HashKind hash) {
    return bits == 0 || bits == length ? std::optional{hash} : std::nullopt;
  };
  if (CFEqual(type, kSecDigestMD5) != 0) return only(128, HashKind::Md5);
  if (CFEqual(type, kSecDigestSHA1) != 0) return only(160, HashKind::Sha1);
  switch (bits) {
    case 224: return HashKind::Sha224;
    case 0:
    case 256: return HashKind::Sha256;
    case 384: return HashKind::Sha384;
    case 512: return HashKind::Sha512;
    default: return std::nullopt;
  }
}

/// What the attributes ask for; nullopt for a digest that has no such length.
std::optional<SignatureAlgorithm> algorithm_of(const __SecTransform& transform, KeyType type) {
  const auto scheme = type == KeyType::Ec ? SigningScheme::Ecdsa : SigningScheme::RsaPkcs1;
  const CFTypeRef input = transform.get(kSecInputIsAttributeName);
  if (CFEqual(input, kSecInputIsRaw) != 0) return SignatureAlgorithm{scheme, HashKind::None, SignatureInput::Hash};
  const auto hash = hash_of(transform);
  if (!hash) return std::nullopt;
  const bool is_digest = CFEqual(input, kSecInputIsDigest) != 0;
  return SignatureAlgorithm{scheme, *hash, is_digest ? SignatureInput::Hash : SignatureInput::Message};
}

CFTypeRef fail(CFErrorRef* error, OSStatus status, std::string_view why) {
  set_error(error, status, why);
  return nullptr;
}

constexpr std::string_view kNoDigest = "the digest has no such length";

CFTypeRef sign(const __SecTransform& transform, CFErrorRef* error) {
  const auto input = apple::copy_input(transform, error);
  if (!input) return nullptr;
  const PrivateKey& key = *cf::expect<__SecKey>(transform.get(kSecKeyAttributeName)).private_key();
  const auto algorithm = algorithm_of(transform, key.type());
  if (!algorithm) return fail(error, errSecParam, kNoDigest);
  const auto signature = key.sign(*algorithm, cf::bytes_of(input.get()));
  if (!signature) return fail(error, apple::key_status(signature.error()), signature.error().detail);
  return cf::make_data(*signature).release();
}

CFTypeRef verify(const __SecTransform& transform, CFErrorRef* error) {
  const auto input = apple::copy_input(transform, error);
  if (!input) return nullptr;
  const CFDataRef signature = apple::as_data(transform.get(kSecSignatureAttributeName));
  if (signature == nullptr) return fail(error, errSecParam, "there is no signature to verify");
  const PublicKey key = cf::expect<__SecKey>(transform.get(kSecKeyAttributeName)).public_key();
  const auto algorithm = algorithm_of(transform, key.type());
  if (!algorithm) return fail(error, errSecParam, kNoDigest);
  const auto verdict = key.verify(*algorithm, cf::bytes_of(input.get()), cf::bytes_of(signature));
  if (verdict) return CFRetain(kCFBooleanTrue);
  // A wrong signature is an answer; a question that makes no sense is an error.
  const OSStatus status = apple::key_status(verdict.error());
  return status == errSecVerifyFailed ? CFRetain(kCFBooleanFalse) : fail(error, status, verdict.error().detail);
}

constexpr apple::TransformKind kSign{takes, sign};
constexpr apple::TransformKind kVerify{takes_signature_too, verify};

SecTransformRef create(const apple::TransformKind& kind, SecKeyRef key, CFDataRef signature) {
  auto transform = cf::CFRef<SecTransformRef>::adopt(new __SecTransform(kind));
  auto& object = cf::expect<__SecTransform>(transform.get());
  object.set(kSecKeyAttributeName, key);
  object.set(kSecInputIsAttributeName, kSecInputIsPlainText);
  object.set(kSecDigestTypeAttribute, kSecDigestSHA1);
  if (signature != nullptr) object.set(kSecSignatureAttributeName, signature);
  return transform.release();
}

}  // namespace

SecTransformRef SecSignTransformCreate(SecKeyRef key, CFErrorRef* error) {
  if (error != nullptr) *error = nullptr;
  return apple::object_boundary([&]() -> SecTransformRef {
    const auto* const object = cf::checked<__SecKey>(key);
    if (object == nullptr || object->private_key() == nullptr) {
      return fail(error, errSecParam, "there is no private key to sign with");
    }
    return create(kSign, key, nullptr);
  });
}

SecTransformRef SecVerifyTransformCreate(SecKeyRef key, CFDataRef signature, CFErrorRef* error) {
  if (error != nullptr) *error = nullptr;
  return apple::object_boundary([&]() -> SecTransformRef {
    if (cf::checked<__SecKey>(key) == nullptr) return fail(error, errSecParam, "there is no key to verify with");
    if (signature != nullptr && apple::as_data(signature) == nullptr) {
      return fail(error, errSecParam, "the signature is not data");
    }
    return create(kVerify, key, signature);
  });
}
