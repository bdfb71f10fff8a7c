// SPDX-License-Identifier: Apache-2.0
#include "apple/ssl_callback_transport.hpp"

#include <algorithm>

namespace securetransport::apple {
namespace {

/// What a call of an I/O function says. Programs differ in what they do with the length; see SSLReadFunc.
IoResult outcome_of(OSStatus status, std::size_t wanted, std::size_t length) noexcept {
  const std::size_t moved = std::min(length, wanted);
  if (status == errSSLWouldBlock) return {moved, moved == wanted ? IoStatus::Ok : IoStatus::WouldBlock};
  if (status == errSecSuccess) return {moved, IoStatus::Ok};
  // A length that was left as it was says nothing.
  return {moved == wanted ? 0 : moved, IoStatus::Failed, status};
}

}  // namespace

IoResult CallbackTransport::read(std::span<std::uint8_t> buffer) noexcept {
  std::size_t total = 0;
  while (total < buffer.size()) {
    const std::span<std::uint8_t> rest = buffer.subspan(total);
    std::size_t length = rest.size();
    const OSStatus status = read_(connection_, rest.data(), &length);
    const IoResult outcome = outcome_of(status, rest.size(), length);
    total += outcome.moved;
    if (outcome.status != IoStatus::Ok) return {total, outcome.status, outcome.code};
    // Success without a byte: there is no more. Asking on would never end.
    if (outcome.moved == 0) return {total, IoStatus::EndOfStream};
  }
  return {total, IoStatus::Ok};
}

IoResult CallbackTransport::write(std::span<const std::uint8_t> bytes) noexcept {
  std::size_t length = bytes.size();
  const OSStatus status = write_(connection_, bytes.data(), &length);
  const IoResult outcome = outcome_of(status, bytes.size(), length);
  if (outcome.status == IoStatus::Failed) write_failure_ = status;
  return outcome;
}

}  // namespace securetransport::apple
