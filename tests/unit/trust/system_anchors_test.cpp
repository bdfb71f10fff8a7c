// SPDX-License-Identifier: Apache-2.0
// Listing the system's roots.
#include "securetransport/trust/system_anchors.hpp"

#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "trust/x509.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

namespace fs = std::filesystem;

/// The name under which OpenSSL looks for a certificate.
std::string hashed_name(const Certificate& certificate) {
  std::array<char, 16> name{};
  std::snprintf(name.data(), name.size(), "%08lx.0", X509_subject_name_hash(trust::x509_of(certificate)));
  return name.data();
}

/// Run in a process of its own: the system's roots are read once.
[[noreturn]] void exit_with_count(const Certificate& in_file, const Certificate& in_folder,
                                  const Certificate& nowhere) {
  const bool knows = is_system_anchor(in_file) && is_system_anchor(in_folder) && !is_system_anchor(nowhere);
  std::_Exit(knows ? static_cast<int>(system_anchors().size()) : 100);
}

TEST(SystemAnchorsDeathTest, AreThoseOfTheFileAndTheFoldersEachOnce) {
  const auto folder = fs::path(testing::TempDir()) / ("anchors-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const auto first = self_signed(root_spec("First"));
  const auto second = self_signed(root_spec("Second"));
  const auto third = self_signed(root_spec("Third"));
  std::ofstream(folder / "bundle.pem") << first.pem() << second.pem();
  std::ofstream(folder / hashed_name(parsed(second))) << second.pem();
  std::ofstream(folder / hashed_name(parsed(third))) << third.pem();
  std::ofstream(folder / "stranger.pem") << self_signed(root_spec("Stranger")).pem();
  std::ofstream(folder / "0123abcd.1") << "nonsense";
  EXPECT_EXIT(
      {
        setenv("SSL_CERT_FILE", (folder / "bundle.pem").c_str(), 1);
        setenv("SSL_CERT_DIR", ("/nonexistent:" + folder.string()).c_str(), 1);
        exit_with_count(parsed(first), parsed(third), parsed(self_signed(root_spec("First"))));
      },
      testing::ExitedWithCode(3), "");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace securetransport::test
