// SPDX-License-Identifier: Apache-2.0
// A context and its session: what is set becomes the configuration of a Session at the first handshake, and what the
// calls of that Session say becomes a status.
#include "apple/ssl_context.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "securetransport/core/diagnosis_text.hpp"
#include "securetransport/tls/dialect.hpp"
#include "securetransport/tls/key_log_file.hpp"
#include "securetransport/tls/presets.hpp"

using namespace securetransport;  // NOLINT: the class stands outside of the namespace, because C names it.
using namespace securetransport::apple;

namespace {

bool is_variable_set_to(const char* name, const char* value) noexcept {
  const char* const found = std::getenv(name);
  return found != nullptr && std::strcmp(found, value) == 0;
}

Dialect process_dialect() noexcept {
  static const bool kIsPublished = is_variable_set_to("SECURETRANSPORT_DIALECT", "published");
  return kIsPublished ? Dialect::Published : Dialect::Documented;
}

bool writes_diagnoses() noexcept {
  static const bool kWrites = is_variable_set_to("SECURETRANSPORT_DEBUG", "1");
  return kWrites;
}

/// One for the process, as Apple's: sessions of one context are found by others.
const std::shared_ptr<SessionCache>& process_cache() {
  constexpr std::size_t kCapacity = 1024;
  static const auto& cache = *new std::shared_ptr<SessionCache>(std::make_shared<SessionCache>(kCapacity));
  return cache;
}

/// Chains below the system's roots are judged once for all contexts of the process.
const std::shared_ptr<TrustCache>& process_trust_cache() {
  static const auto& cache = *new std::shared_ptr<TrustCache>(std::make_shared<TrustCache>());
  return cache;
}

SSLSessionState state_of(SessionState state) noexcept {
  switch (state) {
    case SessionState::Idle: return kSSLIdle;
    case SessionState::Handshake: return kSSLHandshake;
    case SessionState::Connected: return kSSLConnected;
    case SessionState::Closed: return kSSLClosed;
    case SessionState::Aborted: return kSSLAborted;
  }
  return kSSLAborted;
}

ClientAuthentication authentication_of(SSLAuthenticate authenticate) noexcept {
  switch (authenticate) {
    case kAlwaysAuthenticate: return ClientAuthentication::Always;
    case kTryAuthenticate: return ClientAuthentication::Try;
    case kNeverAuthenticate: break;
  }
  return ClientAuthentication::Never;
}

OSStatus status_of_outcome(const Result<Progress>& outcome) noexcept {
  return outcome ? status_of(result_of(*outcome)) : status_of(outcome.error());
}
OSStatus status_of_outcome(const Result<Transfer>& outcome) noexcept {
  return outcome ? status_of(result_of(outcome->progress)) : status_of(outcome.error());
}

}  // namespace

CFTypeID SSLContext::type_id() {
  static const CFTypeID kType = cf::register_type("SSLContext");
  return kType;
}

SSLContext::SSLContext(SSLProtocolSide side, SSLConnectionType type)
    : Object(type_id()),
      settings(type == kSSLDatagramType),
      is_server_(side == kSSLServerSide),
      is_datagram_(type == kSSLDatagramType) {
  settings.options.at(kSSLSessionOptionSendOneByteRecord) = true;
  for (SessionConfig* const config : {static_cast<SessionConfig*>(&client), static_cast<SessionConfig*>(&server)}) {
    config->dialect = process_dialect();
    config->transport_kind = is_datagram_ ? TransportKind::Datagram : TransportKind::Stream;
    config->cipher_suites = find_preset("default")->cipher_suites;
    config->minimum_dh_bits = kDefaultMinimumDhBits;
    // ecdsa_secp521r1_sha512, for identities with such a key.
    config->signature_algorithms.push_back(SignatureScheme{0x0603});
    config->session_lifetime = std::chrono::minutes(10);
  }
  client.session_tickets = false;
  client.allow_renegotiation = true;
  server.may_request_renegotiation = true;
}

std::string SSLContext::describe() const {
  static constexpr std::array kNames{"idle", "handshake", "connected", "closed", "aborted"};
  std::array<char, 64> address{};
  std::snprintf(address.data(), address.size(), "<SSLContext(%p)", static_cast<const void*>(this));
  return std::string(address.data()) + " { " + (is_server_ ? "server" : "client") +
         (is_datagram_ ? ", datagrams" : "") + ", " + kNames.at(static_cast<std::size_t>(state())) + " }>";
}

SessionConfig& SSLContext::common() noexcept {
  if (is_server_) return server;
  return client;
}

