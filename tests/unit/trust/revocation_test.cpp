// SPDX-License-Identifier: Apache-2.0
// Revocation lists: whom they revoke, and which of them count (RFC 5280 sections 5 and 6.3).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "staple_case.hpp"
#include "support/der.hpp"
#include "support/test_revocation_lists.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Lists = std::vector<std::vector<std::uint8_t>>;

constexpr const char* kRevoked = "Revocation";
constexpr const char* kBadList = "RevocationResponseRequired";
constexpr int kKeyCompromise = 1;
constexpr int kCertificateHold = 6;
constexpr int kRemoveFromList = 8;

RawExtension critical(const char* oid) { return {oid, true, {5, 0}}; }

/// A CRLDistributionPoints extension with one point, whose lists `issuer` gives out.
RawExtension points_to(const std::string& issuer) {
  return {"2.5.29.31", false, sequence({sequence({tlv(0xA2, general_name("DIR:" + issuer))})})};
}

/// Says that entries from here on are about certificates of `issuer`.
RawExtension certificate_issuer(const std::string& issuer) {
  return {"2.5.29.29", true, general_names({"DIR:" + issuer})};
}

/// Says where delta lists are.
RawExtension freshest() {
  return {"2.5.29.46", false,
          sequence({sequence({tlv(0xA0, tlv(0xA0, general_name("URI:http://example.com/delta")))})})};
}

class Revocation : public testing::Test {
 protected:
  const Family family;
  const TestCertificate leaf = family.leaf();

  [[nodiscard]] Question question(const Lists& lists) const {
    Question asked{{leaf, family.intermediate}, {family.root}};
    for (const auto& der : lists) {
      auto list = RevocationList::from_der(der);
      EXPECT_TRUE(list.has_value());
      if (list) asked.crls.push_back(*std::move(list));
    }
    return asked;
  }
  [[nodiscard]] TrustResult judged(const Lists& lists) const { return judge(question(lists)); }

  /// The list of the leaf's issuer.
  template <class Change>
  [[nodiscard]] std::vector<std::uint8_t> list(Change change) const {
    RevocationListSpec spec;
    change(spec);
    return revocation_list(family.intermediate, spec);
  }
  [[nodiscard]] std::vector<std::uint8_t> list() const {
    return list([](RevocationListSpec&) {});
  }
  [[nodiscard]] std::vector<std::uint8_t> list_of_root(const std::vector<RevokedEntry>& revoked = {}) const {
    RevocationListSpec spec;
    spec.revoked = revoked;
    return revocation_list(family.root, spec);
  }
};

TEST_F(Revocation, IsOfTheLeafOrOfAnIntermediate) {
  const auto revokes_leaf = list([&](auto& spec) { spec.revoked = {{leaf, kKeyCompromise}}; });
  auto result = judged({revokes_leaf});
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@0") << details(result);
  EXPECT_EQ(checks(result), kRevoked);
  // Row -9807 of the result codes: "44 for revoked".
  EXPECT_EQ(result.violations.front().alert, Alert::CertificateRevoked);
  result = judged({list_of_root({{family.intermediate}})});
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@1") << details(result);
  EXPECT_EQ(checks(result), kRevoked);
  result = judged({revokes_leaf, list_of_root({{family.intermediate}})});
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@0 errSSLXCertChainInvalid@1") << details(result);
}

TEST_F(Revocation, IsNotOfThoseWhoAreNotOnTheList) {
  const auto other = family.leaf();
  for (const auto& [what, lists] : std::vector<std::pair<const char*, Lists>>{
           {"no lists", {}},
           {"empty list", {list()}},
           {"another certificate", {list([&](auto& spec) { spec.revoked = {{other}}; })}},
           {"both issuers' lists", {list(), list_of_root()}},
       }) {
    SCOPED_TRACE(what);
    const auto result = judged(lists);
    EXPECT_EQ(checks(result), "trusted") << details(result);
    EXPECT_EQ(result.is_revocation_checked, !lists.empty());
  }
}

