// SPDX-License-Identifier: Apache-2.0
// A TLS peer of either role that is honest but for one fault, and that writes down what the other side did.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "lab/tls/fault.hpp"
#include "lab/tls/protocol.hpp"
#include "net/datagram_pipe.hpp"
#include "net/deadline.hpp"
#include "net/endpoint.hpp"
#include "net/error.hpp"
#include "net/tcp_stream.hpp"

namespace securetransport::lab {

/// How handshake messages are put into records. All three are honest.
enum class Framing : std::uint8_t {
  PerMessage,  ///< One record each.
  Coalesced,   ///< A whole flight in one record, as far as its protection is the same.
  Fragmented,  ///< Records of PeerOptions::fragment_size bytes.
};

/// The groups for DHE. Those of up to 1024 bits are too small for today's clients; all have g = 2 and a safe prime.
enum class DhGroup : std::uint8_t { Bits512, Bits768, Bits1024, Bits2048, Bits3072 };

/// Server, 1.2: the answer to a ClientHello after the handshake.
enum class Renegotiation : std::uint8_t {
  Refuse,  ///< Warning no_renegotiation(100), and the connection goes on.
  Accept,  ///< A second handshake, secured by RFC 5746.
};

/// How an honest peer is set up. Plain data. The peer speaks exactly one version and one suite: what the other side
/// must have in common with it is in the test's hands.
struct PeerOptions {
  std::uint16_t version = kTls13;       ///< kTls10 to kTls13.
  bool is_datagram = false;             ///< DTLS over UDP; `version` is kTls12 and stands for DTLS 1.2.
  std::vector<std::uint16_t> suites{};  ///< In order of preference; empty: all that fit version and key.
  /// ECDHE, in order of preference. In 1.3 a client sends a share of the first only, and a server that has no share for
  /// any asks for one in a HelloRetryRequest: {kP256} does it for clients that begin with X25519.
  std::vector<std::uint16_t> groups{group::kX25519, group::kP256};
  DhGroup dh_group = DhGroup::Bits2048;
  std::optional<std::uint16_t> signature_scheme{};  ///< Of `key_pem`; by default rsa_pss_rsae_sha256 for RSA.

  std::string chain_pem{};  ///< Leaf first. A client without one answers a request with an empty list.
  std::string key_pem{};    ///< Of the leaf: P-256, P-384, Ed25519, RSA.
  Bytes psk_identity{};     ///< For suite::kPskAes128Gcm, with `psk`.
  Bytes psk{};

  bool extended_master_secret = true;
  bool encrypt_then_mac = true;
  bool renegotiation_info = true;
  Framing framing = Framing::PerMessage;
  std::size_t fragment_size = 7;

  /// 1.2 and below: once the first handshake is done a client sends a second ClientHello, a server a HelloRequest. Data
  /// comes after the second handshake, or after no_renegotiation.
  bool renegotiate = false;

  // Server.
  bool cookie_exchange = true;  ///< Datagrams: a HelloVerifyRequest first (RFC 6347 section 4.2.1).
  Bytes staple{};  ///< An OCSP response, not looked at; sent to clients that offer status_request. Empty: none.
  bool request_client_certificate = false;
  Renegotiation renegotiation = Renegotiation::Refuse;
  std::string second_chain_pem{};  ///< Shown in a renegotiation, with `second_key_pem`; empty: the same again.
  std::string second_key_pem{};
  std::string alpn{};  ///< Server: chosen if the client offers it. Client: offered. Empty: none.

  // Client.
  std::string server_name{};   ///< SNI; empty: none.
  bool offer_staple = false;   ///< status_request.
  bool fallback_scsv = false;  ///< TLS_FALLBACK_SCSV among the suites.

