// SPDX-License-Identifier: Apache-2.0
// Where anchors come from.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

TEST(RootStore, TrustsNobodyIfItIsEmpty) {
  const Family family;
  EXPECT_EQ(summary(judge({{family.leaf(), family.intermediate, family.root}, {}})), "errSSLUnknownRootCert@2");
}

TEST(RootStore, TakesTheSameAnchorTwice) {
  const Family family;
  EXPECT_EQ(summary(judge({{family.leaf(), family.intermediate}, {family.root, family.root}})), "trusted");
}

TEST(RootStore, OfTheSystemIsLoadedOnce) { EXPECT_EQ(RootStore::system(), RootStore::system()); }

TEST(RootStore, OfTheSystemIsUsedIfNoneIsGiven) {
  const Family family;
  const auto chain = parsed({family.leaf(), family.intermediate});
  EXPECT_EQ(summary(evaluate({chain, "", PeerRole::Server, nullptr, kNow})), "errSSLNoRootCert@1");
}

/// Run in a process of its own: the system's roots are read once. Exits with 0 if the chain is trusted.
[[noreturn]] void exit_trusted(const Family& family) {
  const auto chain = parsed({family.leaf(), family.intermediate});
  std::_Exit(evaluate({chain, "www.example.com", PeerRole::Server, nullptr, kNow}).trusted() ? 0 : 1);
}

TEST(RootStoreDeathTest, OfTheSystemHonoursSslCertFile) {
  const Family family;
  const auto file = std::filesystem::path(testing::TempDir()) / ("roots-" + std::to_string(getpid()) + ".pem");
  std::ofstream(file) << "# a comment\n" << self_signed(root_spec("Stranger")).pem() << family.root.pem();
  EXPECT_EXIT(
      {
        setenv("SSL_CERT_FILE", file.c_str(), 1);
        setenv("SSL_CERT_DIR", "/nonexistent", 1);
        exit_trusted(family);
      },
      testing::ExitedWithCode(0), "");
  EXPECT_EXIT(
      {
        setenv("SSL_CERT_FILE", "/nonexistent", 1);
        setenv("SSL_CERT_DIR", "/nonexistent", 1);
        exit_trusted(family);
      },
      testing::ExitedWithCode(1), "");
  std::filesystem::remove(file);
}

TEST(RootStoreDeathTest, OfTheSystemHonoursSslCertDir) {
  const Family family;
  const auto folder = std::filesystem::path(testing::TempDir()) / ("roots-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "root.pem") << family.root.pem();
  ASSERT_EQ(std::system(("openssl rehash " + folder.string()).c_str()), 0);
  EXPECT_EXIT(
      {
        setenv("SSL_CERT_FILE", "/nonexistent", 1);
        setenv("SSL_CERT_DIR", folder.c_str(), 1);
        exit_trusted(family);
      },
      testing::ExitedWithCode(0), "");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace securetransport::test
