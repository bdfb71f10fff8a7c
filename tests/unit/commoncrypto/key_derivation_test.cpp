// SPDX-License-Identifier: Apache-2.0
// PBKDF2 against RFC 6070 and RFC 7914, and random bytes.
#include <CommonCrypto/CommonCrypto.h>
#include <gtest/gtest.h>

#include <array>

#include "hex.hpp"

namespace securetransport::test {
namespace {

TEST(CommonKeyDerivation, ComputesThePublishedExamples) {
  using namespace std::string_literals;
  struct Row {
    CCPseudoRandomAlgorithm prf;
    std::string password;
    std::string salt;
    unsigned rounds;
    std::string expected;
  };
  const std::vector<Row> rows{
      {kCCPRFHmacAlgSHA1, "password", "salt", 1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"},
      {kCCPRFHmacAlgSHA1, "password", "salt", 2, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"},
      {kCCPRFHmacAlgSHA1, "password", "salt", 4096, "4b007901b765489abead49d926f721d065a429c1"},
      {kCCPRFHmacAlgSHA1, "passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096,
       "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"},
      {kCCPRFHmacAlgSHA1, "pass\0word"s, "sa\0lt"s, 4096, "56fa6aa75548099dcc37d7f03425e0c3"},
      {kCCPRFHmacAlgSHA256, "passwd", "salt", 1,
       "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
       "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.expected);
    std::vector<std::uint8_t> key(row.expected.size() / 2);
    EXPECT_EQ(CCKeyDerivationPBKDF(kCCPBKDF2, row.password.data(), row.password.size(),
                                   reinterpret_cast<const std::uint8_t*>(row.salt.data()), row.salt.size(), row.prf,
                                   row.rounds, key.data(), key.size()),
              kCCSuccess);
    EXPECT_EQ(to_hex(key), row.expected);
  }
}

TEST(CommonKeyDerivation, RefusesImpossibleArguments) {
  std::array<std::uint8_t, 16> key{};
  const std::array<std::uint8_t, 4> salt{};
  const auto derive = [&](CCPBKDFAlgorithm algorithm, const char* password, const std::uint8_t* with,
                          CCPseudoRandomAlgorithm prf, unsigned rounds, std::uint8_t* out, std::size_t size) {
    return CCKeyDerivationPBKDF(algorithm, password, 4, with, 4, prf, rounds, out, size);
  };
  EXPECT_EQ(derive(1, "word", salt.data(), kCCPRFHmacAlgSHA1, 1, key.data(), key.size()), kCCParamError);
  EXPECT_EQ(derive(kCCPBKDF2, nullptr, salt.data(), kCCPRFHmacAlgSHA1, 1, key.data(), key.size()), kCCParamError);
  EXPECT_EQ(derive(kCCPBKDF2, "word", nullptr, kCCPRFHmacAlgSHA1, 1, key.data(), key.size()), kCCParamError);
  EXPECT_EQ(derive(kCCPBKDF2, "word", salt.data(), 9, 1, key.data(), key.size()), kCCParamError);
  EXPECT_EQ(derive(kCCPBKDF2, "word", salt.data(), kCCPRFHmacAlgSHA1, 0, key.data(), key.size()), kCCParamError);
  EXPECT_EQ(derive(kCCPBKDF2, "word", salt.data(), kCCPRFHmacAlgSHA1, 1, nullptr, key.size()), kCCParamError);
  EXPECT_EQ(derive(kCCPBKDF2, "word", salt.data(), kCCPRFHmacAlgSHA1, 1, key.data(), 0), kCCParamError);
  EXPECT_EQ(CCKeyDerivationPBKDF(kCCPBKDF2, nullptr, 0, nullptr, 0, kCCPRFHmacAlgSHA512, 1, key.data(), key.size()),
            kCCSuccess);
}

TEST(CommonKeyDerivation, EstimatesMoreRoundsForMoreTime) {
  const unsigned few = CCCalibratePBKDF(kCCPBKDF2, 10, 16, kCCPRFHmacAlgSHA256, 32, 10);
  const unsigned many = CCCalibratePBKDF(kCCPBKDF2, 10, 16, kCCPRFHmacAlgSHA256, 32, 10'000);
  EXPECT_GT(few, 0U);
  EXPECT_GT(many, few);
  EXPECT_EQ(CCCalibratePBKDF(kCCPBKDF2, 10, 16, 9, 32, 10), 0U);
  EXPECT_EQ(CCCalibratePBKDF(kCCPBKDF2, 10, 16, kCCPRFHmacAlgSHA256, 0, 10), 0U);
}

TEST(CommonRandom, FillsTheBufferAndNothingElse) {
  std::array<std::uint8_t, 34> bytes{};
  EXPECT_EQ(CCRandomGenerateBytes(bytes.data() + 1, 32), kCCSuccess);
  EXPECT_EQ(bytes.front(), 0);
  EXPECT_EQ(bytes.back(), 0);
  EXPECT_NE(bytes, (std::array<std::uint8_t, 34>{}));
  EXPECT_EQ(CCRandomGenerateBytes(nullptr, 0), kCCSuccess);
  EXPECT_EQ(CCRandomGenerateBytes(nullptr, 1), kCCParamError);
}

}  // namespace
}  // namespace securetransport::test
