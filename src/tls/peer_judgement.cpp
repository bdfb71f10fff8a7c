// SPDX-License-Identifier: Apache-2.0
// The one point where a peer is judged. Everything that ends in Connected passes here:
//
//   client, TLS 1.2 and below   at CertificateRequest if there is one, else with ServerHelloDone held back: the
//                               staple is known, the ServerKeyExchange has been checked, and nothing of ours
//                               has been sent.
//   client, TLS 1.3             in the verify callback at Certificate, suspended if the program is to judge.
//   server                      in the verify callback, always at once: OpenSSL takes a suspended callback on a
//                               server for an acceptance. A program that judges itself is asked later, but
//                               before any data leaves.
//   resumption, PSK             the peer proves that it holds the secret of a session that was judged, or a key
//                               that the program gave; see is_judged_or_needs_no_judgement().
#include <openssl/err.h>

#include <algorithm>

#include "securetransport/trust/ats.hpp"
#include "tls/engine.hpp"
#include "tls/registry.hpp"
#include "trust/error_mark.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

Violation unusable_key(const Certificate& leaf) {
  Violation violation{ResultCode::Crypto, 0, leaf.subject(), {}, "RFC 8446 section 4.4.2.2"};
  violation.detail = "its key is of a kind that TLS has no signatures for (" + leaf.key() + ")";
  violation.alert = Alert::HandshakeFailure;
  return violation;
}

}  // namespace

/// Judges once; afterwards reports whether breaks are still due. TrustRejected is noted in the Failure record.
Session::Engine::Judgement Session::Engine::judge_peer() {
  if (failure_.finding == ossl::Finding::TrustRejected) return Judgement::Rejected;
  if (!judgement_reached_) {
    judgement_reached_ = true;
    due_breaks_ = breaks_at_judgement();
    if (!peer_chain_.empty() && !program_judges() && !passes_our_judgement()) return Judgement::Rejected;
  }
  if (!due_breaks_.empty()) return Judgement::BreakDue;
  if (!judged_ && !peer_chain_.empty() && program_judges()) {
    const bool passes = common().verify_after_break ? passes_our_judgement() : passes_ats_despite_program();
    if (!passes) return Judgement::Rejected;
  }
  judged_ = true;
  return Judgement::Accepted;
}

bool Session::Engine::program_judges() const noexcept {
  const ClientConfig* const client = client_config();
  return client != nullptr ? client->break_on_server_auth : server_config()->break_on_client_auth;
}

bool Session::Engine::passes_our_judgement() {
  evaluate_peer();
  if (common().verification == Verification::AcceptAnything) return passes_ats_despite_program();
  if (const ClientConfig* const client = client_config(); client != nullptr && client->ats) {
    trust_->violations = merge_violations(std::move(trust_->violations), ats_violations(*client->ats));
  }
  if (trust_->trusted() || is_trusted_leaf()) return true;
  if (!peer_key_can_sign()) trust_->violations.insert(trust_->violations.begin(), unusable_key(peer_chain_.front()));
  return reject(trust_->violations.front());
}

/// OpenSSL refuses another kind of key right after this judgement (before it, in TLS 1.2), whoever vouches for it; what
/// the platform rules say about such a key must not come first. One that cannot be read is trust's affair.
bool Session::Engine::peer_key_can_sign() const {
  const trust::ErrorMark mark;
  const EVP_PKEY* const key = X509_get0_pubkey(trust::x509_of(peer_chain_.front()));
  return key == nullptr || EVP_PKEY_can_sign(key) == 1;
}

bool Session::Engine::is_trusted_leaf() const {
  const std::vector<Certificate>& leaves = common().trusted_leaves;
  return std::find(leaves.begin(), leaves.end(), peer_chain_.front()) != leaves.end();
}

/// The program accepts the peer whatever the default trust says. App Transport Security has the last word.
bool Session::Engine::passes_ats_despite_program() {
  const ClientConfig* const client = client_config();
  if (client == nullptr || !client->ats) return true;
  if (!trust_) evaluate_peer();
  std::vector<Violation> broken = ats_violations(*client->ats);
  if (broken.empty()) return true;
  const Violation decisive = merge_violations({}, broken).front();
  trust_->violations = merge_violations(std::move(trust_->violations), std::move(broken));
  return reject(decisive);
}

/// Always false, for the callers' convenience.
bool Session::Engine::reject(const Violation& decisive) {
  failure_.find(ossl::Finding::TrustRejected, decisive.detail);
  failure_.finding_code = decisive.code;
  rejection_alert_ = decisive.alert ? *decisive.alert : alert_to_send(decisive.code).value_or(rejection_alert_);
  due_breaks_.clear();
  return false;
}

