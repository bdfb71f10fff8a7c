// SPDX-License-Identifier: Apache-2.0
// Without a fault the lab's peer is an honest one: openssl, gnutls and curl talk to it in every version and suite.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "unit/lab/subprocess.hpp"
#include "unit/lab/tls_identities.hpp"

namespace securetransport::lab {
namespace {

using namespace std::chrono_literals;
using test::Subprocess;

constexpr const char* kRequest = "GET / HTTP/1.0\r\n\r\n";

/// A folder of its own, as other tests run at the same time.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lab-tls-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    const std::string path = path_ / name;
    std::ofstream(path) << text;
    return path;
  }

 private:
  std::filesystem::path path_;
};

struct Case {
  const char* name;
  std::uint16_t version;
  std::uint16_t suite = 0;  ///< 0: what both prefer.
  Framing framing = Framing::PerMessage;
  bool with_etm_and_ems = true;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

PeerOptions options_for(const Case& one) {
  // With both keys the whole table of suites could be had from one server; ours has one: RSA where a suite asks for it.
  const bool is_ecdsa = one.suite == 0 || one.suite == suite::kEcdheEcdsaAes128Gcm ||
                        one.suite == suite::kEcdheEcdsaAes128Sha || one.suite == suite::kEcdheEcdsaAes128Sha256;
  PeerOptions options = test::with_identity(one.version, is_ecdsa ? test::identities().ecdsa : test::identities().rsa);
  if (one.suite != 0) options.suites = {one.suite};
  options.framing = one.framing;
  options.encrypt_then_mac = one.with_etm_and_ems;
  options.extended_master_secret = one.with_etm_and_ems;
  options.application_data = kHttpOk;
  options.request_client_certificate = one.framing != Framing::PerMessage;
  return options;
}

std::vector<Case> cases() {
  return {
      {"Tls13", kTls13},
      {"Tls13Coalesced", kTls13, 0, Framing::Coalesced},
      {"Tls13Fragmented", kTls13, 0, Framing::Fragmented},
      {"Tls12", kTls12},
      {"Tls12Coalesced", kTls12, 0, Framing::Coalesced},
      {"Tls12Fragmented", kTls12, 0, Framing::Fragmented},
      {"EcdheRsaGcm", kTls12, suite::kEcdheRsaAes128Gcm},
      {"EcdheEcdsaSha", kTls12, suite::kEcdheEcdsaAes128Sha},
      {"EcdheRsaShaMacThenEncrypt", kTls12, suite::kEcdheRsaAes128Sha, Framing::PerMessage, false},
      {"EcdheEcdsaSha256", kTls12, suite::kEcdheEcdsaAes128Sha256},
      {"EcdheRsaSha256MacThenEncrypt", kTls12, suite::kEcdheRsaAes128Sha256, Framing::PerMessage, false},
      {"DheGcm", kTls12, suite::kDheRsaAes128Gcm},
      {"DheSha", kTls12, suite::kDheRsaAes128Sha},
      {"RsaGcm", kTls12, suite::kRsaAes128Gcm},
      {"RsaSha", kTls12, suite::kRsaAes128Sha, Framing::PerMessage, false},
      {"RsaSha256", kTls12, suite::kRsaAes128Sha256},
      {"Tls11", kTls11},
      {"Tls10", kTls10},
      {"Tls10Rsa", kTls10, suite::kEcdheRsaAes128Sha, Framing::PerMessage, false},
  };
}

class Interop : public testing::TestWithParam<Case> {};

TEST_P(Interop, OpenSslClientGetsItsAnswer) {
  const Folder folder;
  const std::string root = folder.write("root.pem", test::identities().pki.root.certificate_pem);
  net::NetResult<FaultyServer> server = FaultyServer::start(options_for(GetParam()), {}, 20s);
  ASSERT_TRUE(server);
  Subprocess client({"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(server->port()), "-CAfile", root,
                     "-verify_return_error", "-verify_hostname", "localhost", "-cipher", "ALL:@SECLEVEL=0", "-quiet",
                     "-ign_eof", "-min_protocol", "TLSv1"});
  client.write(kRequest);
  const std::string& output = client.read_until("\r\n\r\nlab");
  EXPECT_NE(output.find("200 OK"), std::string::npos) << output;
  const std::optional<Observed> seen = server->next_observed(net::within(20s));
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->handshake_completed);
  EXPECT_EQ(seen->problem, "");
  EXPECT_FALSE(seen->alert());
  EXPECT_EQ(seen->version, GetParam().version);
  EXPECT_EQ(seen->application_data, kRequest);
}

