// SPDX-License-Identifier: Apache-2.0
// Certificates as values: parsing good and bad input, and what is read out.
#include "securetransport/trust/certificate.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/sha.h>

#include <algorithm>

#include "support/der.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using namespace std::string_literals;

std::string why_not(const Result<Certificate>& result) {
  return result ? "parsed" : symbol_of(result.error().code) + ": " + result.error().detail;
}

std::string why_not(const Result<std::vector<Certificate>>& result) {
  return result ? std::to_string(result->size()) + " certificates"
                : symbol_of(result.error().code) + ": " + result.error().detail;
}

TEST(Certificate, KeepsTheBytesItWasMadeOf) {
  const auto made = self_signed(leaf_spec());
  const auto certificate = parsed(made);
  EXPECT_EQ(certificate.der(), made.der);
  EXPECT_EQ(certificate.pem(), made.pem());
  EXPECT_EQ(certificate, parsed(made));
  EXPECT_FALSE(certificate == parsed(self_signed(leaf_spec())));
}

TEST(Certificate, ReadsItsFields) {
  const Family family;
  const auto leaf = parsed(family.leaf());
  EXPECT_EQ(leaf.subject(), "CN=leaf");
  EXPECT_EQ(leaf.issuer(), "CN=Test Intermediate");
  EXPECT_EQ(leaf.serial().size(), 16U);
  EXPECT_EQ(leaf.names(), std::vector<std::string>{"www.example.com"});
  EXPECT_EQ(leaf.not_before(), kNow - 30 * kDay);
  EXPECT_EQ(leaf.not_after(), kNow + 60 * kDay);
  EXPECT_EQ(leaf.signature_algorithm(), "ecdsa-with-SHA256");
  EXPECT_EQ(leaf.sha256().size(), 64U);
  EXPECT_FALSE(leaf.is_self_issued());
  EXPECT_FALSE(leaf.is_ca());
  EXPECT_TRUE(parsed(family.root).is_self_issued());
  EXPECT_TRUE(parsed(family.intermediate).is_ca());
}

TEST(Certificate, NamesTheKindAndSizeOfItsKey) {
  const std::vector<std::pair<KeyKind, std::string>> rows{{KeyKind::EcP256, "EC P-256"},
                                                          {KeyKind::EcP384, "EC P-384"},
                                                          {KeyKind::Rsa2048, "RSA 2048"},
                                                          {KeyKind::Ed25519, "ED25519"},
                                                          {KeyKind::Unreadable, "unreadable"}};
  for (const auto& [kind, name] : rows) {
    CertificateSpec spec = leaf_spec();
    spec.key = kind;
    EXPECT_EQ(parsed(self_signed(spec)).key(), name);
  }
}

TEST(Certificate, ShowsNamesInOrderWithoutObeyingThem) {
  CertificateSpec spec = leaf_spec({"DNS:b.example", "IP:2001:db8:0:0::1", "DNS:good.example\0.evil.example"s,
                                    "DNS:\x1B[2J", "IP:192.0.2.1", "BYTES:abc"});
  spec.subject = "evil\n\x1B[31mb\xC3\xBC\xE2\x80\xAE";
  const auto certificate = parsed(self_signed(spec));
  const std::vector<std::string> expected{"b.example", "2001:db8::1", "good.example\\00.evil.example",
                                          "\\1B[2J",   "192.0.2.1",   "(malformed IP address of 3 bytes)"};
  EXPECT_EQ(certificate.names(), expected);
  EXPECT_EQ(certificate.subject(), "CN=evil\\0A\\1B[31mb\xC3\xBC\\E2\\80\\AE");
}

TEST(Certificate, HasAnEmptySubjectIfItHasNone) {
  CertificateSpec spec = leaf_spec();
  spec.subject = "";
  EXPECT_EQ(parsed(self_signed(spec)).subject(), "");
}

TEST(Certificate, IsNeverValidIfItsDateCannotBeRead) {
  CertificateSpec spec = leaf_spec();
  spec.not_after_text = "20501301000000Z";
  EXPECT_LT(parsed(self_signed(spec)).not_after(), std::chrono::sys_days(std::chrono::year(1) / 1 / 1));
}

TEST(Certificate, RefusesTrailingBytes) {
  auto der = self_signed(leaf_spec()).der;
  der.push_back(0);
  EXPECT_EQ(why_not(Certificate::from_der(der)), "errSSLBadCert: 1 bytes follow the certificate");
}

TEST(Certificate, RefusesEncodingsThatAreNotDer) {
  auto der = self_signed(leaf_spec()).der;
  ASSERT_EQ(der[0], 0x30);
  ASSERT_EQ(der[1], 0x82);
  der[1] = 0x83;  // The same length in one byte more.
  der.insert(der.begin() + 2, 0);
  EXPECT_NE(why_not(Certificate::from_der(der)).find("errSSLBadCert"), std::string::npos);
}

// The part that OpenSSL keeps as it was read.
TEST(Certificate, RefusesASignedPartThatIsNotDer) {
  const auto good = self_signed(leaf_spec()).der;
  const Der content(good.begin() + 8, good.end());  // 30 82 LL LL, and the same of the tbsCertificate.
  const auto size = static_cast<std::size_t>(good[6] << 8 | good[7]);
  const Der signed_part(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(size));
  const Der rest(content.begin() + static_cast<std::ptrdiff_t>(size), content.end());
  EXPECT_TRUE(Certificate::from_der(sequence({tlv(kDerSequence, signed_part), rest})));
  const Der indefinite = joined({Der{kDerSequence, 0x80}, signed_part, Der{0, 0}});
  const Der long_winded = joined({Der{kDerSequence, 0x83, 0, good[6], good[7]}, signed_part});
  for (const Der& loose : {indefinite, long_winded}) {
    EXPECT_EQ(why_not(Certificate::from_der(sequence({loose, rest}))),
              "errSSLBadCert: the certificate is not in DER, its one encoding");
  }
}

