// SPDX-License-Identifier: Apache-2.0
// Names: of the peer, of what the client asked for, of the sessions that may be resumed; and application protocols.
#include <algorithm>
#include <cstring>

#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

/// Copies `name` out, with a terminating NUL if it must have one.
OSStatus copy_out(std::string_view name, bool with_nul, char* buffer, size_t* size) noexcept {
  const std::size_t needed = name.empty() ? 0 : name.size() + (with_nul ? 1 : 0);
  if (*size < needed) return errSSLBufferOverflow;
  if (needed > 0) {
    if (buffer == nullptr) return errSecParam;
    std::memcpy(buffer, name.data(), name.size());
    if (with_nul) buffer[name.size()] = '\0';
  }
  *size = needed;
  return errSecSuccess;
}

/// What the client asked for; on a client, the name that it will ask for.
std::string requested_name(SSLContext& context) {
  if (!context.is_server()) return context.client.peer_name;
  const ClientHelloInfo* const hello = context.session() != nullptr ? context.session()->client_hello() : nullptr;
  return hello != nullptr ? hello->server_name : std::string();
}

constexpr std::size_t kLongestAlpnList = 255;

/// None for an array that holds something else, or too much.
std::optional<std::vector<std::string>> protocol_names(CFArrayRef protocols) {
  std::vector<std::string> names;
  std::size_t wire_size = 0;
  for (const CFTypeRef value : cf::values_of(protocols)) {
    if (value == nullptr || CFGetTypeID(value) != CFStringGetTypeID()) return std::nullopt;
    std::string name = cf::string_of(static_cast<CFStringRef>(value));
    const bool is_ascii = std::all_of(name.begin(), name.end(), [](char c) { return c > 0; });
    if (name.empty() || !is_ascii) continue;  // Dropped without a word, as Apple's.
    wire_size += name.size() + 1;
    names.push_back(std::move(name));
  }
  if (wire_size > kLongestAlpnList) return std::nullopt;
  return names;
}

}  // namespace

std::vector<std::string> SSLContext::peer_protocols() const {
  if (!session_) return {};
  const std::string agreed = session_->info().alpn;
  if (!agreed.empty()) return {agreed};
  const ClientHelloInfo* const hello = session_->client_hello();
  if (hello == nullptr || state() != kSSLHandshake) return {};
  return hello->alpn;
}

OSStatus SSLSetPeerDomainName(SSLContextRef ref, const char* name, size_t size) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_server()) return errSecSuccess;
    if (name == nullptr && size != 0) return errSecParam;
    context.client.peer_name = name != nullptr ? std::string(name, strnlen(name, size)) : std::string();
    return errSecSuccess;
  });
}

OSStatus SSLGetPeerDomainNameLength(SSLContextRef ref, size_t* size) {
  return get(ref, size, [](SSLContext& context) {
    const std::string name = requested_name(context);
    return name.empty() || !context.is_server() ? name.size() : name.size() + 1;
  });
}

OSStatus SSLGetPeerDomainName(SSLContextRef ref, char* name, size_t* size) {
  if (size == nullptr) return errSecParam;
  return with_context(
      ref, [&](SSLContext& context) { return copy_out(requested_name(context), context.is_server(), name, size); });
}

OSStatus SSLCopyRequestedPeerNameLength(SSLContextRef ref, size_t* size) {
  return get(ref, size, [](SSLContext& context) {
    const std::string name = requested_name(context);
    return name.empty() ? 0 : name.size() + 1;
  });
}

OSStatus SSLCopyRequestedPeerName(SSLContextRef ref, char* name, size_t* size) {
  if (size == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) { return copy_out(requested_name(context), true, name, size); });
}

OSStatus SSLSetPeerID(SSLContextRef ref, const void* id, size_t size) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (id == nullptr || size == 0) return errSecParam;
    Session* const session = context.session();
    if (context.is_active() && (context.is_server() || !session->info().client_certificate_requested)) {
      return errSecBadReq;
    }
    context.settings.peer_id.assign(static_cast<const char*>(id), size);
    context.settings.has_peer_id = true;
    if (session != nullptr) session->use_peer_id(context.settings.peer_id);
    return errSecSuccess;
  });
}

OSStatus SSLGetPeerID(SSLContextRef ref, const void** id, size_t* size) {
  if (id == nullptr || size == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const ContextSettings& settings = context.settings;
    *id = settings.has_peer_id ? settings.peer_id.data() : nullptr;
    *size = settings.has_peer_id ? settings.peer_id.size() : 0;
    return errSecSuccess;
  });
}

OSStatus SSLSetALPNProtocols(SSLContextRef ref, CFArrayRef protocols) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (protocols == nullptr || CFGetTypeID(protocols) != CFArrayGetTypeID()) return errSecParam;
    if (cf::values_of(protocols).empty()) return errSecParam;
    const std::optional<std::vector<std::string>> names = protocol_names(protocols);
    if (!names) return errSecParam;
    context.common().alpn = *names;
    return context.session() != nullptr ? status_of(context.session()->use_alpn(*names)) : errSecSuccess;
  });
}

OSStatus SSLCopyALPNProtocols(SSLContextRef ref, CFArrayRef* protocols) {
  if (protocols == nullptr) return errSecParam;
  *protocols = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const std::vector<std::string> names = context.peer_protocols();
    if (names.empty()) return errSecParam;
    std::vector<cf::CFRef<CFStringRef>> strings;
    for (const std::string& name : names) strings.push_back(cf::make_string(name));
    std::vector<CFTypeRef> values;
    for (const auto& string : strings) values.push_back(string.get());
    *protocols = cf::make_array(values).release();
    return errSecSuccess;
  });
}
