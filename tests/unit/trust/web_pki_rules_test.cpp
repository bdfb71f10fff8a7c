// SPDX-License-Identifier: Apache-2.0
// What the Baseline Requirements of the CA/Browser Forum ask of servers' certificates beyond RFC 5280: each rule with a
// certificate that breaks it and one that keeps it.
#include <gtest/gtest.h>

#include <functional>

#include "support/der.hpp"
#include "trust/x509.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Change = std::function<void(CertificateSpec&)>;

TrustResult judged(std::vector<TestCertificate> sent, std::vector<TestCertificate> anchors, TrustPolicy policy,
                   PeerRole role = PeerRole::Server) {
  return judge({std::move(sent), std::move(anchors), "", role, kNow, policy});
}

struct Row {
  const char* what;
  Change change;
  const char* check;                  ///< "trusted" where the rule is kept.
  const char* detail;                 ///< A part of the details.
  const char* elsewhere = "trusted";  ///< What RFC 5280 alone says.
};

class WebPkiRules : public testing::Test {
 protected:
  const TestCertificate root = self_signed(root_spec());
  const TestCertificate intermediate = issued_by(root, intermediate_spec());

  void check_leaves(const std::vector<Row>& rows) const {
    for (const Row& row : rows) {
      SCOPED_TRACE(row.what);
      CertificateSpec spec = leaf_spec();
      row.change(spec);
      const auto leaf = issued_by(intermediate, spec);
      const auto web = judged({leaf, intermediate}, {root}, TrustPolicy::WebPki);
      EXPECT_EQ(checks(web), row.check) << details(web);
      EXPECT_NE(details(web).find(row.detail), std::string::npos) << details(web);
      const auto rfc = judged({leaf, intermediate}, {root}, TrustPolicy::Rfc5280);
      EXPECT_EQ(checks(rfc), row.elsewhere) << details(rfc);
    }
  }
};

TEST_F(WebPkiRules, AskTheLeafForItsUsesAndNames) {
  check_leaves({
      {"nothing", [](auto&) {}, "trusted", ""},
      // 7.1.2.7.8: cA MUST be FALSE.
      {"an authority",
       [](auto& s) {
         s.is_ca = true;
         s.key_usage = "critical,digitalSignature,keyCertSign";
       },
       "BasicConstraintsCA", "it is a CA certificate"},
      // 7.1.2.7.10: id-kp-serverAuth MUST be, anyExtendedKeyUsage MUST NOT be, not critical.
      {"no extended usage", [](auto& s) { s.extended_key_usage = ""; }, "ExtendedKeyUsage",
       "it has no extended key usage"},
      {"any extended usage too", [](auto& s) { s.extended_key_usage = "serverAuth,anyExtendedKeyUsage"; },
       "ExtendedKeyUsage", "says anyExtendedKeyUsage"},
      {"critical extended usage", [](auto& s) { s.extended_key_usage = "critical,serverAuth"; }, "ExtendedKeyUsage",
       "its extended key usage is critical"},
      {"clientAuth too", [](auto& s) { s.extended_key_usage = "serverAuth,clientAuth"; }, "trusted", ""},
      {"gated cryptography", [](auto& s) { s.extended_key_usage = "msSGC"; }, "ExtendedKeyUsage", "lacks serverAuth",
       "ExtendedKeyUsage"},
      // 7.1.2.7.12: critical only if the subject is empty; at least one name.
      {"critical names and a subject",
       [](auto& s) {
         s.names = {};
         s.extensions = {{"2.5.29.17", true, general_names({"DNS:www.example.com"})}};
       },
       "CertificateForm", "is critical although it has a subject"},
      {"no names", [](auto& s) { s.names = {}; }, "SSLHostname", "no subject alternative name of a host"},
      {"names of no host",
       [](auto& s) {
         s.names = {};
         s.extensions = {{"2.5.29.17", false, general_names({"MAIL:a@example.com"})}};
       },
       "SSLHostname", "no subject alternative name of a host"},
      // 7.1.4.3: a common name is one of the alternative names, character for character.
      {"common name", [](auto& s) { s.subject = "www.example.com"; }, "trusted", ""},
      {"common name in capitals", [](auto& s) { s.subject = "WWW.example.com"; }, "SSLHostname",
       "spells one of its subject alternative names in another way"},
      {"common name of an address",
       [](auto& s) {
         s.subject = "192.0.2.1";
         s.names = {"IP:192.0.2.1"};
       },
       "trusted", ""},
      {"address in another spelling",
       [](auto& s) {
         s.subject = "2001:0db8::1";
         s.names = {"IP:2001:db8::1"};
       },
       "SSLHostname", "in another way"},
      // 7.1.2.7: a serial number greater than zero.
      {"serial number zero", [](auto& s) { s.serial = {0}; }, "CertificateForm", "not greater than zero"},
      {"serial number one", [](auto& s) { s.serial = {1}; }, "trusted", ""},
  });
}

