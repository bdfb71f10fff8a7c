// SPDX-License-Identifier: Apache-2.0
#include "tls/alpn.hpp"

namespace securetransport::tls {

Result<std::vector<std::uint8_t>> wire_form_of_alpn(const std::vector<std::string>& names) {
  std::vector<std::uint8_t> wire;
  for (const std::string& name : names) {
    // RFC 7301 section 3.1: "opaque ProtocolName<1..2^8-1>".
    if (name.empty() || name.size() > 255) {
      return Error{ResultCode::ConfigurationFailed, "an ALPN name must have 1 to 255 bytes: \"" + name + "\""};
    }
    wire.push_back(static_cast<std::uint8_t>(name.size()));
    wire.insert(wire.end(), name.begin(), name.end());
  }
  return wire;
}

}  // namespace securetransport::tls
