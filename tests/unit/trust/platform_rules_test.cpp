// SPDX-License-Identifier: Apache-2.0
// Apple's platform rules for servers: lifetimes and usages by date and by kind of root, sizes of keys, hashes. The
// values are those of Apple's support articles and published sources (SecPolicyServer.c, SecPolicy.c), each tried on
// both sides.
#include <gtest/gtest.h>

#include "system_roots.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;

enum class Roots : std::uint8_t { Program, System };

/// Authorities that outlive every certificate here.
class PlatformRules : public testing::Test {
 protected:
  const TestCertificate root = self_signed(old(root_spec()));
  const TestCertificate intermediate = issued_by(root, old(intermediate_spec()));
  const std::shared_ptr<const RootStore> as_system = system_roots({root});
  const std::shared_ptr<const RootStore> as_program = RootStore::of(parsed(std::vector{root}));

  static CertificateSpec old(CertificateSpec spec) {
    spec.not_before = sys_days(year(2010) / 1 / 1);
    spec.not_after = sys_days(year(2049) / 1 / 1);
    return spec;
  }

  static CertificateSpec leaf_without_identifiers() {
    CertificateSpec spec = leaf_spec();
    spec.identifiers = KeyIdentifiers::Absent;
    return spec;
  }

  /// A day after the leaf was issued.
  [[nodiscard]] TrustResult judged(const CertificateSpec& leaf, Roots roots,
                                   TrustPolicy policy = TrustPolicy::Apple) const {
    Question question{{issued_by(intermediate, leaf), intermediate}, {}};
    question.roots = roots == Roots::System ? as_system : as_program;
    question.time = leaf.not_before + kDay;
    question.policy = policy;
    return judge(question);
  }
};

constexpr sys_seconds kMarch2018 = sys_days(year(2018) / 3 / 1);
constexpr sys_seconds kSeptember2020 = sys_days(year(2020) / 9 / 1);
/// Apple's constant is 583628400 seconds after 2001: an hour before 2019-07-01.
constexpr sys_seconds kJuly2019 = sys_days(year(2001) / 1 / 1) + std::chrono::seconds(583628400);

struct LifetimeRow {
  const char* what;
  Roots roots;
  sys_seconds issued;
  std::chrono::seconds lifetime;
  const char* expected;
};

TEST_F(PlatformRules, LimitLifetimesByDateOfIssueAndKindOfRoot) {
  const char* const system = "SystemTrustValidityPeriod";
  const char* const other = "OtherTrustValidityPeriod";
  const LifetimeRow rows[] = {
      {"system, 398 days", Roots::System, kSeptember2020, 398 * kDay, "trusted"},
      {"system, a second more", Roots::System, kSeptember2020, 398 * kDay + 1s, system},
      {"system, before September 2020", Roots::System, kSeptember2020 - 1s, 825 * kDay + 1h, "trusted"},
      {"system, before, a second more", Roots::System, kSeptember2020 - 1s, 825 * kDay + 1h + 1s, system},
      {"system, March 2018", Roots::System, kMarch2018, 825 * kDay + 1h, "trusted"},
      {"system, March 2018, a second more", Roots::System, kMarch2018, 825 * kDay + 1h + 1s, system},
      {"system, before March 2018", Roots::System, kMarch2018 - 1s, 3000 * kDay, "trusted"},
      {"program, July 2019", Roots::Program, kJuly2019, 825 * kDay + 1h, "trusted"},
      {"program, July 2019, a second more", Roots::Program, kJuly2019, 825 * kDay + 1h + 1s, other},
      {"program, before July 2019", Roots::Program, kJuly2019 - 1s, 3000 * kDay, "trusted"},
      {"program, today, 399 days", Roots::Program, kNow, 399 * kDay, "trusted"},
  };
  for (const LifetimeRow& row : rows) {
    SCOPED_TRACE(row.what);
    CertificateSpec leaf = leaf_spec();
    leaf.not_before = row.issued;
    leaf.not_after = row.issued + row.lifetime;
    const auto result = judged(leaf, row.roots);
    EXPECT_EQ(checks(result), row.expected) << details(result);
    EXPECT_EQ(result.has_system_root, row.roots == Roots::System);
    EXPECT_EQ(checks(judged(leaf, row.roots, TrustPolicy::Rfc5280)), "trusted");
  }
}

struct UsageRow {
  const char* what;
  Roots roots;
  sys_seconds issued;
  const char* usage;
  bool is_trusted;
};

