// SPDX-License-Identifier: Apache-2.0
// The fields of certificates, read out for programs.
#include "securetransport/trust/certificate_fields.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include "support/rich_certificate.h"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using namespace std::string_literals;
using Bytes = std::vector<std::uint8_t>;
using Kind = GeneralNameField::Kind;

Certificate rich() { return Certificate::from_pem(kRichCertificate).value().front(); }

std::string text_of(const std::vector<NameAttribute>& name) {
  std::string text;
  for (const NameAttribute& attribute : name) text += attribute.type + "=" + attribute.text + "\n";
  return text;
}

TEST(CertificateFields, AreThoseOfTheCertificate) {
  const CertificateFields fields = fields_of(rich());
  EXPECT_EQ(fields.version, 3);
  EXPECT_EQ(fields.serial, (Bytes{0x00, 0xAE, 0xC5, 0x56, 0xCC, 0x72, 0x37, 0x50, 0xA2}));
  EXPECT_EQ(fields.signature_algorithm.type, "1.2.840.10045.4.3.2");
  EXPECT_TRUE(fields.signature_algorithm.parameters.empty());
  EXPECT_EQ(fields.key_algorithm.type, "1.2.840.10045.2.1");
  // OBJECT IDENTIFIER prime256v1, 1.2.840.10045.3.1.7.
  EXPECT_EQ(fields.key_algorithm.parameters, (Bytes{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}));
  EXPECT_EQ(fields.key.size(), 65U);
  EXPECT_EQ(fields.key.front(), 0x04);
  EXPECT_EQ(fields.key.back(), 0x26);
  EXPECT_EQ(fields.signature.size(), 71U);
  EXPECT_EQ(fields.extensions.size(), 11U);
  EXPECT_EQ(fields.extensions.front().type, "2.5.29.19");
  EXPECT_TRUE(fields.extensions.front().is_critical);
  EXPECT_EQ(fields.extensions.back().type, "1.2.3.4.5.6");
  EXPECT_EQ(fields.extensions.back().value, (Bytes{0x04, 0x03, 0x01, 0x02, 0x03}));
}

TEST(CertificateFields, KeepTheNamesInOrderAndUnescaped) {
  const CertificateFields fields = fields_of(rich());
  EXPECT_EQ(text_of(fields.issuer), "2.5.4.6=DE\n2.5.4.10=Example Issuer\n2.5.4.3=Rich Issuer\n");
  EXPECT_EQ(
      text_of(fields.subject),
      "2.5.4.6=DE\n2.5.4.8=Ostsee  K\xC3\xBCste\n2.5.4.7=Kiel\n2.5.4.10=Example  Org\n2.5.4.11=First Unit\n"
      "2.5.4.11=Second Unit\n2.5.4.3=Outer Name\n2.5.4.3=inner  name\n1.2.840.113549.1.9.1=someone@example.com\n");
}

TEST(CertificateFields, ListEveryKindOfAlternativeName) {
  const auto names = alternative_names_of(rich(), NameOf::Subject);
  ASSERT_EQ(names.size(), 9U);
  const std::vector<std::pair<Kind, std::string>> rows{{Kind::Dns, "www.example.com"},
                                                       {Kind::Dns, "*.example.net"},
                                                       {Kind::Email, "first@example.com"},
                                                       {Kind::Uri, "https://example.com/path"},
                                                       {Kind::IpAddress, "192.0.2.1"},
                                                       {Kind::IpAddress, "2001:db8::1"},
                                                       {Kind::Directory, ""},
                                                       {Kind::RegisteredId, "1.2.3.4"},
                                                       {Kind::Other, "1.3.6.1.4.1.311.20.2.3"}};
  for (std::size_t at = 0; at < rows.size(); ++at) {
    SCOPED_TRACE(at);
    EXPECT_EQ(names[at].kind, rows[at].first);
    EXPECT_EQ(names[at].text, rows[at].second);
  }
  EXPECT_EQ(text_of(names[6].directory), "2.5.4.6=SE\n2.5.4.3=Directory Person\n");
  // UTF8String "user@example.com".
  EXPECT_EQ(std::string(names[8].value.begin(), names[8].value.end()), "\x0C\x10user@example.com"s);
  const auto of_issuer = alternative_names_of(rich(), NameOf::Issuer);
  ASSERT_EQ(of_issuer.size(), 1U);
  EXPECT_EQ(of_issuer[0].text, "http://issuer.example.com/");
}

