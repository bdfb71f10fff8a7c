// SPDX-License-Identifier: Apache-2.0
// One fault at a time: its code, its place, the values compared and the source of the rule.
#include "securetransport/trust/evaluate.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <functional>
#include <thread>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

struct Row {
  const char* what;
  Question question;
  const char* expected;
  const char* detail;  ///< A part of details().
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = judge(row.question);
    EXPECT_EQ(summary(result), row.expected) << details(result);
    EXPECT_NE(details(result).find(row.detail), std::string::npos) << details(result);
    EXPECT_EQ(result.trusted(), std::string_view(row.expected) == "trusted");
  }
}

/// A row about a leaf with one change.
template <class Change>
Row leaf_row(const Family& family, const char* what, Change change, const char* expected, const char* detail) {
  return {what, {{family.leaf(change), family.intermediate}, {family.root}}, expected, detail};
}

/// A row about an intermediate with one change, above a good leaf.
template <class Change>
Row issuer_row(const Family& family, const char* what, Change change, const char* expected, const char* detail) {
  const auto issuer = family.other_intermediate(change);
  return {what, {{issued_by(issuer, leaf_spec()), issuer}, {family.root}}, expected, detail};
}

const RawExtension kUnknownExtension{"1.3.6.1.4.1.55555.7", true, {0x05, 0x00}};

TEST(Evaluate, TrustsAGoodChain) {
  const Family family;
  const auto result = judge({{family.leaf(), family.intermediate}, {family.root}});
  EXPECT_TRUE(result.trusted()) << details(result);
  EXPECT_EQ(result.code(), ResultCode::Success);
  ASSERT_EQ(result.path.size(), 3U);
  EXPECT_EQ(result.path[2], parsed(family.root));
}

TEST(Evaluate, TellsRootIssuerAndSelfSignedApart) {
  const Family family;
  const auto own = self_signed(leaf_spec());
  CertificateSpec broken_spec = leaf_spec();
  broken_spec.signature = Signature::Corrupt;
  const auto broken = self_signed(broken_spec);
  check({
      {"leaf only",
       {{family.leaf()}, {family.root}},
       "errSSLNoRootCert@0",
       "the issuer \"CN=Test Intermediate\" is neither sent nor trusted: a missing intermediate, or a private root "
       "that "
       "was not sent <RFC 5280 section 6.1 (b)>"},
      {"root not sent", {{family.leaf(), family.intermediate}, {}}, "errSSLNoRootCert@1", "\"CN=Test Root\""},
      {"root sent, intermediate missing",
       {{family.leaf(), family.root}, {}},
       "errSSLNoRootCert@0",
       "\"CN=Test Intermediate\""},
      {"root sent",
       {{family.leaf(), family.intermediate, family.root}, {}},
       "errSSLUnknownRootCert@2",
       "the chain ends in the root \"CN=Test Root\", which is not trusted <RFC 5280 section 6.1.1 (d)>"},
      {"self-signed leaf",
       {{own}, {family.root}},
       "errSSLUnknownRootCert@0",
       "the certificate is self-signed and not trusted"},
      {"self-signed leaf as anchor", {{own}, {own}}, "trusted", ""},
      {"self-signed leaf that is not what it says",
       {{broken}, {}},
       "errSSLXCertChainInvalid@0 errSSLUnknownRootCert@0",
       "does not verify with its own key"},
      {"leaf as anchor", {{family.leaf()}, {}}, "errSSLNoRootCert@0", ""},
      {"intermediate as anchor", {{family.leaf()}, {family.intermediate}}, "trusted", ""},
  });
  const auto leaf = family.leaf();
  EXPECT_EQ(summary(judge({{leaf}, {leaf}})), "trusted");
}

