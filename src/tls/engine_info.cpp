// SPDX-License-Identifier: Apache-2.0
// What a session tells about itself.
#include "tls/engine.hpp"
#include "trust/text.hpp"

namespace securetransport {

SessionInfo Session::Engine::info() const {
  SessionInfo info;
  if (failure_.version != 0) {
    info.version = ProtocolVersion{failure_.version};
    info.cipher_suite = CipherSuite{failure_.cipher_suite};
    const bool is_tls13 = failure_.is_tls13();
    info.extended_master_secret = is_tls13 || SSL_get_extms_support(ssl_.get()) == 1;
    info.secure_renegotiation = is_tls13 || SSL_get_secure_renegotiation_support(ssl_.get()) == 1;
  }
  const ossl::KeyExchangeSeen& exchange = watch_.key_exchange();
  if (exchange.group) {
    info.group = to_string(NamedGroup{*exchange.group});
  } else if (exchange.dh_bits) {
    info.group = "DH " + std::to_string(*exchange.dh_bits);
  }
  if (exchange.peer_signature) info.signature_scheme = to_string(SignatureScheme{*exchange.peer_signature});

  const unsigned char* alpn = nullptr;
  unsigned int alpn_size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &alpn, &alpn_size);
  if (alpn != nullptr) info.alpn.assign(reinterpret_cast<const char*>(alpn), alpn_size);

  if (client_config() != nullptr && failure_.version != 0) {
    const char* const hint = SSL_get_psk_identity_hint(ssl_.get());
    if (hint != nullptr) info.psk_identity_hint = hint;
  }

  info.resumed = SSL_session_reused(ssl_.get()) == 1;
  info.client_certificate_requested = watch_.certificate_requested();
  info.client_certificate_sent = client_config() != nullptr && info.client_certificate_requested && has_identity_;
  return info;
}

std::string Session::Engine::peer_name() const {
  if (const ClientConfig* const client = client_config()) return client->peer_name;
  return client_hello_ ? client_hello_->server_name : std::string();
}

std::vector<std::string> Session::Engine::acceptable_issuers() const {
  std::vector<std::string> names;
  if (client_config() == nullptr) return names;
  const STACK_OF(X509_NAME)* const list = SSL_get0_peer_CA_list(ssl_.get());
  for (int i = 0; i < sk_X509_NAME_num(list); ++i) names.push_back(trust::name_text(*sk_X509_NAME_value(list, i)));
  return names;
}

std::vector<std::vector<std::uint8_t>> Session::Engine::acceptable_issuers_der() const {
  std::vector<std::vector<std::uint8_t>> names;
  if (client_config() == nullptr) return names;
  const STACK_OF(X509_NAME)* const list = SSL_get0_peer_CA_list(ssl_.get());
  for (int i = 0; i < sk_X509_NAME_num(list); ++i) {
    const X509_NAME* const name = sk_X509_NAME_value(list, i);
    const unsigned char* der = nullptr;
    std::size_t size = 0;
    if (X509_NAME_get0_der(name, &der, &size) == 1) names.emplace_back(der, der + size);
  }
  return names;
}

std::vector<std::uint8_t> Session::Engine::certificate_types() const {
  const unsigned char* types = nullptr;
  const auto count = static_cast<std::size_t>(SSL_get0_certificate_types(ssl_.get(), &types));
  return types != nullptr ? std::vector<std::uint8_t>(types, types + count) : std::vector<std::uint8_t>();
}

std::vector<SignatureScheme> Session::Engine::peer_signature_schemes() const {
  std::vector<SignatureScheme> schemes;
  const int count = SSL_get_sigalgs(ssl_.get(), 0, nullptr, nullptr, nullptr, nullptr, nullptr);
  for (int i = 0; i < count; ++i) {
    unsigned char signature = 0;
    unsigned char hash = 0;
    SSL_get_sigalgs(ssl_.get(), i, nullptr, nullptr, nullptr, &signature, &hash);
    schemes.push_back(SignatureScheme{static_cast<std::uint16_t>(hash << 8 | signature)});
  }
  return schemes;
}

}  // namespace securetransport
