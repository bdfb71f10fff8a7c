// SPDX-License-Identifier: Apache-2.0
// `securetransport check` against servers of other makers and against peers that do not speak TLS.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"
#include "lab/plain_peers.hpp"

namespace securetransport::test {
namespace {

using nlohmann::json;
using std::chrono::days;

Finished check(std::vector<std::string> words) {
  words.insert(words.begin(), {"check", "--roots", Certificates::shared().roots()});
  return securetransport(std::move(words));
}

json check_json(std::vector<std::string> words) {
  words.push_back("--json");
  return json::parse(check(std::move(words)).out);
}

void expect(const Finished& result, const std::string& first_line, int exit_code) {
  EXPECT_EQ(result.first_line(), first_line) << result.out << result.err;
  EXPECT_EQ(result.exit_code, exit_code);
}

ServerFiles with_validity(const std::string& name, days from, days to) {
  lab::CertificateSpec spec = lab::server_spec("localhost");
  spec.not_before = lab::now() + from;
  spec.not_after = lab::now() + to;
  return Certificates::shared().issue(name, spec);
}

TEST(CheckCommand, ReportsSuccessWithZero) {
  const OpensslServer server(Certificates::shared().good());
  const Finished result = check({server.target()});
  expect(result, "0 errSecSuccess  " + server.target(), 0);
  EXPECT_NE(result.out.find("TLS 1.3"), std::string::npos);
  EXPECT_NE(result.out.find("CN=Test Intermediate CA"), std::string::npos) << result.out;
}

TEST(CheckCommand, ReportsAnExpiredCertificate) {
  const OpensslServer server(with_validity("expired", days(-100), days(-10)));
  const Finished result = check({server.target()});
  expect(result, "-9814 errSSLCertExpired  " + server.target(), 1);
  EXPECT_NE(result.out.find("What to do on the server"), std::string::npos);
}

TEST(CheckCommand, ReportsACertificateOfTheFuture) {
  const OpensslServer server(with_validity("early", days(10), days(100)));
  expect(check({server.target()}), "-9815 errSSLCertNotYetValid  " + server.target(), 1);
}

TEST(CheckCommand, ReportsAnUnknownRootWithoutRootsOfItsOwn) {
  const OpensslServer server(Certificates::shared().good());
  const json result = json::parse(securetransport({"check", "--json", server.target()}).out)["results"][0];
  EXPECT_EQ(result["code"], -9813) << result;  // The server does not send its root.
  EXPECT_EQ(result["alert_sent"]["description"], "unknown_ca");
}

TEST(CheckCommand, ConnectsElsewhereUnderTheTargetsName) {
  const OpensslServer server(Certificates::shared().issue("shop", lab::server_spec("shop.example")));
  const std::string place = "127.0.0.1:" + std::to_string(server.port());
  expect(check({"shop.example", "--connect-to", place}), "0 errSecSuccess  shop.example:443", 0);
  expect(check({"other.example", "--connect-to", place}), "-9843 errSSLHostNameMismatch  other.example:443", 1);
}

TEST(CheckCommand, NegotiatesWhatItIsToldTo) {
  const OpensslServer server(Certificates::shared().good(), {"-www", "-alpn", "h2,http/1.1"});
  const json result = check_json({server.target(), "--max-version", "1.2", "--alpn", "http/1.1", "--ciphers",
                                  "ECDHE-ECDSA-AES128-GCM-SHA256"})["results"][0];
  EXPECT_EQ(result["code"], 0) << result;
  EXPECT_EQ(result["negotiated"]["version"], "TLS 1.2");
  EXPECT_EQ(result["negotiated"]["cipher_suite"], "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
  EXPECT_EQ(result["negotiated"]["alpn"], "http/1.1");
}

TEST(CheckCommand, ReportsAServerWithoutACommonVersion) {
  const OpensslServer server(Certificates::shared().good(), {"-www", "-tls1_2"});
  expect(check({server.target(), "--min-version", "1.3"}), "-9836 errSSLPeerProtocolVersion  " + server.target(), 1);
}

TEST(CheckCommand, WaitsForTheVerdictOnAMissingClientCertificate) {
  const OpensslServer server(Certificates::shared().good(),
                             {"-www", "-tls1_3", "-Verify", "1", "-CAfile", Certificates::shared().roots()});
  expect(check({server.target()}), "-9863 errSSLCertificateRequired  " + server.target(), 1);
}

TEST(CheckCommand, TakesSilenceAfterAMissingClientCertificateForConsent) {
  const OpensslServer server(Certificates::shared().good(), {"-www", "-tls1_3", "-verify", "1", "-num_tickets", "0",
                                                             "-CAfile", Certificates::shared().roots()});
  const json result = check_json({server.target()})["results"][0];
  EXPECT_EQ(result["code"], 0) << result;
  EXPECT_EQ(result["negotiated"]["client_certificate_requested"], true);
  ASSERT_FALSE(result["notes"].empty());
}

TEST(CheckCommand, ShowsItsOwnCertificateWhenAsked) {
  const Certificates& files = Certificates::shared();
  const ServerFiles client = files.issue("client", lab::client_spec("Alice"));
  const OpensslServer server(files.good(), {"-www", "-Verify", "2", "-verify_return_error", "-CAfile", files.roots()});
  const json result = check_json({server.target(), "--cert", client.chain, "--key", client.key})["results"][0];
  EXPECT_EQ(result["code"], 0) << result;
  EXPECT_EQ(result["negotiated"]["client_certificate_sent"], true);
}

TEST(CheckCommand, WaitsForTheVerdictOnItsOwnCertificate) {
  const Certificates& files = Certificates::shared();
  const lab::Issued alone = *lab::self_sign(lab::client_spec("Mallory"));
  const ServerFiles client = files.write("mallory", alone, alone.certificate_pem);
  const OpensslServer server(files.good(),
                             {"-www", "-tls1_3", "-Verify", "2", "-verify_return_error", "-CAfile", files.roots()});
  const json result = check_json({server.target(), "--cert", client.chain, "--key", client.key})["results"][0];
  EXPECT_EQ(result["code"], -9831) << result;
  EXPECT_EQ(result["alert_received"]["description"], "unknown_ca");
}

TEST(CheckCommand, NamesTheProtocolOfAPeerThatSpeaksHttp) {
  const auto peer = lab::start_plain_peer(lab::says(lab::kHttpBadRequest));
  ASSERT_TRUE(peer);
  const Finished result = check({"127.0.0.1:" + std::to_string(peer->port())});
  expect(result, "-9847 errSSLRecordOverflow  127.0.0.1:" + std::to_string(peer->port()), 1);
  EXPECT_NE(result.out.find("HTTP"), std::string::npos);
}

TEST(CheckCommand, TellsTheWaysOfSilenceApart) {
  struct Row {
    lab::PlainScript script;
    std::string code_and_name;
  };
  for (const Row& row :
       {Row{lab::closes_without_a_word(), "-9844 errSSLConnectionRefused"},
        Row{lab::resets(), "-9852 errSSLTransportReset"}, Row{lab::hangs(), "-9853 errSSLNetworkTimeout"}}) {
    const auto peer = lab::start_plain_peer(row.script);
    ASSERT_TRUE(peer);
    const std::string target = "127.0.0.1:" + std::to_string(peer->port());
    expect(check({target, "--timeout", "0.5"}), row.code_and_name + "  " + target, 1);
  }
}

TEST(CheckCommand, SaysThatNothingListensWithStatus3) {
  const std::string target = "127.0.0.1:" + std::to_string(lab::unused_port());
  const Finished result = check({target});
  expect(result, "-9844 errSSLConnectionRefused  " + target, 3);
  EXPECT_NE(result.out.find("Phase          TCP"), std::string::npos) << result.out;
}

TEST(CheckCommand, HasNoCodeForANameThatDoesNotExist) {
  const Finished text = check({"no-such-host.invalid"});
  expect(text, "- unresolvable  no-such-host.invalid:443", 3);
  const json result = check_json({"no-such-host.invalid"})["results"][0];
  EXPECT_TRUE(result["code"].is_null());
  EXPECT_TRUE(result["error"].is_string());
}

TEST(CheckCommand, JudgesForAnotherDate) {
  const OpensslServer server(Certificates::shared().good());
  expect(check({server.target(), "--date", "+3000d"}), "-9814 errSSLCertExpired  " + server.target(), 1);
}

TEST(CheckCommand, JudgesByTheRulesItIsTold) {
  const OpensslServer server(with_validity("long-lived", days(-1), days(900)));
  expect(check({server.target()}), "-9807 errSSLXCertChainInvalid  " + server.target(), 1);
  expect(check({server.target(), "--policy", "rfc5280"}), "0 errSecSuccess  " + server.target(), 0);
}

TEST(CheckCommand, SaysWhatToChangeAboutTheCertificatesSent) {
  ServerFiles files = Certificates::shared().issue("alone", lab::server_spec("localhost"));
  files.chain = files.leaf;
  const OpensslServer server(files);
  const json result = check_json({server.target()})["results"][0];
  EXPECT_EQ(result["code"], -9813) << result;
  EXPECT_EQ(result["advice"]["missing"]["subject"], result["chain"][0]["issuer"]);
  EXPECT_EQ(result["violations"][0]["check"], "MissingIntermediate");
  const Finished text = check({server.target()});
  EXPECT_NE(text.out.find("Missing: the certificate of"), std::string::npos) << text.out;
}

TEST(CheckCommand, TakesRootsOfAnyForm) {
  const OpensslServer server(Certificates::shared().good());
  const std::string der = Certificates::shared().folder().path("roots.der");
  ASSERT_EQ(
      run_program({"openssl", "x509", "-in", Certificates::shared().roots(), "-outform", "DER", "-out", der}).exit_code,
      0);
  expect(securetransport({"check", "--roots", der, server.target()}), "0 errSecSuccess  " + server.target(), 0);
}

TEST(CheckCommand, ChecksManyTargetsSideBySideAndKeepsTheirOrder) {
  const auto peer = lab::start_plain_peer(lab::hangs());
  ASSERT_TRUE(peer);
  const std::string slow = "127.0.0.1:" + std::to_string(peer->port());
  const std::string refused = "127.0.0.1:" + std::to_string(lab::unused_port());
  const auto start = std::chrono::steady_clock::now();
  const json results = check_json({slow, refused, slow, slow, slow, slow, slow, slow, "--timeout", "1"})["results"];
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  ASSERT_EQ(results.size(), 8U);
  EXPECT_EQ(results[0]["code"], -9853);
  EXPECT_EQ(results[1]["code"], -9844);
  EXPECT_EQ(results[7]["target"], slow);
}

TEST(CheckCommand, GivesOneLineATargetWhenBrief) {
  const OpensslServer server(Certificates::shared().good());
  const std::string refused = "127.0.0.1:" + std::to_string(lab::unused_port());
  const Finished result = check({"--brief", server.target(), refused});
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2) << result.out;
  EXPECT_EQ(result.exit_code, 3);
}

TEST(CheckCommand, ReadsTargetsFromStandardInput) {
  const OpensslServer server(Certificates::shared().good());
  const Finished result = securetransport({"check", "--roots", Certificates::shared().roots(), "--brief", "-"},
                                          "# our servers\n" + server.target() + "\n");
  EXPECT_TRUE(result.out.starts_with(server.target())) << result.out << result.err;
  EXPECT_EQ(result.exit_code, 0);
}

}  // namespace
}  // namespace securetransport::test
