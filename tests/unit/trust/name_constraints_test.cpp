// SPDX-License-Identifier: Apache-2.0
// Name constraints: every kind of name against subtrees, as RFC 5280 section 4.2.1.10 says and its errata explain.
#include <gtest/gtest.h>

#include "support/der.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kTrusted = "trusted";
constexpr const char* kOutside = "outside the permitted subtrees";
constexpr const char* kExcluded = "in an excluded subtree";
constexpr const char* kBadConstraint = "a name constraint of its issuers is malformed";
constexpr const char* kBadName = "one of its names is malformed";
constexpr const char* kMinMax = "uses minimum or maximum";
constexpr const char* kUnknownKind = "of a kind that is not supported";

Der subtrees(std::uint8_t tag, const Names& bases) {
  std::vector<Der> trees;
  for (const std::string& base : bases) trees.push_back(sequence({general_name(base)}));
  return bases.empty() ? Der{} : tlv(tag, joined(trees));
}

RawExtension constraints(const Names& permitted, const Names& excluded = {}) {
  return {"2.5.29.30", true, sequence({subtrees(0xA0, permitted), subtrees(0xA1, excluded)})};
}

RawExtension alternative_names(const Names& names) { return {"2.5.29.17", false, general_names(names)}; }

CertificateSpec leaf_with(const Names& names) {
  CertificateSpec spec = leaf_spec({});
  if (!names.empty()) spec.extensions.push_back(alternative_names(names));
  return spec;
}

TestCertificate authority(const TestCertificate& issuer, const RawExtension& extension,
                          const char* subject = "Test Intermediate") {
  CertificateSpec spec = intermediate_spec(subject);
  spec.extensions.push_back(extension);
  return issued_by(issuer, spec);
}

Question question_of(std::vector<TestCertificate> sent, std::vector<TestCertificate> anchors,
                     TrustPolicy policy = TrustPolicy::Apple) {
  return {std::move(sent), std::move(anchors), "", PeerRole::Server, kNow, policy};
}

/// "trusted", or the details, all of which are about name constraints.
std::string outcome(const TrustResult& result) {
  if (result.trusted()) return kTrusted;
  for (const Violation& violation : result.violations) {
    EXPECT_EQ(violation.check, TrustCheck::NameConstraints) << violation.detail;
    EXPECT_EQ(symbol_of(violation.code), "errSSLXCertChainInvalid") << violation.detail;
  }
  return details(result);
}

struct Row {
  const char* what;
  Names permitted;
  Names excluded;
  Names names;
  const char* expected;  ///< A part of the outcome.
};

class NameConstraints : public testing::Test {
 protected:
  const TestCertificate root = self_signed(root_spec());

  [[nodiscard]] TrustResult judged(const RawExtension& extension, const CertificateSpec& leaf,
                                   TrustPolicy policy = TrustPolicy::Apple) const {
    const auto issuer = authority(root, extension);
    return judge(question_of({issued_by(issuer, leaf), issuer}, {root}, policy));
  }

  void check(const std::vector<Row>& rows, TrustPolicy policy = TrustPolicy::Apple) const {
    for (const Row& row : rows) {
      SCOPED_TRACE(row.what);
      const auto found = outcome(judged(constraints(row.permitted, row.excluded), leaf_with(row.names), policy));
      EXPECT_NE(found.find(row.expected), std::string::npos) << found << "instead of: " << row.expected;
    }
  }
};

