// SPDX-License-Identifier: Apache-2.0
// The client's handshake of TLS 1.0 to 1.2, and of DTLS 1.2. It judges no certificate and no signature: that is not
// what it is for.
#include <algorithm>
#include <utility>

#include "lab/tls/handshakes.hpp"
#include "lab/tls/key_agreement.hpp"

namespace securetransport::lab {
namespace {

class Client12 {
 public:
  Client12(Link& link, const TlsIdentity& identity, Binding& binding)
      : link_(link), identity_(identity), binding_(binding) {}

  [[nodiscard]] bool run() {
    return send_hello() && read_hello() && read_server_flight() && send_certificate() && send_key_exchange() &&
           send_verify() && finish();
  }

 private:
  [[nodiscard]] const PeerOptions& options() const { return link_.options; }
  [[nodiscard]] std::vector<std::uint16_t> suites() const;
  [[nodiscard]] bool send_hello();
  [[nodiscard]] bool write_hello();
  [[nodiscard]] bool read_hello();
  [[nodiscard]] std::optional<Message> next_hello();
  [[nodiscard]] bool read_server_flight();
  [[nodiscard]] bool read_certificate(const Message& message);
  [[nodiscard]] bool read_key_exchange(const Message& message);
  void read_request(const Message& message);
  [[nodiscard]] bool send_certificate();
  [[nodiscard]] bool send_key_exchange();
  [[nodiscard]] bool choose_secret(Bytes& public_value);
  [[nodiscard]] bool send_verify();
  [[nodiscard]] bool finish();
  [[nodiscard]] Bytes transcript_hash() const { return link_.transcript.hash(schedule_.prf_hash()); }

