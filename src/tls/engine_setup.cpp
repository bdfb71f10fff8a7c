// SPDX-License-Identifier: Apache-2.0
// From a configuration to an SSL object that is ready for its handshake.
#include <openssl/err.h>

#include <algorithm>
#include <utility>

#include "ossl/datagram_bio.hpp"
#include "ossl/record_bio.hpp"
#include "securetransport/trust/evaluate.hpp"
#include "tls/alpn.hpp"
#include "tls/engine.hpp"
#include "tls/registry.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

bool is_ip_address(const std::string& name) {
  if (name.starts_with('[')) return true;
  const std::unique_ptr<ASN1_OCTET_STRING, ossl::Deleter<ASN1_OCTET_STRING_free>> address(a2i_IPADDRESS(name.c_str()));
  ERR_clear_error();
  return address != nullptr;
}

/// DTLS for datagrams, unless the program says which.
void settle_transport_kind(SessionConfig& config) {
  if (config.transport_kind == TransportKind::Datagram && config.versions == VersionRange{}) {
    config.versions = {ProtocolVersion::Dtls12, ProtocolVersion::Dtls12};
  }
}

/// ATS speaks of TLS versions. No DTLS is newer than 1.2; whether that is enough is judged later.
ProtocolVersion minimum_under(const AtsPolicy& policy, TransportKind kind) {
  return kind == TransportKind::Datagram ? ProtocolVersion::Dtls12 : ProtocolVersion{policy.minimum_version};
}

std::unique_ptr<ossl::TransportBio> make_bio_for(const SessionConfig& config, Transport& transport,
                                                 ossl::Failure& failure) {
  if (config.transport_kind == TransportKind::Datagram) {
    return std::make_unique<ossl::DatagramBio>(transport, failure, config.maximum_datagram_size);
  }
  return std::make_unique<ossl::RecordBio>(transport, failure);
}

/// What is left of a configuration under its ATS policy.
ClientConfig under_ats(ClientConfig config) {
  if (!config.ats) return config;
  const ProtocolVersion minimum = minimum_under(*config.ats, config.transport_kind);
  if (is_older(config.versions.min, minimum)) config.versions.min = minimum;
  const std::vector<std::uint16_t>& allowed = config.ats->cipher_suites;
  if (allowed.empty()) return config;
  std::erase_if(config.cipher_suites, [&](CipherSuite suite) {
    return std::find(allowed.begin(), allowed.end(), static_cast<std::uint16_t>(suite)) == allowed.end();
  });
  return config;
}

Error without_shared_key() {
  return {ResultCode::BadConfiguration, "every cipher suite needs a pre-shared key, and there is none"};
}

/// The name to send as SNI; empty for none.
std::string server_name_of(const ClientConfig& config) {
  std::string name = config.server_name_indication.value_or(config.peer_name);
  // RFC 6066 section 3: "without a trailing dot", and "Literal IPv4 and IPv6 addresses are not permitted".
  if (!name.empty() && name.back() == '.') name.pop_back();
  return is_ip_address(name) ? std::string() : name;
}

}  // namespace

Session::Engine::Engine(Config config, Transport& transport, std::chrono::sys_seconds now) noexcept
    : config_(std::move(config)),
      now_(now),
      bio_(make_bio_for(common(), transport, failure_)),
      watch_(failure_, *bio_) {
  failure_.datagram = common().transport_kind == TransportKind::Datagram;
  failure_.role = client_config() != nullptr ? ossl::Role::Client : ossl::Role::Server;
}

Result<std::unique_ptr<Session::Engine>> Session::Engine::make(Config config, Transport& transport,
                                                               std::chrono::sys_seconds now) {
  std::visit([](SessionConfig& either) { settle_transport_kind(either); }, config);
  if (ClientConfig* const client = std::get_if<ClientConfig>(&config)) *client = under_ats(std::move(*client));
  auto engine = std::make_unique<Engine>(std::move(config), transport, now);
  if (Result<void> ready = engine->set_up(); !ready) return ready.error();
  return engine;
}

const SessionConfig& Session::Engine::common() const noexcept {
  if (const ClientConfig* const client = client_config()) return *client;
  return *server_config();
}

SessionConfig& Session::Engine::common() noexcept { return const_cast<SessionConfig&>(std::as_const(*this).common()); }

Result<void> Session::Engine::set_up() {
  if (failure_.datagram != is_datagram(common().versions.max)) {
    return Error{ResultCode::ConfigurationFailed, "datagrams take versions of DTLS, streams take versions of TLS"};
  }
  Result<std::shared_ptr<SSL_CTX>> context = tls::engine_context(failure_.role, common(), keeps_sessions());
  if (!context) return std::move(context).error();
  context_ = *std::move(context);

  ssl_.reset(SSL_new(context_.get()));
  ossl::BioPtr bio = bio_->make_bio();
  if (!ssl_ || !bio || !tls::attach(*ssl_, *this)) {
    return Error{ResultCode::Internal, "the TLS engine cannot make a session"};
  }
  BIO* const both_ways = bio.release();
  SSL_set_bio(ssl_.get(), both_ways, both_ways);
  watch_.attach(*ssl_);
  if (Result<void> ready = set_up_datagrams(); !ready) return ready;
  if (const ClientConfig* const client = client_config()) return set_up_client(*client);
  return set_up_server(*server_config());
}

