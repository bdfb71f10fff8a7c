// SPDX-License-Identifier: Apache-2.0
// What is exported is what the openssl command reads.
#include "securetransport/trust/export.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "securetransport/trust/import.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// What the command, which finds the bytes in the file `in`, writes into the file `out`.
std::string output_of(const std::string& command, const Bytes& bytes) {
  const auto folder = std::filesystem::path(testing::TempDir()) / ("export-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "in", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  const std::string line = "cd '" + folder.string() + "' && " + command + " > log 2>&1";
  EXPECT_EQ(std::system(line.c_str()), 0) << command;
  std::ifstream file(folder / "out", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove_all(folder);
  return text;
}

PrivateKey private_key(const TestCertificate& certificate) {
  const std::string pem = key_pem(certificate.key);
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(pem.data()), pem.size());
  return import_items({.bytes = bytes}).items.keys.at(0);
}

TEST(Export, WritesPkcs12ThatTheOpensslCommandReads) {
  const Family family;
  const auto leaf = family.leaf();
  const std::vector<Certificate> certificates{parsed(leaf), parsed(family.intermediate)};
  const std::vector<PrivateKey> keys{private_key(leaf)};
  const auto bytes = export_pkcs12(keys, certificates, "pass phrase", "my label");
  ASSERT_TRUE(bytes) << bytes.error().detail;
  const std::string text = output_of("openssl pkcs12 -in in -passin 'pass:pass phrase' -nodes -out out", *bytes);
  EXPECT_NE(text.find(leaf.pem()), std::string::npos);
  EXPECT_NE(text.find(family.intermediate.pem()), std::string::npos);
  EXPECT_NE(text.find(key_pem(leaf.key)), std::string::npos);
  EXPECT_NE(text.find("friendlyName: my label"), std::string::npos);

  const auto again = import_items({.bytes = *bytes, .passphrase = "pass phrase"});
  ASSERT_TRUE(again) << again.error->detail;
  ASSERT_EQ(again.items.identities.size(), 1U);
  EXPECT_EQ(again.items.identities.front().label, "my label");
  EXPECT_EQ(again.items.identities.front().identity.chain().front(), parsed(leaf));
  EXPECT_EQ(import_items({.bytes = *bytes, .passphrase = "wrong"}).error->problem, ImportProblem::PassphraseWrong);
  EXPECT_FALSE(export_pkcs12(keys, certificates, std::string(1025, 'x')));
}

TEST(Export, WritesPkcs7ThatTheOpensslCommandReads) {
  const Family family;
  const std::vector<Certificate> certificates{parsed(family.root), parsed(family.intermediate)};
  const std::string text =
      output_of("openssl pkcs7 -inform DER -in in -print_certs -out out", export_pkcs7(certificates));
  EXPECT_NE(text.find(family.root.pem()), std::string::npos);
  EXPECT_NE(text.find(family.intermediate.pem()), std::string::npos);
}

TEST(Export, WritesPemBlocks) {
  const auto leaf = self_signed(leaf_spec());
  EXPECT_EQ(pem_block("CERTIFICATE", leaf.der), leaf.pem());
}

}  // namespace
}  // namespace securetransport::test
