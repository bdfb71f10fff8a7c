// SPDX-License-Identifier: Apache-2.0
// The certificate transparency logs whose timestamps count (RFC 6962).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "securetransport/core/result.hpp"

namespace securetransport {

/// One log, as the published lists describe it.
struct CtLog {
  std::string description;                                       ///< For messages.
  std::string operator_name;                                     ///< Who runs it.
  std::vector<std::uint8_t> spki;                                ///< Its public key: SubjectPublicKeyInfo in DER.
  std::optional<std::chrono::sys_seconds> read_only_since = {};  ///< Later timestamps do not count.
  std::optional<std::chrono::sys_seconds> retired_since = {};    ///< Only embedded timestamps of before count.
  /// The shard: notAfter of the certificates it takes, [first, second). None: any.
  std::optional<std::pair<std::chrono::sys_seconds, std::chrono::sys_seconds>> shard = {};
};

/// Logs by their id. Immutable once made; share one between all sessions and threads.
class CtLogList {
 public:
  /// errSSLConfigurationFailed if a key cannot be read (the detail says which log's).
  [[nodiscard]] static Result<std::shared_ptr<const CtLogList>> of(std::span<const CtLog> logs);

  struct Impl;
  explicit CtLogList(std::unique_ptr<const Impl> impl) noexcept;
  ~CtLogList();
  CtLogList(const CtLogList&) = delete;
  CtLogList& operator=(const CtLogList&) = delete;
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

}  // namespace securetransport
