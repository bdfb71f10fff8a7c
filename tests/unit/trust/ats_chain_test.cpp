// SPDX-License-Identifier: Apache-2.0
// App Transport Security's demands on certificates: keys, hashes and signatures.
#include <gtest/gtest.h>

#include <algorithm>

#include "ats_case.hpp"

namespace securetransport::test {
namespace {

struct Row {
  const char* what;
  const char* expected;
  std::vector<TestCertificate> path;
};

void check(const AtsPolicy& policy, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(verdict(policy, row.path), row.expected);
  }
}

TEST(AtsChain, AsksTheLeafForRsa2048OrEc256) {
  const Family family;
  const auto path_with = [&](KeyKind kind) -> std::vector<TestCertificate> {
    return {family.leaf([&](auto& spec) { spec.key = kind; }), family.intermediate, family.root};
  };
  const char* const small = "errSSLATSMinimumKeySizeViolation@0";
  // Sizes are compared in whole bytes: 2041 bits need 256 bytes, 2040 need 255 (ats-facts 2.1).
  check(kDefaultAts, {
                         {"RSA 2048", "trusted", path_with(KeyKind::Rsa2048)},
                         {"RSA 2041", "trusted", path_with(KeyKind::Rsa2041)},
                         {"RSA 2040", small, path_with(KeyKind::Rsa2040)},
                         {"RSA 1024", small, path_with(KeyKind::Rsa1024)},
                         {"RSA-PSS 2048", "trusted", path_with(KeyKind::RsaPss2048)},
                         {"P-256", "trusted", path_with(KeyKind::EcP256)},
                         {"P-384", "trusted", path_with(KeyKind::EcP384)},
                         {"P-521", "trusted", path_with(KeyKind::EcP521)},
                         {"P-224", small, path_with(KeyKind::EcP224)},
                         {"P-192", small, path_with(KeyKind::EcP192)},
                         {"Ed25519", small, path_with(KeyKind::Ed25519)},
                         {"Ed448", small, path_with(KeyKind::Ed448)},
                         {"unreadable", small, path_with(KeyKind::Unreadable)},
                     });
  const auto violations = judge_ats_chain(kDefaultAts, parsed(path_with(KeyKind::Rsa1024)), true);
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].detail,
            "its key is RSA 1024; RSA of at least 2048 bits or EC of at least 256 bits is wanted");
  EXPECT_EQ(violations[0].rule, "App Transport Security: minimum size of the server's key");
  EXPECT_EQ(violations[0].subject, "CN=leaf");
  EXPECT_EQ(violations[0].alert, std::nullopt);
}

TEST(AtsChain, AsksNoKeySizeOfIssuersAndNoneAtAllIfBothMinimumsAreZero) {
  const Family family;
  const auto issuer = family.other_intermediate([](auto& spec) { spec.key = KeyKind::Rsa1024; });
  EXPECT_EQ(verdict(kDefaultAts, {issued_by(issuer, leaf_spec()), issuer, family.root}), "trusted");
  AtsPolicy lenient;
  lenient.minimum_rsa_bits = lenient.minimum_ec_bits = 0;
  for (const KeyKind kind : {KeyKind::Rsa1024, KeyKind::EcP192, KeyKind::Ed25519}) {
    EXPECT_EQ(verdict(lenient, {family.leaf([&](auto& spec) { spec.key = kind; })}), "trusted");
  }
}

TEST(AtsChain, AsksForSha256OfLeafAndIssuersButNotOfSelfSignedRoots) {
  const auto rsa_root = [](const char* digest) {
    CertificateSpec spec = root_spec();
    spec.key = KeyKind::Rsa2048;
    spec.digest = digest;
    return self_signed(spec);
  };
  const auto root = rsa_root("SHA256");
  const auto leaf_under = [](const TestCertificate& issuer, const char* digest) {
    CertificateSpec spec = leaf_spec();
    spec.digest = digest;
    return issued_by(issuer, spec);
  };
  const auto issuer_with = [&](const char* digest) {
    CertificateSpec spec = intermediate_spec();
    spec.digest = digest;
    return issued_by(root, spec);
  };
  struct Hash {
    const char* digest;
    bool is_weak;
  };
  for (const Hash hash : {Hash{"MD5", true},
                          {"SHA1", true},
                          {"SHA224", true},
                          {"RIPEMD160", true},
                          {"SHA3-224", true},
                          {"SHA256", false},
                          {"SHA384", false},
                          {"SHA512", false}}) {
    SCOPED_TRACE(hash.digest);
    const auto issuer = issuer_with(hash.digest);
    EXPECT_EQ(verdict(kDefaultAts, {leaf_under(root, hash.digest), root}),
              hash.is_weak ? "errSSLATSLeafCertificateHashAlgorithmViolation@0" : "trusted");
    EXPECT_EQ(verdict(kDefaultAts, {leaf_under(issuer, "SHA256"), issuer, root}),
              hash.is_weak ? "errSSLATSCertificateHashAlgorithmViolation@1" : "trusted");
    EXPECT_EQ(verdict(kDefaultAts, {leaf_under(root, "SHA256"), rsa_root(hash.digest)}), "trusted");
  }
  const auto sha1 = issuer_with("SHA1");
  EXPECT_EQ(verdict(kDefaultAts, {leaf_under(sha1, "SHA1"), sha1, root}),
            "errSSLATSLeafCertificateHashAlgorithmViolation@0 errSSLATSCertificateHashAlgorithmViolation@1");
  AtsPolicy lenient;
  lenient.requires_sha256 = false;
  EXPECT_EQ(verdict(lenient, {leaf_under(sha1, "SHA1"), sha1, root}), "trusted");
  const auto violations = judge_ats_chain(kDefaultAts, parsed({leaf_under(root, "SHA1"), root}), true);
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].detail, "it is signed with sha1WithRSAEncryption; a hash of at least SHA-256 is wanted");
}

