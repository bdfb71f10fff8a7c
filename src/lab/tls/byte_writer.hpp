// SPDX-License-Identifier: Apache-2.0
// Writes big-endian fields and vectors whose length prefix is filled in once their content is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

inline void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

class ByteWriter {
 public:
  ByteWriter& u8(std::size_t value) { return number(value, 1); }
  ByteWriter& u16(std::size_t value) { return number(value, 2); }
  ByteWriter& u24(std::size_t value) { return number(value, 3); }
  ByteWriter& u64(std::uint64_t value) { return number(value, 8); }
  ByteWriter& bytes(ByteView more) {
    append(out_, more);
    return *this;
  }

  /// A vector whose content `fill(*this)` writes; vectors nest.
  template <class Fill>
  ByteWriter& vector8(Fill&& fill) {
    return vector(1, std::forward<Fill>(fill));
  }
  template <class Fill>
  ByteWriter& vector16(Fill&& fill) {
    return vector(2, std::forward<Fill>(fill));
  }
  template <class Fill>
  ByteWriter& vector24(Fill&& fill) {
    return vector(3, std::forward<Fill>(fill));
  }
  ByteWriter& opaque8(ByteView content) { return u8(content.size()).bytes(content); }
  ByteWriter& opaque16(ByteView content) { return u16(content.size()).bytes(content); }
  ByteWriter& opaque24(ByteView content) { return u24(content.size()).bytes(content); }

  [[nodiscard]] const Bytes& view() const& noexcept { return out_; }
  [[nodiscard]] Bytes take() && noexcept { return std::move(out_); }
  [[nodiscard]] Bytes take() & { return std::exchange(out_, {}); }

 private:
  ByteWriter& number(std::uint64_t value, std::size_t size) {
    for (std::size_t i = size; i-- > 0;) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }

  template <class Fill>
  ByteWriter& vector(std::size_t prefix, Fill&& fill) {
    const std::size_t start = out_.size();
    number(0, prefix);
    std::forward<Fill>(fill)(*this);
    const std::size_t length = out_.size() - start - prefix;
    for (std::size_t i = 0; i < prefix; ++i) {
      out_[start + i] = static_cast<std::uint8_t>(length >> (8 * (prefix - 1 - i)));
    }
    return *this;
  }

  Bytes out_;
};

}  // namespace securetransport::lab
