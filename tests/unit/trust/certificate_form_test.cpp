// SPDX-License-Identifier: Apache-2.0
// What RFC 5280 section 4 demands of authorities when they make certificates: each rule with a certificate that breaks
// it and one that keeps it. Apple's policy lets all of it pass.
#include <gtest/gtest.h>

#include <functional>

#include "support/der.hpp"
#include "trust/x509.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Change = std::function<void(CertificateSpec&)>;

enum class Where : std::uint8_t { Leaf, Issuer, Root };

constexpr const char* kSubjectKeyId = "2.5.29.14";
constexpr const char* kAlternativeName = "2.5.29.17";
constexpr const char* kBasicConstraints = "2.5.29.19";
constexpr const char* kNameConstraints = "2.5.29.30";
constexpr const char* kAuthorityKeyId = "2.5.29.35";
constexpr const char* kInhibitAnyPolicy = "2.5.29.54";
constexpr const char* kInformationAccess = "1.3.6.1.5.5.7.1.1";

constexpr std::uint8_t kDigest[] = {1, 2, 3, 4, 5, 6, 7, 8};

RawExtension subject_key_id(bool is_critical) {
  return {kSubjectKeyId, is_critical, tlv(kDerOctets, Der(std::begin(kDigest), std::end(kDigest)))};
}

/// Names the issuer's key as the issuer does.
RawExtension authority_key_id(const TestCertificate& issuer, bool is_critical) {
  const Certificate certificate = parsed(issuer);
  const ASN1_OCTET_STRING* const id = X509_get0_subject_key_id(trust::x509_of(certificate));
  const std::string_view bytes = trust::bytes_of(*id);
  return {kAuthorityKeyId, is_critical, sequence({tlv(0x80, bytes)})};
}

RawExtension information_access(bool is_critical, bool is_empty = false) {
  const Der ocsp{0x2B, 6, 1, 5, 5, 7, 0x30, 1};
  const Der description = sequence({tlv(kDerOid, ocsp), general_name("URI:http://ocsp.example.com")});
  return {kInformationAccess, is_critical, is_empty ? sequence({}) : sequence({description})};
}

RawExtension constraints(bool is_critical, const std::vector<Der>& lists) {
  return {kNameConstraints, is_critical, sequence(lists)};
}

Der permitted_example() { return tlv(0xA0, sequence({general_name("DNS:example.com")})); }

class CertificateFormRules : public testing::Test {
 protected:
  const TestCertificate root = self_signed(root_spec());
  const TestCertificate intermediate = issued_by(root, intermediate_spec());

  /// A good chain with one change, judged without a name.
  [[nodiscard]] TrustResult judged(Where where, const Change& change, TrustPolicy policy) const {
    CertificateSpec root_as = root_spec();
    CertificateSpec issuer_as = intermediate_spec();
    CertificateSpec leaf_as = leaf_spec();
    change(where == Where::Leaf ? leaf_as : where == Where::Issuer ? issuer_as : root_as);
    const auto anchor = where == Where::Root ? self_signed(root_as) : root;
    const auto issuer = where == Where::Leaf ? intermediate : issued_by(anchor, issuer_as);
    if (X509_get0_subject_key_id(trust::x509_of(parsed(issuer))) == nullptr) {
      leaf_as.identifiers = KeyIdentifiers::Absent;  // There is none to copy.
      leaf_as.extensions = {{kAuthorityKeyId, false, sequence({tlv(0x80, Der{1})})}};
    }
    return judge({{issued_by(issuer, leaf_as), issuer}, {anchor}, "", PeerRole::Server, kNow, policy});
  }
};

struct Row {
  const char* what;
  Where where;
  Change change;
  const char* check;   ///< "trusted" where the rule is kept.
  const char* detail;  ///< A part of the details.
  bool is_rule_of_the_web = true;
};

