// SPDX-License-Identifier: Apache-2.0
// `securetransport check --cert`: certificates in files of every form, as a gate before they are deployed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

using nlohmann::json;
using std::chrono::days;

const Certificates& files() { return Certificates::shared(); }
const lab::Pki& pki() { return files().pki(); }

Finished check(std::vector<std::string> words, const std::string& input = {}) {
  words.insert(words.begin(), {"check", "--roots", files().roots()});
  return securetransport(std::move(words), input);
}

json check_json(std::vector<std::string> words) {
  words.push_back("--json");
  const Finished result = check(std::move(words));
  json document = json::parse(result.out, nullptr, false);
  EXPECT_FALSE(document.is_discarded()) << result.out << result.err;
  return document;
}

void expect(const Finished& result, const std::string& first_line, int exit_code) {
  EXPECT_EQ(result.first_line(), first_line) << result.out << result.err;
  EXPECT_EQ(result.exit_code, exit_code);
}

/// A file of what openssl makes of the good server's files.
std::string made_by_openssl(const std::string& name, std::vector<std::string> words) {
  const std::string path = files().folder().path(name);
  words.insert(words.begin(), "openssl");
  words.insert(words.end(), {"-out", path});
  EXPECT_EQ(run_program(words).exit_code, 0) << name;
  return path;
}

std::string leaf_file(const std::string& name, const lab::CertificateSpec& spec) {
  return files().issue(name, spec).chain;
}

TEST(CertCommand, ReadsEveryForm) {
  const ServerFiles& good = files().good();
  const std::string secret = files().folder().write("p12-secret.txt", "open sesame\n");
  const std::string p12 = made_by_openssl(
      "good.p12", {"pkcs12", "-export", "-in", good.chain, "-inkey", good.key, "-passout", "file:" + secret});
  const std::string old_p12 = made_by_openssl(
      "old.p12", {"pkcs12", "-export", "-legacy", "-in", good.chain, "-inkey", good.key, "-passout", "file:" + secret});
  const std::string p7 = made_by_openssl("good.p7b", {"crl2pkcs7", "-nocrl", "-certfile", good.chain});
  const std::string der = made_by_openssl("good.der", {"x509", "-in", good.leaf, "-outform", "DER"});
  for (const std::string& path : {good.chain, p12, old_p12, p7}) {
    expect(check({"--cert", path, "--name", "localhost", "--passphrase-file", secret}), "0 errSecSuccess  " + path, 0);
  }
  expect(check({"--cert", der, "--name", "localhost"}), "-9813 errSSLNoRootCert  " + der, 1);
  expect(check({"--cert", "-", "--name", "localhost"}, pki().chain_pem(*pki().issue_server("localhost"))),
         "0 errSecSuccess  standard input", 0);
}

TEST(CertCommand, ReportsTheDecisiveCodeForEachFault) {
  lab::CertificateSpec expired = lab::server_spec("localhost");
  expired.not_before = lab::now() - days(100);
  expired.not_after = lab::now() - days(10);
  lab::CertificateSpec long_lived = lab::server_spec("localhost");
  long_lived.not_after = lab::now() + days(900);
  const std::string good = files().good().chain;
  const std::string old = leaf_file("cert-expired", expired);
  const std::string long_life = leaf_file("cert-long", long_lived);
  expect(check({"--cert", old, "--name", "localhost"}), "-9814 errSSLCertExpired  " + old, 1);
  expect(check({"--cert", good, "--name", "other.example"}), "-9843 errSSLHostNameMismatch  " + good, 1);
  expect(check({"--cert", long_life}), "-9807 errSSLXCertChainInvalid  " + long_life, 1);
  expect(check({"--cert", long_life, "--policy", "rfc5280"}), "0 errSecSuccess  " + long_life, 0);
  expect(check({"--cert", good, "--date", "+3000d"}), "-9814 errSSLCertExpired  " + good, 1);
  expect(check({"--cert", good, "--date", "2001-01-01"}), "-9815 errSSLCertNotYetValid  " + good, 1);
}

TEST(CertCommand, NamesRuleSourceDateAndRemedy) {
  const json result = check_json({"--cert", files().good().chain, "--name", "other.example"})["results"][0];
  ASSERT_EQ(result["violations"].size(), 1U) << result;
  const json& violation = result["violations"][0];
  EXPECT_EQ(violation["check"], "SSLHostname");
  EXPECT_EQ(violation["chain_index"], 0);
  EXPECT_TRUE(violation["rule"].get<std::string>().starts_with("RFC 9525")) << violation;
  EXPECT_EQ(violation["rule_date"], "2023-11");
  EXPECT_NE(violation["fix"], "");
}

