// SPDX-License-Identifier: Apache-2.0
// A TLS session without I/O of its own: the handshake, application data and closure over a Transport.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "securetransport/core/diagnosis.hpp"
#include "securetransport/core/result.hpp"
#include "securetransport/core/transport.hpp"
#include "securetransport/tls/session_config.hpp"
#include "securetransport/tls/session_secrets.hpp"

namespace securetransport {

/// What a call on the session needs next, when it did not fail.
enum class Progress : std::uint8_t {
  Done,
  WantRead,             ///< The transport had nothing to read. Call again when it has.
  WantWrite,            ///< The transport takes no more now. Call again when it does.
  PeerAuthCompleted,    ///< Break: judge peer_chain(), then call handshake() to accept or close() to refuse.
  ClientCertRequested,  ///< Break: perhaps use_identity(), then call handshake().
  ClientHelloReceived,  ///< Break: read client_hello(), perhaps use_identity(), then call handshake().
};

/// The code that Apple's C API gives to a Progress: Success, errSSLWouldBlock or one of the break codes.
[[nodiscard]] ResultCode result_of(Progress progress) noexcept;

/// Outcome of read() and write(): `bytes` counts plaintext.
struct Transfer {
  std::size_t bytes = 0;
  Progress progress = Progress::Done;
};

enum class SessionState : std::uint8_t { Idle, Handshake, Connected, Closed, Aborted };

/// What was negotiated, as far as the handshake has come.
struct SessionInfo {
  std::optional<ProtocolVersion> version;
  std::optional<CipherSuite> cipher_suite;
  std::string group;              ///< Key-exchange group: "x25519", "ffdhe2048", "DH 1024"; empty if none was used.
  std::string signature_scheme;   ///< With which the peer signed its handshake; empty before that, or if it did not.
  std::string alpn;               ///< Protocol agreed on; empty if none.
  std::string psk_identity_hint;  ///< Client, TLS 1.2 with a PSK suite: what the server sent (RFC 4279 section 5.2).
  bool extended_master_secret = false;  ///< RFC 7627; always true in TLS 1.3, whose key schedule has it built in.
  bool secure_renegotiation = false;    ///< RFC 5746; always true in TLS 1.3, which has no renegotiation.
  bool resumed = false;                 ///< An earlier session was resumed, or a pre-shared key was used.
  bool client_certificate_requested = false;
  bool client_certificate_sent = false;  ///< Client role: a non-empty certificate went out.
};

/// What a client asked for, as a server reads it at the ClientHelloReceived break and later.
struct ClientHelloInfo {
  std::string server_name;  ///< SNI; empty if none was sent.
  std::vector<std::string> alpn;
  std::vector<ProtocolVersion> versions;  ///< As offered; numbers that have no name are left out.
  std::vector<CipherSuite> cipher_suites;
  std::optional<ProtocolVersion> version;  ///< The newest of `versions` that is enabled here: it will be chosen.
};

/// One TLS connection, either role. Used by one thread at a time; different sessions are independent.
///
/// The first failure is final: its code and diagnosis stay, handshake() repeats it, and read() and write()
/// answer errSSLClosedAbort. An alert for the peer has been handed to the transport when the failing call
/// returns (what the transport did not take is offered again by close()).
class Session {
 public:
  /// Makes a session in state Idle; nothing is sent yet. `transport` is borrowed and must outlive the session.
  /// `now` is the time at which certificates must be valid.
  ///
  /// errSSLConfigurationFailed: the versions, groups or signature algorithms cannot work (minimum above
  /// maximum, TLS over datagrams, none that the engine knows, a bad ALPN name). errSSLBadCipherSuite: no suite that the
  /// engine supports in these versions. errSSLInternal: the engine failed.
  [[nodiscard]] static Result<Session> client(const ClientConfig& config, Transport& transport,
                                              std::chrono::sys_seconds now);

  /// As client(), for the server role. A server without identity fails at the ClientHello with
  /// errSSLBadConfiguration unless one is given at the ClientHelloReceived break.
  [[nodiscard]] static Result<Session> server(const ServerConfig& config, Transport& transport,
                                              std::chrono::sys_seconds now);

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();  ///< Frees the engine's objects and wipes keys; sends nothing.

  /// Performs or resumes the handshake. Done once connected, at once if it already is.
  [[nodiscard]] Result<Progress> handshake();

  /// Datagram sessions: how long until handle_timeout() is due; nullopt if nothing waits for an answer, as at a break,
  /// outside of the handshake, and always for streams. Ask again after every call on the session.
  [[nodiscard]] std::optional<std::chrono::milliseconds> next_timeout() const;

  /// Datagram sessions: sends the last flight again if its time has come; else does nothing. WantRead while the
  /// handshake goes on, Done outside of it.
  ///
  /// errSSLConnectionRefused: the flight was sent ten times and nobody answered.
  [[nodiscard]] Result<Progress> handle_timeout();

  /// TLS 1.2 and below, connected, with allow_renegotiation: asks for a new handshake, then drives it. A server's
  /// request is only sent: the handshake runs when the client answers. errSSLPeerNoRenegotiation: the peer refused.
  /// errSSLIllegalParam: not in this state, version or configuration, or over datagrams; the session goes on as it was.
  [[nodiscard]] Result<Progress> renegotiate();

