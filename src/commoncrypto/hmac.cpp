// SPDX-License-Identifier: Apache-2.0
// <CommonCrypto/CommonHMAC.h>
#include <CommonCrypto/CommonHMAC.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>
#include <new>

#include "commoncrypto/hash_state.hpp"

namespace {

const EVP_MD* hash_of(CCHmacAlgorithm algorithm) noexcept {
  switch (algorithm) {
    case kCCHmacAlgSHA1: return EVP_sha1();
    case kCCHmacAlgMD5: return EVP_md5();
    case kCCHmacAlgSHA256: return EVP_sha256();
    case kCCHmacAlgSHA384: return EVP_sha384();
    case kCCHmacAlgSHA512: return EVP_sha512();
    case kCCHmacAlgSHA224: return EVP_sha224();
    default: return nullptr;
  }
}

union HashState {
  MD5_CTX md5;
  SHA_CTX sha1;
  SHA256_CTX sha256;
  SHA512_CTX sha512;
};

/// RFC 2104 section 2: H(K XOR opad, H(K XOR ipad, text)). Both hashes have taken their first block.
///
/// OpenSSL's own HMAC context is an allocation that a program would have to give back; ours must be a value. See
/// hash_state.hpp.
struct Hmac {
  CCHmacAlgorithm algorithm;
  HashState inner;
  HashState outer;
};
static_assert(sizeof(Hmac) <= sizeof(CCHmacContext));

void begin(CCHmacAlgorithm algorithm, HashState& state) noexcept {
  switch (algorithm) {
    case kCCHmacAlgSHA1: SHA1_Init(&state.sha1); break;
    case kCCHmacAlgMD5: MD5_Init(&state.md5); break;
    case kCCHmacAlgSHA256: SHA256_Init(&state.sha256); break;
    case kCCHmacAlgSHA384: SHA384_Init(&state.sha512); break;
    case kCCHmacAlgSHA512: SHA512_Init(&state.sha512); break;
    default: SHA224_Init(&state.sha256); break;
  }
}

void add(CCHmacAlgorithm algorithm, HashState& state, const void* data, size_t size) noexcept {
  switch (algorithm) {
    case kCCHmacAlgSHA1: SHA1_Update(&state.sha1, data, size); break;
    case kCCHmacAlgMD5: MD5_Update(&state.md5, data, size); break;
    case kCCHmacAlgSHA256: SHA256_Update(&state.sha256, data, size); break;
    case kCCHmacAlgSHA384: SHA384_Update(&state.sha512, data, size); break;
    case kCCHmacAlgSHA512: SHA512_Update(&state.sha512, data, size); break;
    default: SHA224_Update(&state.sha256, data, size); break;
  }
}

void end(CCHmacAlgorithm algorithm, HashState& state, unsigned char* digest) noexcept {
  switch (algorithm) {
    case kCCHmacAlgSHA1: SHA1_Final(digest, &state.sha1); break;
    case kCCHmacAlgMD5: MD5_Final(digest, &state.md5); break;
    case kCCHmacAlgSHA256: SHA256_Final(digest, &state.sha256); break;
    case kCCHmacAlgSHA384: SHA384_Final(digest, &state.sha512); break;
    case kCCHmacAlgSHA512: SHA512_Final(digest, &state.sha512); break;
    default: SHA224_Final(digest, &state.sha256); break;
  }
}

/// Takes the first block, which is the key with every byte combined with `pad`.
void begin_with_key(CCHmacAlgorithm algorithm, HashState& state, std::array<unsigned char, SHA512_CBLOCK> key,
                    size_t block, unsigned char pad) noexcept {
  for (unsigned char& byte : key) byte ^= pad;
  begin(algorithm, state);
  add(algorithm, state, key.data(), block);
  OPENSSL_cleanse(key.data(), key.size());
}

}  // namespace

void CCHmacInit(CCHmacContext* ctx, CCHmacAlgorithm algorithm, const void* key, size_t keyLength) {
  const EVP_MD* const hash = hash_of(algorithm);
  if (ctx == nullptr || hash == nullptr || (key == nullptr && keyLength != 0)) return;
  const auto block = static_cast<size_t>(EVP_MD_get_block_size(hash));
  std::array<unsigned char, SHA512_CBLOCK> padded{};
  if (keyLength > block) {
    // RFC 2104 section 3: longer keys are first hashed.
    HashState state;
    begin(algorithm, state);
    add(algorithm, state, key, keyLength);
    end(algorithm, state, padded.data());
    OPENSSL_cleanse(&state, sizeof state);
  } else if (keyLength != 0) {
    std::memcpy(padded.data(), key, keyLength);
  }
  Hmac hmac;
  hmac.algorithm = algorithm;
  begin_with_key(algorithm, hmac.inner, padded, block, 0x36);
  begin_with_key(algorithm, hmac.outer, padded, block, 0x5C);
  std::memcpy(ctx, &hmac, sizeof hmac);
  OPENSSL_cleanse(&hmac, sizeof hmac);
  OPENSSL_cleanse(padded.data(), padded.size());
}

void CCHmacUpdate(CCHmacContext* ctx, const void* data, size_t dataLength) {
  if (ctx == nullptr || data == nullptr || dataLength == 0) return;
  securetransport::commoncrypto::with_state<Hmac>(*ctx, [&](Hmac& hmac) {
    add(hmac.algorithm, hmac.inner, data, dataLength);
    return 1;
  });
}

void CCHmacFinal(CCHmacContext* ctx, void* macOut) {
  if (ctx == nullptr || macOut == nullptr) return;
  securetransport::commoncrypto::with_state<Hmac>(*ctx, [&](Hmac& hmac) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    end(hmac.algorithm, hmac.inner, digest.data());
    add(hmac.algorithm, hmac.outer, digest.data(), static_cast<size_t>(EVP_MD_get_size(hash_of(hmac.algorithm))));
    end(hmac.algorithm, hmac.outer, static_cast<unsigned char*>(macOut));
    OPENSSL_cleanse(digest.data(), digest.size());
    return 1;
  });
  OPENSSL_cleanse(ctx, sizeof *ctx);
}

void CCHmac(CCHmacAlgorithm algorithm, const void* key, size_t keyLength, const void* data, size_t dataLength,
            void* macOut) {
  const EVP_MD* const hash = hash_of(algorithm);
  if (hash == nullptr || macOut == nullptr || keyLength > INT_MAX) return;
  if ((key == nullptr && keyLength != 0) || (data == nullptr && dataLength != 0)) return;
  // With a null key OpenSSL would take the one of the call before.
  HMAC(hash, keyLength == 0 ? "" : key, static_cast<int>(keyLength), static_cast<const unsigned char*>(data),
       dataLength, static_cast<unsigned char*>(macOut), nullptr);
}