// "newer certificates must have serverAuth"; older ones below roots that are not the system's may have none, any, or
// Microsoft's or Netscape's gated cryptography.
TEST_F(PlatformRules, WantServerAuthOfNewerServersAndBelowSystemRoots) {
  const sys_seconds old_one = kJuly2019;
  const sys_seconds new_one = kJuly2019 + 1s;
  const UsageRow rows[] = {
      {"older, none", Roots::Program, old_one, "", true},
      {"older, any", Roots::Program, old_one, "anyExtendedKeyUsage", true},
      {"older, serverAuth", Roots::Program, old_one, "serverAuth", true},
      {"older, Microsoft's", Roots::Program, old_one, "msSGC", true},
      {"older, Netscape's", Roots::Program, old_one, "nsSGC", true},
      {"older, clientAuth", Roots::Program, old_one, "clientAuth", false},
      {"newer, none", Roots::Program, new_one, "", false},
      {"newer, any", Roots::Program, new_one, "anyExtendedKeyUsage", false},
      {"newer, serverAuth", Roots::Program, new_one, "serverAuth", true},
      {"newer, serverAuth among others", Roots::Program, new_one, "clientAuth,serverAuth", true},
      {"newer, Microsoft's", Roots::Program, new_one, "msSGC", false},
      {"newer, Netscape's", Roots::Program, new_one, "nsSGC", false},
      {"newer, clientAuth", Roots::Program, new_one, "clientAuth", false},
      {"system, none", Roots::System, old_one, "", false},
      {"system, any", Roots::System, old_one, "anyExtendedKeyUsage", false},
      {"system, serverAuth", Roots::System, old_one, "serverAuth", true},
      {"system, Microsoft's", Roots::System, old_one, "msSGC", false},
      {"system, newer, serverAuth", Roots::System, new_one, "serverAuth", true},
  };
  for (const UsageRow& row : rows) {
    SCOPED_TRACE(row.what);
    CertificateSpec leaf = leaf_spec();
    leaf.not_before = row.issued;
    leaf.not_after = row.issued + 300 * kDay;
    leaf.extended_key_usage = row.usage;
    const auto result = judged(leaf, row.roots);
    EXPECT_EQ(checks(result), row.is_trusted ? "trusted" : "ExtendedKeyUsage") << details(result);
  }
}

TEST_F(PlatformRules, WantServerAuthOrAnyOfIssuersThatNameUsages) {
  for (const auto& [usage, is_trusted] :
       {std::pair("", true), std::pair("serverAuth", true), std::pair("anyExtendedKeyUsage", true),
        std::pair("clientAuth", false), std::pair("msSGC", false)}) {
    SCOPED_TRACE(usage);
    CertificateSpec spec = old(intermediate_spec());
    spec.extended_key_usage = usage;
    const auto issuer = issued_by(root, spec);
    Question question{{issued_by(issuer, leaf_spec()), issuer}, {}};
    question.roots = as_system;
    const auto result = judge(question);
    EXPECT_EQ(checks(result), is_trusted ? "trusted" : "ExtendedKeyUsage") << details(result);
  }
}

TEST_F(PlatformRules, AcceptAnyOrClientAuthOfClients) {
  for (const auto& [usage, is_trusted] :
       {std::pair("", true), std::pair("clientAuth", true), std::pair("anyExtendedKeyUsage", true),
        std::pair("serverAuth", false), std::pair("msSGC", false)}) {
    SCOPED_TRACE(usage);
    CertificateSpec spec = leaf_spec();
    spec.extended_key_usage = usage;
    Question question{{issued_by(intermediate, spec), intermediate}, {root}};
    question.peer_role = PeerRole::Client;
    EXPECT_EQ(checks(judge(question)), is_trusted ? "trusted" : "ExtendedKeyUsage");
  }
}

struct KeyRow {
  const char* what;
  KeyKind key;
  const char* expected;
};

// RSA of 2048 bits, EC of 256, compared in whole bytes; no other kind is in Apple's table, so the others fail. RSA
// below 1024 bits is weak whatever the policy.
constexpr KeyRow kKeys[] = {
    {"RSA 2048", KeyKind::Rsa2048, "trusted"}, {"RSA 2041", KeyKind::Rsa2041, "trusted"},
    {"RSA 2040", KeyKind::Rsa2040, "KeySize"}, {"RSA 1024", KeyKind::Rsa1024, "KeySize"},
    {"RSA 1017", KeyKind::Rsa1017, "KeySize"}, {"RSA 1016", KeyKind::Rsa1016, "WeakKeySize"},
    {"P-521", KeyKind::EcP521, "trusted"},     {"P-384", KeyKind::EcP384, "trusted"},
    {"P-256", KeyKind::EcP256, "trusted"},     {"P-224", KeyKind::EcP224, "KeySize"},
    {"P-192", KeyKind::EcP192, "KeySize"},     {"Ed25519", KeyKind::Ed25519, "KeySize"},
    {"Ed448", KeyKind::Ed448, "KeySize"},
};

