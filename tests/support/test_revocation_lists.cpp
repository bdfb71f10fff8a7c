// SPDX-License-Identifier: Apache-2.0
#include "support/test_revocation_lists.hpp"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

#include "support/der.hpp"

namespace securetransport::test {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};
template <class T, auto Free>
using Ptr = std::unique_ptr<T, Deleter<Free>>;

void demand(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

Ptr<X509, X509_free> decoded(const TestCertificate& certificate) {
  const unsigned char* at = certificate.der.data();
  return Ptr<X509, X509_free>(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
}

Ptr<ASN1_TIME, ASN1_TIME_free> asn1(std::chrono::sys_seconds time) {
  return Ptr<ASN1_TIME, ASN1_TIME_free>(ASN1_TIME_set(nullptr, time.time_since_epoch().count()));
}

Ptr<X509_EXTENSION, X509_EXTENSION_free> extension_of(const RawExtension& raw) {
  const Ptr<ASN1_OBJECT, ASN1_OBJECT_free> oid(OBJ_txt2obj(raw.oid.c_str(), 1));
  const Ptr<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> value(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(value.get(), raw.der.data(), static_cast<int>(raw.der.size()));
  return Ptr<X509_EXTENSION, X509_EXTENSION_free>(
      X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), raw.is_critical ? 1 : 0, value.get()));
}

void add_number(X509_CRL& list, int nid, long number, bool is_critical) {
  const Ptr<ASN1_INTEGER, ASN1_INTEGER_free> value(ASN1_INTEGER_new());
  ASN1_INTEGER_set(value.get(), number);
  demand(X509_CRL_add1_ext_i2d(&list, nid, value.get(), is_critical ? 1 : 0, 0) == 1, "number");
}

void add_entry(X509_CRL& list, const RevokedEntry& entry, const RevocationListSpec& spec) {
  Ptr<X509_REVOKED, X509_REVOKED_free> revoked(X509_REVOKED_new());
  const auto certificate = decoded(entry.certificate);
  X509_REVOKED_set_serialNumber(revoked.get(), X509_get_serialNumber(certificate.get()));
  X509_REVOKED_set_revocationDate(revoked.get(), asn1(spec.this_update).get());
  if (entry.reason) {
    const Ptr<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(ASN1_ENUMERATED_new());
    ASN1_ENUMERATED_set(reason.get(), *entry.reason);
    demand(X509_REVOKED_add1_ext_i2d(revoked.get(), NID_crl_reason, reason.get(), 0, 0) == 1, "reason");
  }
  for (const RawExtension& raw : entry.extensions) X509_REVOKED_add_ext(revoked.get(), extension_of(raw).get(), -1);
  demand(X509_CRL_add0_revoked(&list, revoked.release()) == 1, "entry");
}

}  // namespace

RawExtension issuing_point(const IssuingPoint& point) {
  std::vector<Der> fields;
  const Der yes{0xFF};
  if (point.only_user_certificates) fields.push_back(tlv(0x81, yes));
  if (point.only_authorities) fields.push_back(tlv(0x82, yes));
  if (!point.only_reasons.empty()) fields.push_back(tlv(0x83, point.only_reasons));
  if (point.is_indirect) fields.push_back(tlv(0x84, yes));
  return {"2.5.29.28", true, sequence(fields)};
}

std::vector<std::uint8_t> revocation_list(const TestCertificate& issuer, const RevocationListSpec& spec) {
  const Ptr<X509_CRL, X509_CRL_free> list(X509_CRL_new());
  const auto issuer_x509 = decoded(issuer);
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer_x509.get()));
  X509_CRL_set1_lastUpdate(list.get(), asn1(spec.this_update).get());
  if (spec.next_update) X509_CRL_set1_nextUpdate(list.get(), asn1(*spec.next_update).get());
  for (const RevokedEntry& entry : spec.revoked) add_entry(*list, entry, spec);
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer_x509.get(), nullptr, nullptr, list.get(), 0);
  const Ptr<X509_EXTENSION, X509_EXTENSION_free> key_id(
      X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid"));
  if (key_id) X509_CRL_add_ext(list.get(), key_id.get(), -1);
  if (spec.number) add_number(*list, NID_crl_number, *spec.number, spec.is_number_critical);
  if (spec.delta_of) add_number(*list, NID_delta_crl, *spec.delta_of, true);
  for (const RawExtension& raw : spec.extensions) X509_CRL_add_ext(list.get(), extension_of(raw).get(), -1);
  X509_CRL_sort(list.get());
  demand(X509_CRL_sign(list.get(), issuer.key.get(), EVP_get_digestbyname(spec.digest)) > 0, "signing");
  if (spec.signature == Signature::Corrupt) {
    const ASN1_BIT_STRING* bits = nullptr;
    X509_CRL_get0_signature(list.get(), &bits, nullptr);
    const_cast<unsigned char*>(ASN1_STRING_get0_data(bits))[ASN1_STRING_length(bits) - 1] ^= 1U;
  }
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_CRL(list.get(), &bytes);
  demand(size > 0, "encoding");
  std::vector<std::uint8_t> der(bytes, bytes + size);
  OPENSSL_free(bytes);
  return der;
}

std::string revocation_list_pem(const std::vector<std::uint8_t>& der) {
  const Ptr<BIO, BIO_free> out(BIO_new(BIO_s_mem()));
  PEM_write_bio(out.get(), PEM_STRING_X509_CRL, "", der.data(), static_cast<long>(der.size()));
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace securetransport::test
