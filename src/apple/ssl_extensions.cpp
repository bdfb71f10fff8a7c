// SPDX-License-Identifier: Apache-2.0
// What this library has beyond Apple's: dialect, SNI by itself, key logging, timeouts.
#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

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