TEST(Certificate, RefusesEveryTruncation) {
  const auto der = self_signed(leaf_spec()).der;
  for (std::size_t length = 0; length < der.size(); ++length) {
    ASSERT_FALSE(Certificate::from_der(std::span(der).first(length)).has_value()) << length;
  }
}

TEST(Certificate, SurvivesEveryFlippedByte) {
  const auto original = self_signed(leaf_spec());
  const auto root = RootStore::of(std::vector{parsed(original)});
  for (std::size_t at = 0; at < original.der.size(); ++at) {
    auto der = original.der;
    der[at] ^= 0xFFU;
    const auto certificate = Certificate::from_der(der);
    if (!certificate) continue;
    const std::vector<Certificate> chain{*certificate};
    (void)(certificate->subject() + certificate->issuer() + certificate->serial() + certificate->key());
    // Whatever was changed, these bytes are not the anchor's.
    EXPECT_FALSE(evaluate({chain, "www.example.com", PeerRole::Server, root, kNow}).trusted()) << at;
  }
}

TEST(Certificate, ReadsEveryBlockOfAPemTextInOrder) {
  const auto a = self_signed(leaf_spec());
  const auto b = self_signed(root_spec());
  const auto text = "subject=junk\r\n" + a.pem() + key_pem(a.key) + "more junk\n" + b.pem() + "\n-----BEGIN";
  const auto read = Certificate::from_pem(text);
  ASSERT_EQ(why_not(read), "2 certificates");
  EXPECT_EQ(read->at(0), parsed(a));
  EXPECT_EQ(read->at(1), parsed(b));
}

TEST(Certificate, SaysWhichBlockOfAPemTextIsDamaged) {
  const auto good = self_signed(leaf_spec()).pem();
  const auto lines = std::to_string(std::count(good.begin(), good.end(), '\n') + 1);
  auto damaged = good;
  damaged[damaged.size() / 2] = '!';
  auto wrong = good;
  wrong[40] = wrong[40] == 'A' ? 'B' : 'A';  // Inside the first length or tag.
  const std::vector<std::pair<std::string, std::string>> rows{
      {"", "errSSLBadCert: the text has no CERTIFICATE block"},
      {"hello", "errSSLBadCert: the text has no CERTIFICATE block"},
      {key_pem(make_key(KeyKind::EcP256)), "errSSLBadCert: the text has no CERTIFICATE block"},
      {"\x30\x82\x01", "errSSLBadCert: the text has no CERTIFICATE block; it looks like DER"},
      {good + damaged, "errSSLBadCert: certificate 2 (line " + lines + "): its base64 text is damaged"},
      {good + good.substr(0, good.size() / 2),
       "errSSLBadCert: certificate 2 (line " + lines + "): its END line is missing"},
      {"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
       "errSSLBadCert: certificate 1 (line 1): its base64 text is damaged"},
      {"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
       "errSSLBadCert: certificate 1 (line 1): the data is not a DER certificate, or it is damaged or cut short"},
  };
  for (const auto& [text, expected] : rows) {
    SCOPED_TRACE(text);
    EXPECT_EQ(why_not(Certificate::from_pem(text)), expected);
  }
}

TEST(Certificate, BoundsWhatAPemTextMayHold) {
  const auto pem = self_signed(leaf_spec()).pem();
  std::string text;
  for (int count = 0; count < 100; ++count) text += pem;
  EXPECT_EQ(why_not(Certificate::from_pem(text)), "100 certificates");
  EXPECT_EQ(why_not(Certificate::from_pem(text + pem)), "errSSLBadCert: the text has more than 100 certificates");
  EXPECT_EQ(why_not(Certificate::from_pem(std::string(10'000'001, ' '))),
            "errSSLBadCert: the PEM text is longer than 10 MB");
}

TEST(Certificate, HashesItsPublicKeyForPins) {
  // The whole SubjectPublicKeyInfo counts (91 bytes for P-256), not the bare key.
  const auto made = self_signed(leaf_spec());
  unsigned char* spki = nullptr;
  const int size = i2d_PUBKEY(made.key.get(), &spki);
  ASSERT_EQ(size, 91);
  SpkiHash expected{};
  SHA256(spki, static_cast<std::size_t>(size), expected.data());
  OPENSSL_free(spki);
  EXPECT_EQ(parsed(made).spki_sha256(), expected);
  const auto twin = issued_by(self_signed(root_spec()), leaf_spec(), made.key);
  EXPECT_EQ(parsed(twin).spki_sha256(), expected);
  const auto other = self_signed(leaf_spec());
  EXPECT_NE(parsed(other).spki_sha256(), expected);
}

TEST(Certificate, WritesPinsInBase64) {
  // RFC 4648 section 4: 32 bytes make 43 characters and one "=".
  EXPECT_EQ(base64_text(SpkiHash{}), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  SpkiHash counted{};
  for (std::size_t at = 0; at < counted.size(); ++at) counted[at] = static_cast<std::uint8_t>(at + 0xE0);
  EXPECT_EQ(base64_text(counted), "4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v8=");
}

TEST(Certificate, LeavesTheErrorQueueAsItWas) {
  ERR_clear_error();
  ERR_raise(ERR_LIB_USER, 77);
  (void)Certificate::from_der(std::vector<std::uint8_t>{1, 2, 3});
  (void)Certificate::from_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  EXPECT_EQ(ERR_GET_REASON(ERR_get_error()), 77);
  EXPECT_EQ(ERR_get_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
