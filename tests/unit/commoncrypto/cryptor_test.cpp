// SPDX-License-Identifier: Apache-2.0
// Ciphers against NIST SP 800-38A and SP 800-67, and what happens with too little room or a wrong argument.
#include <CommonCrypto/CommonCryptor.h>
#include <gtest/gtest.h>

#include <array>

#include "hex.hpp"

namespace securetransport::test {
namespace {

using Bytes = std::vector<unsigned char>;

const char* const kKey128 = "2b7e151628aed2a6abf7158809cf4f3c";
const char* const kKey192 = "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b";
const char* const kKey256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
const char* const kIv = "000102030405060708090a0b0c0d0e0f";
const char* const kCounter = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
const char* const kPlain =
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

struct Row {
  const char* name;
  CCAlgorithm algorithm;
  CCMode mode;
  const char* key;
  const char* iv;
  const char* plain;
  const char* cipher;
};

const std::vector<Row> kRows{
    {"F.1.1 ECB-AES128", kCCAlgorithmAES, kCCModeECB, kKey128, "", kPlain,
     "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf"
     "43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4"},
    {"F.1.5 ECB-AES256", kCCAlgorithmAES, kCCModeECB, kKey256, "", kPlain,
     "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870"
     "b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7"},
    {"F.2.1 CBC-AES128", kCCAlgorithmAES, kCCModeCBC, kKey128, kIv, kPlain,
     "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
     "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7"},
    {"F.2.3 CBC-AES192", kCCAlgorithmAES, kCCModeCBC, kKey192, kIv, kPlain,
     "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a"
     "571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd"},
    {"F.2.5 CBC-AES256", kCCAlgorithmAES, kCCModeCBC, kKey256, kIv, kPlain,
     "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
     "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"},
    {"F.3.13 CFB128-AES128", kCCAlgorithmAES, kCCModeCFB, kKey128, kIv, kPlain,
     "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
     "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6"},
    {"F.4.1 OFB-AES128", kCCAlgorithmAES, kCCModeOFB, kKey128, kIv, kPlain,
     "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825"
     "9740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e"},
    {"F.5.1 CTR-AES128", kCCAlgorithmAES, kCCModeCTR, kKey128, kCounter, kPlain,
     "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
     "5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee"},
    {"SP 800-67 appendix B", kCCAlgorithm3DES, kCCModeECB, "0123456789abcdef23456789abcdef01456789abcdef0123", "",
     "54686520717566636b2062726f776e20666f78206a756d70", "a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900"},
};

/// Runs a cryptor over the input in pieces of so many bytes.
std::string run(CCOperation operation, const Row& row, const Bytes& input, std::size_t piece) {
  const auto key = from_hex(row.key);
  const auto iv = from_hex(row.iv);
  CCCryptorRef cryptor = nullptr;
  EXPECT_EQ(CCCryptorCreateWithMode(operation, row.mode, row.algorithm, ccNoPadding, iv.data(), key.data(), key.size(),
                                    nullptr, 0, 0, row.mode == kCCModeCTR ? CCModeOptions{kCCModeOptionCTR_BE} : 0U,
                                    &cryptor),
            kCCSuccess);
  Bytes output(input.size());
  std::size_t at = 0;
  for (std::size_t from = 0; from < input.size(); from += piece) {
    const std::size_t size = std::min(piece, input.size() - from);
    const std::size_t expected = CCCryptorGetOutputLength(cryptor, size, false);
    std::size_t moved = 0;
    EXPECT_EQ(CCCryptorUpdate(cryptor, input.data() + from, size, output.data() + at, expected, &moved), kCCSuccess);
    EXPECT_EQ(moved, expected);
    at += moved;
  }
  std::size_t moved = 99;
  EXPECT_EQ(CCCryptorFinal(cryptor, output.data() + at, output.size() - at, &moved), kCCSuccess);
  EXPECT_EQ(moved, 0U);
  EXPECT_EQ(CCCryptorRelease(cryptor), kCCSuccess);
  return to_hex(output);
}

TEST(CommonCryptor, ComputesThePublishedExamplesInPiecesOfAnySize) {
  for (const Row& row : kRows) {
    for (const std::size_t piece : {1U, 5U, 16U, 17U, 64U}) {
      SCOPED_TRACE(std::string(row.name) + " by " + std::to_string(piece));
      EXPECT_EQ(run(kCCEncrypt, row, from_hex(row.plain), piece), row.cipher);
      EXPECT_EQ(run(kCCDecrypt, row, from_hex(row.cipher), piece), row.plain);
    }
  }
}

TEST(CommonCryptor, WorksInOneCallAndInPlace) {
  for (const Row& row : kRows) {
    if (row.mode != kCCModeECB && row.mode != kCCModeCBC) continue;
    SCOPED_TRACE(row.name);
    const auto key = from_hex(row.key);
    const auto iv = from_hex(row.iv);
    const CCOptions options = row.mode == kCCModeECB ? CCOptions{kCCOptionECBMode} : 0U;
    Bytes text = from_hex(row.plain);
    std::size_t moved = 0;
    EXPECT_EQ(CCCrypt(kCCEncrypt, row.algorithm, options, key.data(), key.size(), iv.data(), text.data(), text.size(),
                      text.data(), text.size(), &moved),
              kCCSuccess);
    EXPECT_EQ(moved, text.size());
    EXPECT_EQ(to_hex(text), row.cipher);
    EXPECT_EQ(CCCrypt(kCCDecrypt, row.algorithm, options, key.data(), key.size(), iv.data(), text.data(), text.size(),
                      text.data(), text.size(), nullptr),
              kCCSuccess);
    EXPECT_EQ(to_hex(text), row.plain);
  }
}

/// CBC with padding under the first key and no initial vector.
CCCryptorStatus crypt(CCOperation operation, const Bytes& in, Bytes& out, std::size_t& moved) {
  const auto key = from_hex(kKey128);
  return CCCrypt(operation, kCCAlgorithmAES128, kCCOptionPKCS7Padding, key.data(), key.size(), nullptr, in.data(),
                 in.size(), out.data(), out.size(), &moved);
}

TEST(CommonCryptor, PadsAndUnpadsTextsOfEveryLength) {
  for (std::size_t size = 0; size <= 48; ++size) {
    const Bytes text(size, 'x');
    Bytes locked(size / 16 * 16 + 16);
    std::size_t moved = 0;
    ASSERT_EQ(crypt(kCCEncrypt, text, locked, moved), kCCSuccess);
    ASSERT_EQ(moved, locked.size());
    Bytes opened(locked.size());
    ASSERT_EQ(crypt(kCCDecrypt, locked, opened, moved), kCCSuccess);
    opened.resize(moved);
    EXPECT_EQ(opened, text);
  }
}

TEST(CommonCryptor, SaysHowMuchRoomItNeedsAndLosesNothing) {
  Bytes out(15);
  std::size_t moved = 0;
  EXPECT_EQ(crypt(kCCEncrypt, Bytes(15, 'x'), out, moved), kCCBufferTooSmall);
  EXPECT_EQ(moved, 16U);
  EXPECT_EQ(out, Bytes(15));

  const auto key = from_hex(kKey128);
  CCCryptorRef cryptor = nullptr;
  ASSERT_EQ(
      CCCryptorCreate(kCCEncrypt, kCCAlgorithmAES, kCCOptionPKCS7Padding, key.data(), key.size(), nullptr, &cryptor),
      kCCSuccess);
  EXPECT_EQ(CCCryptorGetOutputLength(cryptor, 20, true), 32U);
  EXPECT_EQ(CCCryptorUpdate(cryptor, kPlain, 20, out.data(), out.size(), &moved), kCCBufferTooSmall);
  EXPECT_EQ(moved, 16U);
  out.resize(32);
  EXPECT_EQ(CCCryptorUpdate(cryptor, kPlain, 20, out.data(), 16, &moved), kCCSuccess);
  EXPECT_EQ(CCCryptorFinal(cryptor, out.data() + 16, 15, &moved), kCCBufferTooSmall);
  EXPECT_EQ(moved, 16U);
  EXPECT_EQ(CCCryptorFinal(cryptor, out.data() + 16, 16, &moved), kCCSuccess);
  EXPECT_EQ(CCCryptorFinal(cryptor, out.data(), 32, &moved), kCCCallSequenceError);
  EXPECT_EQ(CCCryptorUpdate(cryptor, kPlain, 20, out.data(), 32, &moved), kCCCallSequenceError);

  Bytes again(32);
  ASSERT_EQ(CCCryptorReset(cryptor, nullptr), kCCSuccess);
  EXPECT_EQ(CCCryptorUpdate(cryptor, kPlain, 20, again.data(), 32, &moved), kCCSuccess);
  EXPECT_EQ(CCCryptorFinal(cryptor, again.data() + moved, 16, &moved), kCCSuccess);
  EXPECT_EQ(again, out);
  CCCryptorRelease(cryptor);
}

TEST(CommonCryptor, TellsAWrongKeyByThePadding) {
  Bytes locked(32);
  std::size_t moved = 0;
  ASSERT_EQ(crypt(kCCEncrypt, Bytes(20, 'x'), locked, moved), kCCSuccess);
  locked[31] ^= 1U;  // Damages the padding and nothing else.
  locked[15] ^= 0x40U;
  Bytes out(32);
  EXPECT_EQ(crypt(kCCDecrypt, locked, out, moved), kCCDecodeError);
  EXPECT_EQ(moved, 0U);
}

TEST(CommonCryptor, RefusesImpossibleArguments) {
  const auto key = from_hex(kKey256);
  Bytes out(64);
  std::size_t moved = 99;
  const auto call = [&](CCOperation operation, CCAlgorithm algorithm, CCOptions options, const void* with,
                        std::size_t key_length, const void* in, std::size_t size) {
    return CCCrypt(operation, algorithm, options, with, key_length, nullptr, in, size, out.data(), out.size(), &moved);
  };
  EXPECT_EQ(call(2, kCCAlgorithmAES, 0, key.data(), 16, out.data(), 16), kCCParamError);
  EXPECT_EQ(moved, 0U);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmAES, 4, key.data(), 16, out.data(), 16), kCCParamError);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmAES, 0, nullptr, 16, out.data(), 16), kCCParamError);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmAES, 0, key.data(), 16, nullptr, 16), kCCParamError);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmAES, 0, key.data(), 17, out.data(), 16), kCCKeySizeError);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithm3DES, 0, key.data(), 16, out.data(), 16), kCCKeySizeError);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmRC4, 0, key.data(), 16, out.data(), 16), kCCUnimplemented);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmDES, 0, key.data(), 8, out.data(), 8), kCCUnimplemented);
  EXPECT_EQ(call(kCCEncrypt, 77, 0, key.data(), 16, out.data(), 16), kCCUnimplemented);
  EXPECT_EQ(call(kCCEncrypt, kCCAlgorithmAES, 0, key.data(), 16, out.data(), 15), kCCAlignmentError);
  EXPECT_EQ(call(kCCDecrypt, kCCAlgorithmAES, kCCOptionPKCS7Padding, key.data(), 16, out.data(), 15),
            kCCAlignmentError);

  CCCryptorRef cryptor = nullptr;
  EXPECT_EQ(CCCryptorCreate(kCCEncrypt, kCCAlgorithmAES, 0, key.data(), 16, nullptr, nullptr), kCCParamError);
  EXPECT_EQ(CCCryptorCreateWithMode(kCCEncrypt, kCCModeXTS, kCCAlgorithmAES, ccNoPadding, nullptr, key.data(), 16,
                                    nullptr, 0, 0, 0, &cryptor),
            kCCUnimplemented);
  EXPECT_EQ(CCCryptorCreateWithMode(kCCEncrypt, kCCModeCTR, kCCAlgorithmAES, ccNoPadding, nullptr, key.data(), 16,
                                    nullptr, 0, 0, kCCModeOptionCTR_LE, &cryptor),
            kCCUnimplemented);
  EXPECT_EQ(cryptor, nullptr);
  EXPECT_EQ(CCCryptorUpdate(nullptr, key.data(), 16, out.data(), 16, &moved), kCCParamError);
  EXPECT_EQ(CCCryptorFinal(nullptr, out.data(), 16, &moved), kCCParamError);
  EXPECT_EQ(CCCryptorReset(nullptr, nullptr), kCCParamError);
  EXPECT_EQ(CCCryptorRelease(nullptr), kCCSuccess);
  EXPECT_EQ(CCCryptorGetOutputLength(nullptr, 16, true), 0U);
}

