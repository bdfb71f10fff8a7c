// SPDX-License-Identifier: Apache-2.0
// What this library has beyond Apple's: dialect, SNI by itself, signature algorithms, the stapled response, key
// logging, timeouts.
#include <algorithm>
#include <array>

#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

/// The signature schemes that the engine knows.
constexpr std::array<std::uint16_t, 16> kSchemes{0x0201, 0x0203, 0x0401, 0x0403, 0x0501, 0x0503, 0x0601, 0x0603,
                                                 0x0804, 0x0805, 0x0806, 0x0807, 0x0808, 0x0809, 0x080A, 0x080B};

bool is_known(std::uint16_t scheme) noexcept {
  return std::find(kSchemes.begin(), kSchemes.end(), scheme) != kSchemes.end();
}

}  // namespace

OSStatus SSLSTSetDialect(SSLContextRef ref, SSLSTDialect dialect) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (dialect != kSSLSTDialectDocumented && dialect != kSSLSTDialectPublished) return errSecParam;
    context.common().dialect = dialect == kSSLSTDialectPublished ? Dialect::Published : Dialect::Documented;
    return errSecSuccess;
  });
}

OSStatus SSLSTGetDialect(SSLContextRef ref, SSLSTDialect* dialect) {
  return get(ref, dialect, [](SSLContext& context) {
    return context.common().dialect == Dialect::Published ? kSSLSTDialectPublished : kSSLSTDialectDocumented;
  });
}

OSStatus SSLSTSetServerNameIndication(SSLContextRef ref, const char* name, size_t size) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_server()) return errSecBadReq;
    if (name == nullptr && size != 0) return errSecParam;
    context.client.server_name_indication = name != nullptr ? std::string(name, size) : std::string();
    return errSecSuccess;
  });
}

OSStatus SSLSTSetSignatureAlgorithms(SSLContextRef ref, const uint16_t* algorithms, size_t count) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (algorithms == nullptr) return errSecParam;
    std::vector<SignatureScheme> known;
    for (const std::uint16_t number : std::span(algorithms, count)) {
      const SignatureScheme scheme{number};
      if (is_known(number) && std::find(known.begin(), known.end(), scheme) == known.end()) known.push_back(scheme);
    }
    if (known.empty()) return errSecParam;
    context.common().signature_algorithms = std::move(known);
    context.common().further_signing_algorithms.clear();
    context.settings.has_signature_algorithms = true;
    return errSecSuccess;
  });
}

OSStatus SSLSTGetPeerSignatureAlgorithm(SSLContextRef ref, uint16_t* algorithm) {
  if (algorithm == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const std::string name = context.session() != nullptr ? context.session()->info().signature_scheme : std::string();
    const auto* const found = std::find_if(kSchemes.begin(), kSchemes.end(), [&](std::uint16_t number) {
      return to_string(SignatureScheme{number}) == name;
    });
    if (found == kSchemes.end()) return errSecBadReq;
    *algorithm = *found;
    return errSecSuccess;
  });
}

OSStatus SSLSTCopyOCSPResponse(SSLContextRef ref, CFDataRef* response) {
  if (response == nullptr) return errSecParam;
  *response = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_server()) return errSecBadReq;
    if (context.session() == nullptr) return errSecSuccess;
    const std::vector<std::uint8_t> staple = context.session()->stapled_ocsp();
    if (!staple.empty()) *response = cf::make_data(staple).release();
    return errSecSuccess;
  });
}

OSStatus SSLSTSetKeyLogging(SSLContextRef ref, Boolean enabled) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.logs_keys = enabled != 0;
    return errSecSuccess;
  });
}

OSStatus SSLSTGetNextTimeout(SSLContextRef ref, uint32_t* milliseconds) {
  if (milliseconds == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!context.is_datagram()) return errSecParam;
    const auto wait = context.session() != nullptr ? context.session()->next_timeout() : std::nullopt;
    if (!wait) return errSecBadReq;
    *milliseconds = static_cast<uint32_t>(wait->count());
    return errSecSuccess;
  });
}
