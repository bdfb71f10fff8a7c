// SPDX-License-Identifier: Apache-2.0
// The server's handshake of TLS 1.0 to 1.2, and of DTLS 1.2.
#include <algorithm>

#include "lab/tls/handshakes.hpp"
#include "lab/tls/key_agreement.hpp"

namespace securetransport::lab {
namespace {

class Server12 {
 public:
  Server12(Link& link, const TlsIdentity& identity, const ClientHello& hello, Binding& binding)
      : link_(link), identity_(identity), client_(hello), binding_(binding) {}

  [[nodiscard]] bool run() {
    return choose() && send_hello() && send_certificate() && send_key_exchange() && send_request() &&
           link_.out.message(Step::ServerHelloDone, handshake::kServerHelloDone, {}) && read_client_flight() &&
           send_finished();
  }

 private:
  [[nodiscard]] const PeerOptions& options() const { return link_.options; }
  [[nodiscard]] bool choose();
  [[nodiscard]] bool choose_group();
  [[nodiscard]] bool fits(const SuiteFacts& facts);
  [[nodiscard]] bool send_hello();
  void add_extensions(ServerHello& hello) const;
  [[nodiscard]] bool send_certificate();
  [[nodiscard]] bool send_key_exchange();
  [[nodiscard]] Bytes curve_parameters(const Fault& lie);
  [[nodiscard]] Bytes field_parameters(const Fault& lie);
  [[nodiscard]] bool send_request();
  [[nodiscard]] bool read_client_flight();
  [[nodiscard]] std::optional<Bytes> premaster(const Message& message);
  [[nodiscard]] std::optional<Bytes> rsa_premaster(ByteView encrypted) const;
  [[nodiscard]] bool send_finished();
  [[nodiscard]] Bytes transcript_hash() const { return link_.transcript.hash(schedule_.prf_hash()); }

