// SPDX-License-Identifier: Apache-2.0
// App Transport Security: servers that ordinary trust accepts and Apple's rules for apps do not.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenario under(AtsRules rules, Scenario scenario) {
  scenario.victim.ats = rules;
  return scenario;
}

/// ATS looks at keys and hashes by itself: with the platform's rules on, those would be first.
Scenario showing(Credential shows, Scenario scenario) {
  scenario.victim.ats = AtsRules::Default;
  scenario.victim.has_platform_rules = false;
  scenario.shows = shows;
  return scenario;
}

}  // namespace

Scenarios ats_scenarios() {
  Scenario good = under(AtsRules::Default,
                        server("ats-good", ResultCode::Success, kEvery, {},
                               "A server that App Transport Security accepts.", "The control for what follows."));
  good.twin = Twin::None;

  Scenario ems = under(AtsRules::Fcp, server("ats-no-extended-master-secret", ResultCode::ATSViolation, kOld, {},
                                             "No extended master secret, under the FCP_v2.1 package.",
                                             "Apple's stricter package demands RFC 7627."));
  ems.wrong = [](PeerSetup& setup, const Credentials&) { setup.options.extended_master_secret = false; };

  const Scenario only13 =
      under(AtsRules::Only13,
            server("ats-version", ResultCode::ATSMinimumVersionViolation, kOnly13,
                   {.step = Step::ServerHello, .lie = Lie::OmitExtension, .number = extension::kSupportedVersions},
                   "A ServerHello of TLS 1.2 for an app whose policy begins at 1.3.",
                   "NSExceptionMinimumTLSVersion is a minimum, not a wish."));

  Scenario untrusted = under(AtsRules::Default, server("ats-trust", ResultCode::ATSCertificateTrustViolation, kEvery,
                                                       {}, "The app accepts an untrusted server by itself.",
                                                       "Under ATS a program cannot override the default trust."));
  untrusted.shows = Credential::UntrustedRoot;
  untrusted.victim.accepts_anybody = true;

  Scenario pins = under(AtsRules::WrongPins, server("ats-pins", ResultCode::ATSCertificateTrustViolation, kEvery, {},
                                                    "No key of the chain is among NSPinnedDomains.",
                                                    "Pin a spare key, or the next renewal locks you out."));
  pins.twin = Twin::None;

  return {
      good,
      ems,
      only13,
      under(AtsRules::Default, server("ats-tls-v1-1", ResultCode::ATSMinimumVersionViolation, kOld,
                                      {.step = Step::ServerHello, .lie = Lie::LegacyVersion, .number = 0x0302},
                                      "The server answers with TLS 1.1.", "ATS begins at TLS 1.2.")),
      under(AtsRules::Default,
            server("ats-suite", ResultCode::ATSCiphersuiteViolation, kOld,
                   {.step = Step::ServerHello, .lie = Lie::CipherSuite, .number = suite::kRsaAes128Gcm},
                   "The server selects RSA key exchange.", "ATS wants forward secrecy: thirteen suites have it.")),
      under(AtsRules::Default, server("ats-suite-13", ResultCode::ATSCiphersuiteViolation, kOnly13,
                                      {.step = Step::ServerHello, .lie = Lie::CipherSuite, .number = 0x1305},
                                      "The server selects AES-CCM-8.", "Not every suite of TLS 1.3 is in the list.")),
      showing(Credential::WeakKey, server("ats-key-size", ResultCode::ATSMinimumKeySizeViolation, kEvery, {},
                                          "A leaf with RSA 1024.", "RSA 2048 or EC 256 at least.")),
      showing(Credential::Sha1Leaf, server("ats-leaf-hash", ResultCode::ATSLeafCertificateHashAlgorithmViolation,
                                           kEvery, {}, "The leaf is signed with SHA-1.", "SHA-256 at least.")),
      showing(Credential::Sha1Intermediate,
              server("ats-chain-hash", ResultCode::ATSCertificateHashAlgorithmViolation, kEvery, {},
                     "The intermediate is signed with SHA-1.", "Only self-signed roots are exempt.")),
      untrusted,
      pins,
  };
}

}  // namespace securetransport::lab
