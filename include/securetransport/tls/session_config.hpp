// SPDX-License-Identifier: Apache-2.0
// What a session is told before it starts. Plain values: copy, change, reuse for many sessions.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/tls/protocol.hpp"
#include "securetransport/tls/session_cache.hpp"
#include "securetransport/trust/ats.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

/// Who judges the peer's certificate chain.
enum class Verification : std::uint8_t {
  Automatic,  ///< The session does, and fails with the trust code of the decisive violation.
  /// Nobody: any chain is accepted, nothing is authenticated. For diagnosis only; the judgement is made all the
  /// same and can be read from Session::trust().
  AcceptAnything,
};

/// Which codes the calls of a session return. A dialect changes codes, never defaults of security.
enum class Dialect : std::uint8_t {
  Documented,  ///< The table of result codes.
  Published,   ///< Apple's last published Secure Transport: published_code().
};

/// What the transport carries, and with that the protocol: TLS or DTLS.
enum class TransportKind : std::uint8_t {
  Stream,
  Datagram,  ///< Whole datagrams, which may be lost, repeated and reordered: see DatagramBufferTransport.
};

/// What both roles share.
struct SessionConfig {
  Dialect dialect = Dialect::Documented;
  TransportKind transport_kind = TransportKind::Stream;
  VersionRange versions;  ///< With Datagram, the default stands for DTLS 1.2 alone.
  /// Datagram: the handshake is cut into datagrams of at most this many bytes, from 256 to 16384. Application data is
  /// not: each write is one datagram, whatever its size.
  std::size_t maximum_datagram_size = 1400;
  /// Datagram: how long to wait for an answer before a flight of the handshake is sent again. Doubles each time.
  std::chrono::milliseconds retransmission_timeout = std::chrono::seconds(1);
  std::vector<CipherSuite> cipher_suites = default_cipher_suites();  ///< In order of preference.
  std::vector<NamedGroup> groups = default_groups();                 ///< In order of preference.
  std::vector<SignatureScheme> signature_algorithms = default_signature_algorithms();
  /// With which this side signs as well, if its identity has such a key; not offered to the peer.
  std::vector<SignatureScheme> further_signing_algorithms = default_further_signing_algorithms();
  std::vector<std::string> alpn;           ///< Protocol names of 1 to 255 bytes, in order of preference.
  std::shared_ptr<const RootStore> roots;  ///< Null: RootStore::system().
  TrustPolicy trust_policy = TrustPolicy::Apple;
  /// Where good judgements of chains are kept for other sessions with the same question (TrustCache). Null: nowhere.
  std::shared_ptr<TrustCache> trust_cache;
  Verification verification = Verification::Automatic;
  /// With a break for trust, the session judges the peer as well; what is wrong comes from the call after the break.
  bool verify_after_break = false;
  /// Peers whose leaf is one of these are accepted whatever their chain is.
  std::vector<Certificate> trusted_leaves;
  /// For how long a session, and those that are resumed from it, may be resumed: a day at most.
  std::chrono::seconds session_lifetime = std::chrono::hours(24);
  /// Tells sessions apart beyond what the cache does; any bytes. Programs that judge peers themselves and share a cache
  /// need one for each rule by which they judge.
  std::string peer_id;
  /// TLS 1.0 with CBC: each write is sent as one byte and the rest (against BEAST), instead of after an empty record.
  bool split_first_byte = false;
  unsigned minimum_dh_bits = 2048;  ///< Smallest DHE group accepted from a server: else errSSLWeakPeerEphemeralDHKey.
  /// Called with each line of the NSS key log format. The lines are secrets: whoever has them can decrypt the
  /// session. Empty (the default): no key ever leaves the engine. The environment is never consulted.
  std::function<void(std::string_view)> key_log;
};

/// A key that both sides know beforehand (RFC 4279, RFC 8446 section 4.2.11). The key is a secret.
struct PreSharedKey {
  std::string identity;  ///< At most 128 bytes, not secret. On a server, an empty one stands for every identity.
  std::vector<std::uint8_t> key;
};

/// What a client does about an earlier session with the same peer.
enum class Resumption : std::uint8_t {
  Offer,    ///< Resumes one if the cache holds it and the server agrees; else a full handshake follows.
  Require,  ///< Fails with errSSLSessionNotFound if the cache holds none.
};

