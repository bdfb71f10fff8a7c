// SPDX-License-Identifier: Apache-2.0
// The two I/O functions of a program, as a Transport.
#pragma once

#include <Security/SecureTransport.h>

#include <utility>

#include "securetransport/core/transport.hpp"

namespace securetransport::apple {

class CallbackTransport final : public Transport {
 public:
  void set_functions(SSLReadFunc reader, SSLWriteFunc writer) noexcept {
    read_ = reader;
    write_ = writer;
  }
  void set_connection(SSLConnectionRef connection) noexcept { connection_ = connection; }
  [[nodiscard]] SSLConnectionRef connection() const noexcept { return connection_; }
  [[nodiscard]] bool has_functions() const noexcept { return read_ != nullptr && write_ != nullptr; }

  /// What the write function said last, if it was a failure; asking takes it away.
  [[nodiscard]] OSStatus take_write_failure() noexcept { return std::exchange(write_failure_, errSecSuccess); }

  IoResult read(std::span<std::uint8_t> buffer) noexcept override;
  IoResult write(std::span<const std::uint8_t> bytes) noexcept override;

 private:
  SSLReadFunc read_ = nullptr;
  SSLWriteFunc write_ = nullptr;
  SSLConnectionRef connection_ = nullptr;
  OSStatus write_failure_ = errSecSuccess;
};

}  // namespace securetransport::apple