// "Any DNS name that can be constructed by simply adding zero or more labels to the left-hand side of the name
// satisfies the name constraint."
TEST_F(NameConstraints, OnDnsNamesHoldWholeLabels) {
  check({
      {"the name itself", {"DNS:host.example.com"}, {}, {"DNS:host.example.com"}, kTrusted},
      {"one label more", {"DNS:host.example.com"}, {}, {"DNS:www.host.example.com"}, kTrusted},
      {"two labels more", {"DNS:host.example.com"}, {}, {"DNS:a.b.host.example.com"}, kTrusted},
      {"another host", {"DNS:host.example.com"}, {}, {"DNS:host1.example.com"}, kOutside},
      {"letters, not a label", {"DNS:example.com"}, {}, {"DNS:badexample.com"}, kOutside},
      {"the parent", {"DNS:www.example.com"}, {}, {"DNS:example.com"}, kOutside},
      {"case", {"DNS:Example.COM"}, {}, {"DNS:WWW.eXample.com"}, kTrusted},
      {"empty permits all", {"DNS:"}, {}, {"DNS:www.example.com"}, kTrusted},
      {"empty excludes all", {}, {"DNS:"}, {"DNS:www.example.com"}, kExcluded},
      {"one of two subtrees", {"DNS:a.example", "DNS:b.example"}, {}, {"DNS:x.b.example"}, kTrusted},
      {"one of two names outside", {"DNS:a.example"}, {}, {"DNS:x.a.example", "DNS:x.b.example"}, kOutside},
      {"excluded", {}, {"DNS:example.com"}, {"DNS:www.example.com"}, kExcluded},
      {"excluded, another case", {}, {"DNS:EXAMPLE.com"}, {"DNS:www.Example.Com"}, kExcluded},
      {"excluded sibling", {}, {"DNS:a.example.com"}, {"DNS:b.example.com"}, kTrusted},
      {"excluded within permitted",
       {"DNS:example.com"},
       {"DNS:secret.example.com"},
       {"DNS:www.secret.example.com"},
       kExcluded},
      {"beside the excluded within permitted",
       {"DNS:example.com"},
       {"DNS:secret.example.com"},
       {"DNS:www.example.com"},
       kTrusted},
      {"no name of that kind", {"DNS:example.com"}, {}, {"IP:192.0.2.1"}, kTrusted},
      {"no names at all", {"DNS:example.com"}, {}, {}, kTrusted},
      {"a name that is none", {"DNS:example.com"}, {}, {"DNS:a b.example.com"}, kBadName},
      {"NUL inside", {"DNS:example.com"}, {}, {std::string("DNS:evil.org\0.example.com", 25)}, kBadName},
  });
}

// A wildcard stands for many names: permitted if all are, excluded if one of them is.
TEST_F(NameConstraints, OnDnsNamesTakeAWildcardForAllItCovers) {
  check({
      {"all inside", {"DNS:example.com"}, {}, {"DNS:*.example.com"}, kTrusted},
      {"all far inside", {"DNS:example.com"}, {}, {"DNS:*.www.example.com"}, kTrusted},
      {"only one inside", {"DNS:www.example.com"}, {}, {"DNS:*.example.com"}, kOutside},
      {"none inside", {"DNS:example.org"}, {}, {"DNS:*.example.com"}, kOutside},
      {"all excluded", {}, {"DNS:example.com"}, {"DNS:*.example.com"}, kExcluded},
      {"one of them excluded", {}, {"DNS:secret.example.com"}, {"DNS:*.example.com"}, kExcluded},
      {"none of them excluded", {}, {"DNS:a.secret.example.com"}, {"DNS:*.example.com"}, kTrusted},
      {"others excluded", {}, {"DNS:example.org"}, {"DNS:*.example.com"}, kTrusted},
  });
}

// RFC 5280 knows no leading dot for DNS names. Authorities write one all the same, and mean the names below.
TEST_F(NameConstraints, OnDnsNamesReadALeadingDotAsSubdomainsUnlessStrict) {
  const std::vector<Row> lenient{
      {"below", {"DNS:.example.com"}, {}, {"DNS:www.example.com"}, kTrusted},
      {"far below", {"DNS:.example.com"}, {}, {"DNS:a.b.example.com"}, kTrusted},
      {"itself", {"DNS:.example.com"}, {}, {"DNS:example.com"}, kOutside},
      {"wildcard below", {"DNS:.example.com"}, {}, {"DNS:*.example.com"}, kTrusted},
      {"excluded below", {}, {"DNS:.example.com"}, {"DNS:www.example.com"}, kExcluded},
      {"not excluded itself", {}, {"DNS:.example.com"}, {"DNS:example.com"}, kTrusted},
      {"a dot alone", {"DNS:."}, {}, {"DNS:www.example.com"}, kTrusted},
      {"no name of that kind", {"DNS:.example.com"}, {}, {"IP:192.0.2.1"}, kTrusted},
  };
  check(lenient);
  for (const TrustPolicy policy : {TrustPolicy::Rfc5280, TrustPolicy::WebPki}) {
    for (const Row& row : lenient) {
      SCOPED_TRACE(row.what);
      const auto result = judged(constraints(row.permitted, row.excluded), leaf_with(row.names), policy);
      EXPECT_NE(details(result).find("its name constraints are malformed"), std::string::npos) << details(result);
    }
  }
}