// Section 6.3.3 (b)(1): a list speaks of the certificates of its issuer; serial numbers of other issuers are their own.
TEST_F(Revocation, ByAnotherIssuerWithTheSameSerialNumberMeansNothing) {
  const auto stranger = self_signed(root_spec("Stranger"));
  RevocationListSpec spec;
  spec.revoked = {{leaf}, {family.intermediate}};
  const auto result = judged({revocation_list(stranger, spec)});
  EXPECT_EQ(checks(result), "trusted") << details(result);
  EXPECT_FALSE(result.is_revocation_checked);
  // The root's own list with the leaf's number says nothing of the leaf either.
  EXPECT_EQ(checks(judged({list_of_root({{leaf}})})), "trusted");
}

TEST_F(Revocation, IsNotOfAnAnchorThatRevokesItself) {
  // Section 6.1: the trust anchor is an input and no certificate of the path.
  EXPECT_EQ(checks(judged({list_of_root({{family.root}})})), "trusted");
}

struct Row {
  const char* what;
  Lists lists;
  const char* expected;
};

TEST_F(Revocation, CountsOnlyListsThatAreGood) {
  const TestCertificate forger{family.intermediate.der, make_key(KeyKind::EcP256)};
  const auto change = [&](auto how) { return Lists{list(how)}; };
  const std::vector<Row> rows{
      {"last second of nextUpdate", change([](auto& spec) { spec.next_update = kNow + 1s; }), "trusted"},
      {"expired", change([](auto& spec) { spec.next_update = kNow - 1s; }), kBadList},
      {"first second", change([](auto& spec) { spec.this_update = kNow; }), "trusted"},
      {"of the future", change([](auto& spec) { spec.this_update = kNow + 1s; }), kBadList},
      {"damaged", change([](auto& spec) { spec.signature = Signature::Corrupt; }), kBadList},
      {"signed by somebody else", {revocation_list(forger, {})}, kBadList},
      {"without number", change([](auto& spec) { spec.number = std::nullopt; }), kBadList},
      {"with a critical number", change([](auto& spec) { spec.is_number_critical = true; }), kBadList},
      // Section 5.2: "If a CRL contains a critical extension that the application cannot process, then the application
      // MUST NOT use that CRL to determine the status of certificates."
      {"unknown critical extension", change([](auto& spec) { spec.extensions = {critical("1.3.6.1.4.1.55555.7")}; }),
       kBadList},
      {"unknown extension", change([](auto& spec) {
         spec.extensions = {{"1.3.6.1.4.1.55555.7", false, {5, 0}}};
       }),
       "trusted"},
      // Section 5.3 says the same of entries.
      {"unknown critical extension of an entry", change([&](auto& spec) {
         spec.revoked = {{family.leaf(), {}, {critical("1.3.6.1.4.1.55555.7")}}};
       }),
       kBadList},
      {"for authorities only",
       change([](auto& spec) { spec.extensions = {issuing_point({.only_authorities = true})}; }), kBadList},
      {"for end entities only",
       change([](auto& spec) { spec.extensions = {issuing_point({.only_user_certificates = true})}; }), "trusted"},
      {"one good, one expired", {list(), list([](auto& spec) { spec.next_update = kNow - 1s; })}, "trusted"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = judged(row.lists);
    EXPECT_EQ(checks(result), row.expected) << details(result);
    EXPECT_EQ(summary(result), row.expected == kBadList ? "errSSLXCertChainInvalid@0" : "trusted") << details(result);
  }
}

TEST_F(Revocation, StandsOnABadListToo) {
  // A list that cannot be relied on is no excuse: the chain is refused either way.
  for (const auto& der : {list([&](auto& spec) {
                            spec.revoked = {{leaf}};
                            spec.next_update = kNow - 1s;
                          }),
                          list([&](auto& spec) {
                            spec.revoked = {{leaf}};
                            spec.number = std::nullopt;
                          })}) {
    EXPECT_FALSE(judged({der}).trusted());
  }
}

TEST_F(Revocation, NeedsAnIssuerThatMaySignLists) {
  // Section 6.3.3 (f): "If a key usage extension is present in the CRL issuer's certificate, verify that the cRLSign
  // bit is set."
  const auto issuer = family.other_intermediate([](auto& spec) { spec.key_usage = "critical,keyCertSign"; });
  Question asked{{issued_by(issuer, leaf_spec()), issuer}, {family.root}};
  asked.crls = {*RevocationList::from_der(revocation_list(issuer, {}))};
  const auto result = judge(asked);
  EXPECT_EQ(checks(result), kBadList) << details(result);
  EXPECT_NE(details(result).find("key usage does not allow it to sign revocation lists"), std::string::npos);
}

TEST_F(Revocation, IsReadOffDeltaLists) {
  const auto base = [&](std::vector<RevokedEntry> revoked) {
    return list([&](auto& spec) {
      spec.revoked = std::move(revoked);
      spec.extensions = {freshest()};
    });
  };
  const auto delta = [&](std::vector<RevokedEntry> revoked) {
    return list([&](auto& spec) {
      spec.revoked = std::move(revoked);
      spec.number = 8;
      spec.delta_of = 7;
    });
  };
  const auto later = [&](std::vector<RevokedEntry> revoked) {
    return list([&](auto& spec) {
      spec.revoked = std::move(revoked);
      spec.number = 9;
      spec.delta_of = 7;
    });
  };
  RevocationListSpec forged_spec;
  forged_spec.revoked = {{leaf}};
  forged_spec.delta_of = 7;
  const auto forged = revocation_list({family.intermediate.der, make_key(KeyKind::EcP256)}, forged_spec);
  const std::vector<Row> rows{
      {"nothing on either", {base({}), delta({})}, "trusted"},
      {"on the base", {base({{leaf}}), delta({})}, kRevoked},
      {"on the delta", {base({}), delta({{leaf, kKeyCompromise}})}, kRevoked},
      {"on the delta, in another order", {delta({{leaf, kKeyCompromise}}), base({})}, kRevoked},
      {"on the delta of a base that does not point to it", {list(), delta({{leaf, kKeyCompromise}})}, kRevoked},
      {"on the newest delta, taken off",
       {list(), delta({{leaf, kKeyCompromise}}), later({{leaf, kRemoveFromList}})},
       "trusted"},
      {"on the newest delta of two", {later({{leaf, kKeyCompromise}}), list(), delta({})}, kRevoked},
      {"on a forged delta", {list(), forged}, "trusted"},
      {"on hold", {base({{leaf, kCertificateHold}}), delta({})}, kRevoked},
      {"on hold and removed", {base({{leaf, kCertificateHold}}), delta({{leaf, kRemoveFromList}})}, "trusted"},
      {"a delta alone", {delta({})}, kBadList},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = judged(row.lists);
    EXPECT_EQ(checks(result), row.expected) << details(result);
  }
}

// Section 6.3.3: "If ... (reasons_mask is all-reasons) ... the revocation status has been determined"; else it is not.
TEST_F(Revocation, MustBeRuledOutForEveryReason) {
  const auto with_reasons = [&](const Der& reasons, std::vector<RevokedEntry> revoked) {
    return list([&](auto& spec) {
      spec.revoked = std::move(revoked);
      spec.extensions = {issuing_point({.only_reasons = reasons})};
    });
  };
  const Der compromise{0x06, 0x40};
  const Der all_others{0x07, 0x3F, 0x80};
  const std::vector<Row> rows{
      {"one reason", {with_reasons(compromise, {})}, kBadList},
      {"one reason, revoked", {with_reasons(compromise, {{leaf, kKeyCompromise}})}, kRevoked},
      {"all reasons in two lists", {with_reasons(compromise, {}), with_reasons(all_others, {})}, "trusted"},
      {"two lists, revoked", {with_reasons(compromise, {}), with_reasons(all_others, {{leaf, 4}})}, kRevoked},
      {"one reason beside a full list", {list(), with_reasons(compromise, {})}, "trusted"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = judged(row.lists);
    EXPECT_EQ(checks(result), row.expected) << details(result);
  }
}

/// Somebody beside the path gives out the lists (section 5.2.5, indirectCRL).
class IndirectLists : public Revocation {
 protected:
  const TestCertificate pointing = family.leaf([](auto& spec) { spec.extensions = {points_to("CN=List Issuer")}; });

  template <class Change>
  [[nodiscard]] TestCertificate list_issuer(Change change) const {
    CertificateSpec spec = intermediate_spec("List Issuer");
    change(spec);
    return issued_by(family.root, spec);
  }

  [[nodiscard]] TrustResult judged_with(const TestCertificate& issuer, const std::vector<RevokedEntry>& revoked,
                                        bool is_indirect = true) const {
    RevocationListSpec spec;
    spec.revoked = revoked;
    if (is_indirect) spec.extensions = {issuing_point({.is_indirect = true})};
    Question asked = question({revocation_list(issuer, spec)});
    asked.sent = {pointing, family.intermediate};
    asked.intermediates = {issuer};
    return judge(asked);
  }
};

TEST_F(IndirectLists, RevokeWhomTheirEntriesName) {
  const auto issuer = list_issuer([](auto&) {});
  EXPECT_EQ(checks(judged_with(issuer, {})), "trusted");
  const RevokedEntry named{pointing, {}, {certificate_issuer("CN=Test Intermediate")}};
  EXPECT_EQ(checks(judged_with(issuer, {named})), kRevoked);
  const RevokedEntry of_list_issuer{pointing, {}, {}};
  EXPECT_EQ(checks(judged_with(issuer, {of_list_issuer})), "trusted") << "that is another certificate";
  const RevokedEntry of_stranger{pointing, {}, {certificate_issuer("CN=Stranger")}};
  EXPECT_EQ(checks(judged_with(issuer, {of_stranger})), "trusted");
}

TEST_F(IndirectLists, CountOnlyIfTheySayThatTheyAre) {
  const auto issuer = list_issuer([](auto&) {});
  EXPECT_EQ(checks(judged_with(issuer, {}, false)), kBadList);
}

TEST_F(IndirectLists, NeedASignerWithAValidPath) {
  const auto stranger = self_signed(root_spec("Stranger"));
  CertificateSpec below_stranger = intermediate_spec("List Issuer");
  for (const auto& [what, issuer] : std::vector<std::pair<const char*, TestCertificate>>{
           {"expired", list_issuer([](auto& spec) { spec.not_after = kNow - kDay; })},
           {"damaged", list_issuer([](auto& spec) { spec.signature = Signature::Corrupt; })},
           {"may not sign lists", list_issuer([](auto& spec) { spec.key_usage = "critical,keyCertSign"; })},
           {"below another root", issued_by(stranger, below_stranger)},
           {"self-signed", self_signed(below_stranger)},
           {"critical extension", list_issuer([](auto& spec) { spec.extensions = {critical("1.3.6.1.4.1.55555.7")}; })},
       }) {
    SCOPED_TRACE(what);
    const auto result = judged_with(issuer, {});
    EXPECT_FALSE(result.trusted());
    EXPECT_EQ(checks(result).find(kRevoked + std::string(" ")), std::string::npos) << checks(result);
  }
}

TEST_F(Revocation, OfAnIntermediateSendsTheSearchAnotherWay) {
  // The same authority is certified by two roots; one of them has taken it back.
  const auto second_root = self_signed(root_spec("Second Root"));
  const auto again = issued_by(second_root, intermediate_spec(), family.intermediate.key);
  Question asked = question({list_of_root({{family.intermediate}})});
  asked.sent = {leaf, family.intermediate, again};
  asked.anchors = {family.root, second_root};
  const auto result = judge(asked);
  EXPECT_EQ(checks(result), "trusted") << details(result);
  ASSERT_EQ(result.path.size(), 3U);
  EXPECT_EQ(result.path[2].subject(), "CN=Second Root");
}

TEST_F(Revocation, CheckCanBeDemanded) {
  const StapleCase the{family, leaf};
  const auto demanded = [&](const Lists& lists, const std::vector<std::uint8_t>& staple) {
    Question asked = question(lists);
    asked.requires_revocation_check = true;
    asked.staple = staple;
    return summary(judge(asked));
  };
  const auto good_staple = staple_of(the.good());
  EXPECT_EQ(demanded({}, {}), "errSSLBadCertificateStatusResponse@0 errSSLBadCertificateStatusResponse@1");
  EXPECT_EQ(demanded({list()}, {}), "errSSLBadCertificateStatusResponse@1");
  EXPECT_EQ(demanded({list_of_root()}, {}), "errSSLBadCertificateStatusResponse@0");
  EXPECT_EQ(demanded({list(), list_of_root()}, {}), "trusted");
  EXPECT_EQ(demanded({}, good_staple), "errSSLBadCertificateStatusResponse@1");
  EXPECT_EQ(demanded({list_of_root()}, good_staple), "trusted");
  // A leaf that is the anchor itself needs none.
  Question own{{leaf}, {leaf}};
  own.requires_revocation_check = true;
  EXPECT_EQ(summary(judge(own)), "trusted");
}

TEST_F(Revocation, ByAListOutweighsAGoodStaple) {
  const StapleCase the{family, leaf};
  Question asked = question({list([&](auto& spec) { spec.revoked = {{leaf}}; })});
  asked.staple = staple_of(the.good());
  EXPECT_EQ(checks(judge(asked)), kRevoked);
}

TEST(RevocationListText, IsReadFromDerAndPem) {
  const Family family;
  const auto der = revocation_list(family.intermediate, {});
  const auto list = RevocationList::from_der(der);
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->issuer(), "CN=Test Intermediate");
  const std::string pem = revocation_list_pem(der);
  const auto two = RevocationList::from_pem("text\n" + pem + pem);
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->size(), 2U);
}