TEST_F(PlatformRules, AskEveryCertificateOfTheChainForAStrongKey) {
  for (const KeyRow& row : kKeys) {
    SCOPED_TRACE(row.what);
    const std::string expected = row.expected;
    CertificateSpec leaf = leaf_spec();
    leaf.key = row.key;
    EXPECT_EQ(checks(judged(leaf, Roots::Program)), expected);
    CertificateSpec authority = old(intermediate_spec());
    authority.key = row.key;
    const auto issuer = issued_by(root, authority);
    EXPECT_EQ(checks(judge({{issued_by(issuer, leaf_spec()), issuer}, {root}})), expected);
    const auto anchor = self_signed(authority);
    EXPECT_EQ(checks(judge({{issued_by(anchor, leaf_spec())}, {anchor}})), expected);
  }
}

TEST_F(PlatformRules, LeaveTheKeyOfALeafThatIsItselfTrustedAlone) {
  for (const KeyKind key : {KeyKind::Rsa1024, KeyKind::EcP192, KeyKind::Ed25519}) {
    CertificateSpec spec = leaf_spec();
    spec.key = key;
    const auto own = self_signed(spec);
    EXPECT_EQ(checks(judge({{own}, {own}})), "trusted");
    EXPECT_EQ(checks(judge({{own}, {}})), "AnchorTrusted KeySize") << "it is not trusted, so its key counts";
  }
}

TEST_F(PlatformRules, TakeEdwardsKeysOfClients) {
  for (const KeyRow& row : kKeys) {
    if (row.key != KeyKind::Ed25519 && row.key != KeyKind::Ed448) continue;
    CertificateSpec spec = leaf_spec();
    spec.extended_key_usage = "clientAuth";
    spec.key = row.key;
    Question question{{issued_by(intermediate, spec), intermediate}, {root}};
    question.peer_role = PeerRole::Client;
    EXPECT_EQ(checks(judge(question)), "trusted") << row.what;
  }
}

// MD2, MD4, MD5 and SHA-1 are forbidden, the first three whatever the policy; SHA-224 passes.
TEST_F(PlatformRules, ForbidHashesUpToSha1) {
  CertificateSpec authority = old(root_spec("RSA Root"));
  authority.key = KeyKind::Rsa2048;  // Nobody has a number for MD5 with ECDSA.
  const auto rsa_root = self_signed(authority);
  for (const auto& [digest, expected] :
       {std::pair("MD5", "WeakSignature"), std::pair("SHA1", "SignatureHashAlgorithms"), std::pair("SHA224", "trusted"),
        std::pair("SHA256", "trusted"), std::pair("SHA384", "trusted"), std::pair("SHA512", "trusted")}) {
    SCOPED_TRACE(digest);
    CertificateSpec leaf = leaf_spec();
    leaf.digest = digest;
    EXPECT_EQ(checks(judge({{issued_by(rsa_root, leaf)}, {rsa_root}})), expected);
    authority.digest = digest;
    authority.subject = "Issuer";
    const auto issuer = issued_by(rsa_root, authority);
    EXPECT_EQ(checks(judge({{issued_by(issuer, leaf_spec()), issuer}, {rsa_root}})), expected);
    const auto anchor = self_signed(authority);
    EXPECT_EQ(checks(judge({{issued_by(anchor, leaf_spec())}, {anchor}})), "trusted") << "nobody checks it";
    EXPECT_EQ(checks(judge({{issued_by(anchor, leaf_spec()), anchor}, {}})), "AnchorTrusted") << "it is self-signed";
  }
}

TEST_F(PlatformRules, ForbidWeakHashesOfAuthoritiesThatOnlyLookSelfSigned) {
  // A new key of the root, under its name and signed with the old one.
  CertificateSpec spec = old(root_spec());
  spec.digest = "SHA1";
  spec.identifiers = KeyIdentifiers::Absent;
  const auto rollover = issued_by(root, spec);
  EXPECT_EQ(checks(judge({{issued_by(rollover, leaf_without_identifiers()), rollover}, {root}})),
            "SignatureHashAlgorithms");
}

TEST_F(PlatformRules, AreNoMatterOfTheOtherPolicies) {
  CertificateSpec leaf = leaf_spec();
  leaf.not_before = kJuly2019 + 1s;
  leaf.not_after = leaf.not_before + 3000 * kDay;
  leaf.extended_key_usage = "";
  for (const Roots roots : {Roots::Program, Roots::System}) {
    EXPECT_NE(checks(judged(leaf, roots)), "trusted");
    EXPECT_EQ(checks(judged(leaf, roots, TrustPolicy::Rfc5280)), "trusted");
  }
}

}  // namespace
}  // namespace securetransport::test
