// SPDX-License-Identifier: Apache-2.0
#include "trust/leaf_rules.hpp"

#include <openssl/x509v3.h>

#include <chrono>
#include <string>

#include "trust/path_rules.hpp"
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
  sys_seconds since;  ///< notBefore, inclusive.
  std::chrono::seconds longest;
  const char* rule;
};

constexpr Lifetime kAnyAuthority{sys_days(year(2019) / 7 / 1) - hours(1), days(825) + hours(1),
                                 "Apple platform rule (HT210176)"};
constexpr Lifetime kSystemAuthority{sys_days(year(2020) / 9 / 1), days(398), "Apple platform rule (HT211025)"};
constexpr Lifetime kOlderSystemAuthority{sys_days(year(2018) / 3 / 1), days(825) + hours(1),
                                         "Apple platform rule (HT211025)"};

void check_key_usage(const Certificate& leaf, bool key_signs, std::vector<RankedViolation>& violations) {
  X509* const x509 = x509_of(leaf);
  if (has_unreadable_extension(leaf) || (X509_get_extension_flags(x509) & EXFLAG_KUSAGE) == 0) return;
  const std::uint32_t usage = X509_get_key_usage(x509);
  // The engine's check of the purpose objects to a key that TLS cannot use at all.
  constexpr std::uint32_t kUsedByTls = KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT | KU_KEY_AGREEMENT;
  if ((usage & kUsedByTls) == 0) return;
  const std::uint32_t needed = key_signs ? KU_DIGITAL_SIGNATURE : KU_KEY_ENCIPHERMENT;
  if ((usage & needed) != 0) return;
  const std::string name = key_signs ? "digitalSignature" : "keyEncipherment";
  // RFC 8446 section 4.4.2.2: "The certificate MUST allow the key to be used for signing (i.e., the digitalSignature
  // bit MUST be set if the Key Usage extension is present)".
  violations.push_back(
      {Rank::PlatformRule, Violation{ResultCode::XCertChainInvalid, 0, leaf.subject(),
                                     "its key usage does not allow " + name, "RFC 5280 section 4.2.1.3"}});
}

void check_lifetime(const Certificate& leaf, const Lifetime& limit, std::vector<RankedViolation>& violations) {
  const std::chrono::seconds lifetime = leaf.not_after() - leaf.not_before();
  if (leaf.not_before() < limit.since || lifetime <= limit.longest) return;
  const auto in_days = [](std::chrono::seconds span) {
    return std::to_string(std::chrono::ceil<days>(span).count()) + " days";
  };
  violations.push_back(
      {Rank::PlatformRule,
       Violation{ResultCode::XCertChainInvalid, 0, leaf.subject(),
                 "it is valid for " + in_days(lifetime) + ", and at most " +
                     std::to_string(std::chrono::floor<days>(limit.longest).count()) + " days are allowed",
                 limit.rule}});
}

}  // namespace

void check_leaf_rules(const FoundPath& found, const TrustRequest& request, bool has_system_roots,
                      std::vector<RankedViolation>& violations) {
  const Certificate& leaf = request.chain.front();
  check_key_usage(leaf, request.key_signs, violations);
  // The rules on lifetime are about server certificates, and spare one that is itself the anchor.
  const bool is_own_anchor = found.certificates.size() == 1 && found.is_anchored();
  if (request.policy != TrustPolicy::Apple || request.peer_role != PeerRole::Server || is_own_anchor) return;
  if (!has_system_roots) {
    check_lifetime(leaf, kAnyAuthority, violations);
  } else if (leaf.not_before() >= kSystemAuthority.since) {
    check_lifetime(leaf, kSystemAuthority, violations);
  } else {
    check_lifetime(leaf, kOlderSystemAuthority, violations);
  }
}

}  // namespace securetransport::trust