TEST(CertCommand, SaysWhichCertificateIsMissingOrTooMuch) {
  const lab::Issued leaf = *pki().issue_server("localhost");
  const lab::Issued stranger = *lab::self_sign(lab::server_spec("stranger.example"));
  const auto advice = [&](const std::string& name, const std::string& pem, std::vector<std::string> words = {}) {
    words.insert(words.end(), {"--cert", files().folder().write(name, pem)});
    return check_json(words)["results"][0]["advice"];
  };
  const std::string& intermediate = pki().intermediate.certificate_pem;
  const json missing = advice("missing.pem", leaf.certificate_pem);
  EXPECT_TRUE(missing["missing"]["subject"].get<std::string>().find("Intermediate") != std::string::npos) << missing;
  const std::string pool = files().folder().write("pool.pem", intermediate);
  const json known = advice("known.pem", leaf.certificate_pem, {"--intermediates", pool});
  ASSERT_EQ(known["to_add"].size(), 1U) << known;
  EXPECT_EQ(known["to_add"][0], intermediate);
  const json surplus =
      advice("surplus.pem", leaf.certificate_pem + stranger.certificate_pem + intermediate + intermediate);
  EXPECT_EQ(surplus["roles"], json({"path", "surplus", "path", "duplicate"}));
  const json order = advice("order.pem", leaf.certificate_pem + pki().root.certificate_pem + intermediate);
  EXPECT_EQ(order["is_ordered"], false);
  EXPECT_EQ(order["to_send"][1]["sent_index"], 2);
}

TEST(CertCommand, RefusesAFileThatBeginsWithTheIssuer) {
  const lab::Issued leaf = *pki().issue_server("localhost");
  const std::string path = files().folder().write(
      "issuer-first.pem", pki().root.certificate_pem + pki().intermediate.certificate_pem + leaf.certificate_pem);
  const Finished result = check({"--cert", path});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("certificate 2"), std::string::npos) << result.out;
}

TEST(CertCommand, ComparesThePrivateKey) {
  const ServerFiles& good = files().good();
  const ServerFiles other = files().issue("cert-other-key", lab::server_spec("localhost"));
  expect(check({"--cert", good.chain, "--key", good.key}), "0 errSecSuccess  " + good.chain, 0);
  expect(check({"--cert", good.chain, "--key", other.key}), "-9854 errSSLConfigurationFailed  " + good.chain, 1);
  const std::string both = files().folder().write(
      "both.pem", files().folder().read("good-chain.pem") + files().folder().read("cert-other-key-key.pem"));
  expect(check({"--cert", both}), "-9854 errSSLConfigurationFailed  " + both, 1);
}

TEST(CertCommand, WarnsOfAnEndAndFailsForItOnlyWhenStrict) {
  lab::CertificateSpec spec = lab::server_spec("localhost");
  spec.not_before = lab::now() - days(80);
  spec.not_after = lab::now() + days(10);
  const std::string path = leaf_file("cert-ending", spec);
  const json document = check_json({"--cert", path});
  EXPECT_EQ(document["results"][0]["code"], 0);
  EXPECT_EQ(document["results"][0]["warnings"].size(), 1U) << document;
  EXPECT_EQ(document["summary"]["warned"], 1);
  EXPECT_EQ(check({"--cert", path}).exit_code, 0);
  EXPECT_EQ(check({"--cert", path, "--strict"}).exit_code, 1);
  EXPECT_EQ(check({"--cert", path, "--strict", "--warn-days", "5"}).exit_code, 0);
}

TEST(CertCommand, CountsWhatIsOfNoUseAsAWarning) {
  const lab::Issued leaf = *pki().issue_server("localhost");
  const std::string path =
      files().folder().write("twice.pem", pki().chain_pem(leaf) + pki().intermediate.certificate_pem);
  EXPECT_EQ(check({"--cert", path}).exit_code, 0);
  EXPECT_EQ(check({"--cert", path, "--strict"}).exit_code, 1);
}

