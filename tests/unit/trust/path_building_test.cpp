// SPDX-License-Identifier: Apache-2.0
// Webs of authorities that certify each other: a path is found exactly where a walk over the good certificates is.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

/// Who certifies whom.
using Edge = std::pair<std::string, std::string>;
struct Web {
  const char* name;
  std::vector<Edge> edges;
  std::size_t most_faults;  ///< Every choice of up to so many bad certificates is tried.
};

const std::string kAnchor = "Anchor";
const std::string kLeaf = "Leaf";

/// The figures of RFC 4158 sections 2.3 and 2.4, and simpler ones.
std::vector<Web> webs() {
  return {
      {"line", {{kAnchor, "A"}, {"A", "B"}, {"B", kLeaf}}, 3},
      {"two roots", {{kAnchor, "A"}, {"Other Root", "A"}, {"A", kLeaf}}, 3},
      {"figure 7", {{kAnchor, "A"}, {kAnchor, "C"}, {"A", "C"}, {"C", "A"}, {"A", "B"}, {"C", "B"}, {"B", kLeaf}}, 6},
      {"bridge",
       {{kAnchor, "Bridge"},
        {"Bridge", kAnchor},
        {"W", "Bridge"},
        {"Bridge", "W"},
        {"X", "Bridge"},
        {"Bridge", "X"},
        {"W", "F"},
        {"W", "G"},
        {"F", "G"},
        {"G", "F"},
        {"F", "H"},
        {"H", "I"},
        {"I", "H"},
        {"G", "I"},
        {"X", "J"},
        {"X", "L"},
        {"J", "L"},
        {"L", "N"},
        {"N", kLeaf}},
       1},
  };
}

/// What makes a certificate unfit for a path. All but the last leave its signature good.
struct Fault {
  const char* name;
  void (*apply)(CertificateSpec&);
};
const Fault kFaults[] = {
    {"expired", [](CertificateSpec& spec) { spec.not_after = kNow - kDay; }},
    {"not yet valid", [](CertificateSpec& spec) { spec.not_before = kNow + kDay; }},
    {"constrained to other names",
     [](CertificateSpec& spec) { spec.name_constraints = "critical,permitted;DNS:bad.example"; }},
    {"for mail only", [](CertificateSpec& spec) { spec.extended_key_usage = "emailProtection"; }},
    {"without basic constraints",
     [](CertificateSpec& spec) {
       spec.is_ca = false;
       spec.has_basic_constraints = false;
     }},
    {"no authority", [](CertificateSpec& spec) { spec.is_ca = false; }},
    {"signed with SHA-1", [](CertificateSpec& spec) { spec.digest = "SHA1"; }},
    {"badly signed", [](CertificateSpec& spec) { spec.signature = Signature::Corrupt; }},
};

/// The certificates of a web, one for each edge; those of `bad` have the fault.
class Authorities {
 public:
  explicit Authorities(const Web& web) : web_(web) {
    for (const auto& [issuer, subject] : web.edges) {
      if (!nodes_.contains(issuer)) nodes_.emplace(issuer, self_signed(root_spec(issuer)));
      if (!nodes_.contains(subject)) nodes_.emplace(subject, self_signed(root_spec(subject)));
    }
    for (const Edge& edge : web.edges) good_.emplace(edge, make(edge, nullptr));
  }

  /// The leaf first.
  std::vector<TestCertificate> certificates(const std::set<Edge>& bad, const Fault& fault) {
    std::vector<TestCertificate> chain;
    for (const Edge& edge : web_.edges) {
      const bool is_bad = bad.contains(edge);
      if (is_bad && !bad_.contains({fault.name, edge})) bad_.emplace(std::pair(fault.name, edge), make(edge, &fault));
      chain.push_back(is_bad ? bad_.at({fault.name, edge}) : good_.at(edge));
      if (edge.second == kLeaf) std::swap(chain.front(), chain.back());
    }
    return chain;
  }
  [[nodiscard]] const TestCertificate& anchor() const { return nodes_.at(kAnchor); }

 private:
  TestCertificate make(const Edge& edge, const Fault* fault) {
    CertificateSpec spec = edge.second == kLeaf ? leaf_spec() : intermediate_spec(edge.second);
    if (fault != nullptr) fault->apply(spec);
    return issued_by(nodes_.at(edge.first), spec, nodes_.at(edge.second).key);
  }

