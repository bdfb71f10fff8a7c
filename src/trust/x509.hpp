// SPDX-License-Identifier: Apache-2.0
// The engine's form of the trust values: what the layers above pass to OpenSSL.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

struct Certificate::Impl {
  /// One of the two is null: the other form was there from the beginning.
  Impl(std::vector<std::uint8_t> encoded, ossl::X509Ptr keyless, ossl::X509Ptr whole) noexcept
      : der(std::move(encoded)), keyless_(std::move(keyless)), whole_(std::move(whole)) {}

  /// What has the names and dates, and has not read the extensions.
  [[nodiscard]] const X509& form() const noexcept { return keyless_ ? *keyless_ : *whole_; }

  /// See trust::keyless_of() and trust::x509_of(). Never null.
  [[nodiscard]] X509* keyless() const;
  [[nodiscard]] X509* x509() const;

  /// The largest extensions, each decoded at the first call; null if there is none or it cannot be read.
  [[nodiscard]] const GENERAL_NAMES* alternative_names() const;  ///< Of the subject.
  [[nodiscard]] const NAME_CONSTRAINTS* name_constraints() const;

  /// These read no other extension.
  [[nodiscard]] ossl::OctetStringPtr subject_key_id() const;    ///< Null: there is none, or it cannot be read.
  [[nodiscard]] ossl::OctetStringPtr authority_key_id() const;  ///< Likewise.

  [[nodiscard]] EVP_PKEY* key() const;                   ///< Decoded at the first call; null if it cannot be read.
  [[nodiscard]] std::vector<std::uint8_t> spki() const;  ///< SubjectPublicKeyInfo in DER.
  [[nodiscard]] bool is_signed_by(EVP_PKEY& key) const;  ///< As X509_verify().

  const std::vector<std::uint8_t> der;

 private:
  ossl::X509Ptr keyless_;
  mutable std::once_flag has_extensions_;
  mutable std::once_flag is_whole_;
  mutable ossl::X509Ptr whole_;
  mutable std::once_flag has_key_;
  mutable ossl::PkeyPtr key_;
  mutable std::once_flag has_alternative_names_;
  mutable ossl::GeneralNamesPtr alternative_names_;
  mutable std::once_flag has_name_constraints_;
  mutable ossl::NameConstraintsPtr name_constraints_;
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

/// The engine's form with everything, borrowed from the value: for calls that need the key, or keep what they are
/// given. Decoded at the first call. OpenSSL's signatures want a pointer to non-const.
[[nodiscard]] inline X509* x509_of(const Certificate& certificate) { return certificate.impl().x509(); }

/// What is enough for everything else, and costs a tenth: see read_keyless_x509(). OpenSSL's lazy caches inside are
/// guarded by its own locks.
[[nodiscard]] inline X509* keyless_of(const Certificate& certificate) { return certificate.impl().keyless(); }

/// Where nothing but a name is wanted, the extensions need not be read.
[[nodiscard]] inline const X509_NAME& subject_of(const Certificate& certificate) noexcept {
  return *X509_get_subject_name(&certificate.impl().form());
}
[[nodiscard]] inline const X509_NAME& issuer_of(const Certificate& certificate) noexcept {
  return *X509_get_issuer_name(&certificate.impl().form());
}

/// The tbsCertificate (RFC 5280 section 4.1) of a certificate in DER, which was read before.
[[nodiscard]] std::span<const std::uint8_t> signed_part_of(std::span<const std::uint8_t> der);

/// Whether the signature is the certificate's own, by names and key identifiers.
[[nodiscard]] bool is_self_signed(const Certificate& certificate);

/// Whether it also verifies with its own key.
[[nodiscard]] bool proves_self_signed(const Certificate& certificate);

/// The bytes of a string, whatever its type.
[[nodiscard]] inline std::string_view bytes_of(const ASN1_STRING& text) noexcept {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&text)),
          static_cast<std::size_t>(ASN1_STRING_length(&text))};
}

}  // namespace trust
}  // namespace securetransport
