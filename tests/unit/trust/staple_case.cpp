// SPDX-License-Identifier: Apache-2.0
// Makes OCSP responses for tests: every field may be wrong on purpose.
#include "staple_case.hpp"

#include <openssl/x509v3.h>

#include <stdexcept>

#include "ossl/handles.hpp"

namespace securetransport::test {
namespace {

template <class T, auto Free>
using Ptr = std::unique_ptr<T, ossl::Deleter<Free>>;
using TimePtr = Ptr<ASN1_TIME, ASN1_TIME_free>;
using BasicPtr = Ptr<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using ResponsePtr = Ptr<OCSP_RESPONSE, OCSP_RESPONSE_free>;

void demand(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

ossl::X509Ptr x509_from(const TestCertificate& certificate) {
  const unsigned char* at = certificate.der.data();
  return ossl::X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
}

TimePtr asn1(std::chrono::sys_seconds time) { return TimePtr(ASN1_TIME_set(nullptr, time.time_since_epoch().count())); }

Ptr<X509_EXTENSION, X509_EXTENSION_free> extension_of(const RawExtension& raw) {
  const Ptr<ASN1_OBJECT, ASN1_OBJECT_free> oid(OBJ_txt2obj(raw.oid.c_str(), 1));
  const Ptr<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> value(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(value.get(), raw.der.data(), static_cast<int>(raw.der.size()));
  return Ptr<X509_EXTENSION, X509_EXTENSION_free>(
      X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), raw.is_critical ? 1 : 0, value.get()));
}

Ptr<X509_EXTENSION, X509_EXTENSION_free> critical_extension() {
  return extension_of({"1.3.6.1.4.1.55555.9", true, {0x05, 0x00}});
}

void add_answer(OCSP_BASICRESP& response, const Answer& answer) {
  const auto certificate = x509_from(answer.certificate);
  const auto issuer = x509_from(answer.issuer);
  const Ptr<OCSP_CERTID, OCSP_CERTID_free> id(
      OCSP_cert_to_id(EVP_get_digestbyname(answer.hash), certificate.get(), issuer.get()));
  const TimePtr revoked = asn1(answer.revoked_at);
  const TimePtr from = asn1(answer.this_update);
  const TimePtr until = answer.next_update ? asn1(*answer.next_update) : nullptr;
  OCSP_SINGLERESP* const single =
      OCSP_basic_add1_status(&response, id.get(), answer.status, answer.reason, revoked.get(), from.get(), until.get());
  demand(single != nullptr, "answer");
  if (!answer.this_update_text.empty()) {
    ASN1_GENERALIZEDTIME* time = nullptr;
    OCSP_single_get0_status(single, nullptr, nullptr, &time, nullptr);
    ASN1_STRING_set(time, answer.this_update_text.data(), static_cast<int>(answer.this_update_text.size()));
  }
  if (answer.has_critical_extension) OCSP_SINGLERESP_add_ext(single, critical_extension().get(), -1);
  for (const RawExtension& raw : answer.extensions) OCSP_SINGLERESP_add_ext(single, extension_of(raw).get(), -1);
}

std::vector<std::uint8_t> encode(const OCSP_RESPONSE& response) {
  unsigned char* bytes = nullptr;
  const int size = i2d_OCSP_RESPONSE(&response, &bytes);
  demand(size > 0, "encoding");
  std::vector<std::uint8_t> der(bytes, bytes + size);
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

std::vector<std::uint8_t> staple_of(const StapleSpec& spec) {
  const BasicPtr basic(OCSP_BASICRESP_new());
  for (const Answer& answer : spec.answers) add_answer(*basic, answer);
  if (spec.has_critical_extension) OCSP_BASICRESP_add_ext(basic.get(), critical_extension().get(), -1);
  const auto signer = x509_from(spec.signer);
  const unsigned long flags =
      spec.flags |
      (spec.signer_certificate == SignerCertificate::LeftOut ? static_cast<unsigned long>(OCSP_NOCERTS) : 0);
  demand(OCSP_basic_sign(basic.get(), signer.get(), spec.signer.key.get(), EVP_sha256(), nullptr, flags) == 1,
         "signing");
  if (spec.signature == Signature::Corrupt) {
    const ASN1_OCTET_STRING* const signature = OCSP_resp_get0_signature(basic.get());
    const_cast<unsigned char*>(ASN1_STRING_get0_data(signature))[ASN1_STRING_length(signature) - 1] ^= 1U;
  }
  return encode(*ResponsePtr(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get())));
}

std::vector<std::uint8_t> error_staple(int status) {
  return encode(*ResponsePtr(OCSP_response_create(status, nullptr)));
}

RawExtension tls_features(const std::vector<std::uint8_t>& features) {
  std::vector<std::uint8_t> der{0x30, static_cast<std::uint8_t>(3 * features.size())};
  for (const std::uint8_t feature : features) der.insert(der.end(), {0x02, 0x01, feature});
  return {"1.3.6.1.5.5.7.1.24", false, der};
}

}  // namespace securetransport::test