// "the octets ... encoded in the style of RFC 4632 (CIDR) to represent an address range".
TEST_F(NameConstraints, OnAddressesCompareUnderTheMask) {
  const std::string net4 = "IP:192.0.2.0/255.255.255.0";
  const std::string net6 = "IP:2001:db8::/ffff:ffff::";
  check({
      {"first of the net", {net4}, {}, {"IP:192.0.2.0"}, kTrusted},
      {"last of the net", {net4}, {}, {"IP:192.0.2.255"}, kTrusted},
      {"next net", {net4}, {}, {"IP:192.0.3.0"}, kOutside},
      {"one host", {"IP:192.0.2.7/255.255.255.255"}, {}, {"IP:192.0.2.7"}, kTrusted},
      {"another host", {"IP:192.0.2.7/255.255.255.255"}, {}, {"IP:192.0.2.6"}, kOutside},
      {"every address", {"IP:0.0.0.0/0.0.0.0"}, {}, {"IP:203.0.113.9"}, kTrusted},
      {"odd prefix", {"IP:192.0.2.128/255.255.255.128"}, {}, {"IP:192.0.2.127"}, kOutside},
      {"odd prefix, inside", {"IP:192.0.2.128/255.255.255.128"}, {}, {"IP:192.0.2.128"}, kTrusted},
      {"host bits of the constraint do not count", {"IP:192.0.2.77/255.255.255.0"}, {}, {"IP:192.0.2.1"}, kTrusted},
      {"excluded", {}, {net4}, {"IP:192.0.2.1"}, kExcluded},
      {"not excluded", {}, {net4}, {"IP:192.0.3.1"}, kTrusted},
      {"version 6", {net6}, {}, {"IP:2001:db8::1"}, kTrusted},
      {"version 6, next net", {net6}, {}, {"IP:2001:db9::1"}, kOutside},
      {"version 6, excluded", {}, {net6}, {"IP:2001:db8:ffff::1"}, kExcluded},
      {"version 6 below version 4", {net4}, {}, {"IP:2001:db8::1"}, kOutside},
      {"version 4 beside excluded version 6", {}, {"IP:::/::"}, {"IP:192.0.2.1"}, kTrusted},
      {"no address", {net4}, {}, {"DNS:www.example.com"}, kTrusted},
      {"mask with a hole", {"IP:192.0.2.0/255.0.255.0"}, {}, {"IP:192.0.2.1"}, kBadConstraint},
      {"mask with a hole in a byte", {"IP:192.0.2.0/255.255.255.5"}, {}, {"IP:192.0.2.1"}, kBadConstraint},
      {"mask turned round", {"IP:192.0.2.0/0.255.255.255"}, {}, {"IP:192.0.2.1"}, kBadConstraint},
      {"no mask", {"IP:192.0.2.0"}, {}, {"IP:192.0.2.0"}, kBadConstraint},
      {"5 bytes", {"BYTES:12345"}, {}, {"IP:192.0.2.0"}, kBadConstraint},
      {"33 bytes", {"BYTES:123456789012345678901234567890123"}, {}, {"IP:2001:db8::1"}, kBadConstraint},
      {"no bytes", {"BYTES:"}, {}, {"IP:192.0.2.1"}, kBadConstraint},
      {"excluded, bad mask", {}, {"IP:192.0.2.0/255.0.255.0"}, {"IP:203.0.113.1"}, kBadConstraint},
      {"an address of 5 bytes", {net4}, {}, {"BYTES:12345"}, kBadName},
  });
}

