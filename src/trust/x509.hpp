// SPDX-License-Identifier: Apache-2.0
// The engine's form of the trust values: what the layers above pass to OpenSSL.
#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"
#include "trust/certificate_shape.hpp"

namespace securetransport {

struct Certificate::Impl {
  /// `whole` is null until somebody needs more than the names.
  Impl(std::vector<std::uint8_t> encoded, trust::CertificateShapePtr names, ossl::X509Ptr whole) noexcept
      : der(std::move(encoded)), shape_(std::move(names)), x509_(std::move(whole)) {}

  /// Never null, decoded at the first call. OpenSSL's lazy caches inside are guarded by its own locks.
  [[nodiscard]] X509* x509() const;

  /// The subject alternative name, decoded at the first call; null if there is none or it cannot be read.
  [[nodiscard]] const GENERAL_NAMES* alternative_names() const;

  /// These need no decoding.
  [[nodiscard]] const X509_NAME& subject() const noexcept;
  [[nodiscard]] const X509_NAME& issuer() const noexcept;
  [[nodiscard]] const ASN1_TIME& not_before() const noexcept;
  [[nodiscard]] const ASN1_TIME& not_after() const noexcept;
  [[nodiscard]] ossl::OctetStringPtr subject_key_id() const;    ///< Null: there is none, or it cannot be read.
  [[nodiscard]] ossl::OctetStringPtr authority_key_id() const;  ///< Likewise.
  [[nodiscard]] EVP_PKEY* key() const;                          ///< Likewise.
  [[nodiscard]] std::vector<std::uint8_t> spki() const;         ///< SubjectPublicKeyInfo in DER.
  [[nodiscard]] int signature_nid() const;
  [[nodiscard]] bool is_signed_by(EVP_PKEY& key) const;

  const std::vector<std::uint8_t> der;

 private:
  trust::CertificateShapePtr shape_;  ///< Null if the whole was there from the beginning.
  mutable std::once_flag is_decoded_;
  mutable ossl::X509Ptr x509_;
  mutable std::once_flag has_key_;
  mutable ossl::PkeyPtr key_;
  mutable std::once_flag has_alternative_names_;
  mutable ossl::GeneralNamesPtr alternative_names_;
};

struct Identity::Impl {
  std::vector<Certificate> chain;
  ossl::PkeyPtr key;
};

struct RevocationList::Impl {
  ossl::X509CrlPtr crl;  ///< Never null.
};

namespace trust {

/// Wraps a borrowed certificate without parsing it again.
[[nodiscard]] Certificate share(X509& borrowed);

/// The engine's form, borrowed from the value. OpenSSL's signatures want a pointer to non-const.
[[nodiscard]] inline X509* x509_of(const Certificate& certificate) { return certificate.impl().x509(); }

/// Where nothing but a name is wanted, the rest need not be decoded.
[[nodiscard]] inline const X509_NAME& subject_of(const Certificate& certificate) noexcept {
  return certificate.impl().subject();
}
[[nodiscard]] inline const X509_NAME& issuer_of(const Certificate& certificate) noexcept {
  return certificate.impl().issuer();
}

/// The bytes of a string, whatever its type.
[[nodiscard]] inline std::string_view bytes_of(const ASN1_STRING& text) noexcept {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&text)),
          static_cast<std::size_t>(ASN1_STRING_length(&text))};
}

}  // namespace trust
}  // namespace securetransport
