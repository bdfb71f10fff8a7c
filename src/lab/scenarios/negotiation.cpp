// SPDX-License-Identifier: Apache-2.0
// Versions, suites and protections on which the two sides do not agree.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenario with(Adjust options, Scenario scenario) {
  scenario.options = options;
  return scenario;
}

Scenario honest(Scenario scenario) {
  scenario.twin = Twin::None;
  return scenario;
}

/// A server that offers nothing but one old suite: its ServerHello is all there is to it.
Scenario only_suite(std::string name, std::uint32_t number, std::string what) {
  return server(std::move(name), ResultCode::Negotiation, kOld,
                {.step = Step::ServerHello, .lie = Lie::CipherSuite, .number = number},
                "The server selects " + what + ", which was not offered.",
                "A suite that was not offered is refused, however strong or weak it is.");
}

Scenarios versions() {
  const Fault none;
  return {
      honest(server("tls-v1-0", ResultCode::PeerProtocolVersion, {kTls10}, none, "A server that speaks TLS 1.0 alone.",
                    "RFC 8996 ended 1.0 and 1.1: such a server must be renewed.")),
      honest(server("tls-v1-1", ResultCode::PeerProtocolVersion, {kTls11}, none, "A server that speaks TLS 1.1 alone.",
                    "RFC 8996 ended 1.0 and 1.1: such a server must be renewed.")),
      server("selects-tls-v1-1", ResultCode::Negotiation, kOld,
             {.step = Step::ServerHello, .lie = Lie::LegacyVersion, .number = 0x0302},
             "The server answers with TLS 1.1 although 1.2 is the least.", "The client has the last word."),
      server("selects-tls-v1-5", ResultCode::Negotiation, kOld,
             {.step = Step::ServerHello, .lie = Lie::LegacyVersion, .number = 0x0306},
             "The server answers with a version that does not exist.", "Above the maximum is as wrong as below."),
      server("selects-unknown-version-13", ResultCode::Negotiation, kOnly13,
             {.step = Step::ServerHello,
              .lie = Lie::ReplaceExtension,
              .number = extension::kSupportedVersions,
              .bytes = bytes_of("\x03\x06")},
             "supported_versions selects a version that does not exist.", "It was not in the list."),
  };
}

Scenarios suites() {
  Scenarios all{
      only_suite("null", 0x003b, "a suite without encryption"),
      only_suite("rc4-md5", 0x0004, "RC4 with MD5"),
      only_suite("rc4", 0x0005, "RC4"),
      only_suite("3des", 0x000a, "3DES"),
      only_suite("export-suite", 0x0003, "an export suite of 40 bits"),
      only_suite("selects-static-rsa", suite::kRsaAes128Gcm, "RSA key exchange"),
      server("suite-not-offered", ResultCode::Negotiation, kOnly13,
             {.step = Step::ServerHello, .lie = Lie::CipherSuite, .number = 0x1305},
             "The server selects AES-CCM-8, which was not offered.", "The list of the ClientHello is binding."),
      server("suite-of-other-version", ResultCode::Negotiation, kOld,
             {.step = Step::ServerHello, .lie = Lie::CipherSuite, .number = suite::kAes128GcmSha256},
             "TLS 1.2 with a suite of TLS 1.3.", "A suite belongs to a version."),
  };
  Scenario rsa = server("static-rsa", ResultCode::PeerHandshakeFail, kOld, {},
                        "A server that knows only RSA key exchange.", "No forward secrecy, so nobody offers it.");
  rsa.shows = Credential::GoodRsa;
  rsa.twin_shows = Credential::GoodRsa;
  rsa.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kRsaAes128Gcm}; };
  all.push_back(rsa);
  Scenario dhe = server("dhe-only", ResultCode::PeerHandshakeFail, kOld, {}, "A server that knows only DHE.",
                        "Apple's clients offer ECDHE alone.");
  dhe.shows = Credential::GoodRsa;
  dhe.twin_shows = Credential::GoodRsa;
  dhe.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kDheRsaAes128Gcm}; };
  all.push_back(dhe);
  return all;
}

Scenarios protections() {
  Scenario ems = server("extended-master-secret-required", ResultCode::HandshakeFail, kOld, {},
                        "No extended master secret, though the client's policy demands it.",
                        "RFC 7627 ended the triple handshake attack.");
  ems.victim.requires_extended_master_secret = true;
  ems.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.extended_master_secret = false; };
  Scenario info = server("secure-renegotiation-required", ResultCode::HandshakeFail, kOld, {},
                         "No RFC 5746, though the client's policy demands it.",
                         "Without it another's handshake can be spliced in front of yours.");
  info.victim.requires_secure_renegotiation = true;
  info.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.renegotiation_info = false; };
  return {ems, info,
          server("renegotiation-info-wrong", ResultCode::Negotiation, kOld,
                 {.step = Step::ServerHello,
                  .lie = Lie::ReplaceExtension,
                  .number = extension::kRenegotiationInfo,
                  .bytes = bytes_of("\x01\xaa")},
                 "renegotiation_info is not empty in the first handshake.", "RFC 5746 section 3.4: abort.")};
}

Scenarios renegotiations() {
  Scenario refused = server("renegotiation-refused", ResultCode::PeerNoRenegotiation, kOnly12, {},
                            "The server answers our renegotiation with no_renegotiation.",
                            "The connection was good until then: do without.");
  refused.victim.renegotiates = true;
  refused.options = [](PeerSetup& setup, const Credentials&) { setup.options.renegotiation = Renegotiation::Accept; };
  refused.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.renegotiation = Renegotiation::Refuse; };
  Scenario changed = server("renegotiation-changed-identity", ResultCode::Protocol, kOnly12, {},
                            "Another certificate, as good as the first, in the renegotiation.",
                            "Whom did you authenticate? (CVE-2014-1295, the triple handshake)");
  changed.victim.renegotiates = true;
  changed.options = refused.options;
  changed.shows_again = Credential::Another;

  Scenario broken = with(refused.options, server("renegotiation-info-wrong-again", ResultCode::Negotiation, kOnly12,
                                                 {.step = Step::ServerHello,
                                                  .lie = Lie::ReplaceExtension,
                                                  .number = extension::kRenegotiationInfo,
                                                  .bytes = Bytes(25, 24),
                                                  .occurrence = 2},
                                                 "The renegotiation is not bound to the first handshake.",
                                                 "RFC 5746 section 3.5: both verify_data must match."));
  broken.victim.renegotiates = true;
  return {refused, changed, broken};
}

}  // namespace

Scenarios negotiation_scenarios() {
  Scenarios all = versions();
  for (const auto& part : {suites(), protections(), renegotiations()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace securetransport::lab
