// SPDX-License-Identifier: Apache-2.0
// The lab's certificates, judged by an outside program: openssl(1).
#include "lab/pki.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

namespace securetransport::lab {
namespace {

struct Output {
  int exit_code;
  std::string text;  ///< Both streams.
};

/// Runs a shell command to its end.
Output run(const std::string& command) {
  Output result{-1, {}};
  // No configuration of this machine shall have a say.
  FILE* const pipe = ::popen(("OPENSSL_CONF=/dev/null " + command + " 2>&1").c_str(), "re");
  if (pipe == nullptr) return result;
  std::array<char, 4096> chunk{};
  for (std::size_t count = 0; (count = std::fread(chunk.data(), 1, chunk.size(), pipe)) > 0;) {
    result.text.append(chunk.data(), count);
  }
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

class LabPki : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "lab-pki-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// Writes a file and returns its path.
  [[nodiscard]] std::string file(const std::string& name, std::string_view content) const {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  /// `openssl verify`, strict, with only this root.
  [[nodiscard]] Output verify(const Pki& pki, const Issued& leaf, const std::string& options = {}) const {
    return run("openssl verify -x509_strict -no-CApath -no-CAstore -CAfile " +
               file("root.pem", pki.root.certificate_pem) + " -untrusted " +
               file("intermediate.pem", pki.intermediate.certificate_pem) + " " + options + " " +
               file("leaf.pem", leaf.certificate_pem));
  }

  [[nodiscard]] Output text_of(const Issued& issued) const {
    return run("openssl x509 -noout -text -in " + file("shown.pem", issued.certificate_pem));
  }

  static const Pki& pki() {
    static const Result<Pki> kShared = Pki::make();
    return kShared.value();
  }

 private:
  std::filesystem::path folder_;
};

bool contains(const Output& seen, std::string_view part) { return seen.text.find(part) != std::string::npos; }

struct KeyRow {
  KeyKind kind;
  std::string_view text;       ///< How openssl names the key.
  std::string_view signature;  ///< The algorithm of a signature made with it.
};

constexpr KeyRow kKeys[] = {
    {KeyKind::P256, "NIST CURVE: P-256", "ecdsa-with-SHA256"},
    {KeyKind::P384, "NIST CURVE: P-384", "ecdsa-with-SHA256"},
    {KeyKind::Ed25519, "ED25519 Public-Key", "ED25519"},
    {KeyKind::Rsa1024, "Public-Key: (1024 bit)", "sha256WithRSAEncryption"},
    {KeyKind::Rsa2048, "Public-Key: (2048 bit)", "sha256WithRSAEncryption"},
};

TEST_F(LabPki, ServersOfEveryKeyKindAreValid) {
  for (const KeyRow& row : kKeys) {
    SCOPED_TRACE(row.text);
    CertificateSpec spec = server_spec("localhost");
    spec.key = row.kind;
    const Result<Issued> leaf = pki().issue(spec);
    ASSERT_TRUE(leaf) << leaf.error().detail;
    const Output seen = verify(pki(), *leaf, "-purpose sslserver -verify_hostname localhost");
    EXPECT_EQ(seen.exit_code, 0) << seen.text;
    EXPECT_TRUE(contains(text_of(*leaf), row.text)) << text_of(*leaf).text;
  }
}

TEST_F(LabPki, IssuersOfEveryKeyKindAreValid) {
  for (const KeyRow& row : kKeys) {
    SCOPED_TRACE(row.text);
    const Result<Pki> other = Pki::make("Other", row.kind);
    ASSERT_TRUE(other) << other.error().detail;
    const Result<Issued> leaf = other->issue_server("www.example.com");
    ASSERT_TRUE(leaf) << leaf.error().detail;
    // Level 1 takes the RSA key of 1024 bits.
    const Output seen = verify(*other, *leaf, "-auth_level 1 -purpose sslserver -verify_hostname www.example.com");
    EXPECT_EQ(seen.exit_code, 0) << seen.text;
    EXPECT_TRUE(contains(text_of(*leaf), row.signature)) << text_of(*leaf).text;
  }
}

TEST_F(LabPki, KeysBelongToTheirCertificates) {
  for (const KeyRow& row : kKeys) {
    SCOPED_TRACE(row.text);
    CertificateSpec spec = server_spec("localhost");
    spec.key = row.kind;
    const Result<Issued> leaf = pki().issue(spec);
    ASSERT_TRUE(leaf) << leaf.error().detail;
    const Output of_key = run("openssl pkey -pubout -in " + file("key.pem", leaf->key_pem));
    const Output of_certificate = run("openssl x509 -noout -pubkey -in " + file("leaf.pem", leaf->certificate_pem));
    EXPECT_EQ(of_key.exit_code, 0) << of_key.text;
    EXPECT_EQ(of_key.text, of_certificate.text);
  }
}

TEST_F(LabPki, DerAndPemAreTheSameCertificate) {
  const Result<Issued> leaf = pki().issue_server("localhost");
  ASSERT_TRUE(leaf);
  const std::string der(leaf->certificate_der.begin(), leaf->certificate_der.end());
  const Output seen = run("openssl x509 -inform DER -in " + file("leaf.der", der));
  EXPECT_EQ(seen.exit_code, 0);
  EXPECT_EQ(seen.text, leaf->certificate_pem);
}

TEST_F(LabPki, LocalhostAlsoHasTheLoopbackAddresses) {
  const Result<Issued> leaf = pki().issue_server("localhost");
  ASSERT_TRUE(leaf);
  EXPECT_EQ(verify(pki(), *leaf, "-verify_ip 127.0.0.1").exit_code, 0);
  EXPECT_EQ(verify(pki(), *leaf, "-verify_ip ::1").exit_code, 0);
  EXPECT_NE(verify(pki(), *leaf, "-verify_hostname other.example").exit_code, 0);
}

TEST_F(LabPki, ServersMayBeAddresses) {
  const Result<Issued> leaf = pki().issue_server("192.0.2.1");
  ASSERT_TRUE(leaf) << leaf.error().detail;
  EXPECT_EQ(verify(pki(), *leaf, "-verify_ip 192.0.2.1").exit_code, 0);
}

TEST_F(LabPki, ALongNameStandsInTheSanAlone) {
  const std::string name = std::string(60, 'a') + ".example.com";
  const Result<Issued> leaf = pki().issue_server(name);
  ASSERT_TRUE(leaf) << leaf.error().detail;
  const Output seen = verify(pki(), *leaf, "-verify_hostname " + name);
  EXPECT_EQ(seen.exit_code, 0) << seen.text;
}

TEST_F(LabPki, ClientsAreNoServers) {
  const Result<Issued> leaf = pki().issue_client("Alice");
  ASSERT_TRUE(leaf);
  EXPECT_EQ(verify(pki(), *leaf, "-purpose sslclient").exit_code, 0);
  const Output seen = verify(pki(), *leaf, "-purpose sslserver");
  EXPECT_NE(seen.exit_code, 0);
}

TEST_F(LabPki, ASelfSignedServerIsItsOwnRoot) {
  const Result<Issued> leaf = self_sign(server_spec("localhost"));
  ASSERT_TRUE(leaf);
  const std::string path = file("self.pem", leaf->certificate_pem);
  EXPECT_EQ(run("openssl verify -CAfile " + path + " " + path).exit_code, 0);
  EXPECT_TRUE(contains(verify(pki(), *leaf), "self-signed certificate"));
}

TEST_F(LabPki, ChainsNeedTheirIntermediate) {
  const Result<Issued> leaf = pki().issue_server("localhost");
  ASSERT_TRUE(leaf);
  const Output seen = run("openssl verify -CAfile " + file("root.pem", pki().root.certificate_pem) + " " +
                          file("leaf.pem", leaf->certificate_pem));
  EXPECT_TRUE(contains(seen, "error 20")) << seen.text;  // X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
}

TEST_F(LabPki, ChainTextsAreInOrder) {
  const Result<Issued> leaf = pki().issue_server("localhost");
  ASSERT_TRUE(leaf);
  EXPECT_EQ(pki().chain_pem(*leaf), leaf->certificate_pem + pki().intermediate.certificate_pem);
  EXPECT_EQ(pki().full_chain_pem(*leaf), pki().chain_pem(*leaf) + pki().root.certificate_pem);
}

/// One thing wrong with a leaf, and the number of openssl's complaint about it (x509_vfy.h).
struct FaultRow {
  std::string_view name;
  void (*break_it)(CertificateSpec& spec);
  std::string_view complaint;
};

constexpr FaultRow kFaults[] = {
    {"expired",
     [](CertificateSpec& spec) {
       spec.not_before = now() - std::chrono::days(100);
       spec.not_after = now() - std::chrono::days(10);
     },
     "error 10 at 0 depth"},
    {"not yet valid", [](CertificateSpec& spec) { spec.not_before = now() + std::chrono::days(1); },
     "error 9 at 0 depth"},
    {"no purpose of a server", [](CertificateSpec& spec) { spec.purposes = {Purpose::CodeSigning}; },
     "error 26 at 0 depth"},
    {"unknown critical extension",
     [](CertificateSpec& spec) {
       spec.extra_extensions = {{"1.2.3.4", "critical,DER:05:00"}};
     },
     "error 34 at 0 depth"},
    {"a SHA-1 signature", [](CertificateSpec& spec) { spec.digest = Digest::Sha1; }, "error 68 at 0 depth"},
    {"an RSA key of 1024 bits", [](CertificateSpec& spec) { spec.key = KeyKind::Rsa1024; }, "error 66 at 0 depth"},
};

TEST_F(LabPki, EachFaultIsSeenAndNamed) {
  for (const FaultRow& row : kFaults) {
    SCOPED_TRACE(row.name);
    CertificateSpec spec = server_spec("localhost");
    row.break_it(spec);
    const Result<Issued> leaf = pki().issue(spec);
    ASSERT_TRUE(leaf) << leaf.error().detail;
    const Output seen = verify(pki(), *leaf, "-purpose sslserver -auth_level 2");
    EXPECT_NE(seen.exit_code, 0);
    EXPECT_TRUE(contains(seen, row.complaint)) << seen.text;
  }
}

TEST_F(LabPki, TheIntermediateMayIssueLeavesOnly) {
  CertificateSpec authority;
  authority.common_name = "Lab Third CA";
  authority.is_ca = true;
  const Result<Issued> third = pki().issue(authority);
  ASSERT_TRUE(third) << third.error().detail;
  const Result<Issued> leaf = issue(server_spec("localhost"), *third);
  ASSERT_TRUE(leaf) << leaf.error().detail;
  const Output seen = verify(pki(), *leaf, "-untrusted " + file("third.pem", third->certificate_pem));
  EXPECT_TRUE(contains(seen, "error 25 at 2 depth")) << seen.text;  // X509_V_ERR_PATH_LENGTH_EXCEEDED
}

TEST_F(LabPki, SerialsAreDistinctAndMayBeChosen) {
  std::set<std::string> seen;
  for (int i = 0; i < 8; ++i) {
    const Result<Issued> leaf = pki().issue_server("localhost");
    ASSERT_TRUE(leaf);
    seen.insert(run("openssl x509 -noout -serial -in " + file("leaf.pem", leaf->certificate_pem)).text);
  }
  EXPECT_EQ(seen.size(), 8U);
  CertificateSpec spec = server_spec("localhost");
  spec.serial = {0x12, 0x34};
  const Result<Issued> leaf = pki().issue(spec);
  ASSERT_TRUE(leaf);
  EXPECT_EQ(run("openssl x509 -noout -serial -in " + file("leaf.pem", leaf->certificate_pem)).text, "serial=1234\n");
}

TEST_F(LabPki, ExtensionsCanBeLeftOut) {
  CertificateSpec spec;
  spec.common_name = "bare";
  spec.purposes.clear();
  spec.omit_basic_constraints = spec.omit_key_usage = spec.omit_key_identifiers = true;
  const Result<Issued> leaf = self_sign(spec);
  ASSERT_TRUE(leaf) << leaf.error().detail;
  const Output seen = text_of(*leaf);
  EXPECT_TRUE(contains(seen, "Version: 1")) << seen.text;
  EXPECT_FALSE(contains(seen, "X509v3")) << seen.text;
}

TEST_F(LabPki, AKeyCanBeUsedAgain) {
  const Result<Issued> first = pki().issue_server("localhost");
  ASSERT_TRUE(first);
  CertificateSpec spec = server_spec("other.example");
  spec.key_pem = first->key_pem;
  const Result<Issued> second = pki().issue(spec);
  ASSERT_TRUE(second) << second.error().detail;
  EXPECT_EQ(second->key_pem, first->key_pem);
  EXPECT_NE(second->certificate_pem, first->certificate_pem);
}

TEST_F(LabPki, ImpossibleSpecsAreRefusedWithAReason) {
  CertificateSpec bad_address = server_spec("bad-address");
  bad_address.ip_addresses = {"not an address"};
  CertificateSpec bad_extension = server_spec("bad-extension");
  bad_extension.extra_extensions = {{"noSuchExtension", "x"}};
  CertificateSpec bad_key = server_spec("bad-key");
  bad_key.key_pem = "nonsense";
  CertificateSpec long_name = client_spec(std::string(65, 'a'));
  CertificateSpec bad_time = server_spec("bad-time");
  bad_time.not_after = std::chrono::sys_seconds(std::chrono::days(365 * 100'000));
  for (const CertificateSpec& spec : {bad_address, bad_extension, bad_key, long_name, bad_time}) {
    SCOPED_TRACE(spec.common_name);
    const Result<Issued> leaf = pki().issue(spec);
    ASSERT_FALSE(leaf);
    EXPECT_EQ(leaf.error().code, ResultCode::ConfigurationFailed);
    EXPECT_FALSE(leaf.error().detail.empty());
  }
  EXPECT_FALSE(issue(server_spec("localhost"), Issued{}));
}

}  // namespace
}  // namespace securetransport::lab
