// SPDX-License-Identifier: Apache-2.0
#include "ossl/datagram_record.hpp"

#include "securetransport/core/byte_reader.hpp"

namespace securetransport::ossl {
namespace {

constexpr unsigned kWindowSize = 64;

void put(std::span<std::uint8_t> bytes, std::uint64_t value) noexcept {
  for (std::size_t i = bytes.size(); i > 0; --i, value >>= 8) bytes[i - 1] = static_cast<std::uint8_t>(value & 0xff);
}

std::uint64_t get(std::span<const std::uint8_t> bytes) noexcept {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

}  // namespace

DatagramHeader DatagramHeader::parse(std::span<const std::uint8_t, kSize> bytes) noexcept {
  return {bytes[0], static_cast<std::uint16_t>(get(bytes.subspan<1, 2>())),
          static_cast<std::uint16_t>(get(bytes.subspan<3, 2>())), get(bytes.subspan<5, 6>()),
          static_cast<std::uint16_t>(get(bytes.subspan<11, 2>()))};
}

void DatagramHeader::write(std::span<std::uint8_t, kSize> bytes) const noexcept {
  bytes[0] = type;
  put(bytes.subspan<1, 2>(), version);
  put(bytes.subspan<3, 2>(), epoch);
  put(bytes.subspan<5, 6>(), sequence);
  put(bytes.subspan<11, 2>(), length);
}

std::optional<std::vector<HandshakeFragment>> split_handshake(std::span<const std::uint8_t> body) {
  std::vector<HandshakeFragment> fragments;
  while (!body.empty()) {
    ByteReader reader(body);
    HandshakeFragment fragment;
    fragment.type = reader.u8();
    fragment.message_length = reader.u24();
    fragment.message_seq = reader.u16();
    const std::size_t offset = reader.u24();
    const std::size_t length = reader.u24();
    static_cast<void>(reader.bytes(length));
    if (!reader.ok() || offset + length > fragment.message_length) return std::nullopt;
    // Of a message with content every fragment has some: nobody sends less than nothing on.
    if (length == 0 && fragment.message_length > 0) return std::nullopt;
    fragment.bytes = body.first(HandshakeFragment::kHeaderSize + length);
    fragments.push_back(fragment);
    body = body.subspan(fragment.bytes.size());
  }
  return fragments;
}

bool ReplayWindow::is_repeated(std::uint64_t sequence) noexcept {
  if (sequence > newest_) {
    const std::uint64_t step = sequence - newest_;
    seen_ = step < kWindowSize ? seen_ << step : 0;
    newest_ = sequence;
  }
  const std::uint64_t age = newest_ - sequence;
  if (age >= kWindowSize) return false;
  const std::uint64_t bit = std::uint64_t{1} << age;
  const bool seen = (seen_ & bit) != 0;
  seen_ |= bit;
  return seen;
}

}  // namespace securetransport::ossl
