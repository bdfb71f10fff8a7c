// SPDX-License-Identifier: Apache-2.0
// What a program can still change while the session is under way.
#include <utility>

#include "tls/alpn.hpp"
#include "tls/engine.hpp"

namespace securetransport {

Result<void> Session::Engine::replace_identity(const std::optional<Identity>& identity) {
  SSL_certs_clear(ssl_.get());
  has_identity_ = false;
  return identity ? install_identity(*identity) : Result<void>();
}

Result<void> Session::Engine::use_alpn(std::vector<std::string> names) {
  if (Result<std::vector<std::uint8_t>> wire = tls::wire_form_of_alpn(names); !wire) return wire.error();
  common().alpn = std::move(names);
  return {};
}

void Session::Engine::use_ocsp_staple(std::vector<std::uint8_t> response) {
  if (ServerConfig* const server = std::get_if<ServerConfig>(&config_)) server->ocsp_staple = std::move(response);
}

void Session::Engine::use_peer_id(std::string peer_id) {
  common().peer_id = std::move(peer_id);
  renew_cache_key();
}

void Session::Engine::use_verification(Verification verification) {
  common().verification = verification;
  renew_cache_key();  // What is accepted unseen must not be found by a session that judges.
}

/// A server makes its keys when it needs them.
void Session::Engine::renew_cache_key() {
  if (!cache_key_.empty()) cache_key_ = tls::cache_key(*client_config());
}

}  // namespace securetransport
