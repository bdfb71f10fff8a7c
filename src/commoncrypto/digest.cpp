// SPDX-License-Identifier: Apache-2.0
// <CommonCrypto/CommonDigest.h>
#include <CommonCrypto/CommonDigest.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "commoncrypto/hash_state.hpp"

namespace {

using securetransport::commoncrypto::with_state;

template <class State, auto Init, class Context>
int init(Context* context) noexcept {
  if (context == nullptr) return 0;
  *context = {};
  return with_state<State>(*context, [](State& state) { return Init(&state); });
}

template <class State, auto Update, class Context>
int update(Context* context, const void* data, CC_LONG size) noexcept {
  if (context == nullptr || (data == nullptr && size != 0)) return 0;
  if (size == 0) return 1;
  return with_state<State>(*context, [&](State& state) { return Update(&state, data, size); });
}

template <class State, auto Final, class Context>
int finish(unsigned char* digest, Context* context) noexcept {
  if (digest == nullptr || context == nullptr) return 0;
  const int done = with_state<State>(*context, [&](State& state) { return Final(digest, &state); });
  OPENSSL_cleanse(context, sizeof *context);
  return done;
}

unsigned char* at_once(const EVP_MD* hash, const void* data, CC_LONG size, unsigned char* digest) noexcept {
  if (digest == nullptr || (data == nullptr && size != 0)) return nullptr;
  return EVP_Digest(data, size, digest, nullptr, hash, nullptr) == 1 ? digest : nullptr;
}

}  // namespace

int CC_MD5_Init(CC_MD5_CTX* c) { return init<MD5_CTX, MD5_Init>(c); }
int CC_MD5_Update(CC_MD5_CTX* c, const void* data, CC_LONG len) { return update<MD5_CTX, MD5_Update>(c, data, len); }
int CC_MD5_Final(unsigned char* md, CC_MD5_CTX* c) { return finish<MD5_CTX, MD5_Final>(md, c); }
unsigned char* CC_MD5(const void* data, CC_LONG len, unsigned char* md) { return at_once(EVP_md5(), data, len, md); }

int CC_SHA1_Init(CC_SHA1_CTX* c) { return init<SHA_CTX, SHA1_Init>(c); }
int CC_SHA1_Update(CC_SHA1_CTX* c, const void* data, CC_LONG len) { return update<SHA_CTX, SHA1_Update>(c, data, len); }
int CC_SHA1_Final(unsigned char* md, CC_SHA1_CTX* c) { return finish<SHA_CTX, SHA1_Final>(md, c); }
unsigned char* CC_SHA1(const void* data, CC_LONG len, unsigned char* md) { return at_once(EVP_sha1(), data, len, md); }

int CC_SHA224_Init(CC_SHA256_CTX* c) { return init<SHA256_CTX, SHA224_Init>(c); }
int CC_SHA224_Update(CC_SHA256_CTX* c, const void* data, CC_LONG len) {
  return update<SHA256_CTX, SHA224_Update>(c, data, len);
}
int CC_SHA224_Final(unsigned char* md, CC_SHA256_CTX* c) { return finish<SHA256_CTX, SHA224_Final>(md, c); }
unsigned char* CC_SHA224(const void* data, CC_LONG len, unsigned char* md) {
  return at_once(EVP_sha224(), data, len, md);
}

int CC_SHA256_Init(CC_SHA256_CTX* c) { return init<SHA256_CTX, SHA256_Init>(c); }
int CC_SHA256_Update(CC_SHA256_CTX* c, const void* data, CC_LONG len) {
  return update<SHA256_CTX, SHA256_Update>(c, data, len);
}
int CC_SHA256_Final(unsigned char* md, CC_SHA256_CTX* c) { return finish<SHA256_CTX, SHA256_Final>(md, c); }
unsigned char* CC_SHA256(const void* data, CC_LONG len, unsigned char* md) {
  return at_once(EVP_sha256(), data, len, md);
}

int CC_SHA384_Init(CC_SHA512_CTX* c) { return init<SHA512_CTX, SHA384_Init>(c); }
int CC_SHA384_Update(CC_SHA512_CTX* c, const void* data, CC_LONG len) {
  return update<SHA512_CTX, SHA384_Update>(c, data, len);
}
int CC_SHA384_Final(unsigned char* md, CC_SHA512_CTX* c) { return finish<SHA512_CTX, SHA384_Final>(md, c); }
unsigned char* CC_SHA384(const void* data, CC_LONG len, unsigned char* md) {
  return at_once(EVP_sha384(), data, len, md);
}

int CC_SHA512_Init(CC_SHA512_CTX* c) { return init<SHA512_CTX, SHA512_Init>(c); }
int CC_SHA512_Update(CC_SHA512_CTX* c, const void* data, CC_LONG len) {
  return update<SHA512_CTX, SHA512_Update>(c, data, len);
}
int CC_SHA512_Final(unsigned char* md, CC_SHA512_CTX* c) { return finish<SHA512_CTX, SHA512_Final>(md, c); }
unsigned char* CC_SHA512(const void* data, CC_LONG len, unsigned char* md) {
  return at_once(EVP_sha512(), data, len, md);
}
