// SPDX-License-Identifier: Apache-2.0
// The inside of a Session: one SSL object, what surrounds it, and the one point where a peer is judged.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "ossl/failure.hpp"
#include "ossl/handles.hpp"
#include "ossl/message_watch.hpp"
#include "ossl/ssl_call.hpp"
#include "ossl/transport_bio.hpp"
#include "securetransport/tls/session.hpp"
#include "tls/engine_context.hpp"
#include "tls/life_cycle.hpp"
#include "tls/session_cache.hpp"

namespace securetransport {

/// Member order matters: the SSL object, which holds pointers to the rest, goes first when the engine is destroyed.
class Session::Engine final : public tls::EngineCallbacks {
 public:
  using Config = std::variant<ClientConfig, ServerConfig>;

  [[nodiscard]] static Result<std::unique_ptr<Engine>> make(Config config, Transport& transport,
                                                            std::chrono::sys_seconds now);

  Engine(Config config, Transport& transport, std::chrono::sys_seconds now) noexcept;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // engine_handshake.cpp
  Result<Progress> handshake();
  Result<Progress> renegotiate();
  Result<Progress> close();

  // engine_data.cpp
  Result<Transfer> read(std::span<std::uint8_t> buffer);
  Result<Transfer> write(std::span<const std::uint8_t> data);
  Result<Progress> flush();

