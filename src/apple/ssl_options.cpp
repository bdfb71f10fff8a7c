// SPDX-License-Identifier: Apache-2.0
// Options of a session, and its named configurations.
#include <algorithm>
#include <optional>

#include "apple/ssl_context.hpp"
#include "securetransport/tls/presets.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

/// Null for an option that nobody knows.
bool* find_option(SSLContext& context, SSLSessionOption option) noexcept {
  const auto index = static_cast<std::size_t>(option);
  auto& options = context.settings.options;
  return index < options.size() ? &options.at(index) : nullptr;
}

/// Apple's getter leaves these out.
bool is_hidden(SSLSessionOption option) noexcept {
  return option == kSSLSessionOptionFallback || option == kSSLSessionOptionAllowRenegotiation ||
         option == kSSLSessionOptionEnableSessionTickets;
}

/// A setter of one Boolean that is refused once the session has started.
OSStatus set_idle(SSLContextRef ref, bool ContextSettings::*member, Boolean value) noexcept {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.*member = value != 0;
    return errSecSuccess;
  });
}

OSStatus get_bool(SSLContextRef ref, bool ContextSettings::*member, Boolean* value) noexcept {
  return get(ref, value, [&](SSLContext& context) { return static_cast<Boolean>(context.settings.*member ? 1 : 0); });
}

/// For functions that Apple has emptied.
OSStatus without_effect(SSLContextRef ref) noexcept {
  return with_context(ref, [](SSLContext&) { return OSStatus{errSecSuccess}; });
}
OSStatus unimplemented(SSLContextRef ref) noexcept {
  return with_context(ref, [](SSLContext&) { return OSStatus{errSecUnimplemented}; });
}

}  // namespace

OSStatus SSLSetSessionOption(SSLContextRef ref, SSLSessionOption option, Boolean value) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    bool* const found = find_option(context, option);
    if (found == nullptr) return errSecParam;
    *found = value != 0;
    // A program that asks for the break judges by itself.
    if (option == kSSLSessionOptionBreakOnServerAuth || option == kSSLSessionOptionBreakOnClientAuth) {
      context.settings.verifies = value == 0;
    }
    return errSecSuccess;
  });
}

OSStatus SSLGetSessionOption(SSLContextRef ref, SSLSessionOption option, Boolean* value) {
  if (value == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const bool* const found = find_option(context, option);
    if (found == nullptr || is_hidden(option)) return errSecParam;
    *value = *found ? 1 : 0;
    return errSecSuccess;
  });
}

OSStatus SSLSetSessionTicketsEnabled(SSLContextRef ref, Boolean enabled) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.options.at(kSSLSessionOptionEnableSessionTickets) = enabled != 0;
    return errSecSuccess;
  });
}

OSStatus SSLSetSessionConfig(SSLContextRef ref, CFStringRef name) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (name == nullptr || CFGetTypeID(name) != CFStringGetTypeID()) return errSecParam;
    const Preset* const preset = find_preset(cf::string_of(name));
    if (preset == nullptr) return errSecParam;
    context.common().cipher_suites = preset->cipher_suites;
    context.common().minimum_dh_bits = kDefaultMinimumDhBits;
    context.client.ats = preset->ats;
    context.settings.options.at(kSSLSessionOptionFallback) = preset->send_fallback_scsv;
    if (!context.is_datagram()) context.settings.effective = preset->versions;
    return errSecSuccess;
  });
}

OSStatus SSLSetEnableCertVerify(SSLContextRef ref, Boolean value) {
  return set_idle(ref, &ContextSettings::verifies, value);
}
OSStatus SSLGetEnableCertVerify(SSLContextRef ref, Boolean* value) {
  return get_bool(ref, &ContextSettings::verifies, value);
}

OSStatus SSLSetAllowsAnyRoot(SSLContextRef ref, Boolean value) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    context.accept_any_root(value != 0);
    return errSecSuccess;
  });
}
OSStatus SSLGetAllowsAnyRoot(SSLContextRef ref, Boolean* value) {
  return get_bool(ref, &ContextSettings::accepts_any_root, value);
}

OSStatus SSLSetAllowsExpiredCerts(SSLContextRef ref, Boolean /*value*/) { return without_effect(ref); }
OSStatus SSLSetAllowsExpiredRoots(SSLContextRef ref, Boolean /*value*/) { return without_effect(ref); }
OSStatus SSLGetAllowsExpiredCerts(SSLContextRef ref, Boolean* /*value*/) { return unimplemented(ref); }
OSStatus SSLGetAllowsExpiredRoots(SSLContextRef ref, Boolean* /*value*/) { return unimplemented(ref); }
OSStatus SSLSetAllowAnonymousCiphers(SSLContextRef ref, Boolean /*value*/) { return without_effect(ref); }
OSStatus SSLGetAllowAnonymousCiphers(SSLContextRef ref, Boolean* /*value*/) { return without_effect(ref); }

OSStatus SSLSetRsaBlinding(SSLContextRef ref, Boolean value) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.blinds_rsa = value != 0;
    return errSecSuccess;
  });
}
OSStatus SSLGetRsaBlinding(SSLContextRef ref, Boolean* value) {
  return get_bool(ref, &ContextSettings::blinds_rsa, value);
}