SSLSessionState SSLContext::state() const noexcept {
  if (error_set_) return kSSLAborted;
  if (is_closed_unstarted_) return kSSLClosed;
  if (!session_) return kSSLIdle;
  return handshake_failed_ ? kSSLHandshake : state_of(session_->state());
}

bool SSLContext::is_active() const noexcept {
  const SSLSessionState now = state();
  return now == kSSLHandshake || now == kSSLConnected;
}

Verification SSLContext::verification() const noexcept {
  return settings.verifies && !settings.accepts_any_root ? Verification::Automatic : Verification::AcceptAnything;
}

void SSLContext::accept_any_root(bool accept) {
  settings.accepts_any_root = accept;
  if (session_) session_->use_verification(verification());
}

void SSLContext::settle_configuration() {
  SessionConfig& config = common();
  const auto& options = settings.options;
  config.versions = *settings.effective;
  if (!settings.has_signature_algorithms &&
      is_older(config.versions.min, is_datagram_ ? ProtocolVersion::Dtls12 : ProtocolVersion::Tls12)) {
    // What TLS 1.2 signed with while TLS 1.1 was about.
    config.signature_algorithms.insert(config.signature_algorithms.end(),
                                       {SignatureScheme{0x0203}, SignatureScheme{0x0201}});
  }
  config.verification = verification();
  config.verify_after_break = settings.verifies;
  config.peer_id = settings.peer_id;
  config.split_first_byte = options.at(kSSLSessionOptionSendOneByteRecord);
  if (!settings.trusted_roots.empty() || settings.has_only_trusted_roots) {
    config.roots = settings.has_only_trusted_roots ? RootStore::of(settings.trusted_roots)
                                                   : RootStore::system_and(settings.trusted_roots);
  }
  // Stores of a context's own are made anew for each, so that nobody would find what was kept for them.
  config.trust_cache = config.roots ? nullptr : process_trust_cache();
  if (settings.logs_keys) config.key_log = key_log_file();

  client.break_on_server_auth = options.at(kSSLSessionOptionBreakOnServerAuth);
  client.break_on_cert_requested = options.at(kSSLSessionOptionBreakOnCertRequested);
  client.allow_server_identity_change = options.at(kSSLSessionOptionAllowServerIdentityChange);
  client.send_fallback_scsv = options.at(kSSLSessionOptionFallback);
  client.session_tickets = options.at(kSSLSessionOptionEnableSessionTickets);
  client.session_cache = settings.has_peer_id ? process_cache() : nullptr;
  if (settings.psk_secret) client.psk = PreSharedKey{settings.psk_identity, *settings.psk_secret};

  server.break_on_client_hello = options.at(kSSLSessionOptionBreakOnClientHello);
  server.break_on_client_auth = options.at(kSSLSessionOptionBreakOnClientAuth);
  server.allow_renegotiation = options.at(kSSLSessionOptionAllowRenegotiation);
  server.session_tickets = options.at(kSSLSessionOptionEnableSessionTickets);
  server.session_cache = settings.has_peer_id ? process_cache() : nullptr;
  server.client_authentication = authentication_of(settings.client_authentication);
  server.dh_parameters = settings.dh_parameters;
  const std::string known_identity = settings.demands_psk_identity ? settings.psk_identity : std::string();
  // An empty identity stands for all: who demands one and names none has no key.
  const bool has_key = settings.psk_secret && (!settings.demands_psk_identity || !known_identity.empty());
  if (has_key) server.psks = {PreSharedKey{known_identity, *settings.psk_secret}};
}

Result<Session> SSLContext::make_session() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (!transport.has_functions()) {
    return failed_to_start({ResultCode::BadConfiguration, "SSLSetIOFuncs has not been called"}, false);
  }
  if (!settings.effective) {
    return failed_to_start({ResultCode::ConfigurationFailed, "no version that the engine has is enabled"}, false);
  }
  settle_configuration();
  Result<Session> made = is_server_ ? Session::server(server, transport, now) : Session::client(client, transport, now);
  if (!made) return failed_to_start(made.error(), false);
  if (settings.identity) {
    if (const Result<void> used = made->use_identity(*settings.identity); !used) {
      return failed_to_start(used.error(), true);
    }
  }
  return made;
}

Result<void> SSLContext::start() {
  if (session_) return {};
  if (is_closed_unstarted_) return Error{ResultCode::ClosedGraceful, "the session was closed before it started"};
  Result<Session> made = make_session();
  if (!made) return made.error();
  session_.emplace(*std::move(made));
  start_failure_.reset();
  return {};
}