TEST(Evaluate, FindsFaultsOfStructure) {
  const Family family;
  const auto limited = family.other_intermediate([](auto& spec) { spec.path_length = 0; });
  const auto second = issued_by(limited, intermediate_spec("Second"));
  check({
      leaf_row(
          family, "signature", [](auto& spec) { spec.signature = Signature::Corrupt; }, "errSSLXCertChainInvalid@0",
          "its signature (ecdsa-with-SHA256) does not verify with the key of certificate 1 of the path (\"CN=Test "
          "Intermediate\") <RFC 5280 section 6.1.3 (a)(1)>"),
      issuer_row(
          family, "signature of an intermediate", [](auto& spec) { spec.signature = Signature::Corrupt; },
          "errSSLXCertChainInvalid@1", "does not verify with the key of certificate 2"),
      issuer_row(
          family, "CA:FALSE", [](auto& spec) { spec.is_ca = false; }, "errSSLXCertChainInvalid@1",
          "is not a CA: its basic constraints say so <RFC 5280 section 6.1.4 (k)>"),
      issuer_row(
          family, "no basic constraints",
          [](auto& spec) {
            spec.is_ca = spec.has_basic_constraints = false;
            spec.key_usage = "";
          },
          "errSSLXCertChainInvalid@1", "is not a CA: it has no basic constraints"),
      issuer_row(
          family, "no keyCertSign", [](auto& spec) { spec.key_usage = "digitalSignature"; },
          "errSSLXCertChainInvalid@1", "its key usage lacks keyCertSign"),
      {"path length",
       {{issued_by(second, leaf_spec()), second, limited}, {family.root}},
       "errSSLXCertChainInvalid@2",
       "allows 0 intermediate certificates below it, and the path has 1 <RFC 5280 section 6.1.4 (l)>"},
      issuer_row(
          family, "name not permitted", [](auto& spec) { spec.name_constraints = "permitted;DNS:example.org"; },
          "errSSLXCertChainInvalid@0",
          "namely of certificate 1 of the path (\"CN=Test Intermediate\"); its names "
          "are www.example.com <RFC 5280 section 6.1.3 (b)>"),
      issuer_row(
          family, "name excluded", [](auto& spec) { spec.name_constraints = "excluded;DNS:example.com"; },
          "errSSLXCertChainInvalid@0", "<RFC 5280 section 6.1.3 (c)>"),
      issuer_row(
          family, "name permitted", [](auto& spec) { spec.name_constraints = "permitted;DNS:example.com"; }, "trusted",
          ""),
      leaf_row(
          family, "critical extension", [](auto& spec) { spec.extensions = {kUnknownExtension}; },
          "errSSLXCertChainInvalid@0", "1.3.6.1.4.1.55555.7 <RFC 5280 section 6.1.5 (f)>"),
      issuer_row(
          family, "critical extension of an issuer", [](auto& spec) { spec.extensions = {kUnknownExtension}; },
          "errSSLXCertChainInvalid@1", "1.3.6.1.4.1.55555.7 <RFC 5280 section 6.1.4 (o)>"),
      issuer_row(
          family, "explicit policy demanded",
          [](auto& spec) {
            spec.extensions = {{"2.5.29.36", true, {0x30, 0x03, 0x80, 0x01, 0x00}}};
          },
          "errSSLXCertChainInvalid@chain", "an explicit policy is demanded"),
      leaf_row(
          family, "explicit curve", [](auto& spec) { spec.key = KeyKind::EcExplicit; }, "errSSLXCertChainInvalid@0",
          "spells out a curve"),
  });
}

TEST(Evaluate, FindsDatesOutOfRange) {
  const Family family;
  check({
      leaf_row(
          family, "expired", [](auto& spec) { spec.not_after = kNow - 1s; }, "errSSLCertExpired@0",
          "it expired at 2026-07-01T11:59:59Z; the time is 2026-07-01T12:00:00Z <RFC 5280 section 6.1.3 (a)(2)>"),
      // RFC 5280 section 4.1.2.5: the last second and the first are part of the period.
      leaf_row(
          family, "last second", [](auto& spec) { spec.not_after = kNow; }, "trusted", ""),
      leaf_row(
          family, "first second", [](auto& spec) { spec.not_before = kNow; }, "trusted", ""),
      leaf_row(
          family, "not yet valid", [](auto& spec) { spec.not_before = kNow + 1s; }, "errSSLCertNotYetValid@0",
          "it is valid from 2026-07-01T12:00:01Z; the time is 2026-07-01T12:00:00Z"),
      issuer_row(
          family, "expired intermediate", [](auto& spec) { spec.not_after = kNow - kDay; }, "errSSLCertExpired@1",
          "2026-06-30T12:00:00Z"),
      {"expired root",
       {{family.leaf(), family.intermediate}, {family.root}, "", PeerRole::Server, kNow + 2000 * kDay},
       "errSSLCertExpired@0 errSSLCertExpired@1 errSSLCertExpired@2",
       ""},
  });
}

TEST(Evaluate, ChecksTheDatesOfCertificatesThatTheEngineSkips) {
  // Without PARTIAL_CHAIN OpenSSL leaves out the last certificate of a chain that has no root.
  const Family family;
  const auto issuer = family.other_intermediate([](auto& spec) { spec.not_after = kNow - kDay; });
  const auto chain = parsed({issued_by(issuer, leaf_spec()), issuer});
  const auto result = evaluate({chain, "", PeerRole::Server, RootStore::system(), kNow});
  EXPECT_EQ(summary(result), "errSSLCertExpired@1 errSSLNoRootCert@1") << details(result);
}

