// SPDX-License-Identifier: Apache-2.0
// One thing that a TLS peer does wrong, as data: where on its send path, what, and how it goes on.
#pragma once

#include <cstdint>

#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

// GCC takes Step::Certificate, which needs its scope, for something that hides lab::Certificate.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

/// The points of a peer's send path. Most are the message (or record) that the peer is about to send there. A step
/// that a handshake does not have is never reached: Observed::fault_applied stays false.
enum class Step : std::uint8_t {
  None,                 ///< No fault: an honest peer.
  BeforeAnything,       ///< No message. Before the first byte is read or sent.
  ClientHello,          ///< Client. Also the second one after a HelloRetryRequest: see Fault::occurrence.
  HelloRetryRequest,    ///< Server, 1.3: PeerOptions::groups says when.
  HelloVerifyRequest,   ///< Server, datagrams, if PeerOptions::cookie_exchange.
  ServerHello,          ///< Server; the ClientHello is read.
  EncryptedExtensions,  ///< Server, 1.3: the first protected message.
  CertificateRequest,   ///< Server, if PeerOptions::request_client_certificate.
  Certificate,          ///< Either; a client only if it was asked for one.
  CertificateStatus,    ///< Server, 1.2: if there is a staple and the client offered status_request.
  ServerKeyExchange,    ///< Server, 1.2, (EC)DHE.
  ServerHelloDone,      ///< Server, 1.2.
  ClientKeyExchange,    ///< Client, 1.2.
  CertificateVerify,    ///< Server in 1.3; a client with a certificate.
  ChangeCipherSpec,     ///< A record of its own. In 1.3 the one for middle boxes, which both roles send.
  Finished,             ///< Either.
  AfterHandshake,       ///< No message. Both Finished are through, no application data is sent.
  ApplicationData,      ///< The record with PeerOptions::application_data, if that is not empty.
  CloseNotify,          ///< The closing alert.
};

#pragma GCC diagnostic pop

/// What is done at the step. "The message" is the one that is due there, "the record" is that which carries it (in
/// the framing PerMessage). The transcript hash always covers what goes over the wire: a fault is what it says, not
/// also a wrong Finished. The insertions are possible at every step, the others only where there is a message.
enum class Action : std::uint8_t {
  None,  ///< Only `lie` or `then` matters.

  // Insertions: something of its own, before the message (Place::After: after it).
  SendAlert,    ///< Level `level`, description `number`.
  SendMessage,  ///< A handshake message of type `number` with the body `bytes`.
  SendRecord,   ///< `count` records of type `number` with the payload `bytes`, or `size` zeros if that is set.
  SendRaw,      ///< `bytes`, without any header.

  // The message. Those with `bytes` or a type keep the length in the header true.
  Omit,          ///< Is not sent. (ChangeCipherSpec: the keys change all the same, with Protection::Plain they do not.)
  Duplicate,     ///< Is sent twice.
  SwapWithNext,  ///< Is sent after the next one.
  ReplaceRaw,    ///< `bytes`, without a record header, in its place.
  ReplaceBody,   ///< Its body is `bytes`.
  ReplaceType,   ///< Its type is `number`.
  Truncate,      ///< Its body lacks the last `size` bytes.
  Append,        ///< `bytes` follow its body.
  Flip,          ///< The byte at `offset` of its body (negative: from the end) is XORed with `number`.
  ClaimLength,   ///< The header claims a body of `number` bytes.

  // The record.
  RecordType,      ///< Its type is `number` (in 1.3 the outer one; the inner one with Protection::Inner).
  RecordVersion,   ///< Its version is `number`.
  RecordLength,    ///< Its header claims `number` bytes.
  CutRecord,       ///< Only the first `size` bytes of it are sent, header included. Usually with `then`.
  CorruptRecord,   ///< The last byte of its body is inverted: the tag of AEAD, the MAC of encrypt-then-MAC.
  CorruptMac,      ///< CBC: the MAC is wrong, also under MAC-then-encrypt.
  CorruptPadding,  ///< CBC: a byte of the padding (always there are at least two) is wrong, the MAC is right.
  ShrinkRecord,    ///< Under protection: the body is `size` bytes, fewer than the cipher's overhead.

  // Datagrams. What is lost or useless the first time is right when it is sent again.
  RecordEpoch,        ///< The record's epoch is `number`.
  RepeatRecord,       ///< The very same bytes are sent twice.
  LoseRecord,         ///< It is lost.
  LoseFlight,         ///< It is lost, and so is what follows it up to the next time that something is read.
  DelayRecord,        ///< It arrives after the next one.
  ReverseFragments,   ///< The message comes in three fragments or more, the last one first.
  OverlapFragments,   ///< Each fragment repeats a part of the one before.
  EmptyFragment,      ///< A fragment without content comes first.
  FragmentBeyondEnd,  ///< A fragment that ends beyond the message comes first.
  FragmentsDisagree,  ///< In their midst, a fragment of a message that is one byte longer.
};

