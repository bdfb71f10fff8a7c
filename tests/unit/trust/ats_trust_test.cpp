// SPDX-License-Identifier: Apache-2.0
// App Transport Security's demands on trust: no overriding, and the pins of NSPinnedDomains.
#include <gtest/gtest.h>

#include "ats_case.hpp"

namespace securetransport::test {
namespace {

Pin pin_of(const TestCertificate& certificate) { return {parsed(certificate).spki_sha256()}; }

TEST(AtsTrust, MayNotBeAcceptedByAProgramAgainstTheDefaultTrust) {
  const Family family;
  const std::vector<TestCertificate> path{family.leaf(), family.intermediate};
  EXPECT_EQ(verdict(kDefaultAts, path, false), "errSSLATSCertificateTrustViolation@chain");
  AtsPolicy lenient;
  lenient.requires_trust = false;
  EXPECT_EQ(verdict(lenient, path, false), "trusted");
}

TEST(AtsTrust, IsPinnedByLeafAndByAuthority) {
  const Family family;
  const auto leaf = family.leaf();
  const std::vector<TestCertificate> path{leaf, family.intermediate, family.root};
  const Pin other = pin_of(family.leaf());
  const std::string no_leaf = "errSSLATSCertificateTrustViolation@0";
  const std::string no_ca = "errSSLATSCertificateTrustViolation@chain";
  using Pins = std::optional<std::vector<Pin>>;
  struct PinRow {
    const char* what;
    Pins leaf_pins;
    Pins ca_pins;
    std::string expected;
  };
  const Pins none;
  const Pins empty = std::vector<Pin>();
  const std::vector<PinRow> rows{
      {"not pinned", none, none, "trusted"},
      {"leaf", Pins({pin_of(leaf)}), none, "trusted"},
      {"one of two leaves", Pins({other, pin_of(leaf)}), none, "trusted"},
      {"another leaf", Pins({other}), none, no_leaf},
      {"no leaf will do", empty, none, no_leaf},
      {"intermediate", none, Pins({pin_of(family.intermediate)}), "trusted"},
      {"root", none, Pins({other, pin_of(family.root)}), "trusted"},
      {"leaf as authority", none, Pins({pin_of(leaf)}), no_ca},
      {"authority as leaf", Pins({pin_of(family.root)}), none, no_leaf},
      {"no authority will do", none, empty, no_ca},
      {"both", Pins({pin_of(leaf)}), Pins({pin_of(family.root)}), "trusted"},
      {"both given, leaf wrong", Pins({other}), Pins({pin_of(family.root)}), no_leaf},
      {"both given, authority wrong", Pins({pin_of(leaf)}), Pins({other}), no_ca},
      {"both wrong", Pins({other}), Pins({other}), no_leaf + " " + no_ca},
  };
  for (const PinRow& row : rows) {
    SCOPED_TRACE(row.what);
    AtsPolicy policy;
    policy.leaf_pins = row.leaf_pins;
    policy.ca_pins = row.ca_pins;
    EXPECT_EQ(verdict(policy, path), row.expected);
  }
  AtsPolicy policy;
  policy.ca_pins = {pin_of(leaf)};
  EXPECT_EQ(verdict(policy, {leaf}), no_ca) << "a path of one certificate has no authority";
  policy.leaf_pins = {other};
  policy.ca_pins.reset();
  const auto violations = judge_ats_chain(policy, parsed(path), true);
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].detail, "its key has the hash " + base64_text(pin_of(leaf).spki_sha256) +
                                      ", none of the 1 pinned keys for the server");
  EXPECT_EQ(violations[0].rule, "App Transport Security: NSPinnedDomains, NSPinnedLeafIdentities");
}

TEST(AtsTrust, JudgesAnEmptyPathWithoutFalling) {
  AtsPolicy policy;
  policy.leaf_pins.emplace();
  policy.ca_pins.emplace();
  policy.signature_algorithms.emplace();
  EXPECT_EQ(verdict(policy, {}, false),
            "errSSLATSCertificateTrustViolation@0 errSSLATSCertificateTrustViolation@chain "
            "errSSLATSCertificateTrustViolation@chain");
}

}  // namespace
}  // namespace securetransport::test