std::vector<Violation> Session::Engine::ats_violations(const AtsPolicy& policy) const {
  AtsConnection connection;
  connection.version = ossl::tls_equivalent(failure_.version);
  connection.cipher_suite = failure_.cipher_suite;
  connection.cipher_suite_name = to_string(CipherSuite{failure_.cipher_suite});
  connection.extended_master_secret = watch_.key_exchange().extended_master_secret;
  std::vector<Violation> broken = judge_ats_connection(policy, connection);
  std::vector<Violation> of_chain = judge_ats_chain(policy, trust_->path, trust_->trusted());
  broken.insert(broken.end(), std::make_move_iterator(of_chain.begin()), std::make_move_iterator(of_chain.end()));
  return broken;
}

void Session::Engine::evaluate_peer() {
  const ClientConfig* const client = client_config();
  TrustRequest request;
  request.chain = peer_chain_;
  request.peer_name = client != nullptr ? client->peer_name : std::string();
  request.peer_role = client != nullptr ? PeerRole::Server : PeerRole::Client;
  request.roots = common().roots;
  request.time = now_;
  request.policy = common().trust_policy;
  request.cache = common().trust_cache;
  const tls::SuiteName* const suite = tls::find_suite(CipherSuite{failure_.cipher_suite});
  request.key_signs = client == nullptr || suite == nullptr || !suite->has_static_rsa;
  request.stapled_ocsp = stapled_ocsp();
  request.staple_possible = client != nullptr && client->request_ocsp_staple;
  trust_ = evaluate(request);
}

std::span<const std::uint8_t> Session::Engine::stapled_ocsp() const {
  if (client_config() == nullptr) return {};
  const unsigned char* staple = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(ssl_.get(), &staple);
  if (staple == nullptr || size <= 0) return {};
  return {staple, static_cast<std::size_t>(size)};
}

/// In the order of the contract: the certificate request first, then the peer's certificate.
std::deque<Progress> Session::Engine::breaks_at_judgement() const {
  std::deque<Progress> breaks;
  if (const ClientConfig* const client = client_config()) {
    if (!judges_anew_ && watch_.certificate_requested() && breaks_for_request()) {
      breaks.push_back(Progress::ClientCertRequested);
    }
    // There is nothing to judge about a peer without certificates: anonymous and PSK suites.
    if (client->break_on_server_auth && !peer_chain_.empty()) breaks.push_back(Progress::PeerAuthCompleted);
  } else if (server_config()->break_on_client_auth && watch_.certificate_requested()) {
    breaks.push_back(Progress::PeerAuthCompleted);  // Also for a client that sent no certificate, as Apple's.
  }
  return breaks;
}

bool Session::Engine::breaks_for_request() const noexcept {
  return client_config()->break_on_cert_requested && !has_identity_;
}

/// A chain in a renegotiation. A client judges it, and its program is asked, as in the first handshake. RFC 5246
/// section 7.2.2 leaves open whether it may be another one; an attacker who splices connections needs that (RFC 5746
/// section 1), so the peer must stay who it was, byte by byte, unless the program says otherwise. A client that was
/// nobody before may become somebody, if no program is to judge it: OpenSSL would not wait for its answer.
bool Session::Engine::begin_judging_anew(const std::vector<Certificate>& chain) {
  const ClientConfig* const client = client_config();
  const bool may_change = client != nullptr ? client->allow_server_identity_change
                                            : peer_chain_.empty() && !server_config()->break_on_client_auth;
  if (chain != peer_chain_ && !may_change) {
    failure_.find(ossl::Finding::PeerIdentityChanged);
    return false;
  }
  if (client == nullptr && chain == peer_chain_) return true;
  judges_anew_ = true;
  judged_ = false;
  judgement_reached_ = false;
  reported_request_anew_ = false;
  trust_.reset();
  return true;
}

bool Session::Engine::is_judged_or_needs_no_judgement() const {
  const bool is_resumed = SSL_session_reused(ssl_.get()) == 1;
  if (const ServerConfig* const server = server_config()) {
    return judged_ && (!asks_clients() || !is_resumed || resumed_from_ || !server->psks.empty());
  }
  if (judged_) return true;
  if (is_resumed) return resumed_from_ || client_config()->psk;
  // The server authenticated itself by other means than a certificate, with a suite that the program enabled.
  const SSL_CIPHER* const cipher = SSL_get_current_cipher(ssl_.get());
  if (cipher == nullptr || !peer_chain_.empty()) return false;
  const int authentication = SSL_CIPHER_get_auth_nid(cipher);
  return authentication == NID_auth_null || authentication == NID_auth_psk;
}

}  // namespace securetransport
