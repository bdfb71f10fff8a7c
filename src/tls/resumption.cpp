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
  if (server_config() != nullptr) {
    keep_for_client(session);
    return;
  }
  const ClientConfig* const config = client_config();
  if (!config->session_cache || !is_judged_or_needs_no_judgement()) return;
  take_over_resumed_judgement();
  // A copy: freeing an SSL object that was not shut down in order marks its own session as not resumable.
  ossl::SslSessionPtr copy(SSL_SESSION_dup(&session));
  if (!copy) return;
  config->session_cache->impl().put(
      {cache_key_, std::move(copy), peer_chain_, trust_, tls::expiry_of(peer_chain_, now_, config->session_lifetime)});
}

bool Session::Engine::keeps_sessions() const noexcept {
  const ServerConfig* const config = server_config();
  // A resumed client is not judged again, so servers that judge clients do without.
  return config != nullptr && config->session_cache && config->client_authentication == ClientAuthentication::Never;
}

void Session::Engine::keep_for_client(SSL_SESSION& session) noexcept {
  if (!keeps_sessions()) return;
  ossl::SslSessionPtr copy(SSL_SESSION_dup(&session));  // A copy, as a client's.
  if (!copy) return;
  const ServerConfig& config = *server_config();
  unsigned size = 0;
  const unsigned char* const id = SSL_SESSION_get_id(&session, &size);
  config.session_cache->impl().put(
      {tls::server_cache_key({id, size}), std::move(copy), {}, {}, tls::expiry_of({}, now_, config.session_lifetime)});
}

SSL_SESSION* Session::Engine::on_session_wanted(std::span<const std::uint8_t> id) noexcept {
  if (!keeps_sessions()) return nullptr;
  std::optional<SessionCache::Impl::Entry> entry =
      server_config()->session_cache->impl().take(tls::server_cache_key(id), now_);
  return entry ? entry->session.release() : nullptr;
}

Result<void> Session::Engine::set_up_kept_sessions(const ServerConfig& config) {
  const bool gives_tickets = config.session_tickets && config.client_authentication == ClientAuthentication::Never;
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
