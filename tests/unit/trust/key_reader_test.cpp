// SPDX-License-Identifier: Apache-2.0
// Keys of every kind, one after another through one chain of decoders, come out as d2i_PUBKEY() reads them.
#include "trust/key_reader.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <string>
#include <vector>

namespace securetransport::trust {
namespace {

using Spki = std::vector<std::uint8_t>;

Spki spki_of(const ossl::PkeyPtr& key) {
  unsigned char* bytes = nullptr;
  const int size = i2d_PUBKEY(key.get(), &bytes);
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owner(bytes);
  return {bytes, bytes + size};
}

ossl::PkeyPtr rsa_pss_key() {
  const ossl::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_keygen_init(context.get());
  EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 1024);
  EVP_PKEY_keygen(context.get(), &key);
  return ossl::PkeyPtr(key);
}

std::vector<Spki> spkis_of_every_kind() {
  std::vector<Spki> spkis;
  spkis.push_back(spki_of(ossl::PkeyPtr(EVP_RSA_gen(1024))));
  for (const char* const curve : {"P-256", "P-384", "P-521"})
    spkis.push_back(spki_of(ossl::PkeyPtr(EVP_EC_gen(curve))));
  for (const char* const kind : {"ED25519", "ED448", "X25519"}) {
    spkis.push_back(spki_of(ossl::PkeyPtr(EVP_PKEY_Q_keygen(nullptr, nullptr, kind))));
  }
  spkis.push_back(spki_of(rsa_pss_key()));
  const std::size_t good = spkis.size();
  for (std::size_t at = 0; at < good; ++at) {
    Spki cut = spkis[at];
    cut.pop_back();
    spkis.push_back(cut);
    Spki of_unknown_kind = spkis[at];
    of_unknown_kind[6] ^= 0x55U;  // Inside the object identifier.
    spkis.push_back(of_unknown_kind);
  }
  spkis.emplace_back();
  return spkis;
}

TEST(KeyReader, ReadsWhatOpensslReadsInAnyOrder) {
  const std::vector<Spki> spkis = spkis_of_every_kind();
  std::size_t readable = 0;
  for (std::size_t step = 1; step <= spkis.size(); ++step) {
    for (std::size_t at = 0; at < spkis.size(); ++at) {
      const Spki& spki = spkis[(at * step) % spkis.size()];
      const ossl::PkeyPtr ours = read_public_key(spki);
      const unsigned char* begin = spki.data();
      const ossl::PkeyPtr theirs(d2i_PUBKEY(nullptr, &begin, static_cast<long>(spki.size())));
      ERR_clear_error();
      ASSERT_EQ(ours != nullptr, theirs != nullptr) << "key " << (at * step) % spkis.size();
      if (!ours) continue;
      ++readable;
      EXPECT_EQ(EVP_PKEY_eq(ours.get(), theirs.get()), 1);
      EXPECT_EQ(EVP_PKEY_get_base_id(ours.get()), EVP_PKEY_get_base_id(theirs.get()));
    }
  }
  EXPECT_GE(readable, 8 * spkis.size());
}

TEST(KeyReader, LeavesNoErrorsBehind) {
  ERR_clear_error();
  EXPECT_EQ(read_public_key(Spki{0x30, 0x00}), nullptr);
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace securetransport::trust
