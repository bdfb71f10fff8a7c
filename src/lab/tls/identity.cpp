// SPDX-License-Identifier: Apache-2.0
// Reads PEM and applies the key to data.
#include "lab/tls/identity.hpp"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>

namespace securetransport::lab {
namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;

Memory over(const std::string& text) { return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

Bytes der_of(X509& certificate) {
  Bytes out(static_cast<std::size_t>(std::max(0, i2d_X509(&certificate, nullptr))));
  unsigned char* to = out.data();
  i2d_X509(&certificate, &to);
  return out;
}

Certificate parse(ByteView der) {
  const unsigned char* from = der.data();
  return Certificate(d2i_X509(nullptr, &from, static_cast<long>(der.size())));
}

/// Null where the key brings its own digest (Ed25519).
const EVP_MD* digest_for(const TlsIdentity& identity, std::uint16_t version, std::uint16_t scheme) {
  if (EVP_PKEY_get_base_id(identity.key.get()) == EVP_PKEY_ED25519) return nullptr;
  // RFC 4346 section 7.4.3: RSA signs an md5_hash and a sha_hash, DSA (and ECDSA, RFC 4492) a sha_hash.
  if (version < kTls12) return identity.is_rsa() ? EVP_md5_sha1() : EVP_sha1();
  switch (scheme) {
    case 0x0503: return EVP_sha384();
    case 0x0201:  // rsa_pkcs1_sha1, ecdsa_sha1: what a scenario with weak signatures asks for.
    case 0x0203: return EVP_sha1();
    default: return EVP_sha256();
  }
}

}  // namespace

std::optional<TlsIdentity> TlsIdentity::from_pem(const std::string& chain_pem, const std::string& key_pem) {
  TlsIdentity made;
  const Memory chain = over(chain_pem);
  while (const Certificate next{PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr)}) {
    made.chain.push_back(der_of(*next));
  }
  if (key_pem.empty()) return made;
  made.key.reset(PEM_read_bio_PrivateKey(over(key_pem).get(), nullptr, nullptr, nullptr));
  if (!made.key) return std::nullopt;
  return made;
}

bool TlsIdentity::is_rsa() const noexcept { return key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA; }
bool TlsIdentity::is_ecdsa() const noexcept {
  return key && (EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC || EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519);
}

std::uint16_t TlsIdentity::scheme(std::uint16_t version, const std::vector<std::uint16_t>& offered) const {
  if (is_rsa()) {
    const bool can_pss = std::ranges::find(offered, scheme::kRsaPssSha256) != offered.end();
    return version >= kTls13 || can_pss ? scheme::kRsaPssSha256 : scheme::kRsaPkcs1Sha256;
  }
  if (key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519) return scheme::kEd25519;
  return key && EVP_PKEY_get_bits(key.get()) > 256 ? scheme::kEcdsaP384Sha384 : scheme::kEcdsaP256Sha256;
}

Bytes TlsIdentity::sign(std::uint16_t version, std::uint16_t scheme, ByteView data) const {
  if (!key) return {};
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;  // Owned by the context.
  if (EVP_DigestSignInit(context.get(), &padding, digest_for(*this, version, scheme), nullptr, key.get()) != 1) {
    return {};
  }
  if (version >= kTls12 && scheme >> 8 == 8 && is_rsa()) {
    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST);
  }
  std::size_t size = 0;
  if (EVP_DigestSign(context.get(), nullptr, &size, data.data(), data.size()) != 1) return {};
  Bytes out(size);
  if (EVP_DigestSign(context.get(), out.data(), &size, data.data(), data.size()) != 1) return {};
  out.resize(size);
  return out;
}

std::optional<Bytes> TlsIdentity::decrypt(ByteView secret) const {
  const KeyContext context(EVP_PKEY_CTX_new(key.get(), nullptr));
  if (!context || EVP_PKEY_decrypt_init(context.get()) != 1) return std::nullopt;
  Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
  std::size_t size = out.size();
  if (EVP_PKEY_decrypt(context.get(), out.data(), &size, secret.data(), secret.size()) != 1) return std::nullopt;
  out.resize(size);
  return out;
}

std::optional<Bytes> encrypt_for(ByteView certificate_der, ByteView secret) {
  const Certificate certificate = parse(certificate_der);
  EVP_PKEY* const key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
  const KeyContext context(key != nullptr ? EVP_PKEY_CTX_new(key, nullptr) : nullptr);
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1) return std::nullopt;
  Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t size = out.size();
  if (EVP_PKEY_encrypt(context.get(), out.data(), &size, secret.data(), secret.size()) != 1) return std::nullopt;
  out.resize(size);
  return out;
}

Bytes with_unreadable_key(ByteView certificate_der) {
  Bytes out(certificate_der.begin(), certificate_der.end());
  const Certificate certificate = parse(certificate_der);
  if (!certificate) return out;
  const ASN1_BIT_STRING* const key = X509_get0_pubkey_bitstr(certificate.get());
  const std::span bits(ASN1_STRING_get0_data(key), static_cast<std::size_t>(ASN1_STRING_length(key)));
  const auto found = std::search(out.begin(), out.end(), bits.begin(), bits.end());
  // A point must begin with 4, an RSAPublicKey with 0x30: 5 is neither.
  if (found != out.end()) *found = 5;
  return out;
}

}  // namespace securetransport::lab
