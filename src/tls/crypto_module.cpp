// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/crypto_module.hpp"

#include <openssl/err.h>
#include <openssl/provider.h>

#include <string>

namespace securetransport {

Result<void> load_crypto_module(std::string_view name) {
  const std::string module(name);
  // retain_fallbacks: naming a module must not switch off the default provider, which TLS needs.
  constexpr int kRetainFallbacks = 1;
  ERR_clear_error();
  if (!module.empty() && (OSSL_PROVIDER_available(nullptr, module.c_str()) == 1 ||
                          OSSL_PROVIDER_try_load(nullptr, module.c_str(), kRetainFallbacks) != nullptr)) {
    return {};
  }
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  Error error{ResultCode::ModuleAttach, "the cryptographic module \"" + module + "\" cannot be loaded"};
  if (reason != nullptr) error.detail.append(": ").append(reason);
  ERR_clear_error();
  return error;
}

}  // namespace securetransport
