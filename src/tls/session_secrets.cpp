// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/session_secrets.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>
#include <string>

#include "ossl/handles.hpp"
#include "tls/engine.hpp"
#include "tls/registry.hpp"

namespace securetransport {
namespace {

using KdfPtr = std::unique_ptr<EVP_KDF, ossl::Deleter<EVP_KDF_free>>;
using KdfCtxPtr = std::unique_ptr<EVP_KDF_CTX, ossl::Deleter<EVP_KDF_CTX_free>>;

/// Borrowed from `context`, which knows the ciphers of its versions.
const SSL_CIPHER* find_cipher(SSL& ssl, CipherSuite suite) {
  const auto number = static_cast<std::uint16_t>(suite);
  const std::array<unsigned char, 2> wire{static_cast<unsigned char>(number >> 8),
                                          static_cast<unsigned char>(number & 0xff)};
  return SSL_CIPHER_find(&ssl, wire.data());
}

ossl::SslPtr any_ssl() {
  const ossl::SslCtxPtr context(SSL_CTX_new(TLS_method()));
  return ossl::SslPtr(context ? SSL_new(context.get()) : nullptr);
}

OSSL_PARAM octets(const char* name, std::span<const std::uint8_t> bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

CipherSizes cipher_sizes(CipherSuite suite) {
  const ossl::SslPtr ssl = any_ssl();
  const SSL_CIPHER* const cipher = ssl ? find_cipher(*ssl, suite) : nullptr;
  if (cipher == nullptr) return {};
  CipherSizes sizes;
  const int digest = SSL_CIPHER_get_digest_nid(cipher);
  if (SSL_CIPHER_is_aead(cipher) == 0 && digest != NID_undef) {
    if (const EVP_MD* const md = EVP_get_digestbynid(digest)) sizes.mac = static_cast<std::size_t>(EVP_MD_get_size(md));
  }
  if (const EVP_CIPHER* const bulk = EVP_get_cipherbynid(SSL_CIPHER_get_cipher_nid(cipher))) {
    sizes.key = static_cast<std::size_t>(EVP_CIPHER_get_key_length(bulk));
    sizes.iv = static_cast<std::size_t>(EVP_CIPHER_get_iv_length(bulk));
  }
  ERR_clear_error();
  return sizes;
}

Result<void> tls_prf(ProtocolVersion version, CipherSuite suite, std::span<const std::uint8_t> secret,
                     std::span<const std::uint8_t> label, std::span<const std::uint8_t> seed,
                     std::span<std::uint8_t> output) {
  const ossl::SslPtr ssl = any_ssl();
  const SSL_CIPHER* const cipher = ssl ? find_cipher(*ssl, suite) : nullptr;
  if (version == ProtocolVersion::Tls13 || cipher == nullptr) {
    return Error{ResultCode::IllegalParam, "there is no PRF in this version, or the suite is not known"};
  }
  // RFC 5246 section 5: the hash is the suite's; before TLS 1.2 it is MD5 and SHA-1 together. Suites older than that
  // RFC use SHA-256 with TLS 1.2 (section 1.2), where OpenSSL's table still has the pair.
  const EVP_MD* const suite_hash = SSL_CIPHER_get_handshake_digest(cipher);
  const bool is_tls12 = !is_older(version, ProtocolVersion::Tls12);
  const bool has_suite_hash = is_tls12 && EVP_MD_is_a(suite_hash, SN_md5_sha1) == 0;
  std::string digest = has_suite_hash ? EVP_MD_get0_name(suite_hash) : is_tls12 ? "SHA256" : SN_md5_sha1;
  const KdfPtr kdf(EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_TLS1_PRF, nullptr));
  const KdfCtxPtr context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
  const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
                              octets(OSSL_KDF_PARAM_SECRET, secret), octets(OSSL_KDF_PARAM_SEED, label),
                              octets(OSSL_KDF_PARAM_SEED, seed), OSSL_PARAM_construct_end()};
  const bool derived = context && EVP_KDF_derive(context.get(), output.data(), output.size(), parameters.data()) == 1;
  ERR_clear_error();
  if (!derived) return Error{ResultCode::Internal, "the engine cannot compute the PRF"};
  return {};
}

SessionSecrets Session::Engine::secrets() const {
  SessionSecrets secrets;
  const SSL_SESSION* const session = SSL_get_session(ssl_.get());
  // The server random is there once the ServerHello is.
  secrets.has_randoms = failure_.version != 0;
  if (secrets.has_randoms) {
    SSL_get_client_random(ssl_.get(), secrets.client_random.data(), secrets.client_random.size());
    SSL_get_server_random(ssl_.get(), secrets.server_random.data(), secrets.server_random.size());
  }
  if (session == nullptr) return secrets;
  unsigned size = 0;
  const unsigned char* const id = SSL_SESSION_get_id(session, &size);
  secrets.session_id.assign(id, id + size);
  if (failure_.is_tls13() || failure_.version == 0) return secrets;
  secrets.master_secret.resize(SSL_SESSION_get_master_key(session, nullptr, 0));
  SSL_SESSION_get_master_key(session, secrets.master_secret.data(), secrets.master_secret.size());
  return secrets;
}

}  // namespace securetransport
