// SPDX-License-Identifier: Apache-2.0
#include "trust/key_reader.hpp"

#include <openssl/decoder.h>

#include <new>

#include "trust/error_mark.hpp"

namespace securetransport::trust {
namespace {

using DecoderPtr = std::unique_ptr<OSSL_DECODER_CTX, ossl::Deleter<OSSL_DECODER_CTX_free>>;

struct KeyDecoder {
  EVP_PKEY* key = nullptr;  // The context writes here, and the caller owns what it wrote.
  DecoderPtr context{OSSL_DECODER_CTX_new_for_pkey(&key, "DER", "SubjectPublicKeyInfo", nullptr, EVP_PKEY_PUBLIC_KEY,
                                                   nullptr, nullptr)};
};

}  // namespace

ossl::PkeyPtr read_public_key(std::span<const std::uint8_t> spki) {
  const ErrorMark mark;
  thread_local KeyDecoder decoder;
  if (!decoder.context) throw std::bad_alloc();
  decoder.key = nullptr;
  const unsigned char* at = spki.data();
  std::size_t left = spki.size();
  static_cast<void>(OSSL_DECODER_from_data(decoder.context.get(), &at, &left));
  return ossl::PkeyPtr(decoder.key);
}

}  // namespace securetransport::trust
