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
#include "ossl/verify_alert.hpp"
#include "tls/engine.hpp"

namespace securetransport {

/// Judges once; afterwards reports whether breaks are still due. TrustRejected is noted in the Failure record.
Session::Engine::Judgement Session::Engine::judge_peer() {
  if (failure_.finding == ossl::Finding::TrustRejected) return Judgement::Rejected;
  if (!judgement_reached_) {
    judgement_reached_ = true;
    due_breaks_ = breaks_at_judgement();
    const bool program_judges = !due_breaks_.empty() && due_breaks_.back() == Progress::PeerAuthCompleted;
    if (!program_judges && !peer_chain_.empty()) {
      evaluate_peer();
      if (!trust_->trusted() && common().verification == Verification::Automatic) {
        failure_.find(ossl::Finding::TrustRejected, trust_->violations.front().detail);
        failure_.finding_code = trust_->code();
        due_breaks_.clear();
        return Judgement::Rejected;
      }
    }
  }
  if (!due_breaks_.empty()) return Judgement::BreakDue;
  judged_ = true;
  return Judgement::Accepted;
}

void Session::Engine::evaluate_peer() {
  const ClientConfig* const client = client_config();
  TrustRequest request;
  request.chain = peer_chain_;
  request.peer_name = client != nullptr ? client->peer_name : std::string();
  request.peer_role = client != nullptr ? PeerRole::Server : PeerRole::Client;
  request.roots = common().roots;
  request.time = now_;
  trust_ = evaluate(request);
}

/// In the order of the contract: the certificate request first, then the peer's certificate.
std::deque<Progress> Session::Engine::breaks_at_judgement() const {
  std::deque<Progress> breaks;
  if (const ClientConfig* const client = client_config()) {
    if (client->break_on_cert_requested && watch_.certificate_requested() && !has_identity_) {
      breaks.push_back(Progress::ClientCertRequested);
    }
    // There is nothing to judge about a peer without certificates: anonymous and PSK suites.
    if (client->break_on_server_auth && !peer_chain_.empty()) breaks.push_back(Progress::PeerAuthCompleted);
  } else if (server_config()->break_on_client_auth && watch_.certificate_requested()) {
    breaks.push_back(Progress::PeerAuthCompleted);  // Also for a client that sent no certificate, as Apple's.
  }
  return breaks;
}

Alert Session::Engine::rejection_alert() const {
  constexpr Alert kWithoutReason = Alert::CertificateUnknown;
  if (failure_.finding != ossl::Finding::TrustRejected) return kWithoutReason;
  const Violation& decisive = trust_->violations.front();
  if (decisive.alert) return *decisive.alert;
  return alert_to_send(decisive.code).value_or(kWithoutReason);
}

bool Session::Engine::is_judged_or_needs_no_judgement() const {
  if (judged_) return true;
  if (client_config() == nullptr) return false;
  // The server authenticated itself by other means than a certificate, with a suite that the program enabled.
  const SSL_CIPHER* const cipher = SSL_get_current_cipher(ssl_.get());
  if (cipher == nullptr || !peer_chain_.empty()) return false;
  const int authentication = SSL_CIPHER_get_auth_nid(cipher);
  return authentication == NID_auth_null || authentication == NID_auth_psk;
}

}  // namespace securetransport
