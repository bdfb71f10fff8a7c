// SPDX-License-Identifier: Apache-2.0
// Chains made to cost time: each is answered with a code, and by limits on the work rather than by luck.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

TrustResult judge_with(const TestCertificate& leaf, const std::vector<TestCertificate>& intermediates,
                       const std::vector<TestCertificate>& anchors, TrustPolicy policy = TrustPolicy::Apple) {
  const auto chain = parsed(std::vector{leaf});
  const auto pool = parsed(intermediates);
  TrustRequest request;
  request.chain = chain;
  request.intermediates = pool;
  request.peer_name = "www.example.com";
  request.roots = RootStore::of(parsed(anchors));
  request.time = kNow;
  request.policy = policy;
  return evaluate(request);
}

const TestCertificate& shared_root() {
  static const TestCertificate root = self_signed(root_spec());
  return root;
}

TEST(HostileChain, OfAThousandIntermediatesIsTooLongAndOfMoreIsNotLookedAt) {
  std::vector<TestCertificate> chain;
  TestCertificate issuer = shared_root();
  for (int at = 0; at < 1000; ++at) {
    issuer = issued_by(issuer, intermediate_spec("Issuer " + std::to_string(at)), shared_root().key);
    chain.push_back(issuer);
  }
  const auto result = judge_with(issued_by(issuer, leaf_spec()), chain, {shared_root()});
  EXPECT_EQ(symbol_of(result.code()), "errSSLXCertChainInvalid") << details(result);
  EXPECT_NE(details(result).find("more than 16 intermediate certificates"), std::string::npos) << details(result);
  while (chain.size() < 2000) chain.push_back(chain.front());
  const auto refused = judge_with(issued_by(issuer, leaf_spec()), chain, {shared_root()});
  EXPECT_EQ(summary(refused), "errSSLXCertChainInvalid@chain");
  EXPECT_NE(details(refused).find("too many to search; at most 1024"), std::string::npos) << details(refused);
}

TEST(HostileChain, OfAuthoritiesThatAllCertifyEachOtherEndsSomewhere) {
  constexpr int kAuthorities = 24;
  std::vector<TestCertificate> authorities;
  for (int at = 0; at < kAuthorities; ++at) authorities.push_back(self_signed(root_spec("CA " + std::to_string(at))));
  std::vector<TestCertificate> mesh;
  for (int issuer = 0; issuer < kAuthorities; ++issuer) {
    for (int subject = 0; subject < kAuthorities; ++subject) {
      if (issuer == subject) continue;
      mesh.push_back(issued_by(authorities[static_cast<std::size_t>(issuer)],
                               intermediate_spec("CA " + std::to_string(subject)),
                               authorities[static_cast<std::size_t>(subject)].key));
    }
  }
  const auto leaf = issued_by(authorities.front(), leaf_spec());
  const auto result = judge_with(leaf, mesh, {shared_root()});
  EXPECT_NE(result.code(), ResultCode::Success);
  EXPECT_LE(result.attempts.size(), 16U);
  // A way out that leads nowhere: every path through the maze ends at a root that may not issue for the name.
  CertificateSpec elsewhere = intermediate_spec("CA 23");
  elsewhere.name_constraints = "permitted;DNS:elsewhere.example";
  mesh.push_back(issued_by(shared_root(), elsewhere, authorities.back().key));
  EXPECT_EQ(symbol_of(judge_with(leaf, mesh, {shared_root()}).code()), "errSSLXCertChainInvalid");
  // And one certificate more makes it good: the way to the anchor is found in the maze.
  mesh.push_back(issued_by(shared_root(), intermediate_spec("CA 23"), authorities.back().key));
  EXPECT_EQ(summary(judge_with(leaf, mesh, {shared_root()})), "trusted");
}

TEST(HostileChain, OfManyNamesakesIsSearchedWithinTheBudgetOfSignatures) {
  // Every one could be the issuer by its name, and none says by a key identifier that it is not.
  const Family family;
  std::vector<TestCertificate> namesakes;
  for (int at = 0; at < 1000; ++at) {
    CertificateSpec spec = intermediate_spec();
    spec.identifiers = KeyIdentifiers::Absent;
    namesakes.push_back(issued_by(family.root, spec));
  }
  const auto result = judge_with(family.leaf(), namesakes, {family.root});
  EXPECT_NE(result.code(), ResultCode::Success);
}

TEST(HostileChain, OfFiftyThousandNamesUnderAsManyConstraintsIsRefused) {
  std::vector<std::string> names;
  std::string constraints = "critical";
  for (int at = 0; at < 50'000; ++at) names.push_back("DNS:host-" + std::to_string(at) + ".example.com");
  for (int at = 0; at < 5'000; ++at) constraints += ",excluded;DNS:a" + std::to_string(at) + ".example.org";
  auto spec = intermediate_spec();
  spec.name_constraints = constraints;
  const auto limited = issued_by(shared_root(), spec);
  const auto result = judge_with(issued_by(limited, leaf_spec(names)), {limited}, {shared_root()});
  EXPECT_EQ(symbol_of(result.code()), "errSSLXCertChainInvalid");
  EXPECT_NE(details(result).find("too many to compare"), std::string::npos) << details(result).substr(0, 500);
}

TEST(HostileChain, OfFiftyThousandNamesIsSearchedForTheOneThatIsWanted) {
  std::vector<std::string> names;
  for (int at = 0; at < 50'000; ++at) names.push_back("DNS:host-" + std::to_string(at) + ".example.com");
  const auto without = issued_by(shared_root(), leaf_spec(names));
  const auto result = judge_with(without, {}, {shared_root()});
  EXPECT_EQ(summary(result), "errSSLHostNameMismatch@0");
  EXPECT_LT(details(result).size(), 2000U) << "a message is for people";
  names.push_back("DNS:www.example.com");
  EXPECT_EQ(summary(judge_with(issued_by(shared_root(), leaf_spec(names)), {}, {shared_root()})), "trusted");
}

TEST(HostileChain, OfDeeplyNestedDataDoesNotParseOrIsNotRead) {
  // An extension that is 20,000 SEQUENCEs in each other; the lengths are right.
  std::vector<std::uint8_t> nested;  // Backwards: each header goes in front of what is there.
  for (int depth = 0; depth < 20'000; ++depth) {
    const std::size_t size = nested.size();
    nested.push_back(static_cast<std::uint8_t>(size));
    if (size >= 0x80) {
      nested.insert(nested.end(), {static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size >> 16), 0x83});
    }
    nested.push_back(0x30);
  }
  std::reverse(nested.begin(), nested.end());
  for (const char* oid : {"2.5.29.17", "2.5.29.30", "2.5.29.35", "1.3.6.1.4.1.55555.2"}) {
    SCOPED_TRACE(oid);
    auto spec = leaf_spec();
    if (oid == std::string("2.5.29.17")) spec.names.clear();
    spec.extensions.push_back({oid, false, nested});
    const auto leaf = issued_by(shared_root(), spec);
    const auto certificate = Certificate::from_der(leaf.der);
    if (!certificate) continue;
    const auto result = judge_with(leaf, {}, {shared_root()});
    // An extension that nobody knows is nobody's business.
    EXPECT_EQ(result.trusted(), std::string(oid).starts_with("1.3")) << details(result);
  }
}

}  // namespace
}  // namespace securetransport::test
