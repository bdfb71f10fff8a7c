// SPDX-License-Identifier: Apache-2.0
#include "trust/leaf_rules.hpp"

#include <openssl/x509v3.h>

#include <chrono>
#include <string>

#include "trust/certificate_text.hpp"
#include "trust/policy_rules.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

/// From when on certificates may live how long. Apple's sources allow a slip of an hour where one stands here.
struct Lifetime {
  TrustCheck check;
  sys_seconds since;  ///< notBefore, inclusive.
  std::chrono::seconds longest;
  const char* rule;
};

constexpr sys_seconds kServerRules2019{sys_days(year(2019) / 7 / 1) - hours(1)};
constexpr Lifetime kAnyAuthority{TrustCheck::OtherTrustValidityPeriod, kServerRules2019, days(825) + hours(1),
                                 "Apple platform rule (HT210176)"};
constexpr Lifetime kSystemAuthority{TrustCheck::SystemTrustValidityPeriod, sys_days(year(2020) / 9 / 1), days(398),
                                    "Apple platform rule (HT211025)"};
constexpr Lifetime kOlderSystemAuthority{TrustCheck::SystemTrustValidityPeriod, sys_days(year(2018) / 3 / 1),
                                         days(825) + hours(1), "Apple platform rule (HT211025)"};

void check_lifetime(const Certificate& leaf, const Lifetime& limit, Violations& violations) {
  const std::chrono::seconds lifetime = leaf.not_after() - leaf.not_before();
  if (leaf.not_before() < limit.since || lifetime <= limit.longest) return;
  const auto in_days = [](std::chrono::seconds span) {
    return std::to_string(std::chrono::ceil<days>(span).count()) + " days";
  };
  violations.push_back(violation_of(Rank::PlatformRule, limit.check, leaf,
                                    "it is valid for " + in_days(lifetime) + ", and at most " +
                                        std::to_string(std::chrono::floor<days>(limit.longest).count()) +
                                        " days are allowed",
                                    limit.rule));
  violations.back().violation.chain_index = 0;
}

/// serverAuth itself, where other usages do for older certificates. What no policy accepts, check_certificate() has
/// found.
void check_names_server_auth(const Certificate& leaf, Violations& violations) {
  const std::uint32_t flags = X509_get_extension_flags(keyless_of(leaf));
  if ((flags & EXFLAG_INVALID) != 0) return;  // What cannot be read is reported already.
  const bool has_usages = (flags & EXFLAG_XKUSAGE) != 0;
  const std::uint32_t usages = has_usages ? X509_get_extended_key_usage(keyless_of(leaf)) : 0U;
  if ((usages & XKU_SSL_SERVER) != 0 || (has_usages && (usages & (XKU_ANYEKU | XKU_SGC)) == 0)) return;
  const std::string what = has_usages
                               ? "its extended key usage (" + extended_key_usages_text(leaf) + ") lacks serverAuth"
                               : "it has no extended key usage; serverAuth is wanted";
  violations.push_back(
      violation_of(Rank::PlatformRule, TrustCheck::ExtendedKeyUsage, leaf, what, "Apple platform rule (HT210176)"));
  violations.back().violation.chain_index = 0;
}

}  // namespace

void check_root_rules(std::span<const Certificate> path, const TrustRequest& request, bool has_system_root,
                      Violations& violations) {
  // The rules are about server certificates, and spare one that is itself the anchor.
  if (!rules_of(request.policy).apple_platform || request.peer_role != PeerRole::Server || path.size() == 1) return;
  const Certificate& leaf = path.front();
  if (has_system_root || leaf.not_before() > kServerRules2019) check_names_server_auth(leaf, violations);
  if (!has_system_root) return check_lifetime(leaf, kAnyAuthority, violations);
  check_lifetime(leaf, leaf.not_before() >= kSystemAuthority.since ? kSystemAuthority : kOlderSystemAuthority,
                 violations);
}

}  // namespace securetransport::trust