// "A name constraint for Internet mail addresses MAY specify a particular mailbox, all addresses at a particular host,
// or all mailboxes in a domain."
TEST_F(NameConstraints, OnMailAddressesHoldAMailboxAHostOrADomain) {
  check({
      {"mailbox", {"MAIL:root@example.com"}, {}, {"MAIL:root@example.com"}, kTrusted},
      {"another mailbox", {"MAIL:root@example.com"}, {}, {"MAIL:admin@example.com"}, kOutside},
      {"local parts are compared exactly", {"MAIL:root@example.com"}, {}, {"MAIL:Root@example.com"}, kOutside},
      {"hosts without case", {"MAIL:root@Example.com"}, {}, {"MAIL:root@eXample.COM"}, kTrusted},
      {"host", {"MAIL:example.com"}, {}, {"MAIL:anyone@example.com"}, kTrusted},
      {"host without case", {"MAIL:EXAMPLE.com"}, {}, {"MAIL:anyone@example.com"}, kTrusted},
      {"a host below", {"MAIL:example.com"}, {}, {"MAIL:anyone@mail.example.com"}, kOutside},
      {"domain", {"MAIL:.example.com"}, {}, {"MAIL:anyone@mail.example.com"}, kTrusted},
      {"domain, far below", {"MAIL:.example.com"}, {}, {"MAIL:anyone@a.b.example.com"}, kTrusted},
      {"domain itself", {"MAIL:.example.com"}, {}, {"MAIL:anyone@example.com"}, kOutside},
      {"letters, no label", {"MAIL:.example.com"}, {}, {"MAIL:anyone@badexample.com"}, kOutside},
      {"empty", {"MAIL:"}, {}, {"MAIL:anyone@example.com"}, kTrusted},
      {"excluded host", {}, {"MAIL:example.com"}, {"MAIL:anyone@example.com"}, kExcluded},
      {"excluded domain", {}, {"MAIL:.example.com"}, {"MAIL:anyone@mail.example.com"}, kExcluded},
      {"excluded mailbox", {}, {"MAIL:root@example.com"}, {"MAIL:admin@example.com"}, kTrusted},
      {"no mailbox", {"MAIL:example.com"}, {}, {"MAIL:example.com"}, kBadName},
      {"no local part", {"MAIL:example.com"}, {}, {"MAIL:@example.com"}, kBadName},
      {"two signs", {"MAIL:example.com"}, {}, {"MAIL:a@evil.org@example.com"}, kBadName},
      {"two signs, one quoted", {"MAIL:example.com"}, {}, {"MAIL:\"a@b\"@example.com"}, kTrusted},
      {"no mail address", {"MAIL:example.com"}, {}, {"DNS:www.example.org"}, kTrusted},
  });
}

// "When the subject alternative name extension is absent, but the subject distinguished name includes an attribute of
// type emailAddress, the rfc822Name constraint MUST be applied to the attribute of type emailAddress".
TEST_F(NameConstraints, OnMailAddressesHoldForTheSubjectsAddressToo) {
  const auto with_mail = [&](const char* subject, const Names& names, const RawExtension& extension) {
    CertificateSpec spec = leaf_with(names);
    spec.subject_der = distinguished_name(subject);
    return outcome(judged(extension, spec));
  };
  const auto permitted = constraints({"MAIL:example.com"});
  EXPECT_EQ(with_mail("CN=leaf/E=a@example.com", {}, permitted), kTrusted);
  EXPECT_NE(with_mail("CN=leaf/E=a@example.org", {}, permitted).find(kOutside), std::string::npos);
  EXPECT_NE(with_mail("E=a@example.com/E=a@example.org", {}, permitted).find(kOutside), std::string::npos);
  EXPECT_NE(with_mail("CN=leaf/E=none", {}, permitted).find(kBadName), std::string::npos);
  EXPECT_EQ(with_mail("CN=leaf/E=a@example.org", {"MAIL:a@example.com"}, permitted), kTrusted);
  const auto excluded = constraints({}, {"MAIL:example.com"});
  EXPECT_NE(with_mail("CN=leaf/E=a@example.com", {}, excluded).find(kExcluded), std::string::npos);
  EXPECT_EQ(with_mail("CN=leaf/E=a@example.org", {}, excluded), kTrusted);
}

