// SPDX-License-Identifier: Apache-2.0
// A library context of OpenSSL of our own, in which what is outdated may be decrypted without allowing it elsewhere.
#pragma once

#include <openssl/crypto.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <memory>

#include "ossl/handles.hpp"

namespace securetransport::trust {

/// Has the default provider and, where the system has it, the legacy one. The machine's openssl.cnf has no say.
class ImportContext {
 public:
  /// Made at the first call; null if there is no memory for it.
  [[nodiscard]] OSSL_LIB_CTX* get();

  [[nodiscard]] bool has_legacy() const noexcept { return legacy_ != nullptr; }

 private:
  using ProviderPtr = std::unique_ptr<OSSL_PROVIDER, ossl::Deleter<OSSL_PROVIDER_unload>>;

  std::unique_ptr<OSSL_LIB_CTX, ossl::Deleter<OSSL_LIB_CTX_free>> context_;
  ProviderPtr default_;  // Below the context, so that it goes first.
  ProviderPtr legacy_;
};

/// Whether the scheme takes algorithms that only the legacy provider has.
[[nodiscard]] bool needs_legacy(const X509_ALGOR& scheme);

}  // namespace securetransport::trust
