// SPDX-License-Identifier: Apache-2.0
// PKCS#7 as a bag of certificates: what Windows calls .p7b. Nobody looks at its signatures; there are usually none.
#include <openssl/pkcs7.h>

#include <utility>
#include <vector>

#include "trust/import_state.hpp"

namespace securetransport::trust {
namespace {

using Pkcs7Ptr = std::unique_ptr<PKCS7, ossl::Deleter<PKCS7_free>>;

/// Whether the outer SEQUENCE begins with the type of SignedData. The other types are not all parsed.
bool is_signed_data(std::span<const std::uint8_t> ber) {
  const unsigned char* at = ber.data();
  long length = 0;
  int tag = 0;
  int tag_class = 0;
  const auto size = static_cast<long>(ber.size());
  if ((ASN1_get_object(&at, &length, &tag, &tag_class, size) & 0x80) != 0) return false;
  const std::unique_ptr<ASN1_OBJECT, ossl::Deleter<ASN1_OBJECT_free>> type(
      d2i_ASN1_OBJECT(nullptr, &at, size - (at - ber.data())));
  return type && OBJ_obj2nid(type.get()) == NID_pkcs7_signed;
}

std::string numbered(const std::string& where, const char* what, int index) {
  return (where.empty() ? "" : where + ", ") + std::string(what) + " " + std::to_string(index + 1) + " of PKCS#7";
}

}  // namespace

ImportTrouble import_pkcs7(std::span<const std::uint8_t> ber, const std::string& where, ImportState& state) {
  if (!is_signed_data(ber)) {
    return import_error(ImportProblem::Unsupported, where,
                        "the PKCS#7 data is not of the kind that holds certificates");
  }
  const unsigned char* at = ber.data();
  const Pkcs7Ptr message(d2i_PKCS7(nullptr, &at, static_cast<long>(ber.size())));
  if (!message || at != ber.data() + ber.size() || message->d.sign == nullptr) {
    return import_error(ImportProblem::Damaged, where, "the PKCS#7 data is damaged or cut short");
  }
  const STACK_OF(X509)* const certificates = message->d.sign->cert;
  for (int index = 0; certificates != nullptr && index < sk_X509_num(certificates); ++index) {
    const X509* const certificate = sk_X509_value(certificates, index);
    if (auto trouble = state.add_certificate(certificate, numbered(where, "certificate", index))) return trouble;
  }
  const STACK_OF(X509_CRL)* const lists = message->d.sign->crl;
  for (int index = 0; lists != nullptr && index < sk_X509_CRL_num(lists); ++index) {
    const X509_CRL* const list = sk_X509_CRL_value(lists, index);
    if (auto trouble = state.add_crl(list, numbered(where, "revocation list", index))) return trouble;
  }
  return std::nullopt;
}

}  // namespace securetransport::trust
