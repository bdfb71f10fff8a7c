// SPDX-License-Identifier: Apache-2.0
// How a rejected certificate gets the alert we want: OpenSSL derives it from the verification error, and its own
// map disagrees with the table of result codes. The error set here only selects the alert; the cause is ours.
#pragma once

#include <openssl/x509_vfy.h>

#include "securetransport/core/alert.hpp"

namespace securetransport::ossl {

/// The X509_V_ERR_ value for which OpenSSL sends `alert`; one for certificate_unknown if it has none.
[[nodiscard]] constexpr int verify_error_for(Alert alert) noexcept {
  switch (alert) {
    case Alert::HandshakeFailure: return X509_V_ERR_APPLICATION_VERIFICATION;
    case Alert::BadCertificate: return X509_V_ERR_CERT_UNTRUSTED;
    case Alert::UnsupportedCertificate: return X509_V_ERR_INVALID_PURPOSE;
    case Alert::CertificateRevoked: return X509_V_ERR_CERT_REVOKED;
    case Alert::CertificateExpired: return X509_V_ERR_CERT_HAS_EXPIRED;
    case Alert::UnknownCa: return X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN;
    case Alert::InternalError: return X509_V_ERR_UNSPECIFIED;
    default: return X509_V_ERR_SUBJECT_ISSUER_MISMATCH;
  }
}

}  // namespace securetransport::ossl