// 6.1.5: RSA of 2048 bits or more and a multiple of 8, or one of three curves of NIST.
TEST_F(WebPkiRules, AskForKeysOfTwoKinds) {
  const auto key = [](KeyKind kind) { return [kind](CertificateSpec& spec) { spec.key = kind; }; };
  check_leaves({
      {"RSA 2048", key(KeyKind::Rsa2048), "trusted", ""},
      {"RSA 2041", key(KeyKind::Rsa2041), "KeySize KeySize", "must be a multiple of 8 bits"},
      {"RSA 2040", key(KeyKind::Rsa2040), "KeySize", "at least 2048 bits"},
      {"RSA 1024", key(KeyKind::Rsa1024), "KeySize", "at least 2048 bits"},
      {"P-256", key(KeyKind::EcP256), "trusted", ""},
      {"P-384", key(KeyKind::EcP384), "trusted", ""},
      {"P-521", key(KeyKind::EcP521), "trusted", ""},
      {"P-224", key(KeyKind::EcP224), "KeySize KeySize", "only the curves P-256, P-384 and P-521"},
      {"P-192", key(KeyKind::EcP192), "KeySize KeySize", "only the curves P-256, P-384 and P-521"},
      {"Ed25519", key(KeyKind::Ed25519), "KeySize", "only RSA and EC keys are allowed"},
      {"Ed448", key(KeyKind::Ed448), "KeySize", "only RSA and EC keys are allowed"},
  });
}

TEST_F(WebPkiRules, AskIssuersForTheirKeysToo) {
  CertificateSpec spec = intermediate_spec();
  spec.key = KeyKind::Ed25519;
  const auto issuer = issued_by(root, spec);
  const auto leaf = issued_by(issuer, leaf_spec());
  EXPECT_EQ(summary(judged({leaf, issuer}, {root}, TrustPolicy::WebPki)), "errSSLXCertChainInvalid@1");
  EXPECT_EQ(summary(judged({leaf, issuer}, {root}, TrustPolicy::Rfc5280)), "trusted");
}

// 7.1.2.1.3: a root has no extended key usage, and if it has an authority key identifier, that is its own key's alone.
TEST_F(WebPkiRules, AskRootsToNameNoUsesAndNoOtherKey) {
  const Der own{1, 2, 3, 4};
  const RawExtension subject_id{"2.5.29.14", false, tlv(kDerOctets, own)};
  const auto authority_id = [](const std::vector<Der>& parts) {
    return RawExtension{"2.5.29.35", false, sequence(parts)};
  };
  const Der key_id = tlv(0x80, own);
  const Der issuer = tlv(0xA1, general_name("DIR:CN=Test Root"));
  const Der serial = tlv(0x82, Der{0x41});
  const std::vector<Row> rows{
      {"nothing", [](auto&) {}, "trusted", ""},
      {"extended usage", [](auto& s) { s.extended_key_usage = "serverAuth"; }, "ExtendedKeyUsage",
       "it is a root and has an extended key usage"},
      {"no authority key identifier",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {subject_id};
       },
       "trusted", ""},
      {"authority key identifier",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {subject_id, authority_id({key_id})};
       },
       "trusted", ""},
      {"another key",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {subject_id, authority_id({tlv(0x80, Der{9})})};
       },
       "CertificateForm", "its authority and subject key identifiers differ"},
      {"no key",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.extensions = {subject_id, authority_id({})};
       },
       "CertificateForm", "its authority key identifier has no key identifier"},
      {"issuer and serial number too",
       [&](auto& s) {
         s.identifiers = KeyIdentifiers::Absent;
         s.serial = {0x41};
         s.extensions = {subject_id, authority_id({key_id, issuer, serial})};
       },
       "CertificateForm", "names an issuer or a serial number"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    CertificateSpec spec = root_spec();
    row.change(spec);
    const auto anchor = self_signed(spec);
    const auto leaf = issued_by(anchor, leaf_spec());
    const auto web = judged({leaf}, {anchor}, TrustPolicy::WebPki);
    EXPECT_EQ(checks(web), row.check) << details(web);
    EXPECT_NE(details(web).find(row.detail), std::string::npos) << details(web);
    EXPECT_EQ(checks(judged({leaf}, {anchor}, TrustPolicy::Apple)), "trusted");
  }
}

TEST_F(WebPkiRules, AreNoMatterOfClients) {
  CertificateSpec spec = leaf_spec({});
  spec.extended_key_usage = "clientAuth,anyExtendedKeyUsage";
  spec.serial = {0};
  spec.key = KeyKind::Ed25519;
  const auto client = issued_by(intermediate, spec);
  EXPECT_EQ(checks(judged({client, intermediate}, {root}, TrustPolicy::WebPki, PeerRole::Client)), "trusted");
}

}  // namespace
}  // namespace securetransport::test