Error SSLContext::failed_to_start(Error error, bool is_key_mismatch) {
  Diagnosis failure;
  failure.code = error.code;
  failure.detected_by = DetectedBy::Api;
  failure.detail = error.detail;
  failure.circumstances.is_server = is_server_;
  failure.circumstances.is_datagram = is_datagram_;
  failure.circumstances.is_key_mismatch = is_key_mismatch;
  failure.published = published_code(failure);
  if (common().dialect == Dialect::Published) error.code = failure.published;
  start_failure_ = std::move(failure);
  report_failure();
  return error;
}

const Diagnosis* SSLContext::diagnosis() const noexcept {
  if (start_failure_) return &*start_failure_;
  if (!session_ || session_->diagnosis().code == ResultCode::Success) return nullptr;
  return &session_->diagnosis();
}

/// SECURETRANSPORT_DEBUG.
void SSLContext::report_failure() {
  if (!writes_diagnoses() || is_failure_reported_ || diagnosis() == nullptr) return;
  is_failure_reported_ = true;
  const std::string text = text_of(*diagnosis());
  std::fprintf(stderr, "%s: %s\n", describe().c_str(), text.c_str());
}

template <class Outcome>
OSStatus SSLContext::conclude(const Outcome& outcome) {
  if (!outcome) report_failure();
  const OSStatus status = status_of_outcome(outcome);
  if (status == errSSLPeerAuthCompleted) peer_trust_ = {};  // Each handshake has its own.
  return status;
}

OSStatus SSLContext::handshake() {
  if (error_set_) {
    const OSStatus status = *error_set_;
    error_set_.reset();
    if (status == errSecCertificateExpired || status == errSecCertificateRevoked) return answer_error_set(status);
  }
  if (const Result<void> ready = start(); !ready) return status_of(ready);
  const SessionState before = session_->state();
  const Result<Progress> outcome = session_->handshake();
  announce_peer_protocols();
  const bool was_under_way = before == SessionState::Idle || before == SessionState::Handshake;
  if (!outcome && was_under_way && session_->state() != SessionState::Handshake) handshake_failed_ = true;
  return conclude(outcome);
}

OSStatus SSLContext::rehandshake() {
  switch (state()) {
    case kSSLClosed: return errSSLClosedGraceful;
    case kSSLAborted: return errSSLClosedAbort;
    case kSSLHandshake: return errSecBadReq;
    case kSSLIdle:
      if (is_server_) return errSSLIllegalParam;
      return status_of(start());  // The hello goes out with SSLHandshake, as in a renegotiation.
    case kSSLConnected: break;
  }
  return conclude(session_->start_renegotiation());
}

OSStatus SSLContext::read(void* data, std::size_t size, std::size_t& processed) {
  if (error_set_) return errSSLClosedAbort;
  if (const Result<void> ready = start(); !ready) return status_of(ready);
  handshake_failed_ = false;
  const Result<Transfer> outcome = session_->read({static_cast<std::uint8_t*>(data), size});
  if (outcome) processed = outcome->bytes;
  return conclude(outcome);
}

OSStatus SSLContext::write(const void* data, std::size_t size, std::size_t& processed) {
  if (error_set_) return errSSLClosedAbort;
  if (is_closed_unstarted_) return errSSLClosedGraceful;
  if (!session_) return errSecBadReq;
  handshake_failed_ = false;
  const Result<Transfer> outcome = session_->write(bytes_at(data, size));
  if (outcome) processed = outcome->bytes;
  return conclude(outcome);
}

OSStatus SSLContext::close() {
  error_set_.reset();
  handshake_failed_ = false;
  if (!session_) {
    is_closed_unstarted_ = true;
    return errSecSuccess;
  }
  return finish_close(session_->close());
}

void SSLContext::set_error(OSStatus status) noexcept { error_set_ = status; }

OSStatus SSLContext::answer_error_set(OSStatus status) {
  handshake_failed_ = false;
  if (!session_) {
    is_closed_unstarted_ = true;
    return errSecSuccess;
  }
  return finish_close(
      session_->close_with(status == errSecCertificateExpired ? Alert::CertificateExpired : Alert::CertificateRevoked));
}

OSStatus SSLContext::finish_close(const Result<Progress>& closed) {
  const OSStatus status = status_of_outcome(closed);
  const OSStatus of_write = transport.take_write_failure();
  if (status != errSecSuccess || of_write == errSecIO) return status;
  return of_write;
}
