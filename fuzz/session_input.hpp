// SPDX-License-Identifier: Apache-2.0
// What the session targets share: a session fed with the fuzzer's bytes until it fails, ends or wants more.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "fixed_identity.hpp"
#include "securetransport/tls/buffer_transport.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::fuzz {

/// The moment at which the fuzzers live: 2026-07-01.
inline constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days(std::chrono::year(2026) / 7 / 1);

/// The first byte of an input chooses the configuration; each bit is one option.
class Options {
 public:
  explicit Options(std::uint8_t bits) noexcept : bits_(bits) {}
  [[nodiscard]] bool has(unsigned bit) const noexcept { return ((static_cast<unsigned>(bits_) >> bit) & 1U) != 0; }

 private:
  std::uint8_t bits_;
};

inline void drive(Session& session, BufferTransport& wire, std::span<const std::uint8_t> input) {
  wire.feed(input);
  wire.end(IoStatus::EndOfStream);
  constexpr int kMostBreaks = 4;
  for (int pause = 0; pause <= kMostBreaks; ++pause) {
    const Result<Progress> progress = session.handshake();
    static_cast<void>(session.info());
    static_cast<void>(session.peer_chain());
    static_cast<void>(session.acceptable_issuers());
    if (!progress || *progress == Progress::Done || *progress == Progress::WantRead) break;
    if (*progress == Progress::ClientCertRequested) static_cast<void>(session.use_identity(fixed_identity()));
  }
  std::array<std::uint8_t, 512> buffer{};
  for (Result<Transfer> got = session.read(buffer); got && got->bytes > 0; got = session.read(buffer)) {
  }
  static_cast<void>(session.write(buffer));
  static_cast<void>(session.close());
  static_cast<void>(session.diagnosis());
}

}  // namespace securetransport::fuzz
