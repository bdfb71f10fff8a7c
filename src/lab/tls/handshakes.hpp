// SPDX-License-Identifier: Apache-2.0
// The four honest handshakes, and the connection on which they run. Private to the lab's peer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lab/tls/hello.hpp"
#include "lab/tls/identity.hpp"
#include "lab/tls/inbox.hpp"
#include "lab/tls/key_schedule.hpp"
#include "lab/tls/outbox.hpp"

namespace securetransport::lab {

/// Everything of one connection.
struct Link {
  /// Borrows all of them.
  Link(RecordChannel& the_channel, const PeerOptions& the_options, const Fault& fault, Observed& the_seen)
      : options(the_options),
        seen(the_seen),
        channel(the_channel),
        out(channel, transcript, the_options, fault, the_seen),
        in(channel, the_seen, the_options) {}

  const PeerOptions& options;
  Observed& seen;
  RecordChannel& channel;
  Transcript transcript;
  Outbox out;
  Inbox in;

  /// As headers and hellos say it.
  [[nodiscard]] std::uint16_t wire_version() const noexcept { return options.is_datagram ? kDtls12 : options.version; }

  /// The next handshake message. Nullopt: the connection is over, after fail() if something else has come.
  [[nodiscard]] std::optional<Message> next_message();
  /// That of the type; it is not yet in the transcript.
  [[nodiscard]] std::optional<Message> expect(std::uint8_t type);
  [[nodiscard]] bool expect_change_cipher_spec();

  /// The peer gives up of its own accord, with an alert. Always false.
  bool fail(std::uint8_t alert, std::string problem);
};

/// What RFC 5746 binds a renegotiation to; empty before the first handshake.
struct Binding {
  Bytes client;
  Bytes server;
};

// True: both Finished are through. False: the connection is over, by the fault, by fail() or by the other side. The
// ClientHello that a server has got is in the transcript already.

[[nodiscard]] bool serve_12(Link& link, const TlsIdentity& identity, const ClientHello& hello, Binding& binding);
[[nodiscard]] bool serve_13(Link& link, const TlsIdentity& identity, ClientHello hello);
[[nodiscard]] bool connect_12(Link& link, const TlsIdentity& identity, Binding& binding);
[[nodiscard]] bool connect_13(Link& link, const TlsIdentity& identity);

// Parts that several of them share.

/// The ClientHello of either version up to the extensions that only one of them has.
[[nodiscard]] ClientHello common_client_hello(const PeerOptions& options);
/// The chain with the lie about its leaf.
[[nodiscard]] std::vector<Bytes> chain_to_send(const TlsIdentity& identity, const Fault& lie);
/// Certificate of TLS 1.3; `staple` empty: none.
[[nodiscard]] Bytes certificate_13(const TlsIdentity& identity, ByteView context, ByteView staple, const Fault& lie);
/// CertificateVerify of TLS 1.3.
[[nodiscard]] bool send_verify_13(Link& link, const TlsIdentity& identity, const std::vector<std::uint16_t>& offered,
                                  std::string_view context);
/// Certificate of TLS 1.2 and below.
[[nodiscard]] Bytes certificate_12(const TlsIdentity& identity, const Fault& lie);
/// A signature as ServerKeyExchange and CertificateVerify carry it; false if the key cannot sign.
[[nodiscard]] bool write_signature(ByteWriter& to, const Link& link, const TlsIdentity& identity,
                                   const std::vector<std::uint16_t>& offered, ByteView data, const Fault& lie);
/// The signature schemes that the lab offers and asks for.
[[nodiscard]] const std::vector<std::uint16_t>& own_schemes();

/// Alerts that an honest peer sends.
namespace alert {
inline constexpr std::uint8_t kCloseNotify = 0;
inline constexpr std::uint8_t kUnexpectedMessage = 10;
inline constexpr std::uint8_t kHandshakeFailure = 40;
inline constexpr std::uint8_t kIllegalParameter = 47;
inline constexpr std::uint8_t kDecodeError = 50;
inline constexpr std::uint8_t kDecryptError = 51;
inline constexpr std::uint8_t kProtocolVersion = 70;
inline constexpr std::uint8_t kInternalError = 80;
inline constexpr std::uint8_t kNoRenegotiation = 100;
inline constexpr std::uint8_t kMissingExtension = 109;
inline constexpr std::uint8_t kUnknownPskIdentity = 115;
}  // namespace alert

}  // namespace securetransport::lab
