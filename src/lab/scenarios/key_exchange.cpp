// SPDX-License-Identifier: Apache-2.0
// Groups, public values and signatures over the handshake.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

void dhe(PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kDheRsaAes128Gcm}; }

Scenario with_dhe(Scenario scenario) {
  scenario.shows = Credential::GoodRsa;
  scenario.twin_shows = Credential::GoodRsa;
  scenario.victim.offers_dhe = true;
  scenario.options = dhe;
  return scenario;
}

Scenario small_group(std::string name, Adjust wrong, const std::string& bits) {
  Scenario scenario =
      with_dhe(server(std::move(name), ResultCode::WeakPeerEphemeralDHKey, kOld, {},
                      "DHE in a group of " + bits + " bits.", "Logjam: groups of up to 1024 bits can be broken."));
  scenario.wrong = wrong;
  return scenario;
}

Scenarios groups() {
  return {
      small_group(
          "dh512", [](PeerSetup& setup, const Credentials&) { setup.options.dh_group = DhGroup::Bits512; }, "512"),
      small_group(
          "dh768", [](PeerSetup& setup, const Credentials&) { setup.options.dh_group = DhGroup::Bits768; }, "768"),
      small_group(
          "dh1024", [](PeerSetup& setup, const Credentials&) { setup.options.dh_group = DhGroup::Bits1024; }, "1024"),
      with_dhe(server("dh-even-prime", ResultCode::Protocol, kOld,
                      {.step = Step::ServerKeyExchange, .lie = Lie::DhPrimeEven}, "DHE with an even number for p.",
                      "An even number above 2 is no prime.")),
      with_dhe(server("dh-public-is-prime", ResultCode::Protocol, kOld,
                      {.step = Step::ServerKeyExchange, .lie = Lie::DhPublicIsPrime}, "DHE with Y = p.",
                      "The shared secret would be 0 for everybody: check 1 < Y < p - 1.")),
      with_dhe(server("dh-prime-truncated", ResultCode::DecodeError, kOld,
                      {.step = Step::ServerKeyExchange, .lie = Lie::DhPrimeLength, .number = 0xffff},
                      "DHE: the length of p is more than there is.", "Check a length before you use it.")),
      server("group-not-offered", ResultCode::Protocol, kOld,
             {.step = Step::ServerKeyExchange, .lie = Lie::Group, .number = 26},
             "ECDHE on a Brainpool curve that was not offered.", "supported_groups is binding for the server."),
      server("share-of-other-group", ResultCode::Protocol, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::Group, .number = 26},
             "A key share of a group that was not offered.", "RFC 8446 section 4.2.8: illegal_parameter."),
      server("public-value-zero", ResultCode::Protocol, kOld,
             {.step = Step::ServerKeyExchange, .lie = Lie::PublicValue, .bytes = Bytes(32, 0)},
             "The X25519 public value is zero.", "RFC 7748 section 6.1: the shared secret must not be all zeros."),
      server("share-zero", ResultCode::Protocol, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::PublicValue, .bytes = Bytes(32, 0)}, "The X25519 share is zero.",
             "RFC 8446 section 7.4.2: abort on an all-zero shared secret."),
      server("public-value-too-long", ResultCode::DecodeError, kOld,
             {.step = Step::ServerKeyExchange, .lie = Lie::PublicValueLength, .number = 255},
             "The public value claims more than there is.", "Check a length before you use it."),
  };
}

Scenarios signatures() {
  return {
      server("bad-key-exchange-signature", ResultCode::Crypto, kOld,
             {.step = Step::ServerKeyExchange, .action = Action::Flip, .number = 1, .offset = -1},
             "The signature over the key exchange does not verify.", "The certificate was somebody else's."),
      server("bad-certificate-verify", ResultCode::Crypto, kOnly13,
             {.step = Step::CertificateVerify, .action = Action::Flip, .number = 1, .offset = -1},
             "The signature of CertificateVerify does not verify.", "CVE-2014-1266 (goto fail) skipped this check."),
      server("signature-scheme-not-offered", ResultCode::Protocol, kOld,
             {.step = Step::ServerKeyExchange, .lie = Lie::SignatureScheme, .number = 0x0101},
             "A signature with RSA and MD5, says the message.", "SLOTH: offered schemes are a limit."),
      server("verify-scheme-not-offered", ResultCode::Protocol, kOnly13,
             {.step = Step::CertificateVerify, .lie = Lie::SignatureScheme, .number = 0x0101},
             "A signature with RSA and MD5, says the message.", "SLOTH: offered schemes are a limit."),
  };
}

}  // namespace

Scenarios key_exchange_scenarios() {
  Scenarios all = groups();
  for (Scenario& scenario : signatures()) all.push_back(std::move(scenario));
  Scenario unsupported =
      server("unsupported-key", ResultCode::Crypto, kEvery, {}, "The certificate has an X25519 key, which cannot sign.",
             "A good certificate of a kind that TLS has no use for.");
  unsupported.shows = Credential::UnsupportedKey;
  all.push_back(unsupported);
  Scenario mismatch =
      server("rsa-exchange-without-rsa-key", ResultCode::Crypto, kOld,
             {.step = Step::ServerHello, .lie = Lie::CipherSuite, .number = suite::kRsaAes128Gcm},
             "RSA key exchange, but the certificate has an EC key.", "The suite says what the key must be able to do.");
  mismatch.victim.offers_static_rsa = true;
  all.push_back(mismatch);
  Scenario own = server("own-key-too-small", ResultCode::Internal, kOld, {},
                        "The server demands rsa_pkcs1_sha512 of a client whose key has 512 bits.",
                        "A key must be able to make the signatures that are promised.");
  own.victim.certificate = Credential::TinyRsa;
  own.victim.has_platform_rules = false;
  own.options = [](PeerSetup& setup, const Credentials&) { setup.options.request_client_certificate = true; };
  own.fault = {.step = Step::CertificateRequest,
               .action = Action::ReplaceBody,
               .bytes = bytes_of(std::string_view("\x01\x01\x00\x02\x06\x01\x00\x00", 8))};
  own.twin = Twin::None;
  all.push_back(own);
  return all;
}

}  // namespace securetransport::lab