enum class Place : std::uint8_t { Before, After };

/// How the record of the fault is protected.
enum class Protection : std::uint8_t {
  AsDue,
  Plain,  ///< In the clear although protection is on. A fault of its own with Action::None.
  Inner,  ///< Only with Action::RecordType in 1.3: the type inside.
};

/// How the peer goes on once the fault is done (with Place::After or an action on the message: once it is sent).
enum class Then : std::uint8_t {
  GoOn,     ///< As if nothing had happened.
  Close,    ///< End of stream; reads on to the peer's end, so that it is not a reset.
  Reset,    ///< RST.
  Silence,  ///< Sends nothing more, reads on.
  Repair,   ///< With an action on the record: the right one follows at once.
};

/// What is untrue inside the message at the step. The keys stay those of the honest message.
enum class Lie : std::uint8_t {
  None,

  // Hellos.
  LegacyVersion,  ///< legacy_version is `number`; also server_version of HelloVerifyRequest.
  RandomTail,     ///< The random ends in `bytes`, such as "DOWNGRD\x01" (RFC 8446 section 4.1.3).
  SessionId,      ///< The session id is `bytes`.
  CipherSuite,    ///< ServerHello, HelloRetryRequest: the suite is `number`.
  CipherSuites,   ///< ClientHello: the list of suites is `bytes`, two each.
  Cookie,         ///< HelloVerifyRequest, and the ClientHello that answers it: the cookie is `bytes`.
  Compression,    ///< The method is `number`; in a ClientHello the only one offered.
  NoExtensions,   ///< The whole extension block is missing (ServerHello and ClientHello of 1.2).

  // Extensions: of either hello, HelloRetryRequest, EncryptedExtensions; in 1.3 also CertificateRequest and the
  // first entry of Certificate. `number` is the extension's type. What the peer does follows: without
  // extended_master_secret the old derivation, and so on.
  AddExtension,          ///< At the end, with the body `bytes`.
  OmitExtension,         ///< Is missing.
  DuplicateExtension,    ///< Stands there twice.
  ReplaceExtension,      ///< Its body is `bytes`.
  ExtensionLength,       ///< Its length is one more than there is up to the end of the block; it becomes the last.
  ExtensionBlockLength,  ///< The length of the block is one too large. `number` does not matter.

  // HelloRetryRequest and PSK.
  SecondHelloRetry,    ///< At HelloRetryRequest: one is sent in any case, and the next ClientHello gets another.
  HelloRetryNoChange,  ///< At HelloRetryRequest: one is sent in any case, for a group whose share is there.
  UnknownPsk,          ///< At ClientHello, 1.3: the PSK identity `bytes`, with a binder of zeros.

  // Key exchange: ServerKeyExchange, ClientKeyExchange, or the key_share of a hello.
  Group,              ///< The group's number is `number`; the key is as it was.
  PublicValue,        ///< The public key (point, Y, encrypted secret, PSK identity) is `bytes`.
  PublicValueLength,  ///< The length before the public key is `number`.
  DhPrime,            ///< ServerKeyExchange, DHE: p is `bytes`.
  DhPrimeEven,        ///< ServerKeyExchange, DHE: p is even.
  DhPublicIsPrime,    ///< ServerKeyExchange, DHE: Y = p.
  DhPrimeLength,      ///< ServerKeyExchange, DHE: the length before p is `number`.

  // Signatures: ServerKeyExchange, CertificateVerify. (A wrong signature is Action::Flip at offset -1.)
  SignatureScheme,  ///< The message says `number`; the signature is of the honest scheme.

  // Certificate.
  LeafBytes,   ///< The leaf is `bytes`, which need not be DER.
  StapleType,  ///< CertificateStatus: status_type is `number`.
};

/// One thing that a peer does wrong. Plain data; the default is nothing. `action` and `lie` may be combined, but a
/// scenario should not.
struct Fault {
  Step step = Step::None;
  Action action = Action::None;
  Lie lie = Lie::None;
  std::uint32_t number = 0;     ///< Meaning: see Action and Lie.
  Bytes bytes{};                ///< Meaning: see Action and Lie.
  std::uint32_t size = 0;       ///< Meaning: see Action.
  std::int32_t offset = 0;      ///< Action::Flip.
  std::uint32_t count = 1;      ///< Action::SendRecord.
  std::uint8_t level = 2;       ///< Action::SendAlert.
  std::uint8_t occurrence = 1;  ///< At the how-manieth passage of the step: 2 is the renegotiation, for example.
  Place place = Place::Before;
  Protection protection = Protection::AsDue;
  Then then = Then::GoOn;
};

}  // namespace securetransport::lab