  // engine_datagram.cpp
  [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;
  Result<Progress> handle_timeout();

  // engine_setup.cpp
  Result<void> use_identity(const Identity& identity);

  // engine_changes.cpp
  Result<void> replace_identity(const std::optional<Identity>& identity);
  Result<void> use_alpn(std::vector<std::string> names);
  void use_ocsp_staple(std::vector<std::uint8_t> response);
  void use_peer_id(std::string peer_id);
  void use_verification(Verification verification);
  Result<Progress> start_renegotiation();
  Result<Progress> close_with(Alert alert);

  // engine_info.cpp
  [[nodiscard]] SessionInfo info() const;
  [[nodiscard]] std::string peer_name() const;
  [[nodiscard]] std::vector<std::string> acceptable_issuers() const;
  [[nodiscard]] SessionSecrets secrets() const;
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> acceptable_issuers_der() const;
  [[nodiscard]] std::vector<std::uint8_t> certificate_types() const;
  [[nodiscard]] std::vector<SignatureScheme> peer_signature_schemes() const;
  [[nodiscard]] std::span<const std::uint8_t> stapled_ocsp() const;
  [[nodiscard]] const std::vector<Certificate>& peer_chain() const noexcept { return peer_chain_; }
  [[nodiscard]] const TrustResult* trust() const noexcept { return trust_ ? &*trust_ : nullptr; }
  [[nodiscard]] const ClientHelloInfo* client_hello() const noexcept {
    return client_hello_ ? &*client_hello_ : nullptr;
  }
  [[nodiscard]] const Diagnosis& diagnosis() const noexcept { return diagnosis_; }
  [[nodiscard]] SessionState state() const noexcept { return state_; }
  [[nodiscard]] std::size_t buffered() const noexcept;

  // engine_callbacks.cpp: called by OpenSSL from within the calls above.
  int on_verify(X509_STORE_CTX& context) noexcept override;
  int on_certificate_request() noexcept override;
  int on_server_name(int& alert) noexcept override;
  int on_client_hello(int& alert) noexcept override;
  int on_status_request() noexcept override;
  void on_new_session(SSL_SESSION& session) noexcept override;
  SSL_SESSION* on_session_wanted(std::span<const std::uint8_t> id) noexcept override;
  std::span<const std::uint8_t> on_cookie_wanted() noexcept override;
  unsigned on_psk_wanted(std::span<char> identity, std::span<std::uint8_t> key) noexcept override;
  unsigned on_psk_offered(const char* identity, std::span<std::uint8_t> key) noexcept override;
  int on_alpn(const unsigned char*& chosen, unsigned char& chosen_size, const unsigned char* offered,
              unsigned int offered_size) noexcept override;
  [[nodiscard]] bool accepts_dh_bits(unsigned bits) const noexcept override;
  unsigned on_timer(unsigned previous) noexcept override;
  void on_key_log(const char* line) noexcept override;

 private:
  // engine_setup.cpp
  Result<void> set_up();
  Result<void> set_up_datagrams();
  Result<void> set_up_client(const ClientConfig& config);
  Result<void> set_up_server(const ServerConfig& config);
  void set_up_resumption(const ClientConfig& config);
  [[nodiscard]] bool keeps_sessions() const noexcept;
  [[nodiscard]] bool asks_clients() const noexcept;
  void keep_fresh_session() noexcept;
  void renew_cache_key();
  Result<void> set_up_kept_sessions(const ServerConfig& config);
  Result<void> install_identity(const Identity& identity);
  Result<void> name_acceptable_issuers(const ServerConfig& config);
  Result<void> use_dh_parameters(const ServerConfig& config);
  Result<void> use_psk_identity_hint(const ServerConfig& config);

  // engine_callbacks.cpp
  int serve_name(int& alert) noexcept;

  // peer_judgement.cpp: the one judgement point.
  enum class Judgement : std::uint8_t { Accepted, Rejected, BreakDue };
  Judgement judge_peer();
  [[nodiscard]] bool program_judges() const noexcept;
  bool passes_our_judgement();
  bool passes_ats_despite_program();
  bool reject(const Violation& decisive);
  void evaluate_peer();
  [[nodiscard]] std::vector<Violation> ats_violations(const AtsPolicy& policy) const;
  [[nodiscard]] std::deque<Progress> breaks_at_judgement() const;
  [[nodiscard]] bool is_judged_or_needs_no_judgement() const;
  void take_over_resumed_judgement();
  [[nodiscard]] bool peer_key_can_sign() const;
  [[nodiscard]] bool is_trusted_leaf() const;
  [[nodiscard]] bool breaks_for_request() const noexcept;
  bool begin_judging_anew(const std::vector<Certificate>& chain);

  // engine_handshake.cpp
  Progress pause_at_next_break();
  Progress pause_renegotiation();
  Result<Progress> finish_handshake();
  std::optional<Result<Progress>> act_at_judgement_point();
  void refuse_peer(Alert alert);
  void take_leave_of_handshake();

  // engine_datagram.cpp
  [[nodiscard]] bool is_dropped_datagram() const noexcept;

  // engine_data.cpp
  std::optional<Error> unusable() const;
  [[nodiscard]] bool splits_records() const noexcept;
  Error fail_on_broken_write();

  // failing.cpp
  Error fail();
  void move(tls::Event event);

  [[nodiscard]] const SessionConfig& common() const noexcept;
  [[nodiscard]] SessionConfig& common() noexcept;
  [[nodiscard]] const ClientConfig* client_config() const noexcept { return std::get_if<ClientConfig>(&config_); }
  [[nodiscard]] const ServerConfig* server_config() const noexcept { return std::get_if<ServerConfig>(&config_); }

  Config config_;
  std::chrono::sys_seconds now_;
  SessionState state_ = SessionState::Idle;
  ossl::Failure failure_;
  const std::unique_ptr<ossl::TransportBio> bio_;
  ossl::MessageWatch watch_;
  std::shared_ptr<SSL_CTX> context_;

  std::vector<Certificate> peer_chain_;
  std::optional<TrustResult> trust_;
  std::optional<ClientHelloInfo> client_hello_;
  Alert rejection_alert_ = Alert::CertificateUnknown;      ///< Goes out when the peer is refused.
  std::string cache_key_;                                  ///< With a cache: where this session belongs.
  std::optional<SessionCache::Impl::Entry> resumed_from_;  ///< The session that was offered.
  ossl::SslSessionPtr fresh_session_;                      ///< Not in the cache yet.
  bool has_identity_ = false;
  bool judgement_reached_ = false;      ///< The judgement point was reached; what is left are breaks.
  bool judged_ = false;                 ///< The peer passed: by our judgement or by the program's.
  bool judges_anew_ = false;            ///< A renegotiation brought a chain.
  bool reported_request_anew_ = false;  ///< The break for its CertificateRequest was reported.
  bool refusing_peer_ = false;          ///< close() at a trust break: the next verify callback rejects.
  bool client_hello_seen_ = false;
  unsigned flight_sends_ = 0;                    ///< Datagrams: how often the current flight went out.
  std::chrono::milliseconds flight_timeout_{0};  ///< Datagrams: the wait after its last sending.
  std::deque<Progress> due_breaks_;              ///< To be reported at the judgement point, in this order.
  std::optional<Progress> paused_at_;            ///< The break at which the last handshake call returned.
  Diagnosis diagnosis_;
  std::optional<Error> final_error_;  ///< The first failure, which is final.

  ossl::SslPtr ssl_;
};

}  // namespace securetransport
