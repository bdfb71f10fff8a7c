// SPDX-License-Identifier: Apache-2.0
// `securetransport connect` with servers of other makers and with its own.
#include <gtest/gtest.h>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

std::vector<std::string> connect_words(const std::string& target, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"connect", target, "--roots", Certificates::shared().roots(), "--timeout", "5"});
  return more;
}

std::vector<std::string> with_identity(std::vector<std::string> options) {
  const ServerFiles& good = Certificates::shared().good();
  options.insert(options.end(), {"--cert", good.chain, "--key", good.key});
  return options;
}

constexpr const char* kRequest = "GET / HTTP/1.0\r\n\r\n";

TEST(ConnectCommand, CarriesARequestToOpensslAndItsAnswerBack) {
  const OpensslServer server(Certificates::shared().good());
  const Finished result = securetransport(connect_words(server.target()), kRequest);
  EXPECT_TRUE(result.out.starts_with("HTTP/1.0 200 ok")) << result.out << result.err;
  EXPECT_TRUE(result.err.starts_with("0 errSecSuccess  " + server.target())) << result.err;
}

TEST(ConnectCommand, CarriesLinesBothWaysWhileItsInputIsOpen) {
  OpensslServer server(Certificates::shared().good(), {"-quiet"});
  // -quiet silences the line that names the port, so this server is our own.
  const OwnServer echo(with_identity({}));
  Program client(securetransport_words(connect_words(echo.target(), {"--quiet"})));
  for (const char* const line : {"one\n", "two\n", "three\n"}) {
    client.write(line);
    ASSERT_TRUE(client.wait_for_output(line));
  }
}

TEST(ConnectCommand, CarriesMegabytesUnchanged) {
  const OwnServer echo(with_identity({}));
  std::string data(3'000'000, '\0');
  unsigned state = 1;
  for (char& c : data) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  const std::string in = Certificates::shared().folder().write("megabytes", data);
  const std::string out = Certificates::shared().folder().path("megabytes.back");
  const Finished result =
      run_program({"bash", "-c",
                   "'" ST_COMMAND "' connect '" + echo.target() + "' --quiet --roots '" +
                       Certificates::shared().roots() + "' --timeout 2 < '" + in + "' > '" + out + "'"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(Certificates::shared().folder().read("megabytes.back") == data);
}

TEST(ConnectCommand, EndsWhenTheServerClosesAlthoughItsInputIsOpen) {
  const OwnServer server(with_identity({"--http"}));
  Program client(securetransport_words(connect_words(server.target(), {"--quiet"})));
  client.write(kRequest);
  ASSERT_TRUE(client.wait_for_output("client certificate:"));
  EXPECT_EQ(client.finish(std::chrono::seconds(10)).exit_code, 0);
}

TEST(ConnectCommand, EndsWithTheCodeWhenTheServerIsNotTrusted) {
  const OpensslServer server(Certificates::shared().good());
  const Finished result = securetransport({"connect", server.target(), "--quiet"}, kRequest);
  EXPECT_TRUE(result.err.starts_with("-9813 errSSLNoRootCert  " + server.target())) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.exit_code, 1);
}

TEST(ConnectCommand, TalksToAnyoneOnlyWithALoudWarning) {
  const OpensslServer server(Certificates::shared().good());
  const Finished result = securetransport({"connect", server.target(), "--insecure", "--quiet"}, kRequest);
  EXPECT_TRUE(result.out.starts_with("HTTP/1.0 200 ok")) << result.out;
  EXPECT_NE(result.err.find("WARNING"), std::string::npos) << result.err;
}

TEST(ConnectCommand, WritesTheSecretsOnlyWhereItIsTold) {
  const OpensslServer server(Certificates::shared().good());
  const std::string log = Certificates::shared().folder().path("keys.log");
  const Finished result = securetransport(connect_words(server.target(), {"--key-log", log}), kRequest);
  const std::string text = Certificates::shared().folder().read("keys.log");
  EXPECT_NE(text.find("CLIENT_TRAFFIC_SECRET_0 "), std::string::npos) << result.err;
  EXPECT_TRUE(text.ends_with('\n'));
}

TEST(ConnectCommand, SaysWithStatus3ThatNothingListens) {
  const Finished result = securetransport({"connect", "127.0.0.1:1"});
  EXPECT_TRUE(result.err.starts_with("-9844 errSSLConnectionRefused  127.0.0.1:1")) << result.err;
  EXPECT_EQ(result.exit_code, 3);
}

}  // namespace
}  // namespace securetransport::test
