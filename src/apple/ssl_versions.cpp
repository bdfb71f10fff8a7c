// SPDX-License-Identifier: Apache-2.0
// Protocol versions: the newer setters by range, the older ones for each version.
#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

/// A setter changed the range that the program sees; it takes the place of what SSLSetSessionConfig said.
OSStatus impose(SSLContext& context) {
  context.settings.effective = context.settings.versions.range();
  return errSecSuccess;
}

/// The older functions know only streams.
template <class Call>
OSStatus with_stream(SSLContextRef ref, Call&& call) noexcept {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_datagram()) return errSecBadReq;
    return call(context);
  });
}

template <class Call>
OSStatus with_idle_stream(SSLContextRef ref, Call&& call) noexcept {
  return with_stream(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_active()) return errSecBadReq;
    if (!call(context.settings.versions)) return errSecParam;
    return impose(context);
  });
}

}  // namespace

OSStatus SSLSetProtocolVersionMin(SSLContextRef ref, SSLProtocol version) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    return context.settings.versions.set_min(version) ? impose(context) : OSStatus{errSSLIllegalParam};
  });
}

OSStatus SSLSetProtocolVersionMax(SSLContextRef ref, SSLProtocol version) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    return context.settings.versions.set_max(version) ? impose(context) : OSStatus{errSSLIllegalParam};
  });
}

OSStatus SSLGetProtocolVersionMin(SSLContextRef ref, SSLProtocol* version) {
  return get(ref, version, [](SSLContext& context) { return context.settings.versions.min(); });
}

OSStatus SSLGetProtocolVersionMax(SSLContextRef ref, SSLProtocol* version) {
  return get(ref, version, [](SSLContext& context) { return context.settings.versions.max(); });
}

OSStatus SSLSetProtocolVersionEnabled(SSLContextRef ref, SSLProtocol version, Boolean enable) {
  return with_idle_stream(
      ref, [&](VersionWindow& versions) { return enable != 0 ? versions.enable(version) : versions.disable(version); });
}

OSStatus SSLGetProtocolVersionEnabled(SSLContextRef ref, SSLProtocol version, Boolean* enabled) {
  if (enabled == nullptr) return errSecParam;
  return with_stream(ref, [&](SSLContext& context) -> OSStatus {
    const std::optional<bool> is_enabled = context.settings.versions.is_enabled(version);
    if (!is_enabled) return errSecParam;
    *enabled = *is_enabled ? 1 : 0;
    return errSecSuccess;
  });
}

OSStatus SSLSetProtocolVersion(SSLContextRef ref, SSLProtocol version) {
  return with_idle_stream(ref, [&](VersionWindow& versions) { return versions.set(version); });
}

OSStatus SSLGetProtocolVersion(SSLContextRef ref, SSLProtocol* version) {
  if (version == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const std::optional<SSLProtocol> one = context.is_datagram() ? std::nullopt : context.settings.versions.as_one();
    if (!one) return errSecParam;
    *version = *one;
    return errSecSuccess;
  });
}

OSStatus SSLGetNegotiatedProtocolVersion(SSLContextRef ref, SSLProtocol* version) {
  return get(ref, version, [](SSLContext& context) {
    if (context.session() == nullptr) return kSSLProtocolUnknown;
    if (const auto agreed = context.session()->info().version) return protocol_of(*agreed);
    const ClientHelloInfo* const hello = context.session()->client_hello();
    return hello != nullptr && hello->version ? protocol_of(*hello->version) : kSSLProtocolUnknown;
  });
}