  const Web& web_;
  std::map<std::string, TestCertificate> nodes_;
  std::map<Edge, TestCertificate> good_;
  std::map<std::pair<std::string, Edge>, TestCertificate> bad_;
};

/// The independent opinion: is there a walk from the anchor to the leaf over good edges?
bool is_reachable(const Web& web, const std::set<Edge>& bad) {
  std::set<std::string> reached{kAnchor};
  for (std::size_t round = 0; round < web.edges.size(); ++round) {
    for (const Edge& edge : web.edges) {
      if (reached.contains(edge.first) && !bad.contains(edge)) reached.insert(edge.second);
    }
  }
  return reached.contains(kLeaf);
}

/// Every choice of one to `most` edges; never the leaf's own, whose faults are its own affair.
std::vector<std::set<Edge>> choices(const Web& web) {
  std::vector<std::set<Edge>> all{{}};
  for (const Edge& edge : web.edges) {
    if (edge.second == kLeaf) continue;
    const std::size_t known = all.size();
    for (std::size_t at = 0; at < known; ++at) {
      if (all[at].size() == web.most_faults) continue;
      std::set<Edge> larger = all[at];
      larger.insert(edge);
      all.push_back(std::move(larger));
    }
  }
  return all;
}

std::string names(const std::set<Edge>& edges) {
  std::string text;
  for (const auto& [issuer, subject] : edges) text += issuer + " -> " + subject + ", ";
  return text;
}

TEST(PathBuilding, FindsAPathExactlyWhereThereIsOne) {
  for (const Web& web : webs()) {
    Authorities authorities(web);
    const auto anchors = RootStore::of(std::vector{parsed(authorities.anchor())});
    for (const Fault& fault : kFaults) {
      for (const std::set<Edge>& bad : choices(web)) {
        SCOPED_TRACE(std::string(web.name) + ", " + fault.name + ": " + names(bad));
        const auto chain = parsed(authorities.certificates(bad, fault));
        TrustRequest request;
        request.chain = chain;
        request.peer_name = "www.example.com";
        request.roots = anchors;
        request.time = kNow;
        const TrustResult result = evaluate(request);
        EXPECT_EQ(result.trusted(), is_reachable(web, bad)) << details(result);
      }
    }
  }
}

TEST(PathBuilding, DoesNotDependOnTheOrderOfTheCertificates) {
  const Web web = webs().back();
  Authorities authorities(web);
  const auto anchors = RootStore::of(std::vector{parsed(authorities.anchor())});
  auto chain = parsed(authorities.certificates({}, kFaults[0]));
  std::sort(chain.begin() + 1, chain.end(), [](const auto& a, const auto& b) { return a.sha256() < b.sha256(); });
  for (std::size_t turn = 0; turn < chain.size(); ++turn) {
    std::rotate(chain.begin() + 1, chain.begin() + 2, chain.end());
    TrustRequest request;
    request.chain = chain;
    request.roots = anchors;
    request.time = kNow;
    EXPECT_TRUE(evaluate(request).trusted()) << "turn " << turn;
  }
}

TEST(PathBuilding, TakesTheShortestOfSeveralPaths) {
  // The authority has a certificate of the anchor, and a long way round to the same anchor.
  const Web web{"detour", {{kAnchor, "A"}, {kAnchor, "Z"}, {"Z", "Y"}, {"Y", "A"}, {"A", kLeaf}}, 0};
  Authorities authorities(web);
  const auto result = judge({authorities.certificates({}, kFaults[0]), {authorities.anchor()}});
  EXPECT_EQ(summary(result), "trusted") << details(result);
  EXPECT_EQ(result.path.size(), 3U);
}

TEST(PathBuilding, TellsWhichPathsWereTriedAndWhyTheyFailed) {
  const Web web{"renewal", {{kAnchor, "A"}, {"Other Root", "A"}, {"A", kLeaf}}, 0};
  Authorities authorities(web);
  const auto result = judge({authorities.certificates({{kAnchor, "A"}}, kFaults[0]), {authorities.anchor()}});
  EXPECT_EQ(symbol_of(result.code()), "errSSLCertExpired") << details(result);
  ASSERT_FALSE(result.path.empty());
  EXPECT_EQ(result.path.back().subject(), "CN=Anchor") << "the way to the anchor is the closest, expired as it is";
}

}  // namespace
}  // namespace securetransport::test
