// SPDX-License-Identifier: Apache-2.0
// What is in order today and will not be tomorrow.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/cert_report.hpp"
#include "cli/report_parts.hpp"

namespace securetransport::cli {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

/// Baseline Requirements section 6.3.2 as ballot SC-081v3 changed it: notBefore from this day on, at most so long.
struct Step {
  sys_seconds since;
  days longest;
};

constexpr std::array kSteps{
    Step{sys_days(year(2020) / 9 / 1), days(398)},
    Step{sys_days(year(2026) / 3 / 15), days(200)},
    Step{sys_days(year(2027) / 3 / 15), days(100)},
    Step{sys_days(year(2029) / 3 / 15), days(47)},
};

std::string day_of(sys_seconds time) { return date_of(time).substr(0, 10); }

/// The last step that applies to a certificate issued at this moment.
const Step* step_at(sys_seconds issued) {
  const Step* found = nullptr;
  for (const Step& step : kSteps) {
    if (issued >= step.since) found = &step;
  }
  return found;
}

/// Short-lived certificates are renewed when a third of their life is left, so thirty days would always warn.
std::chrono::seconds notice_of(const Certificate& certificate, days asked) {
  const std::chrono::seconds life = certificate.not_after() - certificate.not_before();
  return std::min(std::chrono::seconds(asked), life / 3);
}

void warn_of_end(std::size_t index, const Certificate& certificate, const CertDemand& demand,
                 std::vector<std::string>& warnings) {
  const std::chrono::seconds left = certificate.not_after() - demand.time;
  if (left < std::chrono::seconds(0) || left > notice_of(certificate, demand.warn_before)) return;
  warnings.push_back(fmt::format("Certificate {} (\"{}\") ends in {}, on {} UTC.", index, certificate.subject(),
                                 distance_in_words(left), date_of(certificate.not_after())));
}

/// RFC 5280 section 4.1.2.5 counts the last second in, so notAfter - notBefore of N days is one second too much.
void warn_of_lifetime(const Certificate& leaf, std::vector<std::string>& warnings) {
  const std::chrono::seconds life = leaf.not_after() - leaf.not_before() + std::chrono::seconds(1);
  const auto in_days = std::chrono::ceil<days>(life).count();
  const Step* const now = step_at(leaf.not_before());
  if (now == nullptr) return;
  if (life > now->longest) {
    warnings.push_back(fmt::format(
        "It is valid for {} days, the last second included; public certificates issued since {} may be "
        "valid for {} days at most (CA/Browser Forum Baseline Requirements section 6.3.2, ballot SC-081v3).",
        in_days, day_of(now->since), now->longest.count()));
    return;
  }
  const Step* const next = step_at(leaf.not_after());
  if (next == now || life <= next->longest) return;
  warnings.push_back(
      fmt::format("When it ends, public certificates will be issued for at most {} days, not {} (since "
                  "{}, ballot SC-081v3): renewal must be automatic by then.",
                  next->longest.count(), in_days, day_of(next->since)));
}

}  // namespace

std::vector<std::string> warnings_about(std::span<const Certificate> chain, const TrustResult& result,
                                        const CertDemand& demand) {
  std::vector<std::string> warnings;
  for (std::size_t index = 0; index < result.path.size(); ++index) {
    warn_of_end(index, result.path[index], demand, warnings);
  }
  const bool is_server = !chain.empty() && !chain.front().is_ca();
  // A private authority's certificates are nobody's business but its own.
  const bool is_public = result.has_system_root || !result.is_anchored;
  if (is_server && is_public && !chain.front().is_self_issued()) warn_of_lifetime(chain.front(), warnings);
  return warnings;
}

}  // namespace securetransport::cli
