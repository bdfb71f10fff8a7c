// SPDX-License-Identifier: Apache-2.0
// What a server should send instead of what it sends.
#include "securetransport/trust/chain_advice.hpp"

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

struct Advised {
  std::vector<TestCertificate> sent;
  std::vector<TestCertificate> anchors;
  std::vector<TestCertificate> known = {};  ///< Intermediates that were not sent.
};

ChainAdvice advice(const Advised& question) {
  const auto sent = parsed(question.sent);
  const auto known = parsed(question.known);
  TrustRequest request;
  request.chain = sent;
  request.intermediates = known;
  request.roots = RootStore::of(parsed(question.anchors));
  request.time = kNow;
  return advise_on_chain(sent, evaluate(request));
}

/// "0:path 1:surplus ordered send:2 add:0 fine"
std::string summary(const ChainAdvice& advice) {
  std::string text;
  for (const ChainRole role : advice.roles) {
    switch (role) {
      case ChainRole::Path: text += "path "; break;
      case ChainRole::Alternative: text += "alternative "; break;
      case ChainRole::Duplicate: text += "duplicate "; break;
      case ChainRole::Surplus: text += "surplus "; break;
      case ChainRole::Root: text += "root "; break;
    }
  }
  text += advice.is_ordered ? "in order" : "out of order";
  text += ", send " + std::to_string(advice.to_send.size());
  if (!advice.to_add.empty()) text += ", add " + std::to_string(advice.to_add.size());
  if (advice.missing) text += ", missing " + advice.missing->subject;
  if (advice.better_leaf) text += ", leaf " + std::to_string(*advice.better_leaf);
  return text + (advice.is_fine() ? ", fine" : "");
}

TEST(ChainAdvice, SaysWhatToChange) {
  const Family family;
  const auto& [root, intermediate] = family;
  const auto leaf = family.leaf();
  const auto second = issued_by(intermediate, intermediate_spec("Second"));
  const auto deep = issued_by(second, leaf_spec());
  const auto stranger = self_signed(root_spec("Stranger"));
  const auto own = self_signed(leaf_spec());
  // The root's key again, signed by an older root.
  const auto old_root = self_signed(root_spec("Old Root"));
  const auto cross = issued_by(old_root, root_spec(), root.key);
  struct Row {
    const char* what;
    Advised question;
    const char* expected;
  };
  const std::vector<Row> rows{
      {"good", {{leaf, intermediate}, {root}}, "path path in order, send 2, fine"},
      {"self-signed", {{own}, {own}}, "path in order, send 1, fine"},
      {"with root", {{leaf, intermediate, root}, {root}}, "path path root in order, send 2, fine"},
      {"out of order", {{deep, intermediate, second}, {root}}, "path path path out of order, send 3"},
      {"root between", {{leaf, root, intermediate}, {root}}, "path root path out of order, send 2"},
      {"twice", {{leaf, intermediate, intermediate}, {root}}, "path path duplicate in order, send 2"},
      {"leaf twice", {{leaf, leaf, intermediate}, {root}}, "path duplicate path in order, send 2"},
      {"stranger", {{leaf, stranger, intermediate}, {root}}, "path surplus path in order, send 2"},
      {"cross-signed root", {{leaf, intermediate, cross}, {root}}, "path path alternative in order, send 2, fine"},
      {"missing", {{leaf}, {root}}, "path in order, send 1, missing CN=Test Intermediate"},
      {"missing, but known", {{leaf}, {root}, {intermediate}}, "path in order, send 2, add 1"},
      {"second missing", {{deep, second}, {root}}, "path path in order, send 2, missing CN=Test Intermediate"},
      {"untrusted root", {{leaf, intermediate, root}, {}}, "path path root in order, send 2, fine"},
      {"issuer first", {{intermediate, leaf}, {root}}, "path surplus in order, send 1, leaf 1"},
      {"trusted issuer first", {{root, intermediate, leaf}, {root}}, "path surplus surplus in order, send 1, leaf 2"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(summary(advice(row.question)), row.expected);
  }
}

TEST(ChainAdvice, NamesTheMissingIssuerAndWhereItIs) {
  const Family family;
  const std::vector<std::uint8_t> access{// One caIssuers, http://a.example/ca (RFC 5280 section 4.2.2.1).
                                         0x30, 0x21, 0x30, 0x1F, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07,
                                         0x30, 0x02, 0x86, 0x13, 'h',  't',  't',  'p',  ':',  '/',  '/',  'a',
                                         '.',  'e',  'x',  'a',  'm',  'p',  'l',  'e',  '/',  'c',  'a'};
  const auto leaf = family.leaf([&](CertificateSpec& spec) {
    spec.extensions = {{"1.3.6.1.5.5.7.1.1", false, access}};
  });
  const auto found = advice({{leaf}, {family.root}});
  ASSERT_TRUE(found.missing);
  EXPECT_EQ(found.missing->subject, "CN=Test Intermediate");
  EXPECT_EQ(found.missing->url, "http://a.example/ca");
  EXPECT_EQ(found.missing->key_id.size(), 40U);  // A SHA-1 in hex.
}

TEST(ChainAdvice, HasNothingToSayAboutNothing) { EXPECT_TRUE(advise_on_chain({}, {}).is_fine()); }

}  // namespace
}  // namespace securetransport::test