// "the constraint applies to the host part of the name. ... When the constraint begins with a period, it MAY be
// expanded with one or more labels. ... When the constraint does not begin with a period, it specifies a host."
TEST_F(NameConstraints, OnUrisHoldForTheHost) {
  check({
      {"host", {"URI:host.example.com"}, {}, {"URI:https://host.example.com/path?query#part"}, kTrusted},
      {"host without case", {"URI:host.example.com"}, {}, {"URI:https://HOST.Example.com"}, kTrusted},
      {"another host", {"URI:example.com"}, {}, {"URI:https://host.example.com/"}, kOutside},
      {"domain", {"URI:.example.com"}, {}, {"URI:https://my.host.example.com/"}, kTrusted},
      {"domain itself", {"URI:.example.com"}, {}, {"URI:https://example.com/"}, kOutside},
      {"port", {"URI:host.example.com"}, {}, {"URI:https://host.example.com:8443/"}, kTrusted},
      {"user", {"URI:example.com"}, {}, {"URI:https://user:word@example.com/"}, kTrusted},
      {"user that looks like the host", {"URI:example.com"}, {}, {"URI:https://example.com@evil.org/"}, kOutside},
      {"path that looks like a user", {"URI:example.com"}, {}, {"URI:https://evil.org/@example.com"}, kOutside},
      {"query that looks like a user", {"URI:example.com"}, {}, {"URI:https://evil.org?@example.com"}, kOutside},
      {"excluded", {}, {"URI:.example.com"}, {"URI:ldap://a.example.com/x"}, kExcluded},
      // "does not include an authority component with a host name specified as a fully qualified domain name ... the
      // application MUST reject the certificate."
      {"no authority", {"URI:example.com"}, {}, {"URI:urn:isbn:0451450523"}, kBadName},
      {"mailto", {"URI:example.com"}, {}, {"URI:mailto:a@example.com"}, kBadName},
      {"address", {"URI:example.com"}, {}, {"URI:https://192.0.2.1/"}, kBadName},
      {"address of version 6", {"URI:example.com"}, {}, {"URI:https://[2001:db8::1]/"}, kBadName},
      {"no host", {}, {"URI:example.com"}, {"URI:file:///etc/passwd"}, kBadName},
      {"no URI", {"URI:example.com"}, {}, {"DNS:www.example.org"}, kTrusted},
  });
}

TEST_F(NameConstraints, OnDirectoryNamesHoldWhatBeginsAlike) {
  const auto judged_name = [&](const char* permitted, const char* subject) {
    CertificateSpec spec = leaf_with({});
    spec.subject_der = distinguished_name(subject);
    return outcome(judged(constraints({std::string("DIR:") + permitted}), spec));
  };
  struct DirectoryRow {
    const char* permitted;
    const char* subject;
    bool is_inside;
  };
  for (const auto& [permitted, subject, is_inside] : std::vector<DirectoryRow>{
           {"C=XY/O=Acme", "C=XY/O=Acme/CN=a", true},
           {"C=XY/O=Acme", "C=XY/O=Acme", true},
           {"C=XY/O=Acme", "C=XY", false},
           {"C=XY/O=Acme", "C=XY/O=Other/CN=a", false},
           {"C=XY/O=Acme", "O=Acme/C=XY/CN=a", false},
           {"O=Acme", "C=XY/O=Acme", false},
           {"", "C=XY/O=Acme/CN=a", true},
           // RFC 5280 section 7.1: case is ignored, white space at the ends and between words compressed, and
           // PrintableString and UTF8String may be equal.
           {"O=ACME Widgets", "O=acme widgets/CN=a", true},
           {"O=Acme Widgets", "O=  Acme   Widgets /CN=a", true},
           {"O=printable:Acme", "O=Acme/CN=a", true},
           {"O=Acme", "O=Acmes/CN=a", false},
           // A relative name is a set: all of its values or none.
           {"OU=a+CN=b", "CN=b+OU=a/E=x@y.z", true},
           {"OU=a+CN=b", "OU=a/CN=b", false},
           {"OU=a/CN=b", "OU=a+CN=b", false},
           {"CN=b", "CN=b+OU=a", false},
           {"OU=a", "OU=a+CN=b", false},
           {"C=XY/CN=b", "C=XY/CN=b+OU=a", false},
       }) {
    const std::string found = judged_name(permitted, subject);
    EXPECT_EQ(found == kTrusted, is_inside) << permitted << " and " << subject << ": " << found;
  }
}

TEST_F(NameConstraints, OnDirectoryNamesHoldForAlternativeNamesToo) {
  CertificateSpec spec = leaf_with({"DIR:O=Acme/CN=a"});
  spec.subject_der = distinguished_name("O=Acme/CN=b");
  EXPECT_EQ(outcome(judged(constraints({"DIR:O=Acme"}), spec)), kTrusted);
  spec = leaf_with({"DIR:O=Other/CN=a"});
  spec.subject_der = distinguished_name("O=Acme/CN=b");
  EXPECT_NE(outcome(judged(constraints({"DIR:O=Acme"}), spec)).find(kOutside), std::string::npos);
  EXPECT_NE(outcome(judged(constraints({}, {"DIR:O=Other"}), spec)).find(kExcluded), std::string::npos);
  spec.subject = "";
  spec.subject_der = {};
  EXPECT_EQ(outcome(judged(constraints({"DIR:O=Other"}), spec)), kTrusted) << "an empty subject is no name";
}

