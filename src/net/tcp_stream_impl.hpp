// SPDX-License-Identifier: Apache-2.0
// The Asio socket inside a TcpStream. Private to the layer: only its .cpp files pay for Asio's headers.
#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <string>
#include <string_view>

#include "net/tcp_stream.hpp"

namespace securetransport::net {

struct TcpStream::Impl {
  explicit Impl(asio::io_context& context) : socket(context) {}

  /// "reading from 127.0.0.1:4433".
  [[nodiscard]] std::string doing(std::string_view verb) const { return std::string(verb) + " " + peer.text(); }

  asio::ip::tcp::socket socket;
  Endpoint peer;
  Endpoint local;
};

/// Asio sockets need a context to belong to. Nobody runs this one: the sockets are non-blocking and we wait with
/// poll(), which costs neither an event loop nor descriptors per connection.
[[nodiscard]] asio::io_context& shared_context();

/// Makes a stream of a connected, non-blocking descriptor, which it takes over in every case.
[[nodiscard]] NetResult<TcpStream> adopt(int descriptor, const Endpoint& peer);

}  // namespace securetransport::net