TEST(Evaluate, FindsBreachesOfPlatformRules) {
  const Family family;
  const char* const platform = "<Apple platform rule (HT210176)>";
  check({
      leaf_row(
          family, "RSA 1024", [](auto& spec) { spec.key = KeyKind::Rsa1024; }, "errSSLXCertChainInvalid@0",
          "its key is RSA 1024; at least 2048 bits of RSA or 256 bits of EC are wanted <Apple platform rule"),
      leaf_row(
          family, "P-192", [](auto& spec) { spec.key = KeyKind::EcP192; }, "errSSLXCertChainInvalid@0", platform),
      issuer_row(
          family, "RSA 1024 intermediate", [](auto& spec) { spec.key = KeyKind::Rsa1024; }, "errSSLXCertChainInvalid@1",
          platform),
      leaf_row(
          family, "SHA-1", [](auto& spec) { spec.digest = "SHA1"; }, "errSSLXCertChainInvalid@0",
          "it is signed with ecdsa-with-SHA1; a hash of the SHA-2 family is wanted <Apple platform rule (HT210176)>"),
      {"SHA-1 without issuer",
       {{family.leaf([](auto& spec) { spec.digest = "SHA1"; })}, {}},
       "errSSLNoRootCert@0 errSSLXCertChainInvalid@0",
       "ecdsa-with-SHA1"},
      leaf_row(
          family, "extended key usage", [](auto& spec) { spec.extended_key_usage = "clientAuth,emailProtection"; },
          "errSSLXCertChainInvalid@0",
          "its extended key usage (clientAuth, emailProtection) lacks serverAuth <RFC 5280 section 4.2.1.12>"),
      leaf_row(
          family, "any extended key usage", [](auto& spec) { spec.extended_key_usage = "anyExtendedKeyUsage"; },
          "errSSLXCertChainInvalid@0", "lacks serverAuth"),
      leaf_row(
          family, "no extended key usage", [](auto& spec) { spec.extended_key_usage = ""; },
          "errSSLXCertChainInvalid@0", "it has no extended key usage; serverAuth is wanted"),
      issuer_row(
          family, "extended key usage of an issuer", [](auto& spec) { spec.extended_key_usage = "clientAuth"; },
          "errSSLXCertChainInvalid@1", "its extended key usage (clientAuth) lacks serverAuth"),
      issuer_row(
          family, "any extended key usage of an issuer",
          [](auto& spec) { spec.extended_key_usage = "anyExtendedKeyUsage"; }, "trusted", ""),
      leaf_row(
          family, "key usage", [](auto& spec) { spec.key_usage = "critical,cRLSign"; }, "errSSLXCertChainInvalid@0",
          "its key usage (cRLSign) allows neither signing nor key exchange, as TLS needs it <RFC 5280 section "
          "4.2.1.3>"),
  });
}

TEST(Evaluate, AsksAClientForClientAuthAndForNoName) {
  const Family family;
  const auto client = family.leaf([](auto& spec) {
    spec.extended_key_usage = "clientAuth";
    spec.names = {};
  });
  EXPECT_EQ(summary(judge({{client, family.intermediate}, {family.root}, "www.example.com", PeerRole::Client})),
            "trusted");
  const auto server = judge({{family.leaf(), family.intermediate}, {family.root}, "", PeerRole::Client});
  EXPECT_EQ(summary(server), "errSSLXCertChainInvalid@0");
  EXPECT_NE(details(server).find("(serverAuth) lacks clientAuth"), std::string::npos) << details(server);
}