// Section 4.2.1.10: "If a name constraints extension that is marked as critical imposes constraints on a particular
// name form, and an instance of that name form appears ... the application MUST either process the constraint or
// reject the certificate."
TEST_F(NameConstraints, OfKindsThatNobodyComparesRefuseSuchNames) {
  check({
      {"otherName", {"OTHER:a"}, {}, {"OTHER:a"}, kUnknownKind},
      {"otherName of another type", {"OTHER:a"}, {}, {"OTHER2:a"}, kTrusted},
      {"excluded otherName", {}, {"OTHER:b"}, {"OTHER:a"}, kUnknownKind},
      {"registered id", {"RID:"}, {}, {"RID:"}, kUnknownKind},
      {"no such name", {"OTHER:a", "RID:"}, {}, {"DNS:www.example.com"}, kTrusted},
  });
}

// "Within this profile, the minimum and maximum fields are not used with any name forms, thus, the minimum MUST be
// zero, and maximum MUST be absent. However, if an application encounters a critical name constraints extension that
// specifies other values ... the application MUST either process these fields or reject the certificate."
TEST_F(NameConstraints, WithMinimumOrMaximumRefuseNamesOfTheirKind) {
  const auto with = [&](const Der& fields, const char* name, std::uint8_t tag) {
    const Der tree = sequence({general_name("DNS:example.com"), fields});
    const RawExtension extension{"2.5.29.30", true, sequence({tlv(tag, tree)})};
    return outcome(judged(extension, leaf_with({name})));
  };
  const Der minimum = tlv(0x80, Der{1});
  const Der maximum = tlv(0x81, Der{2});
  for (const std::uint8_t tag : Der{0xA0, 0xA1}) {
    for (const Der& fields : {minimum, maximum, joined({minimum, maximum})}) {
      EXPECT_NE(with(fields, "DNS:www.example.com", tag).find(kMinMax), std::string::npos);
      EXPECT_EQ(with(fields, "IP:192.0.2.1", tag), kTrusted);
    }
  }
}

TEST_F(NameConstraints, ThatCannotBeReadAreRefused) {
  const Der good = sequence({general_name("DNS:example.com")});
  for (const auto& [what, der] : std::vector<std::pair<const char*, Der>>{
           {"no sequence", tlv(kDerOctets, Der{1, 2})},
           {"subtree without base", sequence({tlv(0xA0, sequence({}))})},
           {"bytes behind", joined({sequence({tlv(0xA0, good)}), Der{5, 0}})},
           {"cut short", {kDerSequence, 0x10, 0xA0, 0x0E}},
           {"unknown list", sequence({tlv(0xA2, good)})},
       }) {
    SCOPED_TRACE(what);
    for (const TrustPolicy policy : {TrustPolicy::Apple, TrustPolicy::Rfc5280, TrustPolicy::WebPki}) {
      EXPECT_FALSE(judged({"2.5.29.30", true, der}, leaf_with({"DNS:www.example.com"}), policy).trusted());
    }
  }
}

TEST_F(NameConstraints, ThatAreMalformedMatterWithoutSuchNamesOnlyIfStrict) {
  for (const char* base : {"DNS:*.example.com", "DNS:a b", "MAIL:a@", "MAIL:@example.com", "URI:https://example.com",
                           "IP:192.0.2.0", "IP:192.0.2.0/255.0.255.0", "BYTES:1"}) {
    SCOPED_TRACE(base);
    for (const Names& names : {Names{}, Names{"DIR:O=Acme"}}) {
      CertificateSpec spec = leaf_with(names);
      EXPECT_EQ(outcome(judged(constraints({base}), spec)), kTrusted);
      EXPECT_EQ(outcome(judged(constraints({}, {base}), spec)), kTrusted);
      const auto strict = details(judged(constraints({base}), spec, TrustPolicy::Rfc5280));
      EXPECT_NE(strict.find("its name constraints are malformed"), std::string::npos) << strict;
      const auto excluded = details(judged(constraints({}, {base}), spec, TrustPolicy::Rfc5280));
      EXPECT_NE(excluded.find("its name constraints are malformed"), std::string::npos) << excluded;
    }
  }
}

