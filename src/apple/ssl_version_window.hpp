// SPDX-License-Identifier: Apache-2.0
// The versions that a context has enabled, by the rules of Apple's setters: always one range without gaps.
#pragma once

#include <Security/SecProtocolTypes.h>

#include <optional>

#include "securetransport/tls/protocol.hpp"

namespace securetransport::apple {

/// From oldest to newest, SSL 3.0 first, which can be asked for but not spoken; or DTLS 1.0 and 1.2.
class VersionWindow {
 public:
  explicit VersionWindow(bool is_datagram) noexcept;

  /// kSSLProtocolUnknown while nothing is enabled.
  [[nodiscard]] SSLProtocol min() const noexcept;
  [[nodiscard]] SSLProtocol max() const noexcept;

  /// False, and nothing happens, for a version that the connection type lacks. One end takes the other along.
  bool set_min(SSLProtocol version) noexcept;
  bool set_max(SSLProtocol version) noexcept;

  /// SSLSetProtocolVersionEnabled and its kin, for streams. False for what they do not take.
  bool enable(SSLProtocol version) noexcept;
  bool disable(SSLProtocol version) noexcept;
  [[nodiscard]] std::optional<bool> is_enabled(SSLProtocol version) const noexcept;
  bool set(SSLProtocol version) noexcept;
  /// The argument of set() that gives this range; none if there is none.
  [[nodiscard]] std::optional<SSLProtocol> as_one() const noexcept;

  /// What the engine is told; none if nothing that it has is enabled.
  [[nodiscard]] std::optional<VersionRange> range() const noexcept;

  friend bool operator==(const VersionWindow&, const VersionWindow&) = default;

 private:
  /// Its place on the ladder; none if it has none.
  [[nodiscard]] std::optional<int> rung(SSLProtocol version) const noexcept;
  [[nodiscard]] bool is_empty() const noexcept { return min_ > max_; }
  void clear() noexcept;

  bool is_datagram_;
  int min_;
  int max_;
};

[[nodiscard]] ProtocolVersion engine_version(SSLProtocol version) noexcept;  ///< Of a version that the engine has.
[[nodiscard]] SSLProtocol protocol_of(ProtocolVersion version) noexcept;     ///< kSSLProtocolUnknown if unknown.

}  // namespace securetransport::apple
