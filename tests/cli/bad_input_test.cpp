// SPDX-License-Identifier: Apache-2.0
// What the command says to input that makes no sense: one line that names it, and the right exit code.
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

struct Row {
  std::vector<std::string> words;
  int exit_code;
  std::string names;  ///< What the line must contain.
};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word + " ";
  return out;
}

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(joined(row.words));
    const Finished result = securetransport(row.words);
    EXPECT_EQ(result.exit_code, row.exit_code);
    EXPECT_EQ(result.out, "");
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_TRUE(result.err.starts_with("securetransport: ")) << result.err;
    EXPECT_NE(result.err.find(row.names), std::string::npos) << result.err;
  }
}

TEST(BadInput, MisuseOfTheCommandLineIsStatus2) {
  expect_rows({
      {{}, 2, "no command"},
      {{"chekc"}, 2, "did you mean `securetransport check`"},
      {{"--frobnicate"}, 2, "'--frobnicate' is not a command"},
      {{"error"}, 2, "no code given"},
      {{"error", ""}, 2, "empty text"},
      {{"error", "--frob", "-9807"}, 2, "--frob"},
      {{"error", "a text without any"}, 2, "a text without any"},
      {{"error", "evil\x1b[2J text"}, 2, "evil\\x1b[2J"},
      {{"codes", "--category", "weather"}, 2, "weather"},
      {{"codes", "--markdown", "word"}, 2, "--markdown"},
      {{"check"}, 2, "no target"},
      {{"check", "host:port"}, 2, "host:port"},
      {{"check", "host:99999"}, 2, "host:99999"},
      {{"check", ""}, 2, ""},
      {{"check", "http://example.com/"}, 2, "http://example.com:80 does not begin with TLS"},
      {{"check", "localhost", "--timeout", "0"}, 2, "--timeout"},
      {{"check", "localhost", "--timeout", "soon"}, 2, "--timeout"},
      {{"check", "localhost", "--jobs", "0"}, 2, "--jobs"},
      {{"check", "localhost", "--brief", "--json"}, 2, "--json"},
      {{"check", "localhost", "--min-version", "2.0"}, 2, "2.0"},
      {{"check", "localhost", "--min-version", "1.3", "--max-version", "1.2"}, 2, "--min-version 1.3"},
      {{"check", "localhost", "--ciphers", "ROT13"}, 2, "ROT13"},
      {{"check", "localhost", "--ciphers", "TLS_AES_128_GCM_SHA256", "--max-version", "1.2"}, 2, "settings"},
      {{"check", "localhost", "--alpn", std::string(300, 'x')}, 2, "settings"},
      {{"check", "localhost", "--sni", "a", "--no-sni"}, 2, "--no-sni"},
      {{"check", "localhost", "--key", "k.pem"}, 2, "--cert"},
      {{"check", "localhost", "--connect-to", "nowhere:x"}, 2, "--connect-to"},
      {{"connect"}, 2, "TARGET"},
      {{"connect", "smtp://mail.example"}, 2, "does not begin with TLS"},
      {{"serve"}, 2, "--cert"},
      {{"serve", "--cert", Certificates::shared().good().chain, "--key", Certificates::shared().good().key, "--address",
        "nowhere"},
       2,
       "nowhere"},
      {{"serve", "--client-auth", "sometimes"}, 2, "sometimes"},
      {{"serve", "--port", "70000"}, 2, "--port"},
      {{"demo", "something"}, 2, "something"},
  });
}

TEST(BadInput, FilesThatCannotBeReadAreStatus3) {
  const Certificates& files = Certificates::shared();
  const std::string nonsense = files.folder().write("nonsense.pem", "this is no PEM\n");
  const std::string broken =
      files.folder().write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  const std::string folder = files.folder().path("");
  expect_rows({
      {{"check", "localhost", "--roots", "/does/not/exist.pem"}, 3, "/does/not/exist.pem"},
      {{"check", "localhost", "--roots", nonsense}, 3, "nonsense.pem"},
      {{"check", "localhost", "--roots", broken}, 3, "broken.pem"},
      {{"check", "localhost", "--roots", folder}, 3, "cannot read"},
      {{"check", "localhost", "--roots", "/dev/zero"}, 3, "16 MiB"},
      {{"check", "--targets-from", "/does/not/exist.txt"}, 3, "/does/not/exist.txt"},
      {{"check", "localhost", "--cert", "/does/not/exist.pem"}, 3, "/does/not/exist.pem"},
      {{"check", "localhost", "--cert", files.good().chain, "--key", nonsense}, 3, "nonsense.pem"},
      {{"check", "localhost", "--cert", files.good().chain}, 3, "good-chain.pem"},
      {{"connect", "localhost", "--key-log", "/does/not/exist.log"}, 3, "/does/not/exist.log"},
      {{"serve", "--cert", files.good().chain, "--key", files.roots()}, 3, "roots.pem"},
  });
}

TEST(BadInput, AKeyThatBelongsToAnotherCertificateIsStatus3) {
  const Certificates& files = Certificates::shared();
  const ServerFiles other = files.issue("other-key", lab::server_spec("localhost"));
  expect_rows({{{"check", "localhost", "--cert", files.good().chain, "--key", other.key}, 3, "other-key-key.pem"}});
}

TEST(BadInput, APassphraseThatIsWrongOrMissingIsStatus3) {
  const Certificates& files = Certificates::shared();
  const std::string key = files.folder().path("encrypted.pem");
  const std::string right = files.folder().write("right.txt", "open sesame\n");
  const std::string wrong = files.folder().write("wrong.txt", "open barley\n");
  ASSERT_EQ(
      run_program({"openssl", "pkcs8", "-topk8", "-in", files.good().key, "-out", key, "-passout", "file:" + right})
          .exit_code,
      0);
  expect_rows({{{"check", "localhost", "--cert", files.good().chain, "--key", key}, 3, "encrypted.pem"},
               {{"check", "localhost", "--cert", files.good().chain, "--key", key, "--passphrase-file", wrong},
                3,
                "encrypted.pem"}});
  const OwnServer server({"--cert", files.good().chain, "--key", key, "--passphrase-file", right});
  EXPECT_NE(server.port(), 0);
}

TEST(BadInput, ABadLineInAFileOfTargetsIsNamedAndTheOthersAreChecked) {
  const std::string list =
      Certificates::shared().folder().write("targets.txt", "# comment\n\nno host here\n  127.0.0.1:1\r\n");
  const Finished result = securetransport({"check", "--brief", "--targets-from", list});
  EXPECT_NE(result.err.find("targets.txt line 3"), std::string::npos) << result.err;
  EXPECT_NE(result.out.find("127.0.0.1:1"), std::string::npos) << result.out;
  EXPECT_EQ(result.exit_code, 2);
}

TEST(BadInput, HelpAndVersionAreNoErrors) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"--help"},
                                                                                     {"help"},
                                                                                     {"--version"},
                                                                                     {"check", "--help"},
                                                                                     {"help", "check"},
                                                                                     {"error", "-h"},
                                                                                     {"codes", "--help"},
                                                                                     {"connect", "--help"},
                                                                                     {"serve", "--help"},
                                                                                     {"demo", "--help"}}) {
    SCOPED_TRACE(joined(words));
    const Finished result = securetransport(words);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_NE(result.out.find("securetransport"), std::string::npos);
    EXPECT_EQ(result.err, "");
  }
}

}  // namespace
}  // namespace securetransport::test