TEST_F(NameConstraints, OfSeveralAuthoritiesAllHold) {
  const auto upper = authority(root, constraints({"DNS:example.com"}, {"DNS:secret.example.com"}), "Upper");
  const auto lower = authority(upper, constraints({"DNS:www.example.com", "DNS:example.org"}), "Lower");
  const auto under_both = [&](const char* name) {
    return judge(question_of({issued_by(lower, leaf_with({name})), lower, upper}, {root}));
  };
  EXPECT_EQ(outcome(under_both("DNS:a.www.example.com")), kTrusted);
  EXPECT_EQ(summary(under_both("DNS:mail.example.com")), "errSSLXCertChainInvalid@0") << "the lower one forbids it";
  EXPECT_EQ(summary(under_both("DNS:example.org")), "errSSLXCertChainInvalid@0") << "the upper one forbids it";
  const auto both = under_both("DNS:secret.example.com");
  EXPECT_NE(outcome(both).find(kOutside), std::string::npos);
  EXPECT_NE(outcome(both).find(kExcluded), std::string::npos);
}

TEST_F(NameConstraints, OfAnAnchorHold) {
  CertificateSpec spec = root_spec("Constrained Root");
  spec.extensions.push_back(constraints({"DNS:example.com"}));
  const auto anchor = self_signed(spec);
  const auto issuer = issued_by(anchor, intermediate_spec());
  EXPECT_EQ(outcome(judge(question_of({issued_by(issuer, leaf_with({"DNS:www.example.com"})), issuer}, {anchor}))),
            kTrusted);
  EXPECT_NE(outcome(judge(question_of({issued_by(issuer, leaf_with({"DNS:www.example.org"})), issuer}, {anchor})))
                .find(kOutside),
            std::string::npos);
}

TEST_F(NameConstraints, HoldForTheNamesOfIntermediatesToo) {
  const auto upper = authority(root, constraints({"DNS:example.com"}, {"DIR:CN=Forbidden"}), "Upper");
  const auto named = authority(upper, alternative_names({"DNS:ca.example.org"}), "Named");
  EXPECT_EQ(summary(judge(question_of({issued_by(named, leaf_with({"DNS:www.example.com"})), named, upper}, {root}))),
            "errSSLXCertChainInvalid@1");
  const auto forbidden = issued_by(upper, intermediate_spec("Forbidden"));
  EXPECT_EQ(
      summary(judge(question_of({issued_by(forbidden, leaf_with({"DNS:www.example.com"})), forbidden, upper}, {root}))),
      "errSSLXCertChainInvalid@1");
}

// Section 6.1.3 (b): "If certificate i is self-issued and it is not the final certificate in the path, skip this step".
TEST_F(NameConstraints, SkipSelfIssuedIntermediatesButNotASelfIssuedLeaf) {
  CertificateSpec spec = root_spec("Same Name");
  spec.extensions.push_back(constraints({}, {"DIR:CN=Same Name"}));
  const auto anchor = self_signed(spec);
  const auto rollover = issued_by(anchor, intermediate_spec("Same Name"));
  EXPECT_EQ(outcome(judge(question_of({issued_by(rollover, leaf_with({})), rollover}, {anchor}))), kTrusted);
  CertificateSpec same = leaf_with({});
  same.subject = "Same Name";
  EXPECT_NE(outcome(judge(question_of({issued_by(rollover, same), rollover}, {anchor}))).find(kExcluded),
            std::string::npos);
}

TEST_F(NameConstraints, CostALimitedNumberOfComparisons) {
  const auto many = [](const char* kind, int count) {
    Names names;
    for (int at = 0; at < count; ++at) names.push_back("DNS:" + std::to_string(at) + kind);
    return names;
  };
  EXPECT_EQ(outcome(judged(constraints({}, many(".a.example", 100)), leaf_with(many(".b.example", 100)))), kTrusted);
  const auto found = outcome(judged(constraints({}, many(".a.example", 700)), leaf_with(many(".b.example", 700))));
  EXPECT_NE(found.find("too many to compare"), std::string::npos) << found;
}

}  // namespace
}  // namespace securetransport::test
