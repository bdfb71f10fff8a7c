// SPDX-License-Identifier: Apache-2.0
#include "securetransport/core/diagnosis.hpp"

namespace securetransport {

std::string_view to_string(Phase phase) noexcept {
  switch (phase) {
    case Phase::None: return "none";
    case Phase::Tcp: return "TCP";
    case Phase::ClientHello: return "ClientHello";
    case Phase::ServerHello: return "ServerHello";
    case Phase::Certificate: return "Certificate";
    case Phase::KeyExchange: return "key exchange";
    case Phase::Finished: return "Finished";
    case Phase::Data: return "data";
  }
  return "";
}

}  // namespace securetransport
