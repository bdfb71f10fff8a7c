// SPDX-License-Identifier: Apache-2.0
// The public face of the engine: one line of forwarding for each call.
#include "securetransport/tls/session.hpp"

#include <algorithm>
#include <utility>

#include "tls/engine.hpp"

namespace securetransport {

ResultCode result_of(Progress progress) noexcept {
  switch (progress) {
    case Progress::Done: return ResultCode::Success;
    case Progress::WantRead:
    case Progress::WantWrite: return ResultCode::WouldBlock;
    case Progress::PeerAuthCompleted: return ResultCode::PeerAuthCompleted;
    case Progress::ClientCertRequested: return ResultCode::ClientCertRequested;
    case Progress::ClientHelloReceived: return ResultCode::ClientHelloReceived;
  }
  return ResultCode::Internal;
}

Session::Session(std::unique_ptr<Engine> engine) noexcept : engine_(std::move(engine)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::client(const ClientConfig& config, Transport& transport, std::chrono::sys_seconds now) {
  Result<std::unique_ptr<Engine>> engine = Engine::make(config, transport, now);
  if (!engine) return std::move(engine).error();
  return Session(*std::move(engine));
}

Result<Session> Session::server(const ServerConfig& config, Transport& transport, std::chrono::sys_seconds now) {
  Result<std::unique_ptr<Engine>> engine = Engine::make(config, transport, now);
  if (!engine) return std::move(engine).error();
  return Session(*std::move(engine));
}

Result<Progress> Session::handshake() { return engine_->handshake(); }
std::optional<std::chrono::milliseconds> Session::next_timeout() const { return engine_->next_timeout(); }
Result<Progress> Session::handle_timeout() { return engine_->handle_timeout(); }
Result<Progress> Session::renegotiate() { return engine_->renegotiate(); }
Result<Transfer> Session::read(std::span<std::uint8_t> buffer) { return engine_->read(buffer); }
Result<Transfer> Session::write(std::span<const std::uint8_t> data) { return engine_->write(data); }
Result<Progress> Session::flush() { return engine_->flush(); }
Result<Progress> Session::close() { return engine_->close(); }
SessionState Session::state() const noexcept { return engine_->state(); }
const Diagnosis& Session::diagnosis() const noexcept { return engine_->diagnosis(); }
SessionInfo Session::info() const { return engine_->info(); }
std::vector<Certificate> Session::peer_chain() const { return engine_->peer_chain(); }
const TrustResult* Session::trust() const noexcept { return engine_->trust(); }
const ClientHelloInfo* Session::client_hello() const noexcept { return engine_->client_hello(); }
std::vector<std::string> Session::acceptable_issuers() const { return engine_->acceptable_issuers(); }
Result<void> Session::use_identity(const Identity& identity) { return engine_->use_identity(identity); }
Result<void> Session::replace_identity(const std::optional<Identity>& identity) {
  return engine_->replace_identity(identity);
}
Result<void> Session::use_alpn(std::vector<std::string> names) { return engine_->use_alpn(std::move(names)); }
void Session::use_ocsp_staple(std::vector<std::uint8_t> response) { engine_->use_ocsp_staple(std::move(response)); }
void Session::use_peer_id(std::string peer_id) { engine_->use_peer_id(std::move(peer_id)); }
void Session::use_verification(Verification verification) { engine_->use_verification(verification); }
Result<Progress> Session::start_renegotiation() { return engine_->start_renegotiation(); }
Result<Progress> Session::close_with(Alert alert) { return engine_->close_with(alert); }
SessionSecrets Session::secrets() const { return engine_->secrets(); }
std::vector<std::vector<std::uint8_t>> Session::acceptable_issuers_der() const {
  return engine_->acceptable_issuers_der();
}
std::vector<std::uint8_t> Session::certificate_types() const { return engine_->certificate_types(); }
std::vector<SignatureScheme> Session::peer_signature_schemes() const { return engine_->peer_signature_schemes(); }
std::vector<std::uint8_t> Session::stapled_ocsp() const {
  const std::span<const std::uint8_t> staple = engine_->stapled_ocsp();
  return {staple.begin(), staple.end()};
}
Result<std::size_t> Session::copy_peer_name(std::span<char> buffer) const {
  const std::string name = engine_->peer_name();
  if (name.size() > buffer.size()) {
    return Error{ResultCode::BufferOverflow, "the name takes " + std::to_string(name.size()) + " bytes"};
  }
  std::copy(name.begin(), name.end(), buffer.begin());
  return name.size();
}

std::size_t Session::buffered() const noexcept { return engine_->buffered(); }

}  // namespace securetransport