TEST(AtsChain, TakesSignaturesWithoutAHashOfTheirOwnAndReadsThatOfPss) {
  const auto under = [](KeyKind kind, const char* digest) {
    CertificateSpec issuer = root_spec();
    issuer.key = kind;
    const auto root = self_signed(issuer);
    CertificateSpec leaf = leaf_spec();
    leaf.digest = digest;
    return std::vector<TestCertificate>{issued_by(root, leaf), root};
  };
  EXPECT_EQ(verdict(kDefaultAts, under(KeyKind::Ed25519, "SHA256")), "trusted");
  EXPECT_EQ(verdict(kDefaultAts, under(KeyKind::RsaPss2048, "SHA256")), "trusted");
  EXPECT_EQ(verdict(kDefaultAts, under(KeyKind::RsaPss2048, "SHA1")),
            "errSSLATSLeafCertificateHashAlgorithmViolation@0");
}

TEST(AtsChain, AsksForSignaturesThatTheClientOffers) {
  const auto signed_by = [](KeyKind kind, const char* digest) {
    CertificateSpec issuer = root_spec();
    issuer.key = kind;
    issuer.digest = "SHA384";
    const auto root = self_signed(issuer);
    CertificateSpec leaf = leaf_spec();
    leaf.digest = digest;
    return std::vector<TestCertificate>{issued_by(root, leaf), root};
  };
  struct SchemeRow {
    KeyKind kind;
    const char* digest;
    std::vector<std::uint16_t> schemes;  ///< RFC 8446 section 4.2.3; SHA-224 from RFC 5246 section 7.4.1.4.1.
  };
  const std::vector<SchemeRow> rows{
      {KeyKind::Rsa2048, "SHA1", {0x0201}},
      {KeyKind::Rsa2048, "SHA224", {0x0301}},
      {KeyKind::Rsa2048, "SHA256", {0x0401}},
      {KeyKind::Rsa2048, "SHA384", {0x0501}},
      {KeyKind::Rsa2048, "SHA512", {0x0601}},
      {KeyKind::EcP256, "SHA1", {0x0203}},
      {KeyKind::EcP256, "SHA256", {0x0403}},
      {KeyKind::EcP256, "SHA384", {0x0503}},
      {KeyKind::EcP256, "SHA512", {0x0603}},
      {KeyKind::RsaPss2048, "SHA256", {0x0804, 0x0809}},
      {KeyKind::RsaPss2048, "SHA384", {0x0805, 0x080A}},
      {KeyKind::RsaPss2048, "SHA512", {0x0806, 0x080B}},
      {KeyKind::Ed25519, "SHA256", {0x0807}},
      {KeyKind::Ed448, "SHA256", {0x0808}},
  };
  for (const SchemeRow& row : rows) {
    SCOPED_TRACE(testing::Message() << std::hex << row.schemes.front());
    AtsPolicy policy;
    policy.requires_sha256 = false;
    std::vector<std::uint16_t> all_others;
    for (unsigned scheme = 0x0101; scheme <= 0x0901; ++scheme) {
      const auto number = static_cast<std::uint16_t>(scheme);
      if (std::find(row.schemes.begin(), row.schemes.end(), number) == row.schemes.end()) all_others.push_back(number);
    }
    const auto path = signed_by(row.kind, row.digest);
    policy.signature_algorithms = all_others;
    EXPECT_EQ(verdict(policy, path), "errSSLATSViolation@0");
    for (const std::uint16_t scheme : row.schemes) {
      policy.signature_algorithms = {scheme};
      EXPECT_EQ(verdict(policy, path), "trusted");
    }
  }
  AtsPolicy none;
  none.signature_algorithms.emplace();
  const auto violations = judge_ats_chain(none, parsed(signed_by(KeyKind::Rsa2048, "SHA256")), true);
  ASSERT_EQ(summary_of(violations), "errSSLATSViolation@0") << "a self-signed root may be signed with anything";
  EXPECT_NE(violations[0].detail.find("sha256WithRSAEncryption, in TLS 0x0401, which is not among the 0"),
            std::string::npos)
      << violations[0].detail;
}

TEST(AtsChain, DecidesOnlyWhereThePlatformRulesAreLeftOut) {
  const Family family;
  const auto leaf = family.leaf([](auto& spec) {
    spec.key = KeyKind::Rsa1024;
    spec.digest = "SHA1";
  });
  const auto merged = [&](TrustPolicy policy) {
    Question question{{leaf, family.intermediate}, {family.root}};
    question.policy = policy;
    const auto trust = judge(question);
    return summary_of(merge_violations(trust.violations, judge_ats_chain(kDefaultAts, trust.path, trust.trusted())));
  };
  const std::string ats = "errSSLATSMinimumKeySizeViolation@0 errSSLATSLeafCertificateHashAlgorithmViolation@0";
  EXPECT_EQ(merged(TrustPolicy::Rfc5280), ats);
  EXPECT_EQ(merged(TrustPolicy::Apple),
            "errSSLXCertChainInvalid@0 errSSLXCertChainInvalid@0 " + ats + " errSSLATSCertificateTrustViolation@chain");
}

}  // namespace
}  // namespace securetransport::test
