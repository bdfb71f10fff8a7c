// SPDX-License-Identifier: Apache-2.0
// The plain contestant: OpenSSL as a careful program would use it, without any of our layers.
#include "plain_pair.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <stdexcept>

namespace securetransport::bench {

struct PipeBio {
  static PlainPair::End& end_of(BIO* bio) { return *static_cast<PlainPair::End*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* data, int size) {
    BIO_clear_retry_flags(bio);
    const std::size_t count =
        end_of(bio).in->take({reinterpret_cast<std::uint8_t*>(data), static_cast<std::size_t>(size)});
    if (count > 0) return static_cast<int>(count);
    BIO_set_retry_read(bio);
    return -1;
  }

  static int write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    end_of(bio).out->put({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
    return size;
  }

  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

  static const BIO_METHOD* method() {
    static BIO_METHOD* const kMethod = [] {
      BIO_METHOD* const made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "memory pipe");
      BIO_meth_set_read(made, read);
      BIO_meth_set_write(made, write);
      BIO_meth_set_ctrl(made, control);
      return made;
    }();
    return kMethod;
  }
};

namespace {

void check(bool good) {
  if (!good) throw std::runtime_error("OpenSSL refuses the benchmark's settings");
}

std::shared_ptr<BIO> text_bio(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

std::shared_ptr<X509> next_certificate(BIO* bio) {
  return {PEM_read_bio_X509(bio, nullptr, nullptr, nullptr), X509_free};
}

std::shared_ptr<SSL_CTX> make_context(const Setup& setup, const SSL_METHOD* method) {
  std::shared_ptr<SSL_CTX> made(SSL_CTX_new(method), SSL_CTX_free);
  SSL_CTX* const context = made.get();
  const int version = setup.is_tls13 ? TLS1_3_VERSION : TLS1_2_VERSION;
  check(SSL_CTX_set_min_proto_version(context, version) == 1 && SSL_CTX_set_max_proto_version(context, version) == 1);
  check(SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") == 1);
  check(SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES128-GCM-SHA256") == 1);
  check(SSL_CTX_set1_groups_list(context, "X25519:P-256") == 1);
  check(SSL_CTX_set1_sigalgs_list(context, "ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256") == 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_num_tickets(context, 0);
  return made;
}

}  // namespace

PlainContexts::PlainContexts(const Setup& setup)
    : client_(make_context(setup, TLS_client_method())), server_(make_context(setup, TLS_server_method())) {
  const std::shared_ptr<BIO> root_bio = text_bio(setup.root_pem);
  const std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  check(X509_STORE_add_cert(store.get(), next_certificate(root_bio.get()).get()) == 1);
  SSL_CTX_set1_cert_store(client_.get(), store.get());
  SSL_CTX_set_verify(client_.get(), SSL_VERIFY_PEER, nullptr);

  const std::shared_ptr<BIO> chain_bio = text_bio(setup.chain_pem);
  check(SSL_CTX_use_certificate(server_.get(), next_certificate(chain_bio.get()).get()) == 1);
  check(SSL_CTX_add1_chain_cert(server_.get(), next_certificate(chain_bio.get()).get()) == 1);
  const std::shared_ptr<BIO> key_bio = text_bio(setup.key_pem);
  const std::shared_ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  check(SSL_CTX_use_PrivateKey(server_.get(), key.get()) == 1);
}

PlainPair::PlainPair(const PlainContexts& contexts)
    : client_(make(contexts.client(), client_end_)), server_(make(contexts.server(), server_end_)) {
  SSL_set_connect_state(client_.get());
  SSL_set_accept_state(server_.get());
  check(SSL_set_tlsext_host_name(client_.get(), "localhost") == 1 && SSL_set1_host(client_.get(), "localhost") == 1);
}

std::shared_ptr<SSL> PlainPair::make(SSL_CTX* context, End& end) {
  std::shared_ptr<SSL> ssl(SSL_new(context), SSL_free);
  BIO* const bio = BIO_new(PipeBio::method());
  BIO_set_data(bio, &end);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl.get(), bio, bio);
  return ssl;
}

bool PlainPair::handshake() {
  constexpr int kMostRounds = 6;
  for (int round = 0; round < kMostRounds; ++round) {
    const int client = SSL_do_handshake(client_.get());
    const int server = SSL_do_handshake(server_.get());
    if (client == 1 && server == 1) return true;
  }
  return false;
}

bool PlainPair::carry(std::span<const std::uint8_t> data, std::span<std::uint8_t> buffer) {
  std::size_t written = 0;
  if (SSL_write_ex(client_.get(), data.data(), data.size(), &written) != 1) return false;
  std::size_t got = 0;
  return SSL_read_ex(server_.get(), buffer.data(), buffer.size(), &got) == 1 && got == written;
}

}  // namespace securetransport::bench
