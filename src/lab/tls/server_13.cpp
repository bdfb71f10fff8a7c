// SPDX-License-Identifier: Apache-2.0
// The server's handshake of TLS 1.3: TLS_AES_128_GCM_SHA256, X25519 or P-256, a certificate, no PSK.
#include <algorithm>
#include <utility>

#include "lab/tls/handshakes.hpp"
#include "lab/tls/key_agreement.hpp"

namespace securetransport::lab {
namespace {

struct Share {
  std::uint16_t group = 0;
  Bytes key;
};

std::vector<Share> shares_of(const ClientHello& hello) {
  std::vector<Share> shares;
  const Bytes* const body = hello.extensions.find(extension::kKeyShare);
  if (body == nullptr) return shares;
  ByteReader outer(*body);
  for (ByteReader reader(outer.vector16()); !reader.at_end();) {
    const std::uint16_t group = reader.u16();
    const ByteView key = reader.vector16();
    if (reader.ok()) shares.push_back({group, Bytes(key.begin(), key.end())});
  }
  return shares;
}

class Server13 {
 public:
  Server13(Link& link, const TlsIdentity& identity, ClientHello hello)
      : link_(link), identity_(identity), client_(std::move(hello)) {}

  [[nodiscard]] bool run() {
    return check_offer() && agree_on_group() && send_hello() && send_extensions() && send_request() &&
           send_certificate() && send_finished() && read_client_flight();
  }

 private:
  enum class RetryFor : std::uint8_t { Group, SharedGroup, Cookie };

  [[nodiscard]] const PeerOptions& options() const { return link_.options; }
  [[nodiscard]] bool check_offer();
  [[nodiscard]] bool agree_on_group();
  [[nodiscard]] const Share* find_share() const;
  [[nodiscard]] std::optional<std::uint16_t> group_without_share() const;
  [[nodiscard]] bool retry(RetryFor reason, std::uint16_t group);
  [[nodiscard]] bool send_retry(RetryFor reason, std::uint16_t group);
  [[nodiscard]] ServerHello hello_frame(Bytes random) const;
  [[nodiscard]] bool send_hello();
  [[nodiscard]] bool send_extensions();
  [[nodiscard]] bool send_request();
  [[nodiscard]] bool send_certificate();
  [[nodiscard]] bool send_finished();
  [[nodiscard]] bool read_client_flight();
  [[nodiscard]] bool read_client_certificate();
  [[nodiscard]] Bytes transcript_hash() const { return link_.transcript.hash(Hash::Sha256); }

