// SPDX-License-Identifier: Apache-2.0
#include "trust/key_derivation_work.hpp"

#include <openssl/pkcs12.h>

#include <memory>

#include "ossl/handles.hpp"

namespace securetransport::trust {
namespace {

using Pbe2Ptr = std::unique_ptr<PBE2PARAM, ossl::Deleter<PBE2PARAM_free>>;
using PbePtr = std::unique_ptr<PBEPARAM, ossl::Deleter<PBEPARAM_free>>;
using Pbkdf2Ptr = std::unique_ptr<PBKDF2PARAM, ossl::Deleter<PBKDF2PARAM_free>>;
using ScryptPtr = std::unique_ptr<SCRYPT_PARAMS, ossl::Deleter<SCRYPT_PARAMS_free>>;

template <class Pointer>
Pointer unpack(const ASN1_ITEM* item, const ASN1_TYPE* from) {
  return Pointer(
      static_cast<typename Pointer::pointer>(from == nullptr ? nullptr : ASN1_TYPE_unpack_sequence(item, from)));
}

/// A number that is negative or does not fit is too many in any case.
std::int64_t count_of(const ASN1_INTEGER* number) {
  std::int64_t count = 0;
  if (ASN1_INTEGER_get_int64(&count, number) != 1 || count < 0) return INT64_MAX;
  return count;
}

std::int64_t product(std::int64_t a, std::int64_t b) { return b != 0 && a > INT64_MAX / b ? INT64_MAX : a * b; }

}  // namespace

std::optional<std::int64_t> key_derivation_rounds(const X509_ALGOR& scheme) {
  if (OBJ_obj2nid(scheme.algorithm) != NID_pbes2) {
    const auto pbe = unpack<PbePtr>(ASN1_ITEM_rptr(PBEPARAM), scheme.parameter);
    if (!pbe) return std::nullopt;
    return count_of(pbe->iter);
  }
  const auto pbes2 = unpack<Pbe2Ptr>(ASN1_ITEM_rptr(PBE2PARAM), scheme.parameter);
  if (!pbes2) return std::nullopt;
  switch (OBJ_obj2nid(pbes2->keyfunc->algorithm)) {
    case NID_id_pbkdf2: {
      const auto pbkdf2 = unpack<Pbkdf2Ptr>(ASN1_ITEM_rptr(PBKDF2PARAM), pbes2->keyfunc->parameter);
      if (!pbkdf2) return std::nullopt;
      return count_of(pbkdf2->iter);
    }
    case NID_id_scrypt: {
      // Cost, block size and parallelism multiply to about as much work as so many rounds of PBKDF2.
      const auto scrypt = unpack<ScryptPtr>(ASN1_ITEM_rptr(SCRYPT_PARAMS), pbes2->keyfunc->parameter);
      if (!scrypt) return std::nullopt;
      return product(product(count_of(scrypt->costParameter), count_of(scrypt->blockSize)),
                     count_of(scrypt->parallelizationParameter));
    }
    default: return std::nullopt;
  }
}

}  // namespace securetransport::trust
