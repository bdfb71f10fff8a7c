// SPDX-License-Identifier: Apache-2.0
// The public path validation cases of x509-limbo: other people's certificates, with other people's expectations.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Json = nlohmann::json;

/// Cases whose expectation is not met, and why. An entry that is met after all fails the test too.
struct Miss {
  std::string_view id;
  std::string_view why;
};
constexpr std::string_view kAnchorIsAnInput =
    "it is about the anchor, which RFC 5280 section 6.1.1 (d) takes as given; other cases trust anchors like it";
constexpr std::string_view kNobodyReadsCommonNames =
    "the common name is no spelling of a SAN and nobody reads it; webpki::san::leftmost-wildcard-san has one too";
constexpr std::array<Miss, 7> kMisses{{
    {"rfc5280::aki::cross-signed-root-missing-aki", kAnchorIsAnInput},
    {"rfc5280::serial::zero", kAnchorIsAnInput},
    {"rfc5280::serial::negative", kAnchorIsAnInput},
    {"rfc5280::pc::ica-noncritical-pc", "NIST's test suite has such authorities in valid paths"},
    {"webpki::cn::punycode-not-in-san", kNobodyReadsCommonNames},
    {"webpki::cn::utf8-vs-punycode-mismatch", kNobodyReadsCommonNames},
    {"webpki::cn::not-in-san", kNobodyReadsCommonNames},
}};

std::vector<Certificate> certificates(const Json& texts) {
  std::vector<Certificate> all;
  for (const Json& text : texts) {
    auto some = Certificate::from_pem(text.get<std::string>());
    if (some) all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

std::vector<RevocationList> revocation_lists(const Json& texts) {
  std::vector<RevocationList> all;
  for (const Json& text : texts) {
    auto some = RevocationList::from_pem(text.get<std::string>());
    if (some) all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

/// "2024-01-01T00:00:00+00:00", with a fraction of a second perhaps; all the cases are in UTC.
std::chrono::sys_seconds moment(const Json& text) {
  std::tm parts{};
  if (!text.is_string() || strptime(text.get<std::string>().c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) {
    return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  return std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
}

/// The case's name says whose rules it is about; those that say nothing are about path validation alone.
TrustPolicy policy_of(const std::string& id) {
  return id.starts_with("webpki::") || id.starts_with("online::") ? TrustPolicy::WebPki : TrustPolicy::Rfc5280;
}

TrustResult judge_case(const Json& limbo) {
  const auto chain = certificates(Json::array({limbo.at("peer_certificate")}));
  const auto intermediates = certificates(limbo.at("untrusted_intermediates"));
  const auto anchors = certificates(limbo.at("trusted_certs"));
  const auto lists = revocation_lists(limbo.value("crls", Json::array()));
  TrustRequest request;
  request.chain = chain;
  request.intermediates = intermediates;
  request.roots = RootStore::of(anchors);
  request.crls = lists;
  request.time = moment(limbo.at("validation_time"));
  request.policy = policy_of(limbo.at("id").get<std::string>());
  request.peer_role = limbo.at("validation_kind") == "CLIENT" ? PeerRole::Client : PeerRole::Server;
  if (const Json& name = limbo.at("expected_peer_name"); name.is_object()) request.peer_name = name.at("value");
  if (const Json& depth = limbo.at("max_chain_depth"); depth.is_number()) request.max_intermediates = depth;
  return evaluate(request);
}

TEST(X509Limbo, EveryCaseComesOutAsItsAuthorsExpect) {
  const char* const path = std::getenv("X509_LIMBO_JSON");
  if (path == nullptr) {
    GTEST_SKIP() << "X509_LIMBO_JSON names no file; limbo.json of https://github.com/C2SP/x509-limbo is one";
  }
  std::ifstream file(path);
  ASSERT_TRUE(file) << path << " cannot be read";
  const Json cases = Json::parse(file).at("testcases");
  ASSERT_GT(cases.size(), 200U);
  std::size_t agreed = 0;
  for (const Json& limbo : cases) {
    const auto id = limbo.at("id").get<std::string>();
    const TrustResult result = judge_case(limbo);
    const bool agrees = result.trusted() == (limbo.at("expected_result") == "SUCCESS");
    agreed += agrees ? 1 : 0;
    const auto miss = std::find_if(kMisses.begin(), kMisses.end(), [&](const Miss& at) { return at.id == id; });
    if (miss == kMisses.end()) {
      EXPECT_TRUE(agrees) << id << " (" << limbo.at("importance") << "): " << summary(result) << '\n'
                          << details(result);
    } else {
      EXPECT_FALSE(agrees) << id << " is met now; it was not because " << miss->why;
      EXPECT_EQ(limbo.at("importance"), "undetermined") << id;
    }
  }
  EXPECT_GE(agreed, cases.size() - kMisses.size());
  std::cout << agreed << " of " << cases.size() << " cases as expected\n";
}

}  // namespace
}  // namespace securetransport::test