TEST_F(CertificateFormRules, HoldUnderTheStrictPoliciesAlone) {
  const char* const form = "CertificateForm";
  const std::vector<Row> rows{
      {"nothing", Where::Leaf, [](auto&) {}, "trusted", ""},
      // 4.1.2.1: "When extensions are used ... version MUST be 3".
      {"extensions in version 1", Where::Leaf, [](auto& s) { s.version = X509_VERSION_1; }, form, "not of version 3"},
      {"extensions in version 2", Where::Leaf, [](auto& s) { s.version = X509_VERSION_2; }, form, "not of version 3"},
      // 4.1.2.2: "Conforming CAs MUST NOT use serialNumber values longer than 20 octets."
      {"serial number of 20 bytes", Where::Leaf, [](auto& s) { s.serial.assign(20, 0x7F); }, "trusted", ""},
      {"serial number of 21 bytes", Where::Leaf, [](auto& s) { s.serial.assign(21, 0x7F); }, form,
       "its serial number has 21 bytes"},
      {"20 bytes and a sign", Where::Leaf, [](auto& s) { s.serial.assign(20, 0xFF); }, form, "has 21 bytes"},
      {"21 bytes of an issuer", Where::Issuer, [](auto& s) { s.serial.assign(21, 0x7F); }, form, "has 21 bytes"},
      // 4.1.2.6: "If the subject is a CA ... then the subject field MUST be populated".
      {"issuer without name", Where::Issuer, [](auto& s) { s.subject = ""; }, "CertificateForm CertificateForm",
       "its subject name is empty"},
      {"root without name", Where::Root, [](auto& s) { s.subject = ""; },
       "CertificateForm CertificateForm CertificateForm", "its issuer name is empty"},
      // 4.2.1.6: "If the subject field contains an empty sequence, then the issuing CA MUST include a subjectAltName
      // extension that is marked as critical."
      {"leaf without name", Where::Leaf, [](auto& s) { s.subject = ""; }, form, "its alternative name not critical"},
      {"leaf without name, names critical", Where::Leaf,
       [](auto& s) {
         s.subject = "";
         s.names = {};
         s.extensions = {{kAlternativeName, true, general_names({"DNS:www.example.com"})}};
       },
       "trusted", ""},
      // 4.2.1.1: "The keyIdentifier field of the authorityKeyIdentifier extension MUST be included in all
      // certificates", and it MUST be non-critical.
      {"leaf without key identifiers", Where::Leaf, [](auto& s) { s.identifiers = KeyIdentifiers::Absent; }, form,
       "it has no authority key identifier"},
      {"root without authority key identifier", Where::Root,
       [](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {subject_key_id(false)};
       },
       "trusted", ""},
      // 4.2.1.2: "this extension MUST appear in all conforming CA certificates"; non-critical.
      {"issuer without subject key identifier", Where::Issuer,
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {authority_key_id(root, false)};
       },
       form, "it has no subject key identifier"},
      {"leaf without subject key identifier", Where::Leaf,
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {authority_key_id(intermediate, false)};
       },
       "trusted", ""},
      // 4.2.1.3: "If the keyCertSign bit is asserted, then the cA bit in the basic constraints extension MUST also be".
      {"leaf that may sign certificates", Where::Leaf,
       [](auto& s) { s.key_usage = "critical,digitalSignature,keyCertSign"; }, "KeyUsage",
       "its key usage says keyCertSign and it is not a CA"},
      // 4.2.1.9: "Conforming CAs MUST include this extension ... and MUST mark the extension as critical".
      {"root with basic constraints that are not critical", Where::Root,
       [](auto& s) {
         s.is_ca = s.has_basic_constraints = false;
         s.extensions = {{kBasicConstraints, false, {0x30, 3, 1, 1, 0xFF}}};
       },
       "BasicConstraints", "its basic constraints are not critical"},
      // 4.2.1.6: names of hosts in the preferred name syntax, addresses of 4 or 16 bytes, at least one name.
      {"underscore", Where::Leaf, [](auto& s) { s.names = {"DNS:a_b.example.com"}; }, form, "no DNS name"},
      {"hyphen in front", Where::Leaf, [](auto& s) { s.names = {"DNS:-a.example.com"}; }, form, "no DNS name"},
      {"hyphen behind", Where::Leaf, [](auto& s) { s.names = {"DNS:a-.example.com"}; }, form, "no DNS name"},
      {"dot behind", Where::Leaf, [](auto& s) { s.names = {"DNS:www.example.com."}; }, form, "no DNS name"},
      {"empty label", Where::Leaf, [](auto& s) { s.names = {"DNS:www..example.com"}; }, form, "no DNS name"},
      {"empty name", Where::Leaf, [](auto& s) { s.names = {"DNS: "}; }, form, "no DNS name"},
      {"label of 64", Where::Leaf, [](auto& s) { s.names = {"DNS:" + std::string(64, 'a') + ".example"}; }, form,
       "no DNS name"},
      {"label of 63", Where::Leaf, [](auto& s) { s.names = {"DNS:" + std::string(63, 'a') + ".example"}; }, "trusted",
       ""},
      {"wildcard", Where::Leaf, [](auto& s) { s.names = {"DNS:*.example.com"}; }, "trusted", ""},
      {"wildcard within", Where::Leaf, [](auto& s) { s.names = {"DNS:www.*.example.com"}; }, form, "no DNS name"},
      {"wildcard of a part", Where::Leaf, [](auto& s) { s.names = {"DNS:w*.example.com"}; }, form, "no DNS name"},
      {"address of 4 bytes", Where::Leaf, [](auto& s) { s.names = {"IP:192.0.2.1"}; }, "trusted", ""},
      {"address of 16 bytes", Where::Leaf, [](auto& s) { s.names = {"IP:2001:db8::1"}; }, "trusted", ""},
      {"address of 5 bytes", Where::Leaf,
       [](auto& s) {
         s.names = {"DNS:www.example.com", "BYTES:12345"};
       },
       form, "neither 4 nor 16 bytes"},
      // 4.2.1.10: only in CA certificates, critical, not empty. The Baseline Requirements do not insist on critical.
      {"name constraints", Where::Issuer, [](auto& s) { s.extensions = {constraints(true, {permitted_example()})}; },
       "trusted", ""},
      {"name constraints that are not critical", Where::Issuer,
       [](auto& s) { s.extensions = {constraints(false, {permitted_example()})}; }, "NameConstraints",
       "its name constraints are not critical", false},
      {"name constraints of a leaf", Where::Leaf,
       [](auto& s) { s.extensions = {constraints(true, {permitted_example()})}; }, "NameConstraints",
       "it has name constraints and is not a CA"},
      {"empty name constraints", Where::Issuer, [](auto& s) { s.extensions = {constraints(true, {})}; },
       "NameConstraints", "its name constraints are empty"},
      {"name constraints with an empty list", Where::Issuer,
       [](auto& s) {
         s.extensions = {constraints(true, {permitted_example(), tlv(0xA1, Der{})})};
       },
       "NameConstraints", "its name constraints are empty"},
      // 4.2.1.14: inhibitAnyPolicy "MUST" be critical.
      {"inhibitAnyPolicy", Where::Issuer,
       [](auto& s) {
         s.extensions = {{kInhibitAnyPolicy, true, {2, 1, 0}}};
       },
       "trusted", ""},
      {"inhibitAnyPolicy that is not critical", Where::Issuer,
       [](auto& s) {
         s.extensions = {{kInhibitAnyPolicy, false, {2, 1, 0}}};
       },
       "PolicyConstraints", "its inhibitAnyPolicy is not critical"},
      // 4.2.2.1: "Conforming CAs MUST mark this extension as non-critical"; it is SIZE (1..MAX).
      {"information access", Where::Leaf, [](auto& s) { s.extensions = {information_access(false)}; }, "trusted", ""},
      {"information access without any", Where::Leaf, [](auto& s) { s.extensions = {information_access(false, true)}; },
       form, "cannot be read"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto strict = judged(row.where, row.change, TrustPolicy::Rfc5280);
    EXPECT_EQ(checks(strict), row.check) << details(strict);
    EXPECT_NE(details(strict).find(row.detail), std::string::npos) << details(strict);
    if (!strict.trusted()) {
      EXPECT_EQ(symbol_of(strict.code()), "errSSLXCertChainInvalid");
    }
    const auto web = details(judged(row.where, row.change, TrustPolicy::WebPki));
    const bool is_expected = !strict.trusted() && row.is_rule_of_the_web;
    EXPECT_EQ(web.find(row.detail) != std::string::npos, is_expected || *row.detail == '\0') << web;
    const auto apple = judged(row.where, row.change, TrustPolicy::Apple);
    EXPECT_EQ(checks(apple), "trusted") << details(apple);
  }
}

