// SPDX-License-Identifier: Apache-2.0
// The PRF of TLS 1.2, with the test vector that the TLS working group published for P_SHA256.
#include "securetransport/tls/session_secrets.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace securetransport {
namespace {

constexpr std::array<std::uint8_t, 16> kSecret{0x9b, 0xbe, 0x43, 0x6b, 0xa9, 0x40, 0xf0, 0x17,
                                               0xb1, 0x76, 0x52, 0x84, 0x9a, 0x71, 0xdb, 0x35};
constexpr std::array<std::uint8_t, 16> kSeed{0xa0, 0xba, 0x9f, 0x93, 0x6c, 0xda, 0x31, 0x18,
                                             0x27, 0xa6, 0xf7, 0x96, 0xff, 0xd5, 0x19, 0x8c};
constexpr std::string_view kLabel = "test label";
constexpr std::array<std::uint8_t, 16> kFirstBytes{0xe3, 0xf2, 0x29, 0xba, 0x72, 0x7b, 0xe1, 0x7b,
                                                   0x8d, 0x12, 0x26, 0x20, 0x55, 0x7c, 0xd4, 0x53};

std::vector<std::uint8_t> prf(CipherSuite suite) {
  std::vector<std::uint8_t> output(kFirstBytes.size());
  const std::vector<std::uint8_t> label(kLabel.begin(), kLabel.end());
  const Result<void> made = tls_prf(ProtocolVersion::Tls12, suite, kSecret, label, kSeed, output);
  return made ? output : std::vector<std::uint8_t>();
}

// RFC 5246 section 1.2: "The MD5/SHA-1 combination in the pseudorandom function (PRF) has been replaced with
// cipher-suite-specified PRFs. All cipher suites in this document use P_SHA256."
TEST(SessionSecrets, UseSha256InTls12WithOldSuitesToo) {
  const std::vector<std::uint8_t> expected(kFirstBytes.begin(), kFirstBytes.end());
  for (const unsigned suite : {0x002FU, 0xC013U, 0x009CU, 0xC02FU}) {
    EXPECT_EQ(prf(CipherSuite(suite)), expected) << std::hex << suite;
  }
}

TEST(SessionSecrets, UseTheHashOfTheSuite) {
  const std::vector<std::uint8_t> other = prf(CipherSuite(0xC030));  // SHA-384
  EXPECT_FALSE(other.empty());
  EXPECT_NE(other, std::vector<std::uint8_t>(kFirstBytes.begin(), kFirstBytes.end()));
}

}  // namespace
}  // namespace securetransport
