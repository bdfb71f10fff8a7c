// SPDX-License-Identifier: Apache-2.0
// Remembered judgements: everything that decides is part of the question, and no answer outlives what it rests on.
#include "securetransport/trust/trust_cache.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <thread>

#include "staple_case.hpp"
#include "support/test_revocation_lists.hpp"
#include "trust/cache_key.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

trust::CacheKey key_of(const Question& question) {
  return with_request(question, [](const TrustRequest& request) { return trust::cache_key(request, *request.roots); });
}

std::shared_ptr<const CtLogList> some_logs() { return *CtLogList::of(std::span<const CtLog>()); }

RevocationList parsed_list(const TestCertificate& issuer, const RevocationListSpec& spec = {}) {
  return *RevocationList::from_der(revocation_list(issuer, spec));
}

class RememberedTrust : public testing::Test {
 protected:
  const Family family;
  const TestCertificate leaf = family.leaf([](auto& spec) {
    spec.names = {"DNS:www.example.com", "DNS:a.example", "DNS:b.example"};
  });
  const std::shared_ptr<const RootStore> roots = RootStore::of(parsed(std::vector{family.root}));
  const std::shared_ptr<TrustCache> cache = std::make_shared<TrustCache>();

  [[nodiscard]] Question question() const {
    Question asked{{leaf, family.intermediate}, {}};
    asked.roots = roots;
    asked.cache = cache;
    return asked;
  }
  [[nodiscard]] Question question(const char* name) const {
    Question asked = question();
    asked.peer_name = name;
    return asked;
  }

  [[nodiscard]] static bool is_remembered(const Question& asked, std::chrono::sys_seconds time = kNow) {
    return trust::find_in_cache(*asked.cache, key_of(asked), time).has_value();
  }

  /// The last second at which the judgement of kNow is still remembered.
  [[nodiscard]] static std::chrono::seconds remembered_for(const Question& asked) {
    asked.cache->clear();
    EXPECT_EQ(summary(judge(asked)), "trusted");
    std::chrono::seconds good{-1};
    for (std::chrono::seconds bad = 2h; bad - good > 1s;) {
      const auto middle = good + (bad - good) / 2;
      (is_remembered(asked, kNow + middle) ? good : bad) = middle;
    }
    return good;
  }
};

using Change = std::function<void(Question&)>;

// A field that is added to TrustRequest stops this from compiling: it belongs into the key, and into the table below.
TEST_F(RememberedTrust, IsKeyedByEveryFieldThatDecides) {
  const TrustRequest fields{};
  [[maybe_unused]] const auto& [chain, peer_name, peer_role, root_store, time, policy, stapled_ocsp, staple_possible,
                                key_signs, intermediates, crls, requires_revocation_check, ct_logs, timestamps,
                                exceptions, max_intermediates, a_cache] = fields;
  const auto other_leaf = family.leaf();
  const auto other_issuer = family.other_intermediate([](auto&) {});
  const auto list = parsed_list(family.intermediate);
  RevocationListSpec newer;
  newer.number = 8;
  const auto other_list = parsed_list(family.intermediate, newer);
  const std::vector<std::pair<const char*, Change>> changes{
      {"nothing", [](Question&) {}},
      {"another leaf", [&](Question& q) { q.sent[0] = other_leaf; }},
      {"no issuer", [](Question& q) { q.sent.pop_back(); }},
      {"another issuer", [&](Question& q) { q.sent[1] = other_issuer; }},
      {"one issuer more", [&](Question& q) { q.sent.push_back(other_issuer); }},
      {"the same two in another order",
       [&](Question& q) {
         q.sent = {leaf, other_issuer, family.intermediate};
       }},
      {"the leaf twice", [&](Question& q) { q.sent.push_back(leaf); }},
      {"the issuer given, not sent",
       [&](Question& q) {
         q.sent.pop_back();
         q.intermediates = {family.intermediate};
       }},
      {"the issuer given and sent", [&](Question& q) { q.intermediates = {family.intermediate}; }},
      {"another issuer given", [&](Question& q) { q.intermediates = {other_issuer}; }},
      {"name", [](Question& q) { q.peer_name = "a.example"; }},
      {"name in capitals", [](Question& q) { q.peer_name = "WWW.example.com"; }},
      {"no name", [](Question& q) { q.peer_name = ""; }},
      {"client", [](Question& q) { q.peer_role = PeerRole::Client; }},
      {"any role", [](Question& q) { q.peer_role = PeerRole::Any; }},
      {"RFC 5280", [](Question& q) { q.policy = TrustPolicy::Rfc5280; }},
      {"the web's policy", [](Question& q) { q.policy = TrustPolicy::WebPki; }},
      {"another store", [&](Question& q) { q.roots = RootStore::of(parsed(std::vector{other_issuer})); }},
      {"another store of the same anchors",
       [&](Question& q) { q.roots = RootStore::of(parsed(std::vector{family.root})); }},
      {"staple", [](Question& q) { q.staple = {1}; }},
      {"another staple", [](Question& q) { q.staple = {2}; }},
      {"longer staple",
       [](Question& q) {
         q.staple = {1, 0};
       }},
      {"no staple possible", [](Question& q) { q.staple_possible = false; }},
      {"key that decrypts", [](Question& q) { q.key_signs = false; }},
      {"revocation check", [](Question& q) { q.requires_revocation_check = true; }},
      {"list", [&](Question& q) { q.crls = {list}; }},
      {"another list", [&](Question& q) { q.crls = {other_list}; }},
      {"two lists",
       [&](Question& q) {
         q.crls = {list, other_list};
       }},
      {"logs", [](Question& q) { q.ct_logs = some_logs(); }},
      {"other logs", [](Question& q) { q.ct_logs = some_logs(); }},
      {"timestamps", [](Question& q) { q.timestamps = {1}; }},
      {"timestamps and staple",
       [](Question& q) {
         q.staple = {1};
         q.timestamps = {1};
       }},
      {"exception", [](Question& q) { q.exceptions = {{TrustCheck::SslHostname}}; }},
      {"another exception", [](Question& q) { q.exceptions = {{TrustCheck::TemporalValidity}}; }},
      {"exception for one certificate",
       [](Question& q) {
         q.exceptions = {{TrustCheck::SslHostname, "00"}};
       }},
      {"exception for another",
       [](Question& q) {
         q.exceptions = {{TrustCheck::SslHostname, "01"}};
       }},
      {"exception twice",
       [](Question& q) {
         q.exceptions = {{TrustCheck::SslHostname}, {TrustCheck::SslHostname}};
       }},
      {"fewer intermediates", [](Question& q) { q.max_intermediates = 1; }},
  };
  std::map<trust::CacheKey, const char*> seen;
  for (const auto& [what, change] : changes) {
    Question asked = question();
    change(asked);
    const auto [place, is_new] = seen.emplace(key_of(asked), what);
    EXPECT_TRUE(is_new) << what << " is the same question as " << place->second;
  }
}

