// SPDX-License-Identifier: Apache-2.0
// Reads big-endian fields from bytes that may be hostile: every read is bounded, and a failed one is remembered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace securetransport {

/// A cursor over borrowed bytes. After a read past the end ok() is false, and every later read gives zero or empty.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) noexcept : rest_(bytes) {}

  [[nodiscard]] bool ok() const noexcept { return ok_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] std::size_t left() const noexcept { return rest_.size(); }

  std::uint8_t u8() noexcept { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() noexcept { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u24() noexcept { return number(3); }

  std::span<const std::uint8_t> bytes(std::size_t count) noexcept {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::span<const std::uint8_t> taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

  /// A vector with a length prefix of one, two or three bytes (RFC 8446 section 3.4).
  std::span<const std::uint8_t> vector8() noexcept { return bytes(u8()); }
  std::span<const std::uint8_t> vector16() noexcept { return bytes(u16()); }
  std::span<const std::uint8_t> vector24() noexcept { return bytes(u24()); }

 private:
  std::uint32_t number(std::size_t size) noexcept {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes(size)) value = value << 8 | byte;
    return value;
  }

  std::span<const std::uint8_t> rest_;
  bool ok_ = true;
};

}  // namespace securetransport
