// SPDX-License-Identifier: Apache-2.0
// <Security/SecEncryptTransform.h>: encrypting and decrypting with RSA, through the functions of SecKey.
#include <Security/SecEncryptTransform.h>
#include <Security/SecKey.h>
#include <Security/SecSignVerifyTransform.h>

#include <array>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/key_objects.hpp"
#include "apple/transform.hpp"
#include "cf/string.hpp"

using namespace securetransport;
using cf::constant_string;

const CFStringRef kSecPaddingKey = constant_string<"SecPaddingKey">;
const CFStringRef kSecPaddingNoneKey = constant_string<"SecPaddingNoneKey">;
const CFStringRef kSecPaddingPKCS1Key = constant_string<"SecPaddingPKCS1Key">;
const CFStringRef kSecPaddingOAEPKey = constant_string<"OAEPPadding">;

namespace {

using Crypt = CFDataRef (*)(SecKeyRef key, SecKeyAlgorithm algorithm, CFDataRef input, CFErrorRef* error);

bool takes(CFStringRef key, CFTypeRef value) {
  if (CFEqual(key, kSecPaddingKey) == 0) return false;
  return apple::is_one_of(value, std::array{kSecPaddingNoneKey, kSecPaddingPKCS1Key, kSecPaddingOAEPKey});
}

SecKeyAlgorithm algorithm_of(const __SecTransform& transform) {
  const CFTypeRef padding = transform.get(kSecPaddingKey);
  if (CFEqual(padding, kSecPaddingNoneKey) != 0) return kSecKeyAlgorithmRSAEncryptionRaw;
  if (CFEqual(padding, kSecPaddingOAEPKey) != 0) return kSecKeyAlgorithmRSAEncryptionOAEPSHA1;
  return kSecKeyAlgorithmRSAEncryptionPKCS1;
}

template <Crypt crypt>
CFTypeRef run(const __SecTransform& transform, CFErrorRef* error) {
  const auto input = apple::copy_input(transform, error);
  if (!input) return nullptr;
  auto* const key = cf::checked<__SecKey>(transform.get(kSecKeyAttributeName));
  return crypt(key, algorithm_of(transform), input.get(), error);
}

constexpr apple::TransformKind kEncrypt{takes, run<SecKeyCreateEncryptedData>};
constexpr apple::TransformKind kDecrypt{takes, run<SecKeyCreateDecryptedData>};

SecTransformRef create(const apple::TransformKind& kind, SecKeyOperationType operation, SecKeyRef key,
                       CFErrorRef* error) {
  if (error != nullptr) *error = nullptr;
  return apple::object_boundary([&]() -> SecTransformRef {
    if (SecKeyIsAlgorithmSupported(key, operation, kSecKeyAlgorithmRSAEncryptionPKCS1) == 0) {
      apple::set_error(error, errSecParam, "there is no key of the kind that this needs");
      return nullptr;
    }
    auto transform = cf::CFRef<SecTransformRef>::adopt(new __SecTransform(kind));
    auto& object = cf::expect<__SecTransform>(transform.get());
    object.set(kSecKeyAttributeName, key);
    object.set(kSecPaddingKey, kSecPaddingPKCS1Key);
    return transform.release();
  });
}

}  // namespace

SecTransformRef SecEncryptTransformCreate(SecKeyRef keyRef, CFErrorRef* error) {
  return create(kEncrypt, kSecKeyOperationTypeEncrypt, keyRef, error);
}

SecTransformRef SecDecryptTransformCreate(SecKeyRef keyRef, CFErrorRef* error) {
  return create(kDecrypt, kSecKeyOperationTypeDecrypt, keyRef, error);
}