TEST_F(RememberedTrust, IsTheSameQuestionAtAnotherTime) {
  Question later = question();
  later.time = kNow + 1s;
  EXPECT_EQ(key_of(question()), key_of(later));
}

TEST_F(RememberedTrust, IsTheSameJudgement) {
  const StapleCase the{family, leaf};
  Question asked = question();
  asked.staple = staple_of(the.good());
  const auto fresh = judge(asked);
  ASSERT_TRUE(is_remembered(asked));
  const auto known = judge(asked);
  EXPECT_EQ(summary(known), "trusted");
  EXPECT_EQ(known.path, fresh.path);
  EXPECT_EQ(known.is_anchored, fresh.is_anchored);
  EXPECT_EQ(known.has_system_root, fresh.has_system_root);
  EXPECT_EQ(known.is_revocation_checked, fresh.is_revocation_checked);
  EXPECT_EQ(known.is_transparent, fresh.is_transparent);
}

TEST_F(RememberedTrust, DoesNotHelpAnotherQuestion) {
  ASSERT_EQ(summary(judge(question())), "trusted");
  EXPECT_EQ(summary(judge(question("other.example"))), "errSSLHostNameMismatch@0");
  Question asked = question();
  asked.time = kNow + 61 * kDay;
  EXPECT_EQ(summary(judge(asked)), "errSSLCertExpired@0");
  asked = question();
  asked.time = kNow - 31 * kDay;
  EXPECT_EQ(summary(judge(asked)), "errSSLCertNotYetValid@0");
  asked = question();
  RevocationListSpec spec;
  spec.revoked = {{leaf}};
  asked.crls = {parsed_list(family.intermediate, spec)};
  EXPECT_EQ(summary(judge(asked)), "errSSLXCertChainInvalid@0");
  EXPECT_EQ(cache->size(), 1U);
}

TEST_F(RememberedTrust, BeginsWithTheJudgementAndLastsAnHour) {
  EXPECT_EQ(remembered_for(question()), 1h);
  EXPECT_FALSE(is_remembered(question(), kNow - 1s)) << "what is valid now need not have been before";
}

