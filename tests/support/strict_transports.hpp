// SPDX-License-Identifier: Apache-2.0
// Transports that bring out what a session asks of them: one moves as little as it may, one tolerates no excess.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "securetransport/core/transport.hpp"
#include "support/tls_bytes.hpp"

namespace securetransport::test {

/// Moves one byte a call, and always says that the rest would block.
class ByteAtATime final : public Transport {
 public:
  Bytes* incoming = nullptr;
  Bytes* outgoing = nullptr;

  IoResult read(std::span<std::uint8_t> buffer) noexcept override {
    is_blocked_ = !is_blocked_;
    if (is_blocked_ || incoming->empty()) return {0, IoStatus::WouldBlock};
    buffer[0] = incoming->front();
    incoming->erase(incoming->begin());
    return {1, buffer.size() == 1 ? IoStatus::Ok : IoStatus::WouldBlock};
  }
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override {
    outgoing->push_back(bytes[0]);
    return {1, bytes.size() == 1 ? IoStatus::Ok : IoStatus::WouldBlock};
  }

 private:
  bool is_blocked_ = false;
};

/// A blocking transport would hang if more were asked than the record at hand has.
class ExactTransport final : public Transport {
 public:
  Bytes incoming;
  Bytes outgoing;

  IoResult read(std::span<std::uint8_t> buffer) noexcept override {
    EXPECT_EQ(buffer.size(), left_ > 0 ? left_ : 5);
    if (incoming.size() < buffer.size()) {
      EXPECT_EQ(left_, 0U) << "blocked inside a record";
      return {0, IoStatus::WouldBlock};
    }
    std::copy_n(incoming.begin(), buffer.size(), buffer.begin());
    incoming.erase(incoming.begin(), incoming.begin() + static_cast<std::ptrdiff_t>(buffer.size()));
    left_ = left_ > 0 ? 0 : static_cast<std::size_t>(buffer[3] << 8 | buffer[4]);
    return {buffer.size(), IoStatus::Ok};
  }
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override {
    outgoing.insert(outgoing.end(), bytes.begin(), bytes.end());
    return {bytes.size(), IoStatus::Ok};
  }

 private:
  std::size_t left_ = 0;
};

}  // namespace securetransport::test
