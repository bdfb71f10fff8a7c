// SPDX-License-Identifier: Apache-2.0
// What OpenSSL asks a session in the middle of a handshake. None of these may throw: they run under C.
#include <openssl/x509_vfy.h>

#include <algorithm>

#include "ossl/verify_alert.hpp"
#include "securetransport/core/byte_reader.hpp"
#include "tls/engine.hpp"
#include "tls/registry.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

std::vector<Certificate> chain_of(X509_STORE_CTX& context) {
  std::vector<Certificate> chain;
  const STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(&context);
  for (int i = 0; i < sk_X509_num(sent); ++i) chain.push_back(trust::share(*sk_X509_value(sent, i)));
  return chain;
}

/// A list of names in the wire form of RFC 7301; what does not parse ends the list.
std::vector<std::string> read_alpn(std::span<const std::uint8_t> wire) {
  std::vector<std::string> names;
  ByteReader reader(wire);
  while (!reader.at_end()) {
    const std::span<const std::uint8_t> name = reader.vector8();
    if (!reader.ok() || name.empty()) break;
    names.emplace_back(name.begin(), name.end());
  }
  return names;
}

std::span<const std::uint8_t> extension(SSL& ssl, unsigned type) {
  const unsigned char* data = nullptr;
  std::size_t size = 0;
  if (SSL_client_hello_get0_ext(&ssl, type, &data, &size) != 1) return {};
  return {data, size};
}

/// RFC 6066 section 3: a list of names, of which one may be a host_name.
std::string read_server_name(std::span<const std::uint8_t> content) {
  ByteReader outer(content);
  ByteReader list(outer.vector16());
  constexpr std::uint8_t kHostName = 0;
  if (list.u8() != kHostName) return {};
  const std::span<const std::uint8_t> name = list.vector16();
  return {name.begin(), name.end()};
}

std::vector<ProtocolVersion> read_versions(SSL& ssl) {
  std::vector<ProtocolVersion> versions;
  const std::span<const std::uint8_t> content = extension(ssl, TLSEXT_TYPE_supported_versions);
  if (content.empty()) {
    const auto legacy = static_cast<std::uint16_t>(SSL_client_hello_get0_legacy_version(&ssl));
    if (legacy == DTLS1_2_VERSION) versions.push_back(ProtocolVersion::Dtls12);
    if (legacy == DTLS1_2_VERSION || legacy == DTLS1_VERSION) versions.push_back(ProtocolVersion::Dtls10);
    for (std::uint16_t version = legacy; version >= TLS1_VERSION && version <= TLS1_2_VERSION; --version) {
      versions.push_back(ProtocolVersion{version});
    }
    return versions;
  }
  ByteReader outer(content);
  ByteReader list(outer.vector8());
  while (list.left() >= 2) {
    const std::uint16_t version = list.u16();
    if (version >= TLS1_VERSION && version <= TLS1_3_VERSION) versions.push_back(ProtocolVersion{version});
  }
  return versions;
}

/// What this server will choose, unless something else is in the way.
std::optional<ProtocolVersion> version_for(const ClientHelloInfo& hello, const VersionRange& enabled) {
  std::optional<ProtocolVersion> best;
  for (const ProtocolVersion version : hello.versions) {
    const bool is_enabled = !is_older(version, enabled.min) && !is_older(enabled.max, version);
    if (is_enabled && (!best || is_older(*best, version))) best = version;
  }
  return best;
}

/// Whether client and server share a suite of the version that they would negotiate. If not, nothing else is to blame
/// for a failed negotiation.
bool offers_enabled_suite(const ClientHelloInfo& hello, const ServerConfig& config) {
  const auto is_enabled = [&](ProtocolVersion version) {
    return version >= config.versions.min && version <= config.versions.max;
  };
  const bool speaks_tls13 =
      is_enabled(ProtocolVersion::Tls13) &&
      std::find(hello.versions.begin(), hello.versions.end(), ProtocolVersion::Tls13) != hello.versions.end();
  return std::any_of(hello.cipher_suites.begin(), hello.cipher_suites.end(), [&](CipherSuite suite) {
    const tls::SuiteName* const known = tls::find_suite(suite);
    return known != nullptr && known->is_tls13 == speaks_tls13 &&
           std::find(config.cipher_suites.begin(), config.cipher_suites.end(), suite) != config.cipher_suites.end();
  });
}

bool is_for(const PreSharedKey& psk, std::string_view identity) noexcept {
  return psk.identity.empty() || psk.identity == identity;
}

/// RFC 8446 section 4.2.11: whether one of the identities offered is one of ours.
bool offers_known_identity(std::span<const std::uint8_t> content, const std::vector<PreSharedKey>& psks) {
  ByteReader outer(content);
  ByteReader list(outer.vector16());
  while (!list.at_end()) {
    const std::span<const std::uint8_t> identity = list.vector16();
    static_cast<void>(list.bytes(4));  // obfuscated_ticket_age
    if (!list.ok()) return false;
    const std::string name(identity.begin(), identity.end());
    if (std::any_of(psks.begin(), psks.end(), [&](const PreSharedKey& psk) { return is_for(psk, name); })) return true;
  }
  return false;
}

