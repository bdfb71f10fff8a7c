// SPDX-License-Identifier: Apache-2.0
// `securetransport serve` with the clients of other makers.
#include <gtest/gtest.h>

#include <csignal>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

std::vector<std::string> with_identity(std::vector<std::string> options) {
  const ServerFiles& good = Certificates::shared().good();
  options.insert(options.end(), {"--cert", good.chain, "--key", good.key});
  return options;
}

Finished curl(const OwnServer& server, std::vector<std::string> options = {}) {
  options.insert(options.begin(), {"curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "10", "--cacert",
                                   Certificates::shared().roots()});
  options.push_back("https://" + server.target() + "/");
  return run_program(std::move(options));
}

TEST(ServeCommand, AnswersCurlWithAPageAboutTheSession) {
  const OwnServer server(with_identity({"--http", "--alpn", "http/1.1"}));
  const Finished result = curl(server);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* const part : {"TLS 1.3", "localhost", "http/1.1"}) {
    EXPECT_NE(result.out.find(part), std::string::npos) << part << "\n" << result.out;
  }
}

TEST(ServeCommand, AnswersARequestWithABody) {
  const OwnServer server(with_identity({"--http"}));
  EXPECT_EQ(curl(server, {"--data", std::string(100000, 'x')}).exit_code, 0);
}

TEST(ServeCommand, EchoesToOpenssl) {
  const OwnServer server(with_identity({}));
  Program client({"openssl", "s_client", "-quiet", "-verify_return_error", "-CAfile", Certificates::shared().roots(),
                  "-connect", server.target(), "-servername", "localhost"});
  client.write("there and back again\n");
  EXPECT_TRUE(client.wait_for_output("there and back again\n")) << client.output();
}

TEST(ServeCommand, NamesTheClientWhoseCertificateItAskedFor) {
  const Certificates& files = Certificates::shared();
  const ServerFiles client = files.issue("bob", lab::client_spec("Bob"));
  const OwnServer server(with_identity({"--http", "--client-auth", "always", "--roots", files.roots()}));
  const Finished result = curl(server, {"--cert", client.chain, "--key", client.key});
  EXPECT_NE(result.out.find("CN=Bob"), std::string::npos) << result.out << result.err;
}

TEST(ServeCommand, ReportsAClientWithoutTheCertificateItInsistsOn) {
  OwnServer server(with_identity({"--once", "--client-auth", "always", "--roots", Certificates::shared().roots()}));
  EXPECT_NE(curl(server).exit_code, 0);
  const Finished result = server.program().finish();
  EXPECT_TRUE(result.err.starts_with("-9863 errSSLCertificateRequired")) << result.err;
  EXPECT_EQ(result.exit_code, 1);
}

TEST(ServeCommand, EndsAfterOneConnectionIfAskedTo) {
  OwnServer server(with_identity({"--http", "--once"}));
  EXPECT_EQ(curl(server).exit_code, 0);
  const Finished result = server.program().finish();
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_TRUE(result.err.starts_with("0 errSecSuccess  127.0.0.1:")) << result.err;
}

TEST(ServeCommand, SpeaksOldVersionsOnlyWhenAskedTo) {
  const std::vector<std::string> old{"--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"};
  EXPECT_NE(curl(OwnServer(with_identity({"--http"})), old).exit_code, 0);
}

TEST(ServeCommand, EndsCleanlyOnASignalWhileAClientIsConnected) {
  for (const int signal : {SIGINT, SIGTERM}) {
    OwnServer server(with_identity({}));
    Program client(
        {"openssl", "s_client", "-quiet", "-CAfile", Certificates::shared().roots(), "-connect", server.target()});
    client.write("hello\n");
    ASSERT_TRUE(client.wait_for_output("hello\n"));
    server.program().send_signal(signal);
    EXPECT_EQ(server.program().finish(std::chrono::seconds(10)).exit_code, 0);
  }
}

TEST(ServeCommand, SaysThatAPortIsTaken) {
  const OwnServer server(with_identity({}));
  const Finished second = securetransport(with_identity({"serve", "--port", std::to_string(server.port())}));
  EXPECT_EQ(second.exit_code, 3);
  EXPECT_NE(second.err.find(std::to_string(server.port())), std::string::npos) << second.err;
}

}  // namespace
}  // namespace securetransport::test