TEST_P(Interop, OpenSslServerAnswers) {
  const Folder folder;
  const PeerOptions own = options_for(GetParam());
  const std::string chain = folder.write("chain.pem", own.chain_pem);
  const std::string key = folder.write("key.pem", own.key_pem);
  std::vector<std::string> command{"openssl", "s_server", "-accept", "127.0.0.1:0",     "-cert",         chain,  "-key",
                                   key,       "-www",     "-cipher", "ALL:@SECLEVEL=0", "-min_protocol", "TLSv1"};
  if (own.request_client_certificate) command.insert(command.end(), {"-Verify", "1"});
  Subprocess server(command);
  const auto port = static_cast<std::uint16_t>(std::atoi(server.rest_of_line("ACCEPT 127.0.0.1:").c_str()));

  PeerOptions options = own;
  options.application_data = kRequest;
  const auto seen = attack(*net::parse_address("127.0.0.1", port), options, {}, net::within(20s));
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_TRUE(seen->handshake_completed);
  EXPECT_EQ(seen->problem, "");
  EXPECT_FALSE(seen->alert());
  EXPECT_EQ(seen->version, GetParam().version);
  EXPECT_TRUE(seen->application_data.starts_with("HTTP/1.0 200")) << seen->application_data;
}

INSTANTIATE_TEST_SUITE_P(Suites, Interop, testing::ValuesIn(cases()), name_of);

bool is_installed(const char* program) {
  return std::system((std::string("command -v ") + program + " >/dev/null").c_str()) == 0;
}

class OtherClients : public testing::TestWithParam<Case> {};

TEST_P(OtherClients, GnuTlsGetsItsAnswer) {
  ASSERT_TRUE(is_installed("gnutls-cli")) << "./test installs it (gnutls-bin)";
  const Folder folder;
  const std::string root = folder.write("root.pem", test::identities().pki.root.certificate_pem);
  net::NetResult<FaultyServer> server = FaultyServer::start(options_for(GetParam()), {}, 20s);
  ASSERT_TRUE(server);
  Subprocess client({"gnutls-cli", "--x509cafile", root, "--priority", "NORMAL:+DHE-RSA", "--port",
                     std::to_string(server->port()), "localhost"});
  client.read_until("- Simple Client Mode:");
  client.write(kRequest);
  const std::string& output = client.read_until("\r\n\r\nlab");
  EXPECT_NE(output.find("The certificate is trusted"), std::string::npos) << output;
  EXPECT_NE(output.find("200 OK"), std::string::npos) << output;
}

TEST_P(OtherClients, CurlGetsItsAnswer) {
  ASSERT_TRUE(is_installed("curl")) << "./test installs it";
  const Folder folder;
  const std::string root = folder.write("root.pem", test::identities().pki.root.certificate_pem);
  net::NetResult<FaultyServer> server = FaultyServer::start(options_for(GetParam()), {}, 20s);
  ASSERT_TRUE(server);
  Subprocess client({"curl", "--silent", "--show-error", "--noproxy", "*", "--cacert", root,
                     "https://localhost:" + std::to_string(server->port()) + "/"});
  EXPECT_EQ(client.read_until("lab"), "lab");
}

INSTANTIATE_TEST_SUITE_P(Suites, OtherClients,
                         testing::Values(Case{"Tls13", kTls13}, Case{"Tls13Fragmented", kTls13, 0, Framing::Fragmented},
                                         Case{"Tls12", kTls12}, Case{"Tls12Coalesced", kTls12, 0, Framing::Coalesced},
                                         Case{"EcdheRsaSha", kTls12, suite::kEcdheRsaAes128Sha},
                                         Case{"DheGcm", kTls12, suite::kDheRsaAes128Gcm}),
                         name_of);

}  // namespace
}  // namespace securetransport::lab
