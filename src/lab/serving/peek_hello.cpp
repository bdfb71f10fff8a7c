// SPDX-License-Identifier: Apache-2.0
// Reads a client's first message without taking it off the stream.
#include "lab/serving/peek_hello.hpp"

#include <poll.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "lab/tls/hello.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

constexpr std::size_t kMostBytes = 65536;  // A ClientHello with large post-quantum shares has some two thousand.
constexpr auto kGlance = std::chrono::milliseconds(20);
constexpr int kForTheRest = 2;  // Milliseconds. What was peeked at keeps the stream readable: no use to wait for that.

enum class State : std::uint8_t { Complete, Unfinished, Foreign };

/// Puts the fragments of the first handshake message together (RFC 8446 section 5.1).
State first_message(ByteView bytes, Bytes& message) {
  ByteReader reader(bytes);
  while (!reader.at_end()) {
    if (reader.u8() != content::kHandshake) return State::Foreign;
    reader.u16();
    const ByteView fragment = reader.vector16();
    if (!reader.ok()) return State::Unfinished;
    message.insert(message.end(), fragment.begin(), fragment.end());
    ByteReader whole(message);
    if (whole.u8() != handshake::kClientHello && whole.ok()) return State::Foreign;
    const ByteView body = whole.vector24();
    if (!whole.ok()) continue;
    message.assign(body.begin(), body.end());
    return State::Complete;
  }
  return State::Unfinished;
}

/// The first host_name of RFC 6066 section 3.
std::string name_in(const Bytes* extension) {
  if (extension == nullptr) return {};
  ByteReader list(*extension);
  ByteReader names(list.vector16());
  constexpr std::uint8_t kHostName = 0;
  if (names.u8() != kHostName) return {};
  const ByteView name = names.vector16();
  std::string text(name.begin(), name.end());
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// Waits a little for more. False if the client has closed its side: there will be none.
bool may_go_on(const net::TcpStream& stream) {
  pollfd end{stream.native_handle(), POLLRDHUP, 0};
  return ::poll(&end, 1, kForTheRest) <= 0;
}

}  // namespace

std::optional<PeekedHello> peek_hello(net::TcpStream& stream, net::Deadline deadline, const std::stop_token& stop) {
  std::vector<std::uint8_t> buffer(4096);
  while (!stop.stop_requested() && net::remaining(deadline) > net::Deadline::duration::zero()) {
    const auto ready = stream.wait_readable(std::min(net::within(kGlance), deadline));
    if (!ready && ready.error().what != net::NetError::TimedOut) return std::nullopt;
    if (!ready) continue;
    const auto count = stream.peek_available(buffer);
    if (!count) return std::nullopt;
    Bytes message;
    const State state = first_message(ByteView(buffer).first(*count), message);
    if (state == State::Foreign) return std::nullopt;
    if (state == State::Complete) {
      const std::optional<ClientHello> hello = ClientHello::parse(message);
      if (!hello) return std::nullopt;
      return PeekedHello{name_in(hello->extensions.find(extension::kServerName)), hello->offers_version(kTls13)};
    }
    if (*count == buffer.size() && buffer.size() < kMostBytes) {
      buffer.resize(buffer.size() * 2);
    } else if (!may_go_on(stream)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<PeekedHello> peek_hello(ByteView datagram) {
  ByteReader reader(datagram);
  constexpr std::size_t kBeforeLength = 11;  // Type, version, epoch and sequence number of the record.
  static_cast<void>(reader.bytes(kBeforeLength));
  ByteReader fragment(reader.vector16());
  const std::uint8_t type = fragment.u8();
  const std::size_t size = fragment.u24();
  constexpr std::size_t kNumberAndOffset = 5;
  static_cast<void>(fragment.bytes(kNumberAndOffset));
  const ByteView body = fragment.vector24();
  if (!fragment.ok() || type != handshake::kClientHello || body.size() != size) return std::nullopt;
  const std::optional<ClientHello> hello = ClientHello::parse(body, true);
  if (!hello) return std::nullopt;
  return PeekedHello{name_in(hello->extensions.find(extension::kServerName)), false};
}

}  // namespace securetransport::lab
