// SPDX-License-Identifier: Apache-2.0
// `securetransport lab` as its users run it.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

using nlohmann::json;

TEST(LabCommand, ListsScenariosByCode) {
  const Finished result = securetransport({"lab", "list", "--code", "errSSLCertExpired", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json document = json::parse(result.out);
  EXPECT_EQ(document["version"], 1);
  ASSERT_FALSE(document["scenarios"].empty());
  for (const json& row : document["scenarios"]) EXPECT_EQ(row["code"], -9814) << row;
}

TEST(LabCommand, RunsAScenarioAndSaysWhatBothSidesSaw) {
  const Finished result = securetransport({"lab", "run", "expired", "--tls", "1.2"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_TRUE(result.out.starts_with("-9814 errSSLCertExpired")) << result.out;
  for (const char* const part : {"What the lab's peer saw", "certificate_expired (45)", "As documented"}) {
    EXPECT_NE(result.out.find(part), std::string::npos) << part << "\n" << result.out;
  }
}

TEST(LabCommand, RunsAScenarioOverDatagrams) {
  const Finished result = securetransport({"lab", "run", "expired", "--dtls", "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  const json run = json::parse(result.out)["runs"][0];
  EXPECT_EQ(run["tls"], "DTLS 1.2");
  EXPECT_EQ(run["report"]["negotiated"]["version"], "DTLS 1.2");
}

TEST(LabCommand, NobodyWhoListensToDatagramsIsConnectionRefused) {
  const Finished result = securetransport({"check", "--dtls", "--brief", "127.0.0.1:1"});
  EXPECT_EQ(result.exit_code, 3) << result.out;
  EXPECT_NE(result.out.find("-9844"), std::string::npos) << result.out;
}

TEST(LabCommand, MisuseIsExitTwoWithAHint) {
  const Finished unknown = securetransport({"lab", "run", "expird"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_NE(unknown.err.find("did you mean 'expired'?"), std::string::npos) << unknown.err;
  EXPECT_EQ(securetransport({"lab", "run", "smtp", "--dtls"}).exit_code, 2);
  EXPECT_EQ(securetransport({"check", "--dtls", "--max-version", "1.2", "localhost"}).exit_code, 2);
  EXPECT_EQ(securetransport({"lab"}).exit_code, 2);
  EXPECT_EQ(securetransport({"lab", "dance"}).exit_code, 2);
  EXPECT_EQ(securetransport({"lab", "run", "dh512", "--tls", "1.3"}).exit_code, 2);
  EXPECT_EQ(securetransport({"lab", "serve", "--address", "nowhere"}).exit_code, 2);
  EXPECT_EQ(securetransport({"lab", "--help"}).exit_code, 0);
}

TEST(LabCommand, ServesScenariosByNameAndByPort) {
  const std::string root = testing::TempDir() + "/lab-root-" + std::to_string(getpid()) + ".pem";
  Program server(securetransport_words({"lab", "serve", "--port", "0", "--json", "--write-root", root}));
  ASSERT_TRUE(server.wait_for_output("\n}\n")) << server.output();
  const json map = json::parse(server.output());
  const std::string by_name = "127.0.0.1:" + std::to_string(map["name_port"].get<int>());

  const Finished expired =
      securetransport({"check", "--brief", "--roots", root, "--connect-to", by_name, "expired.lab.test"});
  EXPECT_EQ(expired.exit_code, 1);
  EXPECT_NE(expired.out.find("-9814"), std::string::npos) << expired.out;
  const Finished good =
      securetransport({"check", "--brief", "--roots", root, "--connect-to", by_name, "good.lab.test"});
  EXPECT_EQ(good.exit_code, 0) << good.out << good.err;
  const std::string by_datagrams = "127.0.0.1:" + std::to_string(map["name_udp_port"].get<int>());
  for (const auto& [host, code] : {std::pair("good.lab.test", "errSecSuccess"), {"expired.lab.test", "-9814"}}) {
    const Finished result =
        securetransport({"check", "--dtls", "--brief", "--roots", root, "--connect-to", by_datagrams, host});
    EXPECT_NE(result.out.find(code), std::string::npos) << result.out << result.err;
  }
  const Finished talk =
      securetransport({"connect", "--dtls", "--quiet", "--roots", root, "--connect-to", by_datagrams, "good.lab.test"},
                      "GET /\r\n\r\n");
  EXPECT_NE(talk.out.find("lab"), std::string::npos) << talk.out << talk.err;
  const Finished attack = securetransport({"lab", "attack", "--dtls", by_datagrams, "--timeout", "1", "--jobs", "16"});
  EXPECT_NE(attack.out.find(" attacks, "), std::string::npos) << attack.out << attack.err;
  for (const json& row : map["scenarios"]) {
    if (row["name"] != "untrusted-root") continue;
    const Finished result =
        securetransport({"check", "--brief", "--roots", root, "localhost:" + std::to_string(row["port"].get<int>())});
    EXPECT_NE(result.out.find("-9812"), std::string::npos) << result.out;
  }
  server.send_signal(SIGTERM);
  EXPECT_EQ(server.finish().exit_code, 0);
  std::filesystem::remove(root);
}

TEST(LabCommand, AttacksAServerThatStands) {
  const ServerFiles& files = Certificates::shared().good();
  const OwnServer server({"--http", "--cert", files.chain, "--key", files.key});
  const Finished result = securetransport({"lab", "attack", server.target(), "--timeout", "2", "--jobs", "16"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_NE(result.out.find(" 0 accepted"), std::string::npos) << result.out;
}

TEST(LabCommand, AttackOnNobodyIsUnavailable) {
  EXPECT_EQ(securetransport({"lab", "attack", "127.0.0.1:1", "--timeout", "1"}).exit_code, 3);
}

}  // namespace
}  // namespace securetransport::test