  Link& link_;
  const TlsIdentity& identity_;
  const ClientHello& client_;
  Binding& binding_;
  const SuiteFacts* suite_ = nullptr;
  Schedule12 schedule_;
  std::optional<CurveKey> curve_;
  std::optional<DhKey> field_;
  std::uint16_t group_ = 0;
  bool has_ems_ = false;
  bool has_etm_ = false;
  bool has_staple_ = false;
  KeyPair keys_;
  Bytes client_verify_;
};

bool Server12::choose_group() {
  const std::vector<std::uint16_t> offered = numbers_in(client_.extensions.find(extension::kSupportedGroups));
  for (const std::uint16_t wanted : options().groups) {
    // RFC 8422 section 4: without the extension the server may choose any curve.
    if (offered.empty() || std::ranges::find(offered, wanted) != offered.end()) {
      group_ = offered.empty() ? std::uint16_t{group::kP256} : wanted;
      return true;
    }
  }
  return false;
}

bool Server12::fits(const SuiteFacts& facts) {
  if (facts.exchange == KeyExchange::Tls13 || facts.min_version > options().version) return false;
  if (!client_.offers_suite(facts.number)) return false;
  if (facts.signer == SignedBy::Rsa && !identity_.is_rsa()) return false;
  if (facts.signer == SignedBy::Ecdsa && !identity_.is_ecdsa()) return false;
  if (facts.exchange == KeyExchange::Psk && options().psk.empty()) return false;
  return facts.exchange != KeyExchange::Ecdhe || choose_group();
}

bool Server12::choose() {
  if (!client_.offers_version(options().version)) {
    return link_.fail(alert::kProtocolVersion, "the client does not offer the version");
  }
  if (options().suites.empty()) {
    for (const SuiteFacts& facts : known_suites()) {
      if (suite_ == nullptr && fits(facts)) suite_ = &facts;
    }
  }
  for (const std::uint16_t number : options().suites) {
    const SuiteFacts* const facts = find_suite(number);
    if (suite_ == nullptr && facts != nullptr && fits(*facts)) suite_ = facts;
  }
  if (suite_ == nullptr) return link_.fail(alert::kHandshakeFailure, "no shared cipher suite");
  link_.seen.version = options().version;
  link_.seen.suite = suite_->number;
  return true;
}

void Server12::add_extensions(ServerHello& hello) const {
  const ExtensionList& offered = client_.extensions;
  ExtensionList& list = hello.extensions;
  if (options().renegotiation_info &&
      (offered.has(extension::kRenegotiationInfo) || client_.offers_suite(suite::kEmptyRenegotiationScsv))) {
    Bytes both = binding_.client;
    append(both, binding_.server);
    list.add(extension::kRenegotiationInfo, ByteWriter().opaque8(both).take());
  }
  if (suite_->exchange == KeyExchange::Ecdhe && offered.has(extension::kPointFormats)) {
    list.add(extension::kPointFormats, Bytes{1, 0});
  }
  if (!options().staple.empty() && offered.has(extension::kStatusRequest)) list.add(extension::kStatusRequest);
  if (!options().alpn.empty() && offered.has(extension::kAlpn)) {
    list.add(extension::kAlpn,
             ByteWriter().vector16([&](ByteWriter& names) { names.opaque8(bytes_of(options().alpn)); }).take());
  }
  if (options().encrypt_then_mac && suite_->cipher != SuiteCipher::Gcm && offered.has(extension::kEncryptThenMac)) {
    list.add(extension::kEncryptThenMac);
  }
  if (options().extended_master_secret && offered.has(extension::kExtendedMasterSecret)) {
    list.add(extension::kExtendedMasterSecret);
  }
}

bool Server12::send_hello() {
  const Fault& lie = link_.out.lie_at(Step::ServerHello);
  ServerHello hello;
  hello.legacy_version = link_.wire_version();
  hello.random = random_bytes(32);
  hello.suite = suite_->number;
  add_extensions(hello);
  hello.apply(lie);
  // What was said counts, be it a lie: both sides go on from the same message.
  has_ems_ = hello.extensions.has(extension::kExtendedMasterSecret);
  has_etm_ = hello.extensions.has(extension::kEncryptThenMac);
  has_staple_ = hello.extensions.has(extension::kStatusRequest) && !options().staple.empty();
  schedule_.version = options().version;
  schedule_.client_random = client_.random;
  schedule_.server_random = hello.random;
  link_.channel.use_version(link_.wire_version());
  return link_.out.message(Step::ServerHello, handshake::kServerHello, hello.encode(lie));
}

bool Server12::send_certificate() {
  if (suite_->exchange == KeyExchange::Psk) return true;
  const Bytes body = certificate_12(identity_, link_.out.lie_at(Step::Certificate));
  if (!link_.out.message(Step::Certificate, handshake::kCertificate, body)) return false;
  if (!has_staple_) return true;
  const Fault& lie = link_.out.lie_at(Step::CertificateStatus);
  const Bytes status = ByteWriter().u8(lied_number(lie, Lie::StapleType, 1)).opaque24(options().staple).take();
  return link_.out.message(Step::CertificateStatus, handshake::kCertificateStatus, status);
}

Bytes Server12::curve_parameters(const Fault& lie) {
  curve_ = CurveKey::make(group_);
  if (!curve_) return {};
  ByteWriter writer;
  writer.u8(3).u16(lied_number(lie, Lie::Group, group_));  // named_curve
  write_public(writer, lie, curve_->public_value, 1);
  return writer.take();
}

Bytes Server12::field_parameters(const Fault& lie) {
  DhParameters parameters = DhParameters::of(options().dh_group);
  if (lie.lie == Lie::DhPrime) parameters.prime = lie.bytes;
  if (lie.lie == Lie::DhPrimeEven) parameters.prime.back() &= 0xfe;
  field_ = DhKey::make(parameters);
  if (lie.lie == Lie::DhPublicIsPrime) field_->public_value = parameters.prime;
  ByteWriter writer;
  writer.u16(lie.lie == Lie::DhPrimeLength ? lie.number : parameters.prime.size()).bytes(parameters.prime);
  writer.opaque16(parameters.generator);
  write_public(writer, lie, field_->public_value, 2);
  return writer.take();
}

bool Server12::send_key_exchange() {
  if (suite_->exchange != KeyExchange::Ecdhe && suite_->exchange != KeyExchange::Dhe) return true;
  const Fault& lie = link_.out.lie_at(Step::ServerKeyExchange);
  const Bytes parameters = suite_->exchange == KeyExchange::Dhe ? field_parameters(lie) : curve_parameters(lie);
  if (parameters.empty()) return link_.fail(alert::kInternalError, "the lab does not have that group");
  Bytes data = schedule_.client_random;
  append(data, schedule_.server_random);
  append(data, parameters);
  ByteWriter body;
  body.bytes(parameters);
  const auto offered = numbers_in(client_.extensions.find(extension::kSignatureAlgorithms));
  if (!write_signature(body, link_, identity_, offered, data, lie)) {
    return link_.fail(alert::kInternalError, "the key cannot sign with that scheme");
  }
  return link_.out.message(Step::ServerKeyExchange, handshake::kServerKeyExchange, body.view());
}

bool Server12::send_request() {
  if (!options().request_client_certificate || suite_->exchange == KeyExchange::Psk) return true;
  ByteWriter body;
  body.opaque8(Bytes{64, 1});  // ecdsa_sign, rsa_sign
  if (options().version >= kTls12) body.bytes(list_of(own_schemes()));
  body.u16(0);
  return link_.out.message(Step::CertificateRequest, handshake::kCertificateRequest, body.view());
}

std::optional<Bytes> Server12::rsa_premaster(ByteView encrypted) const {
  std::optional<Bytes> secret = identity_.decrypt(encrypted);
  // RFC 5246 section 7.4.7.1 wants a random secret in place of an error; a tester had rather know.
  if (!secret || secret->size() != 48) return std::nullopt;
  return secret;
}

std::optional<Bytes> Server12::premaster(const Message& message) {
  ByteReader reader(message.body);
  const ByteView value = suite_->exchange == KeyExchange::Ecdhe ? reader.vector8() : reader.vector16();
  if (!reader.ok() || !reader.at_end()) {
    link_.fail(alert::kDecodeError, "a malformed ClientKeyExchange");
    return std::nullopt;
  }
  std::optional<Bytes> secret;
  switch (suite_->exchange) {
    case KeyExchange::Ecdhe: secret = curve_->agree(value); break;
    case KeyExchange::Dhe: secret = field_->agree(value); break;
    case KeyExchange::Rsa: secret = rsa_premaster(value); break;
    case KeyExchange::Psk:
      if (!std::ranges::equal(value, options().psk_identity)) {
        link_.fail(alert::kUnknownPskIdentity, "an unknown PSK identity");
        return std::nullopt;
      }
      secret = ByteWriter().opaque16(Bytes(options().psk.size())).opaque16(options().psk).take();  // RFC 4279, 2.
      break;
    case KeyExchange::Tls13: break;
  }
  if (!secret) link_.fail(alert::kIllegalParameter, "an unusable public value in ClientKeyExchange");
  return secret;
}

bool Server12::read_client_flight() {
  bool has_certificate = false;
  if (options().request_client_certificate && suite_->exchange != KeyExchange::Psk) {
    const std::optional<Message> certificate = link_.expect(handshake::kCertificate);
    if (!certificate) return false;
    ByteReader reader(certificate->body);
    for (ByteReader list(reader.vector24()); !list.at_end(); ++link_.seen.client_certificates) (void)list.vector24();
    has_certificate = link_.seen.client_certificates > 0;
    link_.transcript.add(certificate->encoded);
  }
  const std::optional<Message> exchange = link_.expect(handshake::kClientKeyExchange);
  if (!exchange) return false;
  const std::optional<Bytes> secret = premaster(*exchange);
  if (!secret) return false;
  link_.transcript.add(exchange->encoded);
  schedule_.derive_master(*secret, has_ems_ ? transcript_hash() : Bytes{});
  keys_ = schedule_.keys(*suite_, has_etm_);
  link_.in.set_next_keys(keys_.client);
  if (has_certificate) {
    const std::optional<Message> verify = link_.expect(handshake::kCertificateVerify);
    if (!verify) return false;
    link_.transcript.add(verify->encoded);
  }
  if (!link_.expect_change_cipher_spec()) return false;
  client_verify_ = schedule_.verify_data(Schedule12::Side::Client, transcript_hash());
  const std::optional<Message> finished = link_.expect(handshake::kFinished);
  if (!finished) return false;
  if (finished->body != client_verify_) return link_.fail(alert::kDecryptError, "the client's Finished is wrong");
  link_.transcript.add(finished->encoded);
  return true;
}

bool Server12::send_finished() {
  const Bytes verify = schedule_.verify_data(Schedule12::Side::Server, transcript_hash());
  if (!link_.out.change_cipher_spec(&keys_.server)) return false;
  if (!link_.out.message(Step::Finished, handshake::kFinished, verify)) return false;
  binding_ = {client_verify_, verify};
  return true;
}

}  // namespace

bool serve_12(Link& link, const TlsIdentity& identity, const ClientHello& hello, Binding& binding) {
  return Server12(link, identity, hello, binding).run();
}

}  // namespace securetransport::lab