struct ClientConfig : SessionConfig {
  /// The name the server must prove: a DNS name, sent as SNI too, or an IP address, which is not (RFC 6066
  /// section 3). Empty: no SNI and no comparison of names.
  std::string peer_name;
  /// Sent as SNI instead of peer_name; an empty string sends none. The comparison still uses peer_name.
  std::optional<std::string> server_name_indication;
  std::optional<Identity> identity;      ///< Sent if the server asks for a client certificate.
  bool break_on_server_auth = false;     ///< Pause with PeerAuthCompleted: the program judges, not the session.
  bool break_on_cert_requested = false;  ///< Pause with ClientCertRequested if asked and `identity` is empty.
  /// App Transport Security: offers only what the policy allows of `versions` and `cipher_suites`, and judges the
  /// server by it after the ordinary trust; a program that accepts a server itself cannot override it.
  std::optional<AtsPolicy> ats;
  bool request_ocsp_staple = true;              ///< Ask for a stapled OCSP response; one that comes is judged.
  bool require_extended_master_secret = false;  ///< Before TLS 1.3: else errSSLHandshakeFail.
  bool require_secure_renegotiation = false;    ///< Before TLS 1.3: else errSSLHandshakeFail.
  bool allow_renegotiation = false;             ///< TLS 1.2: answer the server's HelloRequest, and renegotiate().
  bool allow_server_identity_change = false;    ///< In a renegotiation; the new certificates are judged.
  bool send_fallback_scsv = false;              ///< RFC 7507: this is a retry with a lower maximum version.
  std::optional<PreSharedKey> psk;              ///< Offered; TLS 1.2 also needs a PSK suite in `cipher_suites`.
  std::shared_ptr<SessionCache> session_cache;  ///< Null: no resumption.
  Resumption resumption = Resumption::Offer;
  bool session_tickets = true;  ///< TLS 1.2: offer to keep tickets (RFC 5077) besides session ids.
};

/// Whether a server asks the client for a certificate.
enum class ClientAuthentication : std::uint8_t { Never, Try, Always };

struct ServerConfig : SessionConfig {
  std::vector<Identity> identities;  ///< At most one for each kind of key; the suite decides which is used.
  ClientAuthentication client_authentication = ClientAuthentication::Never;
  bool break_on_client_hello = false;     ///< Pause with ClientHelloReceived before anything is chosen.
  bool break_on_client_auth = false;      ///< Pause with PeerAuthCompleted: the program judges the client.
  std::vector<std::uint8_t> ocsp_staple;  ///< DER OCSPResponse sent to clients that ask; empty: none.
  /// If not empty, a client that asks for any other name is turned away with errSSLUnrecognizedName. A client that
  /// asks for none is served.
  std::vector<std::string> known_names;
  std::vector<PreSharedKey> psks;  ///< Accepted identities.
  /// TLS 1.2 with a PSK suite: tells the client which identity to use (RFC 4279 section 5.2). At most 128 bytes, none
  /// of them zero; empty: not sent. Apple's clients refuse a server that sends one.
  std::string psk_identity_hint;
  bool allow_renegotiation = false;        ///< TLS 1.2: let clients renegotiate, and renegotiate().
  bool may_request_renegotiation = false;  ///< renegotiate(), though clients may not begin by themselves.
  /// Give out a session ticket. Its key lives as long as the process, so tickets weaken forward secrecy for that
  /// time. Servers that authenticate clients give none: a ticket does not say how its client was judged.
  bool session_tickets = false;
  /// Where sessions are kept for clients that come back with their id, or in TLS 1.3 with a ticket that stands for it.
  /// A client that was judged then is not judged again: its session is found only by servers that judge in the same
  /// way, by roots, rules and `peer_id`, until its chain expires. Null: nowhere.
  std::shared_ptr<SessionCache> session_cache;
  /// Distinguished names in DER that the CertificateRequest names, in this order. They are not trusted by this.
  std::vector<std::vector<std::uint8_t>> acceptable_issuers;
  std::vector<std::uint8_t> dh_parameters;  ///< See check_dh_parameters(). Empty: the 2048 bits of RFC 7919.
  /// Datagram: clients must first send these 1 to 255 bytes back (RFC 6347 section 4.2.1). Empty: no such round.
  std::vector<std::uint8_t> hello_cookie;
};

/// Whether these bytes are a DHParameter of PKCS #3 in DER, the form of ServerConfig::dh_parameters.
///
/// errSSLConfigurationFailed: they are not.
[[nodiscard]] Result<void> check_dh_parameters(std::span<const std::uint8_t> der);

}  // namespace securetransport
