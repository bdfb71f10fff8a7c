// SPDX-License-Identifier: Apache-2.0
// Certificates that must not be trusted, of servers and of clients.
#include "lab/scenarios/themes.hpp"
#include "lab/tls/identity.hpp"

namespace securetransport::lab {
namespace {

struct CertificateRow {
  std::string_view name;
  ResultCode code;
  Credential shows;
  std::string_view description;
  std::string_view lesson;
  bool is_for_clients = true;  ///< Makes sense for a client's certificate too.
};

constexpr CertificateRow kRows[]{
    {"expired", ResultCode::CertExpired, Credential::Expired, "The certificate has expired.",
     "Watch the dates; renew by machine."},
    {"expired-intermediate", ResultCode::CertExpired, Credential::ExpiredIntermediate,
     "The leaf is in date, its issuer is not.", "Every certificate of the chain has dates."},
    {"not-yet-valid", ResultCode::CertNotYetValid, Credential::NotYetValid, "The certificate is not valid yet.",
     "Most often a clock is wrong: the client's."},
    {"wrong.host", ResultCode::HostNameMismatch, Credential::OtherName, "The certificate is for another name.",
     "A good chain for the wrong server is worth nothing.", false},
    {"no-san", ResultCode::HostNameMismatch, Credential::CommonNameOnly, "The name stands in the common name alone.",
     "RFC 9525: the common name is not looked at.", false},
    {"self-signed", ResultCode::UnknownRootCert, Credential::SelfSigned, "The certificate has signed itself.",
     "Trust it by name, or get one from an authority."},
    {"untrusted-root", ResultCode::UnknownRootCert, Credential::UntrustedRoot,
     "A complete chain up to a root that is not trusted.", "A root that is sent is not thereby trusted."},
    {"unknown-issuer", ResultCode::NoRootCert, Credential::UntrustedRootNotSent,
     "A private authority that does not send its root.", "Looks like a missing intermediate: name both."},
    {"incomplete-chain", ResultCode::NoRootCert, Credential::LeafOnly, "The server forgot its intermediate.",
     "Browsers hide this; other clients fail. Send the whole chain."},
    {"bad-certificate-signature", ResultCode::XCertChainInvalid, Credential::BadSignature,
     "The issuer's signature on the leaf does not verify.", "Somebody changed the certificate."},
    {"issuer-is-no-ca", ResultCode::XCertChainInvalid, Credential::IssuerIsNoCa,
     "A server's certificate has issued another.", "Without this check every site could issue for every other."},
    {"path-too-long", ResultCode::XCertChainInvalid, Credential::PathTooLong,
     "More intermediates than the path length allows.", "RFC 5280 section 4.2.1.9."},
    {"name-constraints", ResultCode::XCertChainInvalid, Credential::NameConstraints,
     "The issuer may not issue for this name.", "RFC 5280 section 4.2.1.10."},
    {"wrong-key-usage", ResultCode::XCertChainInvalid, Credential::WrongKeyUsage,
     "The key may agree on keys, but not sign.", "ECDHE needs digitalSignature."},
    {"wrong-purpose", ResultCode::XCertChainInvalid, Credential::WrongPurpose, "A certificate for signing code.",
     "Extended key usage must name the role."},
    {"critical-extension", ResultCode::XCertChainInvalid, Credential::CriticalExtension,
     "An unknown extension that is critical.", "RFC 5280 section 4.2: reject what you must not ignore."},
    {"weak-key", ResultCode::XCertChainInvalid, Credential::WeakKey, "An RSA key of 1024 bits.", "2048 bits at least."},
    {"sha1-leaf", ResultCode::XCertChainInvalid, Credential::Sha1Leaf, "The leaf is signed with SHA-1.",
     "Collisions can be bought (SHAttered)."},
    {"sha1-intermediate", ResultCode::XCertChainInvalid, Credential::Sha1Intermediate,
     "The intermediate is signed with SHA-1.", "Every link of the chain counts."},
    {"md5-leaf", ResultCode::XCertChainInvalid, Credential::Md5Leaf, "The leaf is signed with MD5.",
     "A rogue authority was made this way in 2008."},
    {"long-life", ResultCode::XCertChainInvalid, Credential::LongLife, "A certificate for three years.",
     "Apple: 825 days at most for private authorities, 398 for public ones.", false},
};

/// A judgement must come before anything of the client's is sent, however the server packs its messages.
Scenarios packed() {
  Scenario coalesced = server("untrusted-root-coalesced", ResultCode::UnknownRootCert, kEvery, {},
                              "An untrusted root, and the whole flight in one record.",
                              "Who can stop only between records has gone past the certificate already.");
  coalesced.shows = Credential::UntrustedRoot;
  coalesced.options = [](PeerSetup& setup, const Credentials&) { setup.options.framing = Framing::Coalesced; };
  Scenario fragmented =
      server("untrusted-root-fragmented", ResultCode::UnknownRootCert, kEvery, {},
             "An untrusted root, in records of 7 bytes.", "The end of a message may stand in the middle of a record.");
  fragmented.shows = Credential::UntrustedRoot;
  fragmented.options = [](PeerSetup& setup, const Credentials&) { setup.options.framing = Framing::Fragmented; };
  return {coalesced, fragmented};
}

/// badssl.com's servers for clients with and without a certificate.
Scenarios mutual() {
  const Adjust asks = [](PeerSetup& setup, const Credentials&) { setup.options.request_client_certificate = true; };
  Scenario with = server("client", ResultCode::Success, kEvery, {}, "The server asks for a certificate, and gets one.",
                         "The control for mutual TLS.");
  with.options = asks;
  with.victim.certificate = Credential::Good;
  with.twin = Twin::None;
  Scenario without =
      server("client-cert-missing", ResultCode::CertificateRequired, kOnly13,
             {.step = Step::AfterHandshake, .action = Action::SendAlert, .number = 116, .then = Then::Close},
             "The server demands a certificate, the client has none.",
             "In TLS 1.3 the handshake is over for the client before the server says no.");
  without.options = asks;
  Scenario older =
      server("client-cert-missing-12", ResultCode::PeerHandshakeFail, kOld,
             {.step = Step::ChangeCipherSpec, .action = Action::SendAlert, .number = 40, .then = Then::Close},
             "The server demands a certificate, the client has none.",
             "Before TLS 1.3 it is handshake_failure, like so much else.");
  older.options = asks;
  return {with, without, older};
}

Scenario shown(const CertificateRow& row, Side side) {
  Scenario scenario =
      server(std::string(row.name), row.code, kEvery, {}, std::string(row.description), std::string(row.lesson));
  scenario.shows = row.shows;
  if (side == Side::Server) return scenario;
  scenario.name = "client-" + scenario.name;
  scenario.side = Side::Client;
  scenario.victim.demands_certificate = true;
  scenario.description = "A client's certificate. " + scenario.description;
  return scenario;
}

}  // namespace

Scenarios certificate_scenarios() {
  Scenarios all;
  for (const CertificateRow& row : kRows) all.push_back(shown(row, Side::Server));
  for (const CertificateRow& row : kRows) {
    if (row.is_for_clients) all.push_back(shown(row, Side::Client));
  }
  for (const auto& part : {packed(), mutual()}) all.insert(all.end(), part.begin(), part.end());
  all.push_back(server("certificate-garbage", ResultCode::BadCert, kEvery,
                       {.step = Step::Certificate, .lie = Lie::LeafBytes, .bytes = bytes_of("not a certificate")},
                       "Bytes that are no certificate.", "Parse first, judge later."));
  Scenario key =
      server("unreadable-key", ResultCode::BadCert, kEvery, {.step = Step::Certificate, .lie = Lie::LeafBytes},
             "A certificate whose public key cannot be read.", "No key, no proof.");
  key.wrong = [](PeerSetup& setup, const Credentials& shows) {
    setup.fault.bytes = with_unreadable_key(shows.leaf.certificate_der);
  };
  all.push_back(key);
  Scenario garbage = client("client-certificate-garbage", ResultCode::BadCert, kEvery,
                            {.step = Step::Certificate, .lie = Lie::LeafBytes, .bytes = bytes_of("not a certificate")},
                            "A client sends bytes that are no certificate.", "Parse first, judge later.");
  garbage.victim.demands_certificate = true;
  all.push_back(garbage);
  return all;
}

}  // namespace securetransport::lab