TEST_F(RememberedTrust, EndsWithWhatItRestsOn) {
  const auto ends = kNow + 10min;
  const auto with_leaf = [&](const TestCertificate& own, const TestCertificate& issuer) {
    Question asked = question();
    asked.sent = {own, issuer};
    return asked;
  };
  EXPECT_EQ(remembered_for(with_leaf(family.leaf([&](auto& spec) { spec.not_after = ends; }), family.intermediate)),
            10min);
  const auto short_issuer = family.other_intermediate([&](auto& spec) { spec.not_after = ends; });
  EXPECT_EQ(remembered_for(with_leaf(issued_by(short_issuer, leaf_spec()), short_issuer)), 10min);

  const auto with_list = [&](std::optional<std::chrono::sys_seconds> next) {
    RevocationListSpec spec;
    spec.next_update = next;
    Question asked = question();
    asked.crls = {parsed_list(family.intermediate, spec)};
    return asked;
  };
  EXPECT_EQ(remembered_for(with_list(ends)), 10min);
  EXPECT_EQ(remembered_for(with_list(kNow + 2h)), 1h);
  EXPECT_EQ(remembered_for(with_list(std::nullopt)), 0s);
  Question signer = with_list(kNow + 2h);
  CertificateSpec signer_spec = intermediate_spec("Another Signer");
  signer_spec.not_after = ends;
  signer.intermediates = {issued_by(family.root, signer_spec)};
  EXPECT_EQ(remembered_for(signer), 10min) << "it might have signed the list";

  const StapleCase the{family, leaf};
  const auto with_staple = [&](std::vector<std::uint8_t> staple) {
    Question asked = question();
    asked.staple = std::move(staple);
    return asked;
  };
  EXPECT_EQ(remembered_for(with_staple(the.answer([&](Answer& answer) { answer.next_update = ends; }))), 10min);
  EXPECT_EQ(remembered_for(with_staple(the.answer([&](Answer& answer) {
              // Good for seven days from its thisUpdate.
              answer.next_update = std::nullopt;
              answer.this_update = ends - 7 * kDay;
            }))),
            10min);
  CertificateSpec responder = responder_spec();
  responder.not_after = ends;
  EXPECT_EQ(remembered_for(with_staple(the.signed_by(issued_by(family.intermediate, responder)))), 10min);
}

TEST_F(RememberedTrust, IsNeverOfAFailureNorOfAnException) {
  Question asked = question("other.example");
  EXPECT_EQ(summary(judge(asked)), "errSSLHostNameMismatch@0");
  EXPECT_EQ(cache->size(), 0U);
  asked.exceptions = {{TrustCheck::SslHostname}};
  EXPECT_EQ(summary(judge(asked)), "trusted");
  EXPECT_EQ(cache->size(), 0U) << "an accepted failure is the program's decision";
  asked.sent.clear();
  EXPECT_EQ(summary(judge(asked)), "errSSLBadCert@chain");
  EXPECT_EQ(cache->size(), 0U);
}

TEST_F(RememberedTrust, MakesRoomForNewOnesByForgettingTheOneLongestUnused) {
  const auto small = std::make_shared<TrustCache>(2);
  const auto asked = [&](const char* name) {
    Question one = question(name);
    one.cache = small;
    return one;
  };
  for (const char* name : {"www.example.com", "a.example", "www.example.com", "b.example"}) {
    ASSERT_EQ(summary(judge(asked(name))), "trusted") << name;
  }
  EXPECT_EQ(small->size(), 2U);
  EXPECT_TRUE(is_remembered(asked("www.example.com")));
  EXPECT_FALSE(is_remembered(asked("a.example")));
  EXPECT_TRUE(is_remembered(asked("b.example")));
  small->clear();
  EXPECT_EQ(small->size(), 0U);
  EXPECT_FALSE(is_remembered(asked("b.example")));
}

TEST_F(RememberedTrust, IsNothingWithoutRoom) {
  Question asked = question();
  asked.cache = std::make_shared<TrustCache>(0);
  EXPECT_EQ(summary(judge(asked)), "trusted");
  EXPECT_EQ(asked.cache->size(), 0U);
}

TEST_F(RememberedTrust, IsReplacedWhenItIsJudgedAgain) {
  Question asked = question();
  ASSERT_EQ(summary(judge(asked)), "trusted");
  asked.time = kNow + 2h;
  ASSERT_EQ(summary(judge(asked)), "trusted");
  EXPECT_EQ(cache->size(), 1U);
  EXPECT_FALSE(is_remembered(asked, kNow + 90min));
  EXPECT_TRUE(is_remembered(asked, kNow + 3h));
}

TEST_F(RememberedTrust, IsSharedBetweenThreads) {
  const auto small = std::make_shared<TrustCache>(2);
  std::vector<std::string> answers(4);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) {
    threads.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        answer.clear();
        for (const char* name : {"www.example.com", "a.example", "other.example", "b.example"}) {
          Question one = question(name);
          one.cache = small;
          answer += summary(judge(one)) + " ";
        }
        if (round % 5 == 4) small->clear();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, "trusted trusted errSSLHostNameMismatch@0 trusted ");
}

}  // namespace
}  // namespace securetransport::test
