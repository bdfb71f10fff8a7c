// SPDX-License-Identifier: Apache-2.0
// Reads a client's first message without taking it off the stream. Private to the lab's server.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "lab/tls/protocol.hpp"
#include "net/deadline.hpp"
#include "net/tcp_stream.hpp"

namespace securetransport::lab {

/// What the choice of a scenario and of its version depends on.
struct PeekedHello {
  std::string server_name;  ///< Lower case, without a final dot; empty: none was sent.
  bool offers_13 = false;
};

/// Waits until the ClientHello is complete. Nullopt: it did not come in time, or what came is none.
[[nodiscard]] std::optional<PeekedHello> peek_hello(net::TcpStream& stream, net::Deadline deadline,
                                                    const std::stop_token& stop);

/// From the datagram with which a client begins. Nullopt: it does not hold a whole ClientHello.
[[nodiscard]] std::optional<PeekedHello> peek_hello(ByteView datagram);

}  // namespace securetransport::lab