Result<void> Session::Engine::set_up_client(const ClientConfig& config) {
  if (!config.psk && tls::needs_psk(config.cipher_suites)) return without_shared_key();
  SSL_set_connect_state(ssl_.get());
  // Whatever the configuration says about verification: with a laxer mode OpenSSL ignores a refusal.
  SSL_set_verify(ssl_.get(), SSL_VERIFY_PEER, nullptr);
  // TLS 1.2 and below: OpenSSL verifies before the staple is there; we judge when the server's flight is
  // complete, before anything of ours goes out.
  bio_->hold_at(ossl::HoldPoint::BeforeServerHelloDone);

  const std::string server_name = server_name_of(config);
  if (!server_name.empty() && SSL_set_tlsext_host_name(ssl_.get(), server_name.c_str()) != 1) {
    ERR_clear_error();
    return Error{ResultCode::ConfigurationFailed, "\"" + server_name + "\" cannot be sent as server name"};
  }
  if (!config.alpn.empty()) {
    const Result<std::vector<std::uint8_t>> wire = tls::wire_form_of_alpn(config.alpn);
    if (!wire) return wire.error();
    if (SSL_set_alpn_protos(ssl_.get(), wire->data(), static_cast<unsigned>(wire->size())) != 0) {
      return Error{ResultCode::Internal, "the TLS engine refuses the ALPN list"};
    }
  }
  if (!config.session_tickets) SSL_set_options(ssl_.get(), SSL_OP_NO_TICKET);
  if (config.split_first_byte) SSL_set_options(ssl_.get(), SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS);
  if (config.request_ocsp_staple) SSL_set_tlsext_status_type(ssl_.get(), TLSEXT_STATUSTYPE_ocsp);
  if (config.allow_renegotiation && !failure_.datagram) SSL_clear_options(ssl_.get(), SSL_OP_NO_RENEGOTIATION);
  if (config.send_fallback_scsv) SSL_set_mode(ssl_.get(), SSL_MODE_SEND_FALLBACK_SCSV);
  if (config.psk) tls::use_psk(*ssl_, ossl::Role::Client);
  watch_.require({config.require_extended_master_secret, config.require_secure_renegotiation});
  if (config.ats) failure_.ats = ossl::AtsLimits{config.ats->minimum_version, config.ats->cipher_suites};
  set_up_resumption(config);
  return config.identity ? use_identity(*config.identity) : Result<void>();
}

Result<void> Session::Engine::set_up_server(const ServerConfig& config) {
  const bool may_go_without_certificate =
      !config.psks.empty() || tls::enables_unauthenticated_suite(config.cipher_suites);
  if (config.client_authentication == ClientAuthentication::Always && may_go_without_certificate) {
    return Error{ResultCode::BadConfiguration, "client authentication cannot go with an anonymous or PSK suite"};
  }
  if (config.psks.empty() && tls::needs_psk(config.cipher_suites)) return without_shared_key();
  SSL_set_accept_state(ssl_.get());
  switch (config.client_authentication) {
    case ClientAuthentication::Never: break;
    case ClientAuthentication::Try: SSL_set_verify(ssl_.get(), SSL_VERIFY_PEER, nullptr); break;
    case ClientAuthentication::Always:
      SSL_set_verify(ssl_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
      break;
  }
  if (config.client_authentication != ClientAuthentication::Never && config.break_on_client_auth) {
    bio_->hold_at(ossl::HoldPoint::AfterClientCertificate);
  }
  const Result<std::vector<std::uint8_t>> alpn = tls::wire_form_of_alpn(config.alpn);
  if (!alpn) return alpn.error();
  if (config.allow_renegotiation && !failure_.datagram) {
    SSL_clear_options(ssl_.get(), SSL_OP_NO_RENEGOTIATION);
    SSL_set_options(ssl_.get(), SSL_OP_ALLOW_CLIENT_RENEGOTIATION);
  }
  if (!config.psks.empty()) tls::use_psk(*ssl_, ossl::Role::Server);
  if (Result<void> ready = use_psk_identity_hint(config); !ready) return ready;
  if (config.split_first_byte) SSL_set_options(ssl_.get(), SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS);
  if (Result<void> ready = set_up_kept_sessions(config); !ready) return ready;
  if (Result<void> ready = name_acceptable_issuers(config); !ready) return ready;
  if (Result<void> ready = use_dh_parameters(config); !ready) return ready;
  for (const Identity& identity : config.identities) {
    if (Result<void> used = use_identity(identity); !used) return used;
  }
  return {};
}

Result<void> Session::Engine::use_identity(const Identity& identity) {
  const bool at_break = paused_at_ == Progress::ClientHelloReceived || paused_at_ == Progress::ClientCertRequested;
  if (state_ != SessionState::Idle && !at_break) {
    return Error{ResultCode::ConfigurationFailed, "an identity can only be set before the handshake or at a break"};
  }
  return install_identity(identity);
}

Result<void> Session::Engine::install_identity(const Identity& identity) {
  const ossl::X509ViewPtr issuers(sk_X509_new_null());
  for (std::size_t i = 1; issuers && i < identity.chain().size(); ++i) {
    sk_X509_push(issuers.get(), trust::x509_of(identity.chain()[i]));
  }
  ERR_clear_error();
  constexpr int kReplace = 1;
  if (!issuers || SSL_use_cert_and_key(ssl_.get(), trust::x509_of(identity.chain().front()), identity.impl().key.get(),
                                       issuers.get(), kReplace) != 1) {
    const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
    Error error{ResultCode::ConfigurationFailed,
                std::string("the engine refuses the identity") + (reason != nullptr ? std::string(": ") + reason : "")};
    ERR_clear_error();
    return error;
  }
  has_identity_ = true;
  return {};
}

}  // namespace securetransport