TEST(Evaluate, CallsWhatCannotBeReadABadCertificate) {
  const Family family;
  const RawExtension serverAuth{"2.5.29.37", false, {0x30, 0x0A, 6, 8, 0x2B, 6, 1, 5, 5, 7, 3, 1}};
  const RawExtension harmless{"1.3.6.1.4.1.55555.8", false, {0x05, 0x00}};
  check({
      {"no certificate", {{}, {}}, "errSSLBadCert@chain", "the peer sent no certificate"},
      leaf_row(
          family, "key", [](auto& spec) { spec.key = KeyKind::Unreadable; }, "errSSLBadCert@0",
          "its public key cannot be read <RFC 5280 section 4.1.2.7>"),
      {"key without issuer",
       {{family.leaf([](auto& spec) { spec.key = KeyKind::Unreadable; })}, {}},
       "errSSLBadCert@0 errSSLNoRootCert@0",
       ""},
      leaf_row(
          family, "date", [](auto& spec) { spec.not_after_text = "20501301000000Z"; }, "errSSLBadCert@0",
          "its notAfter date cannot be read <RFC 5280 section 4.1.2.5>"),
      leaf_row(
          family, "extension",
          [](auto& spec) {
            spec.extensions = {{"2.5.29.30", false, {1, 2}}};
          },
          "errSSLBadCert@0", "one of its extensions cannot be read or occurs twice <RFC 5280 section 4.2>"),
      leaf_row(
          family, "extension twice", [&](auto& spec) { spec.extensions = {serverAuth}; }, "errSSLBadCert@0", ""),
      leaf_row(
          family, "unknown extension twice",
          [&](auto& spec) {
            spec.extensions = {harmless, harmless};
          },
          "errSSLBadCert@0", ""),
      issuer_row(
          family, "extension of an issuer",
          [](auto& spec) {
            spec.extensions = {{"2.5.29.37", false, {1, 2}}};
          },
          "errSSLBadCert@1", "one of its extensions cannot be read or occurs twice"),
  });
  const auto issuer = family.other_intermediate([](auto& spec) { spec.key = KeyKind::Unreadable; });
  const auto result = judge({{issued_by(issuer, leaf_spec()), issuer}, {family.root}});
  EXPECT_EQ(symbol_of(result.code()), "errSSLBadCert") << details(result);
}

TEST(Evaluate, SaysThatASignatureAlgorithmIsUnknownInsteadOfMissingTheIssuer) {
  const Family family;
  auto leaf = family.leaf();
  const std::vector<std::uint8_t> known{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02};  // ecdsa-with-SHA256
  for (auto at = leaf.der.begin(); (at = std::search(at, leaf.der.end(), known.begin(), known.end())) != leaf.der.end();
       ++at) {
    at[7] = 0x37;
  }
  const auto result = judge({{leaf, family.intermediate}, {family.root}});
  EXPECT_EQ(summary(result), "errSSLXCertChainInvalid@0");
  EXPECT_NE(details(result).find("1.2.840.10045.4.3.55 is not supported"), std::string::npos) << details(result);
}

TEST(Evaluate, TrustsNoChainWithAFlippedBit) {
  const Family family;
  const std::vector<Certificate> anchors{parsed(family.root)};
  const auto roots = RootStore::of(anchors);
  const std::vector<TestCertificate> good{family.leaf(), family.intermediate};
  for (std::size_t index = 0; index < good.size(); ++index) {
    for (std::size_t at = 0; at < good[index].der.size(); ++at) {
      auto chain = parsed(good);
      auto der = good[index].der;
      der[at] ^= 1U;
      const auto flipped = Certificate::from_der(der);
      if (!flipped) continue;
      chain[index] = *flipped;
      EXPECT_FALSE(evaluate({chain, "", PeerRole::Server, roots, kNow}).trusted()) << index << ", byte " << at;
    }
  }
}

TEST(Evaluate, LeavesTheErrorQueueAsItWas) {
  const Family family;
  ERR_clear_error();
  (void)judge({{family.leaf([](auto& spec) { spec.signature = Signature::Corrupt; }), family.intermediate}, {}});
  (void)judge({{family.leaf([](auto& spec) { spec.key = KeyKind::Unreadable; })}, {}});
  EXPECT_EQ(ERR_get_error(), 0U);
}

TEST(Evaluate, JudgesFromSeveralThreadsOverOneStore) {
  const Family family;
  const auto chain = parsed({family.leaf(), family.intermediate});
  const auto expired = parsed({family.leaf([](auto& spec) { spec.not_after = kNow - kDay; }), family.intermediate});
  const std::vector<Certificate> anchors{parsed(family.root)};
  const auto roots = RootStore::of(anchors);
  std::vector<std::string> answers(4);
  std::vector<std::thread> threads;
  for (std::string& answer : answers) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        answer = summary(evaluate({chain, "www.example.com", PeerRole::Server, roots, kNow})) + " " +
                 summary(evaluate({expired, "www.example.com", PeerRole::Server, roots, kNow}));
        if (answer != "trusted errSSLCertExpired@0") return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& answer : answers) EXPECT_EQ(answer, "trusted errSSLCertExpired@0");
}

}  // namespace
}  // namespace securetransport::test