ClientHelloInfo read_client_hello(SSL& ssl) {
  ClientHelloInfo info;
  info.server_name = read_server_name(extension(ssl, TLSEXT_TYPE_server_name));
  info.versions = read_versions(ssl);
  ByteReader alpn(extension(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation));
  info.alpn = read_alpn(alpn.vector16());
  const unsigned char* suites = nullptr;
  const std::size_t size = SSL_client_hello_get0_ciphers(&ssl, &suites);
  ByteReader list({suites, size});
  while (list.left() >= 2) info.cipher_suites.push_back(CipherSuite{list.u16()});
  return info;
}

}  // namespace

int Session::Engine::on_verify(X509_STORE_CTX& context) noexcept {
  const auto reject = [&](Alert alert) {
    X509_STORE_CTX_set_error(&context, ossl::verify_error_for(alert));
    return 0;
  };
  if (refusing_peer_) return reject(rejection_alert_);
  if (failure_.finding != ossl::Finding::None) return reject(Alert::UnsupportedCertificate);
  std::vector<Certificate> chain = chain_of(context);
  if (judged_ && !begin_judging_anew(chain)) return reject(Alert::CertificateUnknown);
  peer_chain_ = std::move(chain);

  if (server_config() != nullptr) {
    if (judged_) return 1;  // In a renegotiation, as the same client.
    // A program that judges is asked after this callback: at the hold point, or at Finished.
    return judge_peer() == Judgement::Rejected ? reject(rejection_alert_) : 1;
  }
  // Provisionally: the judgement waits at ServerHelloDone, which in a renegotiation nobody sees before OpenSSL.
  if (!failure_.is_tls13() && !judges_anew_) return 1;
  switch (judge_peer()) {
    case Judgement::Accepted: return 1;
    case Judgement::Rejected:
      // The alert for a bad staple can only be had from the status callback, which comes before Finished is accepted.
      return rejection_alert_ == Alert::BadCertificateStatusResponse ? 1 : reject(rejection_alert_);
    case Judgement::BreakDue:
      // OpenSSL suspends only if the callback returns "accepted" as well; it asks again when resumed.
      return SSL_set_retry_verify(ssl_.get()) > 0 ? 1 : reject(Alert::InternalError);
  }
  return 0;
}

int Session::Engine::on_certificate_request() noexcept {
  // TLS 1.2 and below: OpenSSL chooses the client's certificate here and never again, so the judgement, whose
  // breaks may set one, cannot wait for ServerHelloDone, which has no content anyway.
  if (!judged_) return -1;
  if (!judges_anew_ || reported_request_anew_ || !breaks_for_request()) return 1;
  // In a renegotiation the server was judged at its Certificate, when nobody knew of a request.
  reported_request_anew_ = true;
  due_breaks_.push_back(Progress::ClientCertRequested);
  return -1;
}

int Session::Engine::on_server_name(int& alert) noexcept {
  if (client_config() == nullptr) return serve_name(alert);
  switch (failure_.finding) {
    case ossl::Finding::UnsolicitedExtension: alert = SSL_AD_UNSUPPORTED_EXTENSION; return SSL_TLSEXT_ERR_ALERT_FATAL;
    case ossl::Finding::RepeatedExtension:
    case ossl::Finding::MissingExtension:
    case ossl::Finding::UnofferedVersion:
    case ossl::Finding::UnofferedScheme:
    case ossl::Finding::MisplacedExtension: alert = SSL_AD_ILLEGAL_PARAMETER; return SSL_TLSEXT_ERR_ALERT_FATAL;
    case ossl::Finding::MalformedExtensions: alert = SSL_AD_DECODE_ERROR; return SSL_TLSEXT_ERR_ALERT_FATAL;
    case ossl::Finding::ProtectionMissing: alert = SSL_AD_HANDSHAKE_FAILURE; return SSL_TLSEXT_ERR_ALERT_FATAL;
    default: return SSL_TLSEXT_ERR_OK;
  }
}

