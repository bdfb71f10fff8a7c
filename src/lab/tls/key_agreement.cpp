// SPDX-License-Identifier: Apache-2.0
// EVP for the curves, plain modular exponentiation for the fields: EVP refuses the groups that a test needs.
#include "lab/tls/key_agreement.hpp"

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <string_view>
#include <utility>

#include "lab/tls/hashing.hpp"

namespace securetransport::lab {
namespace {

using AgreementContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using BignumContext = std::unique_ptr<BN_CTX, Release<BN_CTX_free>>;

/// A safe prime made for this file with `openssl prime -generate -safe -bits 512`.
constexpr const char* kPrime512 =
    "C9A5AA39C5C2CA1CF0FD8530C0E7BD5B980603E43B8348AE9DEDB1ABF1C98C09"
    "C7DBD95478E516740A82E2814F15B7AF9C985A0DA8A6FA25C764D44580080E17";

Bytes to_bytes(const Bignum& number) {
  Bytes out(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), out.data());
  return out;
}

Bignum to_number(ByteView bytes) { return Bignum(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)); }

/// base ^ exponent mod modulus; empty if that is not defined.
Bytes power(ByteView base, ByteView exponent, ByteView modulus) {
  const BignumContext context(BN_CTX_new());
  Bignum result(BN_new());
  const Bignum m = to_number(modulus);
  if (BN_is_zero(m.get())) return {};
  if (BN_mod_exp(result.get(), to_number(base).get(), to_number(exponent).get(), m.get(), context.get()) != 1) {
    return {};
  }
  return to_bytes(result);
}

Bignum prime_of(DhGroup group) {
  switch (group) {
    case DhGroup::Bits512: {
      BIGNUM* number = nullptr;
      BN_hex2bn(&number, kPrime512);
      return Bignum(number);
    }
    case DhGroup::Bits768: return Bignum(BN_get_rfc2409_prime_768(nullptr));
    case DhGroup::Bits1024: return Bignum(BN_get_rfc2409_prime_1024(nullptr));
    case DhGroup::Bits2048: return Bignum(BN_get_rfc3526_prime_2048(nullptr));
    case DhGroup::Bits3072: return Bignum(BN_get_rfc3526_prime_3072(nullptr));
  }
  return Bignum(BN_new());
}

PrivateKey peer_key(const CurveKey& own, ByteView encoded) {
  if (own.group == group::kX25519) {
    return PrivateKey(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, encoded.data(), encoded.size()));
  }
  PrivateKey peer(EVP_PKEY_new());
  if (EVP_PKEY_copy_parameters(peer.get(), own.key.get()) != 1) return nullptr;
  if (EVP_PKEY_set1_encoded_public_key(peer.get(), encoded.data(), encoded.size()) != 1) return nullptr;
  return peer;
}

}  // namespace

std::optional<CurveKey> CurveKey::make(std::uint16_t group) {
  CurveKey made;
  made.group = group;
  if (group == group::kX25519) {
    made.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  } else if (group == group::kP256) {
    made.key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  }
  if (!made.key) return std::nullopt;
  unsigned char* encoded = nullptr;
  const std::size_t size = EVP_PKEY_get1_encoded_public_key(made.key.get(), &encoded);
  made.public_value.assign(encoded, encoded + size);
  OPENSSL_free(encoded);
  return made;
}

std::optional<Bytes> CurveKey::agree(ByteView peer) const {
  if (peer.empty()) return std::nullopt;
  const PrivateKey other = peer_key(*this, peer);
  const AgreementContext context(EVP_PKEY_CTX_new(key.get(), nullptr));
  if (!other || EVP_PKEY_derive_init(context.get()) != 1) return std::nullopt;
  if (EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1) return std::nullopt;
  Bytes secret(32);
  std::size_t size = secret.size();
  if (EVP_PKEY_derive(context.get(), secret.data(), &size) != 1) return std::nullopt;
  secret.resize(size);
  return secret;
}

DhParameters DhParameters::of(DhGroup group) { return {to_bytes(prime_of(group)), Bytes{2}}; }

DhKey DhKey::make(DhParameters parameters) {
  DhKey made{std::move(parameters), random_bytes(32), {}};  // An exponent of 256 bits: enough for a test, and fast.
  made.public_value = power(made.parameters.generator, made.secret, made.parameters.prime);
  return made;
}

Bytes DhKey::agree(ByteView peer) const { return power(peer, secret, parameters.prime); }

}  // namespace securetransport::lab
