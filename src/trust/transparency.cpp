// SPDX-License-Identifier: Apache-2.0
#include "trust/transparency.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "trust/policy_rules.hpp"
#include "trust/timestamp.hpp"

namespace securetransport::trust {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

constexpr sys_seconds kRuleSince{sys_days(year(2018) / 10 / 16)};
constexpr sys_seconds kCountsByDaysSince{sys_days(year(2021) / 4 / 21)};
constexpr const char* kRule = "Apple platform rule (HT205280)";

/// Whole calendar months, rounded down.
int months_between(sys_seconds from, sys_seconds until) {
  const auto first_day = std::chrono::floor<days>(from);
  const auto last_day = std::chrono::floor<days>(until);
  const std::chrono::year_month_day first(first_day);
  const std::chrono::year_month_day last(last_day);
  const auto months = ((last.year() / last.month()) - (first.year() / first.month())).count();
  const bool is_whole = std::pair(last.day(), until - last_day) >= std::pair(first.day(), from - first_day);
  return static_cast<int>(months) - (is_whole ? 0 : 1);
}

bool is_current(const CtLog& log) { return !log.retired_since; }

bool counts(const Timestamp& stamp, const Certificate& leaf, sys_seconds now) {
  const CtLog& log = *stamp.log;
  if (stamp.time > now) return false;
  if (log.read_only_since && stamp.time > *log.read_only_since) return false;
  if (log.shard && (leaf.not_after() < log.shard->first || leaf.not_after() >= log.shard->second)) return false;
  if (is_current(log)) return true;
  return stamp.source == TimestampSource::Embedded && stamp.time < *log.retired_since &&
         leaf.not_before() < *log.retired_since;
}

/// Apple accepts (A) enough embedded timestamps from different logs, one of which still works, or (B) timestamps from
/// two working logs, one of which came with the handshake.
bool is_satisfied(const std::vector<Timestamp>& stamps, std::size_t needed) {
  std::set<const CtLog*> embedded_logs;
  std::set<const CtLog*> current_logs;
  bool has_current_embedded = false;
  bool has_current_sent = false;
  for (const Timestamp& stamp : stamps) {
    if (is_current(*stamp.log)) current_logs.insert(stamp.log);
    if (stamp.source == TimestampSource::Embedded) {
      embedded_logs.insert(stamp.log);
      has_current_embedded = has_current_embedded || is_current(*stamp.log);
    } else {
      has_current_sent = has_current_sent || is_current(*stamp.log);
    }
  }
  return (has_current_embedded && embedded_logs.size() >= needed) || (has_current_sent && current_logs.size() >= 2);
}

}  // namespace

std::size_t timestamps_needed(sys_seconds not_before, sys_seconds not_after) {
  if (not_before >= kCountsByDaysSince) {
    const auto lifetime = not_after - not_before;
    if (lifetime <= days(180)) return 2;
    return lifetime <= days(825) ? 3 : 4;
  }
  const int months = months_between(not_before, not_after);
  if (months < 15) return 2;
  if (months <= 27) return 3;
  return months <= 39 ? 4 : 5;
}

bool check_transparency(const FoundPath& found, const TrustRequest& request, Violations& violations) {
  if (!request.ct_logs) return false;
  const Certificate& leaf = request.chain.front();
  const Certificate* const issuer = found.certificates.size() > 1 ? &found.certificates[1] : nullptr;
  auto stamps = good_timestamps(request, issuer);
  const std::size_t known = stamps.size();
  std::erase_if(stamps, [&](const Timestamp& stamp) { return !counts(stamp, leaf, request.time); });
  const std::size_t needed = timestamps_needed(leaf.not_before(), leaf.not_after());
  if (is_satisfied(stamps, needed)) return true;

  const bool is_demanded = rules_of(request.policy).apple_platform && request.peer_role == PeerRole::Server &&
                           found.has_system_root && leaf.not_before() >= kRuleSince &&
                           leaf.not_before() <= request.time && request.time <= leaf.not_after();
  if (is_demanded) {
    violations.push_back(violation_of(
        Rank::PlatformRule, TrustCheck::SystemTrustedCTRequired, leaf,
        "it needs " + std::to_string(needed) + " certificate transparency timestamps from different logs, and " +
            std::to_string(stamps.size()) + " count (" + std::to_string(known) + " are of known logs)",
        kRule));
    violations.back().violation.chain_index = 0;
  }
  return false;
}

}  // namespace securetransport::trust
