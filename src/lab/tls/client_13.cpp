// SPDX-License-Identifier: Apache-2.0
// The client's handshake of TLS 1.3. It judges no certificate and no signature: that is not what it is for.
#include <utility>

#include "lab/tls/handshakes.hpp"
#include "lab/tls/key_agreement.hpp"

namespace securetransport::lab {
namespace {

class Client13 {
 public:
  Client13(Link& link, const TlsIdentity& identity) : link_(link), identity_(identity) {}

  [[nodiscard]] bool run() {
    hello_ = common_client_hello(link_.options);
    hello_.session_id = random_bytes(32);
    const std::vector<std::uint16_t>& groups = link_.options.groups;
    return send_hello(groups.empty() ? group::kX25519 : groups.front(), nullptr) && read_hello() &&
           read_server_flight() && send_flight();
  }

 private:
  [[nodiscard]] bool send_hello(std::uint16_t group, const Bytes* cookie);
  [[nodiscard]] bool read_hello();
  [[nodiscard]] bool retry(const ServerHello& request);
  [[nodiscard]] bool read_server_flight();
  void read_request(const Message& message);
  [[nodiscard]] bool send_flight();
  [[nodiscard]] bool send_certificate();
  [[nodiscard]] Bytes transcript_hash() const { return link_.transcript.hash(Hash::Sha256); }

