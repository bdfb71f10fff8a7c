// SPDX-License-Identifier: Apache-2.0
// Signed certificate timestamps (RFC 6962) and Apple's rule about how many a certificate needs.
#pragma once

#include <array>
#include <cstdint>
#include <map>

#include "ossl/handles.hpp"
#include "securetransport/trust/evaluate.hpp"
#include "trust/path_search.hpp"
#include "trust/violation.hpp"

namespace securetransport {

namespace trust {

using LogId = std::array<std::uint8_t, 32>;

struct KnownLog {
  CtLog log;
  ossl::PkeyPtr key;
};

[[nodiscard]] std::uint64_t ct_logs_id(const CtLogList& logs) noexcept;

/// Whether the timestamps satisfy Apple's rule; false if no logs are given. Appends a violation where the rule applies
/// and they do not: Apple's policy, a server, a root of the system, a certificate issued since 2018-10-16.
[[nodiscard]] bool check_transparency(const FoundPath& found, const TrustRequest& request, Violations& violations);

/// How many embedded timestamps a certificate of this lifetime needs.
[[nodiscard]] std::size_t timestamps_needed(std::chrono::sys_seconds not_before, std::chrono::sys_seconds not_after);

}  // namespace trust

struct CtLogList::Impl {
  std::map<trust::LogId, trust::KnownLog> logs;
  std::uint64_t id = 0;  ///< Of no other list of this process, ever.
};

}  // namespace securetransport
