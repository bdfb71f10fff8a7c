// SPDX-License-Identifier: Apache-2.0
// Application protocols in their wire form, each name after its length; and NPN, which nobody speaks any more.
#include <algorithm>

#include "apple/ssl_context.hpp"
#include "securetransport/core/byte_reader.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

constexpr std::size_t kLongestList = 255;

std::optional<std::vector<std::string>> read_list(std::span<const std::uint8_t> wire) {
  std::vector<std::string> names;
  ByteReader reader(wire);
  while (!reader.at_end()) {
    const std::span<const std::uint8_t> name = reader.vector8();
    if (!reader.ok() || name.empty()) return std::nullopt;
    names.emplace_back(name.begin(), name.end());
  }
  return names;
}

}  // namespace

const void* SSLContext::lend_peer_protocols(std::size_t& size) {
  std::vector<std::uint8_t> wire;
  for (const std::string& name : peer_protocols()) {
    wire.push_back(static_cast<std::uint8_t>(name.size()));
    wire.insert(wire.end(), name.begin(), name.end());
  }
  if (wire.empty()) return nullptr;
  lent_protocols_ = std::move(wire);
  size = lent_protocols_.size();
  return lent_protocols_.data();
}

void SSLContext::announce_peer_protocols() {
  if (settings.alpn_function == nullptr || are_protocols_announced_) return;
  std::size_t size = 0;
  const void* const wire = lend_peer_protocols(size);
  if (wire == nullptr) return;
  are_protocols_announced_ = true;
  settings.alpn_function(this, settings.alpn_info, wire, size);
}

OSStatus SSLSetALPNData(SSLContextRef ref, const void* data, size_t size) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (data == nullptr || size == 0 || size > kLongestList) return errSecParam;
    const std::optional<std::vector<std::string>> names = read_list(bytes_at(data, size));
    if (!names) return errSecParam;
    context.common().alpn = *names;
    return context.session() != nullptr ? status_of(context.session()->use_alpn(*names)) : OSStatus{errSecSuccess};
  });
}

const void* SSLGetALPNData(SSLContextRef ref, size_t* size) {
  return object_boundary([&]() -> const void* {
    SSLContext* const context = cf::checked<SSLContext>(ref);
    if (context == nullptr || size == nullptr) return nullptr;
    return context->lend_peer_protocols(*size);
  });
}

void SSLSetALPNFunc(SSLContextRef ref, SSLALPNFunc function, void* info) {
  static_cast<void>(with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    context.settings.alpn_function = function;
    context.settings.alpn_info = info;
    return errSecSuccess;
  }));
}

void SSLSetNPNFunc(SSLContextRef /*context*/, SSLNPNFunc /*function*/, void* /*info*/) {}

OSStatus SSLSetNPNData(SSLContextRef ref, const void* data, size_t size) {
  return with_context(ref, [&](SSLContext&) -> OSStatus {
    return data == nullptr || size == 0 || size > kLongestList ? errSecParam : errSecSuccess;
  });
}

const void* SSLGetNPNData(SSLContextRef /*context*/, size_t* /*size*/) { return nullptr; }