// SP 800-38A F.1.1, as mosh does it.
TEST(CommonCryptor, MakesACryptorForAProgramThatHasMemory) {
  const auto key = from_hex(kKey128);
  const auto plain = from_hex("6bc1bee22e409f96e93d7e117393172a");
  std::array<unsigned char, kCCContextSizeAES128> memory{};
  CCCryptorRef cryptor = nullptr;
  std::size_t used = 1;
  ASSERT_EQ(CCCryptorCreateFromData(kCCEncrypt, kCCAlgorithmAES128, kCCOptionECBMode, key.data(), key.size(), nullptr,
                                    memory.data(), memory.size(), &cryptor, &used),
            kCCSuccess);
  EXPECT_EQ(used, 0U);
  Bytes output(plain.size());
  std::size_t moved = 0;
  EXPECT_EQ(CCCryptorUpdate(cryptor, plain.data(), plain.size(), output.data(), output.size(), &moved), kCCSuccess);
  EXPECT_EQ(moved, output.size());
  EXPECT_EQ(output, from_hex("3ad77bb40d7a3660a89ecaf32466ef97"));
  EXPECT_EQ(CCCryptorRelease(cryptor), kCCSuccess);
  EXPECT_EQ(CCCryptorCreateFromData(kCCEncrypt, kCCAlgorithmAES128, kCCOptionECBMode, key.data(), 15, nullptr,
                                    memory.data(), memory.size(), &cryptor, nullptr),
            kCCKeySizeError);
}

}  // namespace
}  // namespace securetransport::test
