// SPDX-License-Identifier: Apache-2.0
// The engine's form of the trust values: what the layers above pass to OpenSSL.
#pragma once

#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

struct Certificate::Impl {
  explicit Impl(ossl::X509Ptr parsed) noexcept : x509(std::move(parsed)) {}

  /// The subject alternative name, decoded at the first call; null if there is none or it cannot be read.
  [[nodiscard]] const GENERAL_NAMES* alternative_names() const;

  ossl::X509Ptr x509;  ///< Never null. OpenSSL's lazy caches inside are guarded by its own locks.

 private:
  mutable std::once_flag is_decoded_;
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
[[nodiscard]] inline X509* x509_of(const Certificate& certificate) noexcept { return certificate.impl().x509.get(); }

/// The bytes of a string, whatever its type.
[[nodiscard]] inline std::string_view bytes_of(const ASN1_STRING& text) noexcept {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&text)),
          static_cast<std::size_t>(ASN1_STRING_length(&text))};
}

}  // namespace trust
}  // namespace securetransport