  Link& link_;
  const TlsIdentity& identity_;
  ClientHello hello_;  // Without what send_hello() adds.
  std::optional<CurveKey> share_;
  Schedule13 schedule_;
  Bytes context_;
  std::vector<std::uint16_t> schemes_;
  bool is_asked_ = false;
};

/// pre_shared_key with one identity and a binder that fits nothing. RFC 8446 section 4.2.11: it "MUST be the last
/// extension in the ClientHello".
void add_unknown_psk(ExtensionList& list, ByteView identity) {
  list.add(extension::kPskModes, Bytes{1, 1});
  list.add(extension::kPreSharedKey, ByteWriter()
                                         .vector16([&](ByteWriter& ids) { ids.opaque16(identity).u16(0).u16(0); })
                                         .vector16([&](ByteWriter& binders) { binders.opaque8(Bytes(32)); })
                                         .take());
}

bool Client13::send_hello(std::uint16_t group, const Bytes* cookie) {
  const Fault& lie = link_.out.lie_at(Step::ClientHello);
  share_ = CurveKey::make(group);
  if (!share_) return link_.fail(alert::kInternalError, "the lab does not have that group");
  ClientHello hello = hello_;
  hello.suites = link_.options.suites;
  if (hello.suites.empty()) hello.suites = {suite::kAes128GcmSha256};
  if (link_.options.fallback_scsv) hello.suites.push_back(suite::kFallbackScsv);
  ExtensionList& list = hello.extensions;
  list.add(extension::kSupportedVersions, ByteWriter().u8(2).u16(kTls13).take());
  list.add(extension::kKeyShare, ByteWriter()
                                     .vector16([&](ByteWriter& shares) {
                                       shares.u16(lied_number(lie, Lie::Group, group));
                                       write_public(shares, lie, share_->public_value, 2);
                                     })
                                     .take());
  if (cookie != nullptr) list.add(extension::kCookie, *cookie);
  if (lie.lie == Lie::UnknownPsk) add_unknown_psk(list, lie.bytes);
  hello.apply(lie);
  link_.channel.use_version(kTls10);
  const bool goes_on = link_.out.message(Step::ClientHello, handshake::kClientHello, hello.encode(lie));
  link_.channel.use_version(kTls12);
  return goes_on;
}

bool Client13::retry(const ServerHello& request) {
  const Bytes* const wanted = request.extensions.find(extension::kKeyShare);
  std::uint16_t group = share_->group;
  if (wanted != nullptr) group = ByteReader(*wanted).u16();
  return send_hello(group, request.extensions.find(extension::kCookie));
}

bool Client13::read_hello() {
  for (bool is_retried = false;; is_retried = true) {
    const std::optional<Message> message = link_.expect(handshake::kServerHello);
    if (!message) return false;
    const std::optional<ServerHello> server = ServerHello::parse(message->body);
    if (!server) return link_.fail(alert::kDecodeError, "a malformed ServerHello");
    if (server->random == retry_random()) {
      if (is_retried) return link_.fail(alert::kUnexpectedMessage, "a second HelloRetryRequest");
      link_.transcript.replace_by_hash();
      link_.transcript.add(message->encoded);
      if (!retry(*server)) return false;
      continue;
    }
    link_.transcript.add(message->encoded);
    const Bytes* const share = server->extensions.find(extension::kKeyShare);
    if (!server->extensions.has(extension::kSupportedVersions)) {
      return link_.fail(alert::kProtocolVersion, "the server chose another version");
    }
    if (share == nullptr || server->suite != suite::kAes128GcmSha256) {
      return link_.fail(alert::kIllegalParameter, "the server chose what the lab does not have");
    }
    ByteReader reader(*share);
    (void)reader.u16();
    const std::optional<Bytes> secret = share_->agree(reader.vector16());
    if (!secret) return link_.fail(alert::kIllegalParameter, "an unusable share in the ServerHello");
    schedule_.derive_handshake(*secret, transcript_hash());
    link_.channel.protect_reads(Schedule13::cipher(schedule_.server_handshake));
    link_.seen.version = kTls13;
    link_.seen.suite = server->suite;
    return true;
  }
}

void Client13::read_request(const Message& message) {
  is_asked_ = true;
  ByteReader reader(message.body);
  const ByteView context = reader.vector8();
  context_.assign(context.begin(), context.end());
  if (const std::optional<ExtensionList> list = ExtensionList::parse(reader.vector16())) {
    schemes_ = numbers_in(list->find(extension::kSignatureAlgorithms));
  }
}

bool Client13::read_server_flight() {
  for (;;) {
    const Bytes before = transcript_hash();
    const std::optional<Message> message = link_.next_message();
    if (!message) return false;
    link_.transcript.add(message->encoded);
    switch (message->type) {
      case handshake::kEncryptedExtensions:
      case handshake::kCertificate:
      case handshake::kCertificateVerify: break;
      case handshake::kCertificateRequest: read_request(*message); break;
      case handshake::kFinished:
        if (message->body != Schedule13::verify_data(schedule_.server_handshake, before)) {
          return link_.fail(alert::kDecryptError, "the server's Finished is wrong");
        }
        schedule_.derive_application(transcript_hash());
        link_.channel.protect_reads(Schedule13::cipher(schedule_.server_application));
        return true;
      default:
        return link_.fail(alert::kUnexpectedMessage,
                          "handshake message " + std::to_string(message->type) + " came in the server's flight");
    }
  }
}

bool Client13::send_certificate() {
  const Fault& lie = link_.out.lie_at(Step::Certificate);
  const Bytes body = certificate_13(identity_, context_, {}, lie);
  if (!link_.out.message(Step::Certificate, handshake::kCertificate, body)) return false;
  if (identity_.chain.empty() || !identity_.key) return true;
  return send_verify_13(link_, identity_, schemes_, "TLS 1.3, client CertificateVerify");
}

bool Client13::send_flight() {
  if (!link_.out.change_cipher_spec(nullptr)) return false;
  link_.out.protect(Schedule13::cipher(schedule_.client_handshake));
  if (is_asked_ && !send_certificate()) return false;
  const Bytes verify = Schedule13::verify_data(schedule_.client_handshake, transcript_hash());
  if (!link_.out.message(Step::Finished, handshake::kFinished, verify)) return false;
  link_.out.protect(Schedule13::cipher(schedule_.client_application));
  return true;
}

}  // namespace

bool connect_13(Link& link, const TlsIdentity& identity) { return Client13(link, identity).run(); }

}  // namespace securetransport::lab
