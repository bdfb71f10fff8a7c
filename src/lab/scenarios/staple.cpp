// SPDX-License-Identifier: Apache-2.0
// Makes OCSP responses with OpenSSL.
#include "lab/scenarios/staple.hpp"

#include <openssl/ocsp.h>
#include <openssl/pem.h>

#include <chrono>

#include "lab/openssl_handles.hpp"
#include "lab/x509_extensions.hpp"

namespace securetransport::lab {
namespace {

using AsnTime = std::unique_ptr<ASN1_TIME, Release<ASN1_TIME_free>>;
using BasicResponse = std::unique_ptr<OCSP_BASICRESP, Release<OCSP_BASICRESP_free>>;
using CertificateId = std::unique_ptr<OCSP_CERTID, Release<OCSP_CERTID_free>>;
using Response = std::unique_ptr<OCSP_RESPONSE, Release<OCSP_RESPONSE_free>>;

Certificate certificate_of(const Issued& issued) {
  const Bytes& der = issued.certificate_der;
  const unsigned char* at = der.data();
  return Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

PrivateKey key_of(const Issued& issued) {
  const Memory text(BIO_new_mem_buf(issued.key_pem.data(), static_cast<int>(issued.key_pem.size())));
  return PrivateKey(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
}

AsnTime time_at(std::chrono::sys_seconds time) {
  return AsnTime(ASN1_GENERALIZEDTIME_set(nullptr, static_cast<time_t>(time.time_since_epoch().count())));
}

int status_of(Staple kind) {
  if (kind == Staple::Revoked) return V_OCSP_CERTSTATUS_REVOKED;
  return kind == Staple::Unknown ? V_OCSP_CERTSTATUS_UNKNOWN : V_OCSP_CERTSTATUS_GOOD;
}

Bytes encoded(OCSP_RESPONSE* response) {
  const int size = response != nullptr ? i2d_OCSP_RESPONSE(response, nullptr) : 0;
  if (size <= 0) return {};
  Bytes der(static_cast<std::size_t>(size));
  unsigned char* end = der.data();
  i2d_OCSP_RESPONSE(response, &end);
  return der;
}

/// About the leaf, or for Staple::OtherCertificate about the issuer in its place.
Bytes signed_answer(Staple kind, const Credentials& about, const Issued& signer) {
  const Certificate issuer = certificate_of(about.issuer);
  const Certificate subject = certificate_of(kind == Staple::OtherCertificate ? about.issuer : about.leaf);
  const Certificate signing = certificate_of(signer);
  const PrivateKey key = key_of(signer);
  const BasicResponse basic(OCSP_BASICRESP_new());
  if (issuer == nullptr || subject == nullptr || signing == nullptr || key == nullptr || basic == nullptr) return {};

  const auto age = kind == Staple::Expired ? std::chrono::days(30) : std::chrono::days(0);
  const AsnTime from = time_at(now() - std::chrono::hours(1) - age);
  const AsnTime until = time_at(now() + std::chrono::days(7) - age);
  const AsnTime revoked = time_at(now() - std::chrono::days(1));
  const CertificateId id(OCSP_cert_to_id(EVP_sha1(), subject.get(), issuer.get()));
  ASN1_TIME* const revoked_at = kind == Staple::Revoked ? revoked.get() : nullptr;
  if (id == nullptr || OCSP_basic_add1_status(basic.get(), id.get(), status_of(kind), OCSP_REVOKED_STATUS_KEYCOMPROMISE,
                                              revoked_at, from.get(), until.get()) == nullptr) {
    return {};
  }
  if (OCSP_basic_sign(basic.get(), signing.get(), key.get(), EVP_sha256(), nullptr, 0) != 1) return {};
  return encoded(Response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get())).get());
}

}  // namespace

Result<Bytes> make_staple(Staple kind, const Credentials& about, const Issued& stranger) {
  if (kind == Staple::None) return Bytes();
  if (kind == Staple::Malformed) return bytes_of("this is not an OCSP response");
  Bytes der = kind == Staple::TryLater
                  ? encoded(Response(OCSP_response_create(OCSP_RESPONSE_STATUS_TRYLATER, nullptr)).get())
                  : signed_answer(kind, about, kind == Staple::WrongSigner ? stranger : about.issuer);
  if (der.empty()) return openssl_error("the OCSP response");
  return der;
}

}  // namespace securetransport::lab