int Session::Engine::serve_name(int& alert) noexcept {
  const std::vector<std::string>& known = server_config()->known_names;
  if (known.empty() || !client_hello_ || client_hello_->server_name.empty()) return SSL_TLSEXT_ERR_OK;
  const std::string& asked = client_hello_->server_name;
  const bool is_known = std::any_of(known.begin(), known.end(), [&](const std::string& name) {
    return OPENSSL_strcasecmp(name.c_str(), asked.c_str()) == 0 && name.size() == asked.size();
  });
  if (is_known) return SSL_TLSEXT_ERR_OK;
  failure_.find(ossl::Finding::UnknownServerName, "\"" + asked + "\"");
  // RFC 6066 section 3: "the server ... SHOULD ... abort the handshake by sending a fatal-level
  // unrecognized_name(112) alert".
  alert = SSL_AD_UNRECOGNIZED_NAME;
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

int Session::Engine::on_client_hello(int& alert) noexcept {
  const ServerConfig& config = *server_config();
  if (failure_.finding == ossl::Finding::RepeatedExtension) {
    alert = SSL_AD_ILLEGAL_PARAMETER;
    return SSL_CLIENT_HELLO_ERROR;
  }
  if (!client_hello_seen_) {
    client_hello_seen_ = true;
    client_hello_ = read_client_hello(*ssl_);
    client_hello_->version = version_for(*client_hello_, config.versions);
    failure_.offered_enabled_suite = offers_enabled_suite(*client_hello_, config);
    if (config.break_on_client_hello) {
      due_breaks_.push_back(Progress::ClientHelloReceived);
      return SSL_CLIENT_HELLO_RETRY;
    }
  }
  if (has_identity_) return SSL_CLIENT_HELLO_SUCCESS;
  if (config.psks.empty() && !tls::enables_unauthenticated_suite(config.cipher_suites)) {
    failure_.find(ossl::Finding::NoIdentity);
    alert = SSL_AD_INTERNAL_ERROR;
    return SSL_CLIENT_HELLO_ERROR;
  }
  const std::span<const std::uint8_t> offered = extension(*ssl_, TLSEXT_TYPE_psk);
  if (!config.psks.empty() && !offered.empty() && !offers_known_identity(offered, config.psks)) {
    // RFC 8446 section 4.2.11 wants a fallback to certificates; this server has none to fall back to.
    failure_.find(ossl::Finding::UnknownPskIdentity);
    alert = SSL_AD_UNKNOWN_PSK_IDENTITY;
    return SSL_CLIENT_HELLO_ERROR;
  }
  return SSL_CLIENT_HELLO_SUCCESS;
}

int Session::Engine::on_status_request() noexcept {
  if (client_config() != nullptr) return failure_.finding == ossl::Finding::None ? 1 : 0;
  const std::vector<std::uint8_t>& staple = server_config()->ocsp_staple;
  if (staple.empty()) return SSL_TLSEXT_ERR_NOACK;
  void* const copy = OPENSSL_memdup(staple.data(), staple.size());  // The SSL object takes ownership.
  if (copy == nullptr) return SSL_TLSEXT_ERR_NOACK;
  SSL_set_tlsext_status_ocsp_resp(ssl_.get(), copy, static_cast<long>(staple.size()));
  return SSL_TLSEXT_ERR_OK;
}

unsigned Session::Engine::on_psk_wanted(std::span<char> identity, std::span<std::uint8_t> key) noexcept {
  const std::optional<PreSharedKey>& psk = client_config()->psk;
  if (!psk || psk->identity.size() >= identity.size() || psk->key.size() > key.size()) return 0;
  // In a ClientHello of TLS 1.3 an identity has a byte at least (RFC 8446 section 4.2.11); OpenSSL gives up over less.
  const bool is_for_client_hello = failure_.version == 0;
  if (is_for_client_hello && psk->identity.empty()) return 0;
  std::copy(psk->identity.begin(), psk->identity.end(), identity.begin());
  identity[psk->identity.size()] = '\0';
  std::copy(psk->key.begin(), psk->key.end(), key.begin());
  return static_cast<unsigned>(psk->key.size());
}

unsigned Session::Engine::on_psk_offered(const char* identity, std::span<std::uint8_t> key) noexcept {
  for (const PreSharedKey& psk : server_config()->psks) {
    if (!is_for(psk, identity) || psk.key.size() > key.size()) continue;
    std::copy(psk.key.begin(), psk.key.end(), key.begin());
    return static_cast<unsigned>(psk.key.size());
  }
  return 0;
}

int Session::Engine::on_alpn(const unsigned char*& chosen, unsigned char& chosen_size, const unsigned char* offered,
                             unsigned int offered_size) noexcept {
  // By our preference (RFC 7301 section 3.2 leaves the choice to the server). Without a protocol in common the
  // session goes on without one, as on Apple's systems.
  for (const std::string& name : server_config()->alpn) {
    ByteReader reader({offered, offered_size});
    while (!reader.at_end()) {
      const std::span<const std::uint8_t> candidate = reader.vector8();
      if (!reader.ok()) break;
      if (!std::equal(candidate.begin(), candidate.end(), name.begin(), name.end(),
                      [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); })) {
        continue;
      }
      chosen = candidate.data();  // Points into the ClientHello, which OpenSSL keeps until it has copied the name.
      chosen_size = static_cast<unsigned char>(candidate.size());
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_NOACK;
}

bool Session::Engine::accepts_dh_bits(unsigned bits) const noexcept {
  // Servers choose their group themselves; the minimum is about what a server makes us use.
  return client_config() == nullptr || bits >= common().minimum_dh_bits;
}

void Session::Engine::on_key_log(const char* line) noexcept {
  if (common().key_log) common().key_log(line);
}

}  // namespace securetransport
