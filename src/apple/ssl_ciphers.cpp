// SPDX-License-Identifier: Apache-2.0
// Cipher suites: what the engine has, what is enabled, what was negotiated.
#include <algorithm>

#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

OSStatus copy_out(const std::vector<CipherSuite>& suites, SSLCipherSuite* buffer, size_t* count) noexcept {
  if (*count < suites.size()) return errSSLBufferOverflow;
  std::transform(suites.begin(), suites.end(), buffer,
                 [](CipherSuite suite) { return static_cast<SSLCipherSuite>(suite); });
  *count = suites.size();
  return errSecSuccess;
}

}  // namespace

OSStatus SSLGetNumberSupportedCiphers(SSLContextRef ref, size_t* count) {
  return get(ref, count, [](SSLContext&) { return supported_cipher_suites().size(); });
}

OSStatus SSLGetSupportedCiphers(SSLContextRef ref, SSLCipherSuite* suites, size_t* count) {
  if (suites == nullptr || count == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext&) { return copy_out(supported_cipher_suites(), suites, count); });
}

OSStatus SSLGetNumberEnabledCiphers(SSLContextRef ref, size_t* count) {
  return get(ref, count, [](SSLContext& context) { return context.common().cipher_suites.size(); });
}

OSStatus SSLGetEnabledCiphers(SSLContextRef ref, SSLCipherSuite* suites, size_t* count) {
  if (suites == nullptr || count == nullptr) return errSecParam;
  return with_context(ref,
                      [&](SSLContext& context) { return copy_out(context.common().cipher_suites, suites, count); });
}

OSStatus SSLSetEnabledCiphers(SSLContextRef ref, const SSLCipherSuite* suites, size_t count) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (suites == nullptr || count == 0) return errSecParam;
    const std::vector<CipherSuite>& supported = supported_cipher_suites();
    std::vector<CipherSuite> enabled;
    for (std::size_t i = 0; i < count; ++i) {
      const CipherSuite suite{suites[i]};
      if (std::find(supported.begin(), supported.end(), suite) != supported.end()) enabled.push_back(suite);
    }
    if (enabled.empty()) return errSecParam;
    context.common().cipher_suites = std::move(enabled);
    return errSecSuccess;
  });
}

OSStatus SSLGetNegotiatedCipher(SSLContextRef ref, SSLCipherSuite* suite) {
  if (suite == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!context.is_active()) return errSecBadReq;
    const std::optional<CipherSuite> agreed = context.session()->info().cipher_suite;
    *suite = agreed ? static_cast<SSLCipherSuite>(*agreed) : SSLCipherSuite{TLS_NULL_WITH_NULL_NULL};
    return errSecSuccess;
  });
}
