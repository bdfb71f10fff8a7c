// SPDX-License-Identifier: Apache-2.0
// The two calls through which a session moves bytes. The session owns no socket and no buffer of the network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace securetransport {

/// What became of one transport call.
enum class IoStatus : std::uint8_t {
  Ok,           ///< Everything asked for was moved.
  WouldBlock,   ///< Less was moved, perhaps nothing; more may be possible later.
  EndOfStream,  ///< Read only: the peer closed its side. What was moved before it counts.
  Reset,        ///< ECONNRESET or EPIPE.
  TimedOut,     ///< A deadline of the transport passed.
  Failed,       ///< Anything else; `code` says what.
};

struct IoResult {
  std::size_t moved = 0;  ///< Bytes, at most the size of the buffer.
  IoStatus status = IoStatus::Ok;
  std::int32_t code = 0;  ///< With Failed: an OSStatus of the transport's own that reaches the caller.
};

/// What is below a session: a byte stream, or for a datagram session a queue of datagrams. Calls come only from within
/// a call on the session, from the same thread, and never from its destructor.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Reads exactly buffer.size() bytes unless that is not possible now. The session never asks for more than
  /// it needs: 5 bytes of record header, then the body, so a blocking transport cannot dead-lock.
  virtual IoResult read(std::span<std::uint8_t> buffer) noexcept = 0;

  /// Writes all bytes unless that is not possible now; the session keeps the rest and offers it again.
  virtual IoResult write(std::span<const std::uint8_t> bytes) noexcept = 0;

  /// Takes up to buffer.size() bytes that are here already, without waiting. Used only to name the protocol of
  /// a peer that does not speak TLS. Returning 0 is always right.
  virtual std::size_t read_available(std::span<std::uint8_t> /*buffer*/) noexcept { return 0; }

 protected:
  Transport() = default;
  Transport(const Transport&) = default;
  Transport& operator=(const Transport&) = default;
};

}  // namespace securetransport