  /// A server sends it once the first application data has come, a client at once; then close_notify and the end of
  /// the stream. A server with `speaks_first` does not wait.
  std::string application_data{};
  bool speaks_first = false;
};

/// An answer for HTTP clients.
inline constexpr const char* kHttpOk = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nlab";

struct SeenAlert {
  std::uint8_t level = 0;
  std::uint8_t number = 0;
  bool is_protected = false;
  friend bool operator==(const SeenAlert&, const SeenAlert&) = default;
};

enum class StreamEnd : std::uint8_t {
  Open,         ///< Never ended while we looked: the deadline passed, or the server was stopped.
  EndOfStream,  ///< FIN from the other side.
  Reset,        ///< RST from the other side.
  Ours,         ///< We reset it first.
};

/// What one connection looked like from our side. Plain data.
struct Observed {
  bool fault_applied = false;        ///< The step was reached. Always false without a fault.
  bool handshake_completed = false;  ///< Both Finished are through and right.
  int handshakes = 0;                ///< 2 after a renegotiation.
  std::vector<SeenAlert> alerts;     ///< Received, in order, close_notify included.
  Bytes handshake_types;             ///< Of the messages received, in order.
  Bytes client_hello;                ///< Server: the body of the first one.
  std::uint16_t version = 0;         ///< Agreed, from the honest point of view.
  std::uint16_t suite = 0;
  std::size_t client_certificates = 0;  ///< Server: how many the client's list had.
  std::string application_data;         ///< Received.
  std::size_t unreadable_records = 0;   ///< Protected records that did not authenticate, skipped.
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  StreamEnd end = StreamEnd::Open;
  std::string problem;  ///< Why the peer gave up of its own accord, for people; empty if it did not.

  /// The first alert that is not close_notify.
  [[nodiscard]] std::optional<SeenAlert> alert() const;
};

/// Plays the server or the client on a connection until the other side ends it, the deadline passes or a stop is
/// asked for. Reads on after a fault to see how the other side takes it. The stream is not closed at the end.
/// Options that cannot be carried out (a key that cannot be read) show in Observed::problem. Thread-safe.
[[nodiscard]] Observed play_server(net::TcpStream& stream, const PeerOptions& options, const Fault& fault,
                                   net::Deadline deadline, const std::stop_token& stop = {});
[[nodiscard]] Observed play_client(net::TcpStream& stream, const PeerOptions& options, const Fault& fault,
                                   net::Deadline deadline, const std::stop_token& stop = {});

/// The same over datagrams, for options with `is_datagram`. As datagrams have no end, it is over with a closing or
/// fatal alert, and a second after the last datagram once the script is done.
[[nodiscard]] Observed play_server(net::DatagramPipe& pipe, const PeerOptions& options, const Fault& fault,
                                   net::Deadline deadline, const std::stop_token& stop = {});
[[nodiscard]] Observed play_client(net::DatagramPipe& pipe, const PeerOptions& options, const Fault& fault,
                                   net::Deadline deadline, const std::stop_token& stop = {});

/// A faulty server on a free port of 127.0.0.1, TCP or UDP as the options say: every connection meets the same fault.
/// Move-only; stops when destroyed. Members are thread-safe but moving and destroying.
class FaultyServer {
 public:
  /// Other: no port, descriptor or thread is left. `patience` bounds each connection.
  [[nodiscard]] static net::NetResult<FaultyServer> start(
      PeerOptions options, Fault fault = {}, std::chrono::milliseconds patience = std::chrono::seconds(10));

  FaultyServer(FaultyServer&&) noexcept;
  FaultyServer& operator=(FaultyServer&&) noexcept;
  ~FaultyServer();

  [[nodiscard]] std::uint16_t port() const noexcept;

  /// What the oldest connection not yet asked for looked like (of the last 256); waits for its end. Nullopt: the
  /// deadline passed.
  [[nodiscard]] std::optional<Observed> next_observed(net::Deadline deadline);

  /// Datagrams have no end: says that those who talk have sent all they will. Over TCP it is the stream that says it.
  void let_go() noexcept;

 private:
  struct Impl;
  explicit FaultyServer(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

/// Connects to a server under test and plays the client. Fails only as TcpStream::connect() or UdpSocket::connect().
[[nodiscard]] net::NetResult<Observed> attack(const net::Endpoint& server, const PeerOptions& options,
                                              const Fault& fault, net::Deadline deadline,
                                              const std::stop_token& stop = {});

}  // namespace securetransport::lab
