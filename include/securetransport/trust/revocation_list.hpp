// SPDX-License-Identifier: Apache-2.0
// Certificate revocation lists as values. No OpenSSL type appears here.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/core/result.hpp"

namespace securetransport {

/// A parsed CRL (RFC 5280 section 5). Immutable; copies share the parsed form and may be used by several threads.
class RevocationList {
 public:
  /// Parses exactly one list of at most 32 MB. errSSLBadCert if it does not parse or has trailing bytes.
  [[nodiscard]] static Result<RevocationList> from_der(std::span<const std::uint8_t> der);

  /// Parses every X509 CRL block of a PEM text (RFC 7468), in order. errSSLBadCert if there is none or one does not
  /// parse (the detail says which, and its line), or there are more than 100.
  [[nodiscard]] static Result<std::vector<RevocationList>> from_pem(std::string_view pem);

  [[nodiscard]] std::string issuer() const;  ///< RFC 2253 form, UTF-8, control characters escaped.

  struct Impl;  ///< The engine's form; see src/trust/x509.hpp.
  explicit RevocationList(std::shared_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace securetransport