TEST(CertCommand, SummarizesAFolder) {
  const TempFolder folder;
  std::filesystem::create_directory(folder.path("deep"));
  folder.write("deep/good.pem", files().folder().read("good-chain.pem"));
  folder.write("broken.crt", "no certificate");
  folder.write("README", "not for us");
  folder.write("key.pem", pki().root.key_pem);
  folder.write(".hidden.pem", "neither");
  folder.write("roots.pem", pki().root.certificate_pem + Certificates::shared().pki().root.certificate_pem);
  const Finished result = check({"--cert", folder.path("")});
  EXPECT_EQ(result.exit_code, 3) << result.out;
  EXPECT_NE(result.out.find("deep/good.pem"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("README"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("hidden"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("key.pem"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("1 unreadable"), std::string::npos) << result.out;
}

/// The tests' intermediate as `openssl ca` and `openssl ocsp` want it.
class Authority {
 public:
  Authority() {
    folder_.write("index", "");
    folder_.write("number", "01\n");
    folder_.write("ca.pem", pki().intermediate.certificate_pem);
    folder_.write("ca.key", pki().intermediate.key_pem);
    folder_.write("ca.cnf", "[a]\ndatabase=" + path("index") + "\ncrlnumber=" + path("number") +
                                "\ndefault_md=sha256\ndefault_crl_days=9\ncrl_extensions=e\n"
                                "[e]\nauthorityKeyIdentifier=keyid\n");
  }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_.path(name); }

  /// `openssl ca` with these words.
  void ca(std::vector<std::string> words) const {
    words.insert(words.begin(), {"openssl", "ca", "-config", path("ca.cnf"), "-name", "a", "-keyfile", path("ca.key"),
                                 "-cert", path("ca.pem")});
    run(words);
  }

  /// What it says about the good server's certificate now.
  [[nodiscard]] std::string crl() const {
    ca({"-gencrl", "-out", path("crl.pem")});
    return path("crl.pem");
  }
  [[nodiscard]] std::string ocsp() const {
    run({"openssl", "ocsp", "-issuer", path("ca.pem"), "-cert", files().good().leaf, "-no_nonce", "-reqout",
         path("request.der")});
    run({"openssl", "ocsp", "-index", path("index"), "-rsigner", path("ca.pem"), "-rkey", path("ca.key"), "-CA",
         path("ca.pem"), "-reqin", path("request.der"), "-respout", path("response.der"), "-ndays", "2"});
    return path("response.der");
  }

 private:
  static void run(const std::vector<std::string>& words) {
    const Finished result = run_program(words);
    EXPECT_EQ(result.exit_code, 0) << words[1] << ": " << result.err;
  }

  TempFolder folder_;
};

TEST(CertCommand, UsesRevocationListsAndOcspResponses) {
  const Authority authority;
  const std::string chain = files().good().chain;
  const auto expect_all = [&](const std::string& first_line, int exit_code) {
    expect(check({"--cert", chain, "--crl", authority.crl()}), first_line, exit_code);
    expect(check({"--cert", chain, "--ocsp", authority.ocsp()}), first_line, exit_code);
  };
  authority.ca({"-valid", files().good().leaf});
  expect_all("0 errSecSuccess  " + chain, 0);
  EXPECT_EQ(check_json({"--cert", chain, "--ocsp", authority.ocsp()})["results"][0]["is_revocation_checked"], true);
  authority.ca({"-revoke", files().good().leaf});
  expect_all("-9807 errSSLXCertChainInvalid  " + chain, 1);
}

TEST(CertCommand, RefusesAnOcspResponseThatIsNone) {
  const std::string text = files().folder().write("no.ocsp", "no response\n");
  const std::string chain = files().good().chain;
  expect(check({"--cert", chain, "--ocsp", text}), "-9862 errSSLBadCertificateStatusResponse  " + chain, 1);
}

TEST(CertCommand, KeepsWithinEightyColumns) {
  const lab::Issued leaf = *pki().issue_server("localhost");
  const std::string path = files().folder().write("wide.pem", leaf.certificate_pem);
  const Finished result = check({"--cert", path, "--name", "other.example"});
  for (std::size_t start = 0; start < result.out.size();) {
    const std::size_t end = result.out.find('\n', start);
    const std::string line = result.out.substr(start, end - start);
    const bool has_path = line.find(path) != std::string::npos;  // Whole, so that it can be copied.
    EXPECT_TRUE(has_path || line.size() <= 80) << line;
    start = end + 1;
  }
}

TEST(CertCommand, SaysInOneLineWhatCannotBeRead) {
  const TempFolder folder;
  const std::string empty = folder.write("empty.pem", "");
  const std::string text = folder.write("text.pem", "hello\n");
  const std::string key = folder.write("key.pem", pki().intermediate.key_pem);
  struct Row {
    std::vector<std::string> words;
    int exit_code;
    std::string part;
  };
  const std::string good = files().good().chain;
  for (const Row& row : std::vector<Row>{
           {{"--cert", folder.path("nothing.pem")}, 3, "nothing.pem"},
           {{"--cert", empty}, 3, "it is empty"},
           {{"--cert", text}, 3, "neither PEM nor DER"},
           {{"--cert", key}, 3, "it holds no certificate"},
           {{"--cert", good, "--key", good}, 3, "it holds no private key"},
           {{"--cert", good, "--crl", good}, 3, "it holds no revocation list"},
           {{"--cert", good, "--intermediates", key}, 3, "it holds no certificate"},
           {{"--cert", good, "--ocsp", folder.path("nothing.der")}, 3, "nothing.der"},
           {{"--cert", good, "--date", "soon"}, 2, "--date: 'soon'"},
           {{"--cert", good, "--policy", "windows"}, 2, "--policy: 'windows'"},
           {{"--cert", good, "--timeout", "3"}, 2, "--timeout needs a TARGET"},
           {{"--name", "x"}, 2, "--name needs --cert"},
           {{"localhost", "--name", "x"}, 2, "--name is for --cert"},
           {{"localhost", "--cert", good, "--cert", good}, 2, "one --cert"},
           {{"--cert", good, key}, 2, "is a file, no TARGET"},
       }) {
    const Finished result = check(row.words);
    EXPECT_EQ(result.exit_code, row.exit_code) << row.part;
    EXPECT_EQ(result.out, "") << row.part;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
    EXPECT_NE(result.err.find(row.part), std::string::npos) << result.err;
  }
}

}  // namespace
}  // namespace securetransport::test
