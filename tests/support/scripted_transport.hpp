// SPDX-License-Identifier: Apache-2.0
// A transport that does what a test wrote down, and remembers what it was asked.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "securetransport/core/transport.hpp"

namespace securetransport::test {

class ScriptedTransport final : public Transport {
 public:
  static constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

  std::vector<std::uint8_t> incoming;
  IoResult end = {0, IoStatus::WouldBlock};  ///< What a read says once `incoming` is used up.
  std::size_t most_per_read = kNoLimit;      ///< A read that wants more gets this much and would block.
  std::size_t available = kNoLimit;          ///< Of `incoming`, for read_available.

  std::vector<std::uint8_t> outgoing;
  std::size_t write_room = kNoLimit;               ///< Bytes that writes may still move.
  IoResult write_end = {0, IoStatus::WouldBlock};  ///< What a write says that has no room.

  std::vector<std::size_t> asked;  ///< The size of every read.
  std::size_t writes = 0;

  IoResult read(std::span<std::uint8_t> buffer) noexcept override {
    asked.push_back(buffer.size());
    const std::size_t count = take(buffer.first(std::min(buffer.size(), most_per_read)));
    if (count == buffer.size()) return {count, IoStatus::Ok};
    if (count > 0 && !incoming.empty()) return {count, IoStatus::WouldBlock};
    return {count, end.status, end.code};
  }

  IoResult write(std::span<const std::uint8_t> bytes) noexcept override {
    ++writes;
    const std::size_t count = std::min(bytes.size(), write_room);
    outgoing.insert(outgoing.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    if (write_room != kNoLimit) write_room -= count;
    if (count == bytes.size()) return {count, IoStatus::Ok};
    return {count, write_end.status, write_end.code};
  }

  std::size_t read_available(std::span<std::uint8_t> buffer) noexcept override {
    return take(buffer.first(std::min(buffer.size(), available)));
  }

 private:
  std::size_t take(std::span<std::uint8_t> buffer) noexcept {
    const std::size_t count = std::min(buffer.size(), incoming.size());
    std::copy_n(incoming.begin(), count, buffer.begin());
    incoming.erase(incoming.begin(), incoming.begin() + static_cast<std::ptrdiff_t>(count));
    return count;
  }
};

}  // namespace securetransport::test