TEST(RevocationListText, ThatIsDamagedIsRefused) {
  const Family family;
  auto der = revocation_list(family.intermediate, {});
  const std::string pem = revocation_list_pem(der);
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(RevocationList::from_der(std::span(der).first(size)).has_value()) << size;
  }
  der.push_back(0);
  EXPECT_FALSE(RevocationList::from_der(der).has_value());
  EXPECT_FALSE(RevocationList::from_pem("").has_value());
  EXPECT_FALSE(RevocationList::from_pem(family.root.pem()).has_value());
  EXPECT_FALSE(RevocationList::from_pem(pem.substr(0, pem.size() / 2)).has_value());
  const auto second = RevocationList::from_pem(pem + pem.substr(0, pem.size() / 2));
  ASSERT_FALSE(second.has_value());
  const auto line = std::count(pem.begin(), pem.end(), '\n') + 1;
  EXPECT_NE(second.error().detail.find("line " + std::to_string(line)), std::string::npos) << second.error().detail;
}

/// What `openssl verify` says of the same certificates and lists: "trusted", or the number of its first objection.
std::string opinion_of_openssl(const Question& question, const Lists& lists) {
  const auto folder = std::filesystem::path(testing::TempDir()) / ("lists-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "leaf.pem") << question.sent.at(0).pem();
  std::ofstream(folder / "rest.pem") << question.sent.at(1).pem();
  std::ofstream(folder / "root.pem") << question.anchors.at(0).pem();
  {
    std::ofstream file(folder / "lists.pem");
    for (const auto& der : lists) file << revocation_list_pem(der);
  }
  const std::string command = "cd " + folder.string() +
                              " && openssl verify -no-CAfile -no-CApath -no-CAstore -crl_check_all -attime " +
                              std::to_string(question.time.time_since_epoch().count()) +
                              " -CAfile root.pem -untrusted rest.pem -CRLfile lists.pem leaf.pem > out.txt 2>&1";
  const bool is_trusted = std::system(command.c_str()) == 0;
  std::ifstream file(folder / "out.txt");
  const std::string output(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove_all(folder);
  if (is_trusted) return "trusted";
  const auto at = output.find("error ");
  return at == std::string::npos ? output : output.substr(at + 6, output.find(' ', at + 6) - at - 6);
}

TEST_F(Revocation, IsWhatOpensslSaysToo) {
  const TestCertificate forger{family.intermediate.der, make_key(KeyKind::EcP256)};
  struct OpinionRow {
    const char* openssl;
    std::vector<std::uint8_t> list;
  };
  for (const auto& [openssl, der] : std::vector<OpinionRow>{
           {"trusted", list()},
           {"23", list([&](auto& spec) { spec.revoked = {{leaf}}; })},
           {"12", list([](auto& spec) { spec.next_update = kNow - 1s; })},
           {"11", list([](auto& spec) { spec.this_update = kNow + 1s; })},
           {"8", revocation_list(forger, {})},
           {"36", list([](auto& spec) { spec.extensions = {critical("1.3.6.1.4.1.55555.7")}; })},
       }) {
    SCOPED_TRACE(openssl);
    const Lists lists{der, list_of_root()};
    EXPECT_EQ(opinion_of_openssl(question(lists), lists), openssl);
    EXPECT_EQ(judged(lists).trusted(), std::string_view(openssl) == "trusted");
  }
}

}  // namespace
}  // namespace securetransport::test