TEST(CertificateFields, NormalizeNamesForComparison) {
  const Bytes sequence = normalized_name(rich(), NameOf::Issuer);
  // Lengths as in the certificate: no text of this name becomes shorter.
  const std::string expected =
      "\x30\x3C\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x13\x02"
      "DE"
      "\x31\x17\x30\x15\x06\x03\x55\x04\x0A\x0C\x0E"
      "EXAMPLE ISSUER"
      "\x31\x14\x30\x12\x06\x03\x55\x04\x03\x0C\x0B"
      "RICH ISSUER";
  EXPECT_EQ(std::string(sequence.begin(), sequence.end()), expected);
  const Bytes content = normalized_name_content(rich(), NameOf::Issuer);
  EXPECT_EQ(std::string(content.begin(), content.end()), expected.substr(2));
  const Bytes subject = normalized_name(rich(), NameOf::Subject);
  const std::string text(subject.begin(), subject.end());
  EXPECT_NE(text.find("\x0C\x0DOSTSEE K\xC3\xBC"
                      "STE"s),
            std::string::npos);
  EXPECT_NE(text.find("\x0C\x0B"
                      "EXAMPLE ORG"s),
            std::string::npos);
  EXPECT_NE(text.find("SOMEONE@EXAMPLE.COM"s), std::string::npos);
}

TEST(CertificateFields, FindWhatListsShow) {
  EXPECT_EQ(common_names(rich()), (std::vector<std::string>{"Outer Name", "inner  name"}));
  EXPECT_EQ(email_addresses(rich()), (std::vector<std::string>{"first@example.com", "someone@example.com"}));
  EXPECT_EQ(summary_of(rich()), "inner  name");
  // digitalSignature 0, keyCertSign 5, cRLSign 6, decipherOnly 8.
  EXPECT_EQ(key_usage_bits(rich()), 0x161U);
}

TEST(CertificateFields, SummarizeACertificateWithoutASubjectByItsNames) {
  CertificateSpec spec = leaf_spec({"IP:192.0.2.1", "DNS:only.example.com"});
  spec.subject = "";
  EXPECT_EQ(summary_of(parsed(self_signed(spec))), "only.example.com");
  spec.names = {};
  spec.key_usage = "";
  EXPECT_EQ(summary_of(parsed(self_signed(spec))), "");
  EXPECT_EQ(key_usage_bits(parsed(self_signed(spec))), 0U);
}

TEST(CertificateFields, ShowANameWithAZeroInItAsHex) {
  CertificateSpec spec = leaf_spec();
  spec.subject = "good.example.com\0.evil.example"s;
  const auto names = common_names(parsed(self_signed(spec)));
  ASSERT_EQ(names.size(), 1U);
  EXPECT_TRUE(names[0].starts_with("67 6F 6F 64 2E")) << names[0];
}

TEST(CertificateFields, LeaveTheErrorQueueAsItWas) {
  ERR_clear_error();
  CertificateSpec spec = leaf_spec();
  spec.names = {};
  spec.extensions = {{"2.5.29.17", false, {0x30, 0x05, 0x01}}};
  const auto broken = parsed(self_signed(spec));
  EXPECT_TRUE(alternative_names_of(broken, NameOf::Subject).empty());
  EXPECT_TRUE(email_addresses(broken).empty());
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
