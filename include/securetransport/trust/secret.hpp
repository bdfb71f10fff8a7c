// SPDX-License-Identifier: Apache-2.0
// Bytes that are wiped before their memory is given back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace securetransport {

/// Overwrites the bytes in a way that no compiler leaves out.
void wipe(std::span<std::uint8_t> bytes) noexcept;

/// A secret of fixed length, such as a private key in DER. It can be moved, not copied, and is wiped in the end.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size) : bytes_(size) {}
  explicit SecretBytes(std::span<const std::uint8_t> bytes) : bytes_(bytes.begin(), bytes.end()) {}
  SecretBytes(SecretBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    wipe(bytes_);
    bytes_ = std::exchange(other.bytes_, {});
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() { wipe(bytes_); }

  [[nodiscard]] std::span<const std::uint8_t> view() const noexcept { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t> bytes() noexcept { return bytes_; }
  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

  /// Keeps the first `size` bytes and wipes the rest.
  void shorten(std::size_t size) noexcept {
    wipe(std::span(bytes_).subspan(size));
    bytes_.resize(size);
  }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace securetransport
