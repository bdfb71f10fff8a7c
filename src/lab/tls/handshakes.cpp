// SPDX-License-Identifier: Apache-2.0
// What the handshakes of both roles and all versions share.
#include "lab/tls/handshakes.hpp"

#include <algorithm>
#include <utility>

namespace securetransport::lab {

std::optional<Message> Link::next_message() {
  out.close_flight();
  std::optional<Event> event = in.next_of_handshake();
  if (!event) return std::nullopt;
  if (event->kind == Event::Kind::Message) return std::move(event->message);
  fail(alert::kUnexpectedMessage, "a record that is no handshake message came in the handshake");
  return std::nullopt;
}

std::optional<Message> Link::expect(std::uint8_t type) {
  std::optional<Message> message = next_message();
  if (!message || message->type == type) return message;
  fail(alert::kUnexpectedMessage,
       "handshake message " + std::to_string(message->type) + " came in place of " + std::to_string(type));
  return std::nullopt;
}

bool Link::expect_change_cipher_spec() {
  out.close_flight();
  const std::optional<Event> event = in.next_of_handshake();
  if (!event) return false;
  if (event->kind == Event::Kind::ChangeCipherSpec) return true;
  return fail(alert::kUnexpectedMessage, "something came in place of ChangeCipherSpec");
}

bool Link::fail(std::uint8_t alert, std::string problem) {
  seen.problem = std::move(problem);
  out.alert(2, alert);
  return false;
}

const std::vector<std::uint16_t>& own_schemes() {
  static const std::vector<std::uint16_t> kSchemes{scheme::kEcdsaP256Sha256, scheme::kRsaPssSha256,
                                                   scheme::kRsaPkcs1Sha256, scheme::kEcdsaP384Sha384, scheme::kEd25519};
  return kSchemes;
}

ClientHello common_client_hello(const PeerOptions& options) {
  ClientHello hello;
  hello.random = random_bytes(32);
  ExtensionList& list = hello.extensions;
  if (!options.server_name.empty()) {
    list.add(
        extension::kServerName,
        ByteWriter().vector16([&](ByteWriter& names) { names.u8(0).opaque16(bytes_of(options.server_name)); }).take());
  }
  if (options.offer_staple) list.add(extension::kStatusRequest, Bytes{1, 0, 0, 0, 0});
  list.add(extension::kSupportedGroups, list_of(options.groups));
  if (options.version >= kTls12) {
    // RFC 5246 section 7.4.1.4.1: "Clients MUST NOT offer it if they are offering TLS versions prior to 1.2."
    list.add(extension::kSignatureAlgorithms, list_of(own_schemes()));
  }
  if (!options.alpn.empty()) {
    list.add(extension::kAlpn,
             ByteWriter().vector16([&](ByteWriter& names) { names.opaque8(bytes_of(options.alpn)); }).take());
  }
  return hello;
}

std::vector<Bytes> chain_to_send(const TlsIdentity& identity, const Fault& lie) {
  std::vector<Bytes> chain = identity.chain;
  if (lie.lie != Lie::LeafBytes) return chain;
  if (chain.empty()) chain.emplace_back();
  chain.front() = lie.bytes;
  return chain;
}

Bytes certificate_12(const TlsIdentity& identity, const Fault& lie) {
  return ByteWriter()
      .vector24([&](ByteWriter& list) {
        for (const Bytes& certificate : chain_to_send(identity, lie)) list.opaque24(certificate);
      })
      .take();
}

Bytes certificate_13(const TlsIdentity& identity, ByteView context, ByteView staple, const Fault& lie) {
  ExtensionList first;
  if (!staple.empty()) first.add(extension::kStatusRequest, ByteWriter().u8(1).opaque24(staple).take());
  first.apply(lie);
  const Fault honest;
  return ByteWriter()
      .opaque8(context)
      .vector24([&](ByteWriter& list) {
        bool is_first = true;
        for (const Bytes& certificate : chain_to_send(identity, lie)) {
          list.opaque24(certificate).bytes(is_first ? first.encode(lie) : ExtensionList{}.encode(honest));
          is_first = false;
        }
      })
      .take();
}

bool write_signature(ByteWriter& to, const Link& link, const TlsIdentity& identity,
                     const std::vector<std::uint16_t>& offered, ByteView data, const Fault& lie) {
  const std::uint16_t version = link.options.version;
  const std::uint16_t chosen = link.options.signature_scheme.value_or(identity.scheme(version, offered));
  const Bytes signature = identity.sign(version, chosen, data);
  if (version >= kTls12) to.u16(lied_number(lie, Lie::SignatureScheme, chosen));
  to.opaque16(signature);
  return !signature.empty();
}

bool send_verify_13(Link& link, const TlsIdentity& identity, const std::vector<std::uint16_t>& offered,
                    std::string_view context) {
  // RFC 8446 section 4.4.3: 64 spaces, the context string, a zero byte and the transcript hash.
  Bytes data(64, 0x20);
  append(data, bytes_of(context));
  data.push_back(0);
  append(data, link.transcript.hash(Hash::Sha256));
  const Fault& lie = link.out.lie_at(Step::CertificateVerify);
  ByteWriter body;
  if (!write_signature(body, link, identity, offered, data, lie)) {
    return link.fail(alert::kInternalError, "the key cannot sign with that scheme");
  }
  return link.out.message(Step::CertificateVerify, handshake::kCertificateVerify, body.view());
}

}  // namespace securetransport::lab