  Link& link_;
  const TlsIdentity& identity_;
  Binding& binding_;
  ClientHello hello_;
  const SuiteFacts* suite_ = nullptr;
  Schedule12 schedule_;
  Bytes leaf_;
  std::uint16_t group_ = 0;
  DhParameters field_;
  Bytes peer_public_;
  Bytes premaster_;
  std::vector<std::uint16_t> schemes_;
  bool is_asked_ = false;
  bool has_ems_ = false;
  bool has_etm_ = false;
};

std::vector<std::uint16_t> Client12::suites() const {
  std::vector<std::uint16_t> list = options().suites;
  if (list.empty()) {
    for (const SuiteFacts& facts : known_suites()) {
      const bool is_usable = facts.exchange != KeyExchange::Tls13 && facts.min_version <= options().version;
      if (is_usable && (facts.exchange == KeyExchange::Psk) == !options().psk.empty()) list.push_back(facts.number);
    }
  }
  if (options().fallback_scsv) list.push_back(suite::kFallbackScsv);
  return list;
}

bool Client12::send_hello() {
  hello_ = common_client_hello(options());
  hello_.legacy_version = link_.wire_version();
  if (options().is_datagram) hello_.cookie = Bytes{};
  hello_.suites = suites();
  ExtensionList& list = hello_.extensions;
  list.add(extension::kPointFormats, Bytes{1, 0});
  if (options().encrypt_then_mac) list.add(extension::kEncryptThenMac);
  if (options().extended_master_secret) list.add(extension::kExtendedMasterSecret);
  if (options().renegotiation_info) {
    list.add(extension::kRenegotiationInfo, ByteWriter().opaque8(binding_.client).take());
  }
  return write_hello();
}

bool Client12::write_hello() {
  const Fault& lie = link_.out.lie_at(Step::ClientHello);
  hello_.apply(lie);
  // RFC 5246 appendix E.1: the ClientHello's record may say 3.1 for old servers; over datagrams DTLS 1.0.
  if (!link_.channel.writes_are_protected()) link_.channel.use_version(options().is_datagram ? kDtls10 : kTls10);
  const bool goes_on = link_.out.message(Step::ClientHello, handshake::kClientHello, hello_.encode(lie));
  link_.channel.use_version(link_.wire_version());
  return goes_on;
}

/// The ServerHello, after a HelloVerifyRequest if need be.
std::optional<Message> Client12::next_hello() {
  if (!options().is_datagram) return link_.expect(handshake::kServerHello);
  const std::optional<Message> first = link_.next_message();
  if (!first || first->type == handshake::kServerHello) return first;
  ByteReader reader(first->body);
  (void)reader.u16();
  const ByteView cookie = reader.vector8();
  if (first->type != handshake::kHelloVerifyRequest || !reader.ok()) {
    link_.fail(alert::kUnexpectedMessage, "something came in place of ServerHello and HelloVerifyRequest");
    return std::nullopt;
  }
  // RFC 6347 section 4.2.1: the first ClientHello and the HelloVerifyRequest are not part of the hashes.
  link_.transcript.clear();
  hello_.cookie = Bytes(cookie.begin(), cookie.end());
  if (!write_hello()) return std::nullopt;
  return link_.expect(handshake::kServerHello);
}

bool Client12::read_hello() {
  const std::optional<Message> message = next_hello();
  if (!message) return false;
  link_.transcript.add(message->encoded);
  const std::optional<ServerHello> server = ServerHello::parse(message->body);
  if (!server) return link_.fail(alert::kDecodeError, "a malformed ServerHello");
  if (server->legacy_version != link_.wire_version()) {
    return link_.fail(alert::kProtocolVersion, "the server chose another version");
  }
  suite_ = find_suite(server->suite);
  if (suite_ == nullptr || std::ranges::find(hello_.suites, server->suite) == hello_.suites.end()) {
    return link_.fail(alert::kIllegalParameter, "the server chose a suite that was not offered");
  }
  has_ems_ = server->extensions.has(extension::kExtendedMasterSecret);
  has_etm_ = server->extensions.has(extension::kEncryptThenMac);
  schedule_.version = options().version;
  schedule_.client_random = hello_.random;
  schedule_.server_random = server->random;
  link_.seen.version = options().version;
  link_.seen.suite = suite_->number;
  return true;
}

bool Client12::read_certificate(const Message& message) {
  ByteReader reader(message.body);
  ByteReader list(reader.vector24());
  const ByteView leaf = list.vector24();
  if (!list.ok()) return link_.fail(alert::kDecodeError, "a malformed Certificate");
  leaf_.assign(leaf.begin(), leaf.end());
  return true;
}

bool Client12::read_key_exchange(const Message& message) {
  ByteReader reader(message.body);
  if (suite_->exchange == KeyExchange::Psk) return true;  // An identity hint, which says nothing to us.
  if (suite_->exchange == KeyExchange::Dhe) {
    const ByteView prime = reader.vector16();
    const ByteView generator = reader.vector16();
    field_ = {Bytes(prime.begin(), prime.end()), Bytes(generator.begin(), generator.end())};
  } else if (reader.u8() != 3) {
    return link_.fail(alert::kIllegalParameter, "not a named curve");
  } else {
    group_ = reader.u16();
  }
  const ByteView value = suite_->exchange == KeyExchange::Dhe ? reader.vector16() : reader.vector8();
  if (!reader.ok()) return link_.fail(alert::kDecodeError, "a malformed ServerKeyExchange");
  peer_public_.assign(value.begin(), value.end());
  return true;
}

void Client12::read_request(const Message& message) {
  is_asked_ = true;
  ByteReader reader(message.body);
  (void)reader.vector8();
  if (options().version < kTls12) return;
  for (ByteReader list(reader.vector16()); list.left() >= 2;) schemes_.push_back(list.u16());
}

bool Client12::read_server_flight() {
  for (;;) {
    const std::optional<Message> message = link_.next_message();
    if (!message) return false;
    link_.transcript.add(message->encoded);
    switch (message->type) {
      case handshake::kCertificate:
        if (!read_certificate(*message)) return false;
        break;
      case handshake::kServerKeyExchange:
        if (!read_key_exchange(*message)) return false;
        break;
      case handshake::kCertificateRequest: read_request(*message); break;
      case handshake::kCertificateStatus: break;
      case handshake::kServerHelloDone: return true;
      default:
        return link_.fail(alert::kUnexpectedMessage,
                          "handshake message " + std::to_string(message->type) + " came in the server's flight");
    }
  }
}

bool Client12::send_certificate() {
  if (!is_asked_) return true;
  const Bytes body = certificate_12(identity_, link_.out.lie_at(Step::Certificate));
  return link_.out.message(Step::Certificate, handshake::kCertificate, body);
}

bool Client12::choose_secret(Bytes& public_value) {
  std::optional<Bytes> secret;
  switch (suite_->exchange) {
    case KeyExchange::Ecdhe:
      if (const std::optional<CurveKey> own = CurveKey::make(group_)) {
        public_value = own->public_value;
        secret = own->agree(peer_public_);
      }
      break;
    case KeyExchange::Dhe: {
      const DhKey own = DhKey::make(field_);
      public_value = own.public_value;
      secret = own.agree(peer_public_);
      break;
    }
    case KeyExchange::Rsa: {
      // RFC 5246 section 7.4.7.1: "client_version: The latest (newest) version supported by the client."
      secret = ByteWriter().u16(hello_.legacy_version).bytes(random_bytes(46)).take();
      const std::optional<Bytes> encrypted = encrypt_for(leaf_, *secret);
      if (!encrypted) secret.reset();
      public_value = encrypted.value_or(Bytes{});
      break;
    }
    case KeyExchange::Psk:
      public_value = options().psk_identity;
      secret = ByteWriter().opaque16(Bytes(options().psk.size())).opaque16(options().psk).take();
      break;
    case KeyExchange::Tls13: break;
  }
  if (!secret) return link_.fail(alert::kIllegalParameter, "nothing can be agreed with the server's public value");
  premaster_ = *std::move(secret);
  return true;
}

bool Client12::send_key_exchange() {
  Bytes public_value;
  if (!choose_secret(public_value)) return false;
  ByteWriter body;
  write_public(body, link_.out.lie_at(Step::ClientKeyExchange), public_value,
               suite_->exchange == KeyExchange::Ecdhe ? 1 : 2);
  if (!link_.out.message(Step::ClientKeyExchange, handshake::kClientKeyExchange, body.view())) return false;
  schedule_.derive_master(premaster_, has_ems_ ? transcript_hash() : Bytes{});
  return true;
}

bool Client12::send_verify() {
  if (!is_asked_ || identity_.chain.empty() || !identity_.key) return true;
  ByteWriter body;
  const Fault& lie = link_.out.lie_at(Step::CertificateVerify);
  if (!write_signature(body, link_, identity_, schemes_, link_.transcript.all(), lie)) {
    return link_.fail(alert::kInternalError, "the key cannot sign with that scheme");
  }
  return link_.out.message(Step::CertificateVerify, handshake::kCertificateVerify, body.view());
}

bool Client12::finish() {
  const KeyPair keys = schedule_.keys(*suite_, has_etm_);
  link_.in.set_next_keys(keys.server);
  const Bytes own = schedule_.verify_data(Schedule12::Side::Client, transcript_hash());
  if (!link_.out.change_cipher_spec(&keys.client)) return false;
  if (!link_.out.message(Step::Finished, handshake::kFinished, own)) return false;
  if (!link_.expect_change_cipher_spec()) return false;
  const Bytes expected = schedule_.verify_data(Schedule12::Side::Server, transcript_hash());
  const std::optional<Message> finished = link_.expect(handshake::kFinished);
  if (!finished) return false;
  if (finished->body != expected) return link_.fail(alert::kDecryptError, "the server's Finished is wrong");
  binding_ = {own, expected};
  return true;
}

}  // namespace

bool connect_12(Link& link, const TlsIdentity& identity, Binding& binding) {
  return Client12(link, identity, binding).run();
}

}  // namespace securetransport::lab