  /// Reads application data; drives the handshake first if need be. Returns what is there without waiting for
  /// more: bytes > 0 with Done, or bytes == 0 with WantRead or a break. An empty buffer reads nothing.
  /// A datagram session returns what one write() of the peer sent; what does not fit comes with the next call.
  ///
  /// errSSLClosedGraceful: close_notify came. errSSLClosedNoNotify: the stream ended at a record boundary
  /// without it. Data that came before is delivered first.
  [[nodiscard]] Result<Transfer> read(std::span<std::uint8_t> buffer);

  /// Takes all of `data` or nothing. With bytes == data.size(), everything is encrypted and sent or queued:
  /// never offer it again; WantWrite then says that a flush() is due. With bytes == 0, call again.
  ///
  /// A datagram session sends one datagram for each call; one that the transport would block on is lost.
  /// errSSLIllegalParam: more than 16384 bytes, which is more than a record holds; the session goes on.
  [[nodiscard]] Result<Transfer> write(std::span<const std::uint8_t> data);

  /// Sends what is queued. WantWrite if the transport still cannot take it.
  [[nodiscard]] Result<Progress> flush();

  /// Ends the session from any state: sends close_notify once (at a trust break: a fatal certificate_unknown,
  /// since closing there refuses the peer), flushes, and moves to Closed whatever the transport says. Does not
  /// wait for the peer. WantWrite: call again to flush the rest.
  [[nodiscard]] Result<Progress> close();

  [[nodiscard]] SessionState state() const noexcept;

  /// Why the session failed, paused or closed; code Success while nothing of the kind has happened.
  [[nodiscard]] const Diagnosis& diagnosis() const noexcept;

  [[nodiscard]] SessionInfo info() const;

  /// The chain as the peer sent it, leaf first. Empty before the Certificate message, or if it sent none.
  [[nodiscard]] std::vector<Certificate> peer_chain() const;

  /// The judgement of peer_chain(). Null until it was judged; stays null if the program judges at a break.
  [[nodiscard]] const TrustResult* trust() const noexcept;

  /// Server: what the client offered; null before the ClientHello.
  [[nodiscard]] const ClientHelloInfo* client_hello() const noexcept;

  /// Client, once asked for a certificate: names of the authorities the server accepts, RFC 2253 form.
  [[nodiscard]] std::vector<std::string> acceptable_issuers() const;

  /// Sets the identity to present; only before the handshake or at a ClientHelloReceived or
  /// ClientCertRequested break. errSSLConfigurationFailed if the engine refuses it.
  [[nodiscard]] Result<void> use_identity(const Identity& identity);

  /// Client: the peer name; server: the name the client asked for. Copies it without a terminating zero and returns
  /// its length in bytes. errSSLBufferOverflow: the buffer is too small; the detail says how much it takes.
  [[nodiscard]] Result<std::size_t> copy_peer_name(std::span<char> buffer) const;

  // What can still be changed on the way. None of these calls touches the transport.

  /// Presents this identity from now on and no other, or none at all. Unlike use_identity() in any state.
  [[nodiscard]] Result<void> replace_identity(const std::optional<Identity>& identity);

  /// Server, until ClientHelloReceived has been answered: as ServerConfig::alpn. errSSLConfigurationFailed: a bad name.
  [[nodiscard]] Result<void> use_alpn(std::vector<std::string> names);

  /// Server, until ClientHelloReceived has been answered: as ServerConfig::ocsp_staple.
  void use_ocsp_staple(std::vector<std::uint8_t> response);

  /// Keeps the session of this handshake under another SessionConfig::peer_id.
  void use_peer_id(std::string peer_id);

  /// Until the peer has been judged.
  void use_verification(Verification verification);

  /// As renegotiate(), without driving the handshake: handshake() does.
  [[nodiscard]] Result<Progress> start_renegotiation();

  /// As close(), with a fatal alert instead of close_notify where the engine can still send one.
  [[nodiscard]] Result<Progress> close_with(Alert alert);

  /// What few programs ask: see session_secrets.hpp.
  [[nodiscard]] SessionSecrets secrets() const;

  /// Client, once asked for a certificate: the names of acceptable_issuers() in DER, in the order of the wire.
  [[nodiscard]] std::vector<std::vector<std::uint8_t>> acceptable_issuers_der() const;

  /// Client, once asked for a certificate, TLS 1.2 and below: ClientCertificateType numbers (RFC 5246 section 7.4.4).
  [[nodiscard]] std::vector<std::uint8_t> certificate_types() const;

  /// What the peer accepts as signatures: a client in its ClientHello, a server in its CertificateRequest.
  [[nodiscard]] std::vector<SignatureScheme> peer_signature_schemes() const;

  /// Client: the OCSPResponse that the server stapled, in DER; empty if none.
  [[nodiscard]] std::vector<std::uint8_t> stapled_ocsp() const;

  /// Decrypted bytes that read() would return without touching the transport.
  [[nodiscard]] std::size_t buffered() const noexcept;

 private:
  class Engine;
  explicit Session(std::unique_ptr<Engine> engine) noexcept;
  std::unique_ptr<Engine> engine_;
};

}  // namespace securetransport