// Sections 4.2.1.1, 4.2.1.2 and 4.2.2.1 want these non-critical. Critical, OpenSSL does not process them, so every
// policy refuses them.
TEST_F(CertificateFormRules, ExtensionsThatAreCriticalAgainstTheRulesAreRefusedEverywhere) {
  const std::vector<std::pair<const char*, Change>> rows{
      {"authority information access", [](auto& s) { s.extensions = {information_access(true)}; }},
      {"authority key identifier",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {authority_key_id(intermediate, true)};
       }},
      {"subject key identifier",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {authority_key_id(intermediate, false), subject_key_id(true)};
       }},
  };
  for (const auto& [what, change] : rows) {
    SCOPED_TRACE(what);
    for (const TrustPolicy policy : {TrustPolicy::Apple, TrustPolicy::WebPki, TrustPolicy::Rfc5280}) {
      const auto result = judged(Where::Leaf, change, policy);
      EXPECT_EQ(checks(result).find("CriticalExtensions"), 0U) << details(result);
      EXPECT_EQ(details(result).find(std::string("its ") + what + " is critical") != std::string::npos,
                policy != TrustPolicy::Apple)
          << details(result);
    }
  }
}

// 4.1.1.2: "This field MUST contain the same algorithm identifier as the signature field in the sequence
// tbsCertificate".
TEST_F(CertificateFormRules, TwoSignatureAlgorithmsAreNoneToRelyOn) {
  auto leaf = issued_by(intermediate, leaf_spec());
  const Der algorithm{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02};  // ecdsa-with-SHA256
  const auto inner = std::search(leaf.der.begin(), leaf.der.end(), algorithm.begin(), algorithm.end());
  ASSERT_NE(inner, leaf.der.end());
  inner[7] = 3;  // ecdsa-with-SHA384
  for (const TrustPolicy policy : {TrustPolicy::Apple, TrustPolicy::WebPki, TrustPolicy::Rfc5280}) {
    const auto result = judge({{leaf, intermediate}, {root}, "", PeerRole::Server, kNow, policy});
    EXPECT_FALSE(result.trusted());
    EXPECT_EQ(details(result).find("two different signature algorithms") != std::string::npos,
              policy != TrustPolicy::Apple)
        << details(result);
  }
}

TEST_F(CertificateFormRules, AreForgottenForNoPlaceInThePath) {
  // The same breach on the leaf, on an issuer and on the root is three.
  const Change long_serial = [](CertificateSpec& spec) { spec.serial.assign(21, 0x7F); };
  EXPECT_EQ(summary(judged(Where::Leaf, long_serial, TrustPolicy::Rfc5280)), "errSSLXCertChainInvalid@0");
  EXPECT_EQ(summary(judged(Where::Issuer, long_serial, TrustPolicy::Rfc5280)), "errSSLXCertChainInvalid@1");
  EXPECT_EQ(summary(judged(Where::Root, long_serial, TrustPolicy::Rfc5280)), "errSSLXCertChainInvalid@2");
}

}  // namespace
}  // namespace securetransport::test
