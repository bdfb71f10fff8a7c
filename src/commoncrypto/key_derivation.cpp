// SPDX-License-Identifier: Apache-2.0
// <CommonCrypto/CommonKeyDerivation.h> and <CommonCrypto/CommonRandom.h>
#include <CommonCrypto/CommonKeyDerivation.h>
#include <CommonCrypto/CommonRandom.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <limits>
#include <new>
#include <vector>

namespace {

const EVP_MD* hash_of(CCPseudoRandomAlgorithm prf) noexcept {
  switch (prf) {
    case kCCPRFHmacAlgSHA1: return EVP_sha1();
    case kCCPRFHmacAlgSHA224: return EVP_sha224();
    case kCCPRFHmacAlgSHA256: return EVP_sha256();
    case kCCPRFHmacAlgSHA384: return EVP_sha384();
    case kCCPRFHmacAlgSHA512: return EVP_sha512();
    default: return nullptr;
  }
}

bool is_possible(CCPBKDFAlgorithm algorithm, std::size_t password, std::size_t salt, std::size_t key) noexcept {
  return algorithm == kCCPBKDF2 && std::max({password, salt, key}) <= INT_MAX && key != 0;
}

}  // namespace

int CCKeyDerivationPBKDF(CCPBKDFAlgorithm algorithm, const char* password, size_t passwordLen, const uint8_t* salt,
                         size_t saltLen, CCPseudoRandomAlgorithm prf, unsigned rounds, uint8_t* derivedKey,
                         size_t derivedKeyLen) {
  const EVP_MD* const hash = hash_of(prf);
  if (hash == nullptr || !is_possible(algorithm, passwordLen, saltLen, derivedKeyLen)) return kCCParamError;
  if (rounds == 0 || rounds > INT_MAX || derivedKey == nullptr) return kCCParamError;
  if ((password == nullptr && passwordLen != 0) || (salt == nullptr && saltLen != 0)) return kCCParamError;
  const bool done = PKCS5_PBKDF2_HMAC(password != nullptr ? password : "", static_cast<int>(passwordLen), salt,
                                      static_cast<int>(saltLen), static_cast<int>(rounds), hash,
                                      static_cast<int>(derivedKeyLen), derivedKey) == 1;
  return done ? kCCSuccess : kCCUnspecifiedError;
}

unsigned CCCalibratePBKDF(CCPBKDFAlgorithm algorithm, size_t passwordLen, size_t saltLen, CCPseudoRandomAlgorithm prf,
                          size_t derivedKeyLen, uint32_t msec) {
  using Clock = std::chrono::steady_clock;
  using Microseconds = std::chrono::duration<double, std::micro>;
  constexpr std::size_t kLongest = 1 << 20;  // What is measured need not be longer than anybody's password.
  const EVP_MD* const hash = hash_of(prf);
  if (hash == nullptr || msec == 0 || !is_possible(algorithm, passwordLen, saltLen, derivedKeyLen)) return 0;
  if (std::max({passwordLen, saltLen, derivedKeyLen}) > kLongest) return 0;
  try {
    const std::vector<char> password(passwordLen + 1);
    const std::vector<unsigned char> salt(saltLen + 1);
    std::vector<unsigned char> key(derivedKeyLen);
    constexpr int kTrial = 20'000;
    const auto begin = Clock::now();
    if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(passwordLen), salt.data(), static_cast<int>(saltLen),
                          kTrial, hash, static_cast<int>(key.size()), key.data()) != 1)
      return 0;
    const double per_round = Microseconds(Clock::now() - begin).count() / kTrial;
    const double rounds = msec * 1000.0 / std::max(per_round, 0.001);
    return static_cast<unsigned>(std::clamp(rounds, 1.0, double{INT_MAX}));
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

CCRNGStatus CCRandomGenerateBytes(void* bytes, size_t count) {
  if (count == 0) return kCCSuccess;
  if (bytes == nullptr) return kCCParamError;
  return RAND_bytes_ex(nullptr, static_cast<unsigned char*>(bytes), count, 0) == 1 ? CCRNGStatus{kCCSuccess}
                                                                                   : CCRNGStatus{kCCRNGFailure};
}
