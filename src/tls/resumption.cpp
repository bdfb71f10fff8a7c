// SPDX-License-Identifier: Apache-2.0
// Resuming sessions: what a client offers and keeps, what a server gives out.
#include <openssl/err.h>
#include <openssl/evp.h>

#include "tls/engine.hpp"

namespace securetransport {

void Session::Engine::set_up_resumption(const ClientConfig& config) {
  if (!config.session_cache) return;
  cache_key_ = tls::cache_key(config);
  resumed_from_ = config.session_cache->impl().take(cache_key_, now_);
  if (resumed_from_ && SSL_set_session(ssl_.get(), resumed_from_->session.get()) != 1) {
    ERR_clear_error();
    resumed_from_.reset();
  }
  if (!resumed_from_ && config.resumption == Resumption::Require) failure_.find(ossl::Finding::SessionNotFound);
}

/// The peer proved that it holds the secrets of a session whose peer was judged then.
void Session::Engine::take_over_resumed_judgement() {
  if (!resumed_from_ || SSL_session_reused(ssl_.get()) != 1) return;
  peer_chain_ = resumed_from_->chain;
  trust_ = resumed_from_->trust;
}

void Session::Engine::on_new_session(SSL_SESSION& session) noexcept {
  const ClientConfig* const client = client_config();
  if (client != nullptr ? !client->session_cache : !keeps_sessions()) return;
  // A copy: freeing an SSL object that was not shut down in order marks its own session as not resumable.
  fresh_session_.reset(SSL_SESSION_dup(&session));
  // A server has the session before its program has judged the client, and keeps it after.
  if (client == nullptr && !failure_.connected) return;
  if (!is_judged_or_needs_no_judgement()) return;
  take_over_resumed_judgement();
  keep_fresh_session();
}

void Session::Engine::keep_fresh_session() noexcept {
  if (!fresh_session_) return;
  std::chrono::sys_seconds expiry = tls::expiry_of(peer_chain_, now_, common().session_lifetime);
  // Who is resumed again and again was still judged only once.
  if (resumed_from_ && SSL_session_reused(ssl_.get()) == 1) expiry = std::min(expiry, resumed_from_->expires);
  const ServerConfig* const server = server_config();
  unsigned size = 0;
  const unsigned char* const id = SSL_SESSION_get_id(fresh_session_.get(), &size);
  SessionCache& cache = server != nullptr ? *server->session_cache : *client_config()->session_cache;
  cache.impl().put({server != nullptr ? tls::cache_key(*server, {id, size}) : cache_key_, std::move(fresh_session_),
                    peer_chain_, trust_, expiry});
}

bool Session::Engine::asks_clients() const noexcept {
  const ServerConfig* const config = server_config();
  return config != nullptr && config->client_authentication != ClientAuthentication::Never;
}

bool Session::Engine::keeps_sessions() const noexcept {
  return server_config() != nullptr && server_config()->session_cache;
}

SSL_SESSION* Session::Engine::on_session_wanted(std::span<const std::uint8_t> id) noexcept {
  // In a renegotiation the client must stay who it is, which only its certificate says.
  if (!keeps_sessions() || (judged_ && asks_clients())) return nullptr;
  const ServerConfig& config = *server_config();
  resumed_from_ = config.session_cache->impl().take(tls::cache_key(config, id), now_);
  return resumed_from_ ? resumed_from_->session.release() : nullptr;
}

Result<void> Session::Engine::set_up_kept_sessions(const ServerConfig& config) {
  const bool gives_tickets = config.session_tickets && !asks_clients();
  if (!gives_tickets && !keeps_sessions()) return {};
  std::string identities;
  for (const Identity& identity : config.identities) identities += identity.chain().front().sha256();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned digest_size = 0;
  // Sessions of one context are resumed only by servers with the same certificates.
  if (EVP_Digest(identities.data(), identities.size(), digest.data(), &digest_size, EVP_sha256(), nullptr) != 1 ||
      SSL_set_session_id_context(ssl_.get(), digest.data(), digest_size) != 1) {
    ERR_clear_error();
    return Error{ResultCode::Internal, "the TLS engine cannot tell sessions apart"};
  }
  // Without this a TLS 1.3 ticket is nothing but the id of a session that is kept here.
  if (gives_tickets) SSL_clear_options(ssl_.get(), SSL_OP_NO_TICKET);
  SSL_set_num_tickets(ssl_.get(), 1);
  return {};
}

}  // namespace securetransport
