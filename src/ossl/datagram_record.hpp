// SPDX-License-Identifier: Apache-2.0
// The framing of DTLS (RFC 6347 section 4): record headers, and the fragments inside plaintext handshake records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace securetransport::ossl {

/// RFC 6347 section 4.1: type, version, epoch, sequence_number, length.
struct DatagramHeader {
  static constexpr std::size_t kSize = 13;

  std::uint8_t type = 0;
  std::uint16_t version = 0;
  std::uint16_t epoch = 0;
  std::uint64_t sequence = 0;  ///< 48 bits.
  std::uint16_t length = 0;

  [[nodiscard]] static DatagramHeader parse(std::span<const std::uint8_t, kSize> bytes) noexcept;
  void write(std::span<std::uint8_t, kSize> bytes) const noexcept;
};

/// RFC 6347 section 4.2.2: msg_type, length, message_seq, fragment_offset, fragment_length.
struct HandshakeFragment {
  static constexpr std::size_t kHeaderSize = 12;

  std::uint8_t type = 0;
  std::uint32_t message_length = 0;  ///< Of the whole message.
  std::uint16_t message_seq = 0;
  std::span<const std::uint8_t> bytes;  ///< With its header.
};

/// The fragments in a handshake record's body; nullopt if their lengths do not add up or are impossible.
[[nodiscard]] std::optional<std::vector<HandshakeFragment>> split_handshake(std::span<const std::uint8_t> body);

/// Tells repeated sequence numbers, as the window of RFC 6347 section 4.1.2.6 does.
class ReplayWindow {
 public:
  /// Whether this number was seen before, as far as the window reaches back; notes it.
  bool is_repeated(std::uint64_t sequence) noexcept;

 private:
  std::uint64_t newest_ = 0;
  std::uint64_t seen_ = 0;  ///< Bit n: newest_ - n was seen.
};

}  // namespace securetransport::ossl
