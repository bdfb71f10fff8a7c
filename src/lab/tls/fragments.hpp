// SPDX-License-Identifier: Apache-2.0
// Handshake messages of DTLS: cut into fragments, rightly or not, and put together again (RFC 6347 section 4.2.3).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "lab/tls/fault.hpp"
#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

/// msg_type, length, message_seq, fragment_offset, fragment_length.
inline constexpr std::size_t kDatagramMessageHeader = 12;

/// A whole message, as it counts for the hashes too. `claimed` is the length if it is not that of the body.
[[nodiscard]] Bytes datagram_message(std::uint8_t type, std::uint16_t sequence, ByteView body,
                                     std::optional<std::uint32_t> claimed = std::nullopt);

/// Gives the message another place in the sequence.
void renumber(Bytes& message, std::uint16_t sequence);

/// Fragments of at most `limit` bytes of the body; `trick` is one of the actions of fragments, or none of them.
[[nodiscard]] std::vector<Bytes> fragments_of(ByteView message, std::size_t limit, Action trick = Action::None);

/// Collects fragments in any order and gives messages in theirs.
class Reassembly {
 public:
  /// Takes what one record carries. False if some of it belongs to a message that was given out before: the other side
  /// repeats itself.
  [[nodiscard]] bool take(ByteView fragments);

  /// The next message, whole.
  [[nodiscard]] std::optional<Bytes> next();

 private:
  struct Partial {
    std::uint8_t type = 0;
    Bytes body;
    std::vector<bool> has;
  };

  std::map<std::uint16_t, Partial> partials_;
  std::uint16_t next_ = 0;
};

}  // namespace securetransport::lab
