// SPDX-License-Identifier: Apache-2.0
// HMAC is OpenSSL's; the derivations are written out, so that they are not those of the engine under test.
#include "lab/tls/hashing.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cassert>

#include "lab/tls/byte_writer.hpp"

namespace securetransport::lab {
namespace {

const EVP_MD* method(Hash hash) {
  switch (hash) {
    case Hash::Md5: return EVP_md5();
    case Hash::Sha1: return EVP_sha1();
    case Hash::Sha256: return EVP_sha256();
    case Hash::Md5Sha1: return EVP_md5_sha1();
  }
  return nullptr;
}

/// P_hash of RFC 5246 section 5.
Bytes p_hash(Hash hash, ByteView secret, ByteView seed, std::size_t length) {
  Bytes out;
  Bytes a(seed.begin(), seed.end());
  while (out.size() < length) {
    a = hmac(hash, secret, a);
    Bytes block = a;
    append(block, seed);
    append(out, hmac(hash, secret, block));
  }
  out.resize(length);
  return out;
}

}  // namespace

Bytes digest(Hash hash, ByteView data) {
  Bytes out(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  [[maybe_unused]] const int ok = EVP_Digest(data.data(), data.size(), out.data(), &size, method(hash), nullptr);
  assert(ok == 1);
  out.resize(size);
  return out;
}

Bytes hmac(Hash hash, ByteView key, ByteView data) {
  static constexpr std::uint8_t kNoKey = 0;  // HMAC() takes a null key for "the one before".
  Bytes out(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  HMAC(method(hash), key.empty() ? &kNoKey : key.data(), static_cast<int>(key.size()), data.data(), data.size(),
       out.data(), &size);
  out.resize(size);
  return out;
}

Bytes random_bytes(std::size_t count) {
  Bytes out(count);
  [[maybe_unused]] const int ok = RAND_bytes(out.data(), static_cast<int>(count));
  assert(ok == 1);
  return out;
}

Bytes prf(Hash hash, ByteView secret, std::string_view label, ByteView seed, std::size_t length) {
  Bytes labelled = bytes_of(label);
  append(labelled, seed);
  if (hash != Hash::Md5Sha1) return p_hash(hash, secret, labelled, length);
  // RFC 2246 section 5: "S1 is taken from the first half of the secret, S2 from the second half." They overlap by a
  // byte where the length is odd.
  const std::size_t half = (secret.size() + 1) / 2;
  Bytes out = p_hash(Hash::Md5, secret.first(half), labelled, length);
  const Bytes other = p_hash(Hash::Sha1, secret.last(half), labelled, length);
  std::transform(out.begin(), out.end(), other.begin(), out.begin(),
                 [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a ^ b); });
  return out;
}

Bytes hkdf_extract(ByteView salt, ByteView secret) { return hmac(Hash::Sha256, salt, secret); }

Bytes hkdf_expand_label(ByteView secret, std::string_view label, ByteView context, std::size_t length) {
  const Bytes info = ByteWriter()
                         .u16(length)
                         .vector8([&](ByteWriter& w) { w.bytes(bytes_of("tls13 ")).bytes(bytes_of(label)); })
                         .opaque8(context)
                         .take();
  Bytes out;
  Bytes block;
  for (std::uint8_t i = 1; out.size() < length; ++i) {
    append(block, info);
    block.push_back(i);
    block = hmac(Hash::Sha256, secret, block);
    append(out, block);
  }
  out.resize(length);
  return out;
}

}  // namespace securetransport::lab
