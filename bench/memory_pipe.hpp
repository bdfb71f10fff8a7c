// SPDX-License-Identifier: Apache-2.0
// Bytes on their way from one end to the other, the same for both contestants.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace securetransport::bench {

class MemoryPipe {
 public:
  void put(std::span<const std::uint8_t> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

  /// Moves what is there, at most the size of the buffer.
  std::size_t take(std::span<std::uint8_t> buffer) noexcept {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - read_);
    if (count > 0) std::memcpy(buffer.data(), bytes_.data() + read_, count);
    read_ += count;
    if (read_ == bytes_.size()) {
      bytes_.clear();
      read_ = 0;
    }
    return count;
  }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t read_ = 0;
};

}  // namespace securetransport::bench