  Link& link_;
  const TlsIdentity& identity_;
  ClientHello client_;
  std::vector<Share> shares_;
  Share share_;
  Schedule13 schedule_;
};

bool Server13::check_offer() {
  if (!client_.offers_version(kTls13)) {
    return link_.fail(alert::kProtocolVersion, "the client does not offer TLS 1.3");
  }
  if (!client_.offers_suite(suite::kAes128GcmSha256)) {
    return link_.fail(alert::kHandshakeFailure, "no shared cipher suite");
  }
  // RFC 8446 section 9.2: with a certificate handshake these extensions are mandatory.
  for (const std::uint16_t type :
       {extension::kSupportedGroups, extension::kSignatureAlgorithms, extension::kKeyShare}) {
    if (!client_.extensions.has(type)) {
      return link_.fail(alert::kMissingExtension, "the ClientHello lacks extension " + std::to_string(type));
    }
  }
  link_.seen.version = kTls13;
  link_.seen.suite = suite::kAes128GcmSha256;
  link_.channel.use_version(kTls12);
  return true;
}

const Share* Server13::find_share() const {
  for (const std::uint16_t group : options().groups) {
    const auto found = std::ranges::find(shares_, group, &Share::group);
    if (found != shares_.end()) return &*found;
  }
  return nullptr;
}

std::optional<std::uint16_t> Server13::group_without_share() const {
  const std::vector<std::uint16_t> offered = numbers_in(client_.extensions.find(extension::kSupportedGroups));
  for (const std::uint16_t group : {group::kP256, group::kX25519}) {
    const bool is_offered = std::ranges::find(offered, group) != offered.end();
    if (is_offered && std::ranges::find(shares_, group, &Share::group) == shares_.end()) return group;
  }
  return std::nullopt;
}

bool Server13::agree_on_group() {
  shares_ = shares_of(client_);
  const Lie lie = link_.out.lie_at(Step::HelloRetryRequest).lie;
  const Share* found = find_share();
  if (lie == Lie::HelloRetryNoChange && found != nullptr) {
    if (!retry(RetryFor::SharedGroup, found->group)) return false;
    found = find_share();
  } else if (lie == Lie::SecondHelloRetry) {
    const std::optional<std::uint16_t> group = group_without_share();
    const RetryFor reason = group ? RetryFor::Group : RetryFor::Cookie;
    if (!retry(reason, group.value_or(0)) || !retry(reason, group.value_or(0))) return false;
    found = find_share();
  } else if (found == nullptr) {
    const std::vector<std::uint16_t> offered = numbers_in(client_.extensions.find(extension::kSupportedGroups));
    const auto shared = std::ranges::find_if(
        options().groups, [&](std::uint16_t group) { return std::ranges::find(offered, group) != offered.end(); });
    if (shared == options().groups.end()) return link_.fail(alert::kHandshakeFailure, "no shared group");
    if (!retry(RetryFor::Group, *shared)) return false;
    found = find_share();
  }
  if (found == nullptr) return link_.fail(alert::kIllegalParameter, "no share of the group that was asked for");
  share_ = *found;
  return true;
}

bool Server13::retry(RetryFor reason, std::uint16_t group) {
  if (!send_retry(reason, group)) return false;
  const std::optional<Message> again = link_.expect(handshake::kClientHello);
  if (!again) return false;
  std::optional<ClientHello> hello = ClientHello::parse(again->body);
  if (!hello) return link_.fail(alert::kDecodeError, "a malformed second ClientHello");
  link_.transcript.add(again->encoded);
  client_ = *std::move(hello);
  shares_ = shares_of(client_);
  return true;
}

ServerHello Server13::hello_frame(Bytes random) const {
  ServerHello hello;
  hello.random = std::move(random);
  hello.session_id = client_.session_id;
  hello.suite = suite::kAes128GcmSha256;
  hello.extensions.add(extension::kSupportedVersions, ByteWriter().u16(kTls13).take());
  return hello;
}

bool Server13::send_retry(RetryFor reason, std::uint16_t group) {
  ServerHello hello = hello_frame(retry_random());
  if (reason == RetryFor::Cookie) {
    hello.extensions.add(extension::kCookie, ByteWriter().opaque16(bytes_of("lab")).take());
  } else {
    hello.extensions.add(extension::kKeyShare, ByteWriter().u16(group).take());
  }
  const Fault& lie = link_.out.lie_at(Step::HelloRetryRequest);
  hello.apply(lie);
  link_.transcript.replace_by_hash();
  return link_.out.message(Step::HelloRetryRequest, handshake::kServerHello, hello.encode(lie));
}

bool Server13::send_hello() {
  const std::optional<CurveKey> own = CurveKey::make(share_.group);
  if (!own) return link_.fail(alert::kInternalError, "the lab does not have that group");
  const std::optional<Bytes> secret = own->agree(share_.key);
  if (!secret) return link_.fail(alert::kIllegalParameter, "an unusable share in the ClientHello");

  const Fault& lie = link_.out.lie_at(Step::ServerHello);
  ServerHello hello = hello_frame(random_bytes(32));
  ByteWriter share;
  share.u16(lied_number(lie, Lie::Group, share_.group));
  write_public(share, lie, own->public_value, 2);
  hello.extensions.add(extension::kKeyShare, share.take());
  hello.apply(lie);
  const bool goes_on = link_.out.message(Step::ServerHello, handshake::kServerHello, hello.encode(lie));
  // Even if the script ends here: the client's alert has to be understood.
  schedule_.derive_handshake(*secret, transcript_hash());
  link_.channel.protect_reads(Schedule13::cipher(schedule_.client_handshake));
  if (!goes_on) return false;
  // RFC 8446 appendix D.4: the server sends it if the client has sent a session id.
  if (!client_.session_id.empty() && !link_.out.change_cipher_spec(nullptr)) return false;
  link_.out.protect(Schedule13::cipher(schedule_.server_handshake));
  return true;
}

bool Server13::send_extensions() {
  ExtensionList list;
  if (!options().alpn.empty() && client_.extensions.has(extension::kAlpn)) {
    list.add(extension::kAlpn,
             ByteWriter().vector16([&](ByteWriter& names) { names.opaque8(bytes_of(options().alpn)); }).take());
  }
  const Fault& lie = link_.out.lie_at(Step::EncryptedExtensions);
  list.apply(lie);
  return link_.out.message(Step::EncryptedExtensions, handshake::kEncryptedExtensions, list.encode(lie));
}

bool Server13::send_request() {
  if (!options().request_client_certificate) return true;
  ExtensionList list;
  list.add(extension::kSignatureAlgorithms, list_of(own_schemes()));
  const Fault& lie = link_.out.lie_at(Step::CertificateRequest);
  list.apply(lie);
  return link_.out.message(Step::CertificateRequest, handshake::kCertificateRequest,
                           ByteWriter().u8(0).bytes(list.encode(lie)).view());
}

bool Server13::send_certificate() {
  const bool wants_staple = client_.extensions.has(extension::kStatusRequest);
  const Bytes body = certificate_13(identity_, {}, wants_staple ? ByteView(options().staple) : ByteView{},
                                    link_.out.lie_at(Step::Certificate));
  if (!link_.out.message(Step::Certificate, handshake::kCertificate, body)) return false;
  return send_verify_13(link_, identity_, numbers_in(client_.extensions.find(extension::kSignatureAlgorithms)),
                        "TLS 1.3, server CertificateVerify");
}

bool Server13::send_finished() {
  const Bytes verify = Schedule13::verify_data(schedule_.server_handshake, transcript_hash());
  const bool goes_on = link_.out.message(Step::Finished, handshake::kFinished, verify);
  schedule_.derive_application(transcript_hash());
  link_.in.set_next_keys(Schedule13::cipher(schedule_.client_application));
  if (!goes_on) return false;
  link_.out.protect(Schedule13::cipher(schedule_.server_application));
  return true;
}

bool Server13::read_client_certificate() {
  const std::optional<Message> certificate = link_.expect(handshake::kCertificate);
  if (!certificate) return false;
  ByteReader reader(certificate->body);
  (void)reader.vector8();
  for (ByteReader list(reader.vector24()); !list.at_end(); ++link_.seen.client_certificates) {
    (void)list.vector24();
    (void)list.vector16();
  }
  link_.transcript.add(certificate->encoded);
  if (link_.seen.client_certificates == 0) return true;
  const std::optional<Message> verify = link_.expect(handshake::kCertificateVerify);
  if (!verify) return false;
  link_.transcript.add(verify->encoded);
  return true;
}

bool Server13::read_client_flight() {
  if (options().request_client_certificate && !read_client_certificate()) return false;
  const Bytes expected = Schedule13::verify_data(schedule_.client_handshake, transcript_hash());
  const std::optional<Message> finished = link_.expect(handshake::kFinished);
  if (!finished) return false;
  return finished->body == expected || link_.fail(alert::kDecryptError, "the client's Finished is wrong");
}

}  // namespace

bool serve_13(Link& link, const TlsIdentity& identity, ClientHello hello) {
  return Server13(link, identity, std::move(hello)).run();
}

}  // namespace securetransport::lab
