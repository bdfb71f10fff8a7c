// SPDX-License-Identifier: Apache-2.0
// Hashes and HMAC against the published vectors: RFC 1321, FIPS 180 examples, RFC 2202 and RFC 4231.
#include <CommonCrypto/CommonDigest.h>
#include <CommonCrypto/CommonHMAC.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>

#include "hex.hpp"

namespace securetransport::test {
namespace {

const std::string k448Bits = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
const std::string k896Bits =
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

/// One hash: in one call, and in pieces of so many bytes.
struct Hash {
  const char* name;
  std::function<std::string(const std::string&)> at_once;
  std::function<std::string(const std::string&, std::size_t)> in_pieces;
};

template <class Context, std::size_t kLength, auto Init, auto Update, auto Final, auto AtOnce>
Hash hash_named(const char* name) {
  return {name,
          [](const std::string& text) {
            std::array<unsigned char, kLength> digest{};
            EXPECT_EQ(AtOnce(text.data(), static_cast<CC_LONG>(text.size()), digest.data()), digest.data());
            return to_hex(digest);
          },
          [](const std::string& text, std::size_t piece) {
            Context context;
            EXPECT_EQ(Init(&context), 1);
            for (std::size_t at = 0; at < text.size(); at += piece) {
              const auto part = text.substr(at, piece);
              EXPECT_EQ(Update(&context, part.data(), static_cast<CC_LONG>(part.size())), 1);
            }
            std::array<unsigned char, kLength> digest{};
            EXPECT_EQ(Final(digest.data(), &context), 1);
            return to_hex(digest);
          }};
}

const Hash kMd5 = hash_named<CC_MD5_CTX, CC_MD5_DIGEST_LENGTH, CC_MD5_Init, CC_MD5_Update, CC_MD5_Final, CC_MD5>("MD5");
const Hash kSha1 =
    hash_named<CC_SHA1_CTX, CC_SHA1_DIGEST_LENGTH, CC_SHA1_Init, CC_SHA1_Update, CC_SHA1_Final, CC_SHA1>("SHA-1");
const Hash kSha224 =
    hash_named<CC_SHA256_CTX, CC_SHA224_DIGEST_LENGTH, CC_SHA224_Init, CC_SHA224_Update, CC_SHA224_Final, CC_SHA224>(
        "SHA-224");
const Hash kSha256 =
    hash_named<CC_SHA256_CTX, CC_SHA256_DIGEST_LENGTH, CC_SHA256_Init, CC_SHA256_Update, CC_SHA256_Final, CC_SHA256>(
        "SHA-256");
const Hash kSha384 =
    hash_named<CC_SHA512_CTX, CC_SHA384_DIGEST_LENGTH, CC_SHA384_Init, CC_SHA384_Update, CC_SHA384_Final, CC_SHA384>(
        "SHA-384");
const Hash kSha512 =
    hash_named<CC_SHA512_CTX, CC_SHA512_DIGEST_LENGTH, CC_SHA512_Init, CC_SHA512_Update, CC_SHA512_Final, CC_SHA512>(
        "SHA-512");

TEST(CommonDigest, ComputesThePublishedExamples) {
  struct Row {
    const Hash& hash;
    std::string text;
    const char* digest;
  };
  const std::vector<Row> rows{
      {kMd5, "", "d41d8cd98f00b204e9800998ecf8427e"},
      {kMd5, "abc", "900150983cd24fb0d6963f7d28e17f72"},
      {kSha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {kSha1, k448Bits, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
      {kSha224, "abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
      {kSha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {kSha256, k448Bits, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {kSha384, "abc",
       "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
      {kSha384, k896Bits,
       "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039"},
      {kSha512, "abc",
       "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
       "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
      {kSha512, k896Bits,
       "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
       "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.hash.name) + " of " + row.text);
    EXPECT_EQ(row.hash.at_once(row.text), row.digest);
    for (const std::size_t piece : {1U, 7U, 64U, 1000U}) EXPECT_EQ(row.hash.in_pieces(row.text, piece), row.digest);
  }
}

TEST(CommonDigest, CopiesOfAContextGoOnByThemselves) {
  CC_SHA256_CTX context;
  CC_SHA256_Init(&context);
  CC_SHA256_Update(&context, "a", 1);
  CC_SHA256_CTX copy = context;
  CC_SHA256_Update(&context, "other", 5);
  CC_SHA256_Update(&copy, "bc", 2);
  std::array<unsigned char, CC_SHA256_DIGEST_LENGTH> digest{};
  CC_SHA256_Final(digest.data(), &copy);
  EXPECT_EQ(to_hex(digest), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(CommonDigest, WipesTheContextInTheEnd) {
  CC_SHA512_CTX context;
  CC_SHA512_Init(&context);
  std::array<unsigned char, CC_SHA512_DIGEST_LENGTH> digest{};
  CC_SHA512_Final(digest.data(), &context);
  for (const CC_LONG64 word : context.state) EXPECT_EQ(word, 0U);
}

TEST(CommonDigest, RefusesNullPointers) {
  CC_SHA256_CTX context;
  std::array<unsigned char, CC_SHA256_DIGEST_LENGTH> digest{};
  EXPECT_EQ(CC_SHA256_Init(nullptr), 0);
  EXPECT_EQ(CC_SHA256_Init(&context), 1);
  EXPECT_EQ(CC_SHA256_Update(nullptr, "a", 1), 0);
  EXPECT_EQ(CC_SHA256_Update(&context, nullptr, 1), 0);
  EXPECT_EQ(CC_SHA256_Update(&context, nullptr, 0), 1);
  EXPECT_EQ(CC_SHA256_Final(nullptr, &context), 0);
  EXPECT_EQ(CC_SHA256_Final(digest.data(), nullptr), 0);
  EXPECT_EQ(CC_SHA256("a", 1, nullptr), nullptr);
  EXPECT_EQ(CC_SHA256(nullptr, 1, digest.data()), nullptr);
  EXPECT_EQ(CC_MD5(nullptr, 0, digest.data()), digest.data());
}

struct Mac {
  const char* name;
  CCHmacAlgorithm algorithm;
  std::string key;
  std::string data;
  std::string expected;
};

const std::string kLargeKey(131, '\xaa');
const std::string kLargeKeyText = "Test Using Larger Than Block-Size Key - Hash Key First";

const std::vector<Mac> kMacs{
    {"RFC 2202 MD5 1", kCCHmacAlgMD5, std::string(16, '\x0b'), "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"},
    {"RFC 2202 MD5 2", kCCHmacAlgMD5, "Jefe", "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"},
    {"RFC 2202 SHA-1 1", kCCHmacAlgSHA1, std::string(20, '\x0b'), "Hi There",
     "b617318655057264e28bc0b6fb378c8ef146be00"},
    {"RFC 2202 SHA-1 2", kCCHmacAlgSHA1, "Jefe", "what do ya want for nothing?",
     "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {"RFC 4231 1", kCCHmacAlgSHA224, std::string(20, '\x0b'), "Hi There",
     "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22"},
    {"RFC 4231 1", kCCHmacAlgSHA256, std::string(20, '\x0b'), "Hi There",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {"RFC 4231 1", kCCHmacAlgSHA384, std::string(20, '\x0b'), "Hi There",
     "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"},
    {"RFC 4231 1", kCCHmacAlgSHA512, std::string(20, '\x0b'), "Hi There",
     "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
     "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"},
    {"RFC 4231 2", kCCHmacAlgSHA256, "Jefe", "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {"RFC 4231 6", kCCHmacAlgSHA256, kLargeKey, kLargeKeyText,
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {"RFC 4231 6", kCCHmacAlgSHA512, kLargeKey, kLargeKeyText,
     "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
     "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"},
};

TEST(CommonHmac, ComputesThePublishedExamples) {
  for (const Mac& row : kMacs) {
    SCOPED_TRACE(std::string(row.name) + ", algorithm " + std::to_string(row.algorithm));
    std::vector<unsigned char> mac(row.expected.size() / 2);
    CCHmac(row.algorithm, row.key.data(), row.key.size(), row.data.data(), row.data.size(), mac.data());
    EXPECT_EQ(to_hex(mac), row.expected);

    std::ranges::fill(mac, static_cast<unsigned char>(0));
    CCHmacContext context;
    CCHmacInit(&context, row.algorithm, row.key.data(), row.key.size());
    CCHmacUpdate(&context, row.data.data(), 3);
    CCHmacContext copy = context;
    CCHmacUpdate(&context, "something else", 14);
    CCHmacUpdate(&copy, row.data.data() + 3, row.data.size() - 3);
    CCHmacFinal(&copy, mac.data());
    EXPECT_EQ(to_hex(mac), row.expected);
    for (const std::uint64_t word : copy.ctx) EXPECT_EQ(word, 0U);
  }
}

TEST(CommonHmac, TakesAnEmptyKey) {
  std::array<unsigned char, 32> once{};
  std::array<unsigned char, 32> pieces{};
  CCHmac(kCCHmacAlgSHA256, nullptr, 0, nullptr, 0, once.data());
  CCHmacContext context;
  CCHmacInit(&context, kCCHmacAlgSHA256, nullptr, 0);
  CCHmacFinal(&context, pieces.data());
  EXPECT_EQ(to_hex(once), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  EXPECT_EQ(to_hex(pieces), to_hex(once));
}

TEST(CommonHmac, LeavesEverythingAsItIsForImpossibleArguments) {
  std::array<unsigned char, 64> mac{};
  CCHmac(99, "key", 3, "data", 4, mac.data());
  CCHmac(kCCHmacAlgSHA1, nullptr, 3, "data", 4, mac.data());
  CCHmac(kCCHmacAlgSHA1, "key", 3, nullptr, 4, mac.data());
  CCHmac(kCCHmacAlgSHA1, "key", 3, "data", 4, nullptr);
  CCHmacInit(nullptr, kCCHmacAlgSHA1, "key", 3);
  CCHmacUpdate(nullptr, "data", 4);
  CCHmacFinal(nullptr, mac.data());
  EXPECT_EQ(mac, (std::array<unsigned char, 64>{}));
}

}  // namespace
}  // namespace securetransport::test
