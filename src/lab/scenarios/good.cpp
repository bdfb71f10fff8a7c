// SPDX-License-Identifier: Apache-2.0
// Controls: unusual, but right. Whoever refuses one of these refuses too much.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenario control(std::string name, std::string description, std::string lesson) {
  return {.name = std::move(name),
          .versions = kEvery,
          .description = std::move(description),
          .lesson = std::move(lesson),
          .twin = Twin::None};
}

}  // namespace

Scenarios good_scenarios() {
  Scenarios all;
  all.push_back(control("good", "A server without fault.", "What fails here fails for a reason of your own set-up."));

  Scenario& rsa = all.emplace_back(control("good-rsa", "A server with an RSA key of 2048 bits.",
                                           "Both kinds of key are in use; offer signature schemes for both."));
  rsa.shows = Credential::GoodRsa;

  Scenario& root = all.emplace_back(control("root-sent-too", "The chain ends in the trusted root itself.",
                                            "RFC 8446 section 4.4.2 lets a server send the root; it costs bytes and "
                                            "proves nothing."));
  root.shows = Credential::GoodWithRoot;

  Scenario& subject = all.emplace_back(control("no-subject", "The subject is empty, the names stand in the SAN.",
                                               "RFC 9525 section 6.4.4: the common name is not looked at."));
  subject.shows = Credential::EmptySubject;

  Scenario& cbc = all.emplace_back(control("cbc", "ECDHE with AES-CBC and SHA-1, encrypt-then-MAC.",
                                           "Still part of Apple's default offer for TLS 1.2."));
  cbc.versions = kOld;
  cbc.options = [](PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kEcdheEcdsaAes128Sha}; };

  Scenario& mte = all.emplace_back(control("cbc-mac-then-encrypt", "AES-CBC in the old order: MAC, then encryption.",
                                           "Servers without RFC 7366 are common; the order must not matter."));
  mte.versions = kOld;
  mte.options = [](PeerSetup& setup, const Credentials&) {
    setup.options.suites = {suite::kEcdheEcdsaAes128Sha};
    setup.options.encrypt_then_mac = false;
  };

  Scenario& rsa_exchange = all.emplace_back(control("static-rsa-offered",
                                                    "RSA key exchange with a client that offers "
                                                    "it.",
                                                    "Works if one wants it: no forward secrecy."));
  rsa_exchange.versions = kOld;
  rsa_exchange.shows = Credential::GoodRsa;
  rsa_exchange.victim.offers_static_rsa = true;
  rsa_exchange.options = [](PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kRsaAes128Gcm}; };

  Scenario& coalesced = all.emplace_back(control("coalesced-flight", "All messages of a flight in one record.",
                                                 "Schannel, Java and GnuTLS do this: never take a record for a "
                                                 "message."));
  coalesced.options = [](PeerSetup& setup, const Credentials&) { setup.options.framing = Framing::Coalesced; };

  Scenario& fragmented = all.emplace_back(control("fragmented-flight", "Handshake messages in records of 7 bytes.",
                                                  "A message may begin and end anywhere in a record."));
  fragmented.options = [](PeerSetup& setup, const Credentials&) { setup.options.framing = Framing::Fragmented; };

  Scenario& retry = all.emplace_back(control("hello-retry", "The server wants P-256 although X25519 was sent.",
                                             "RFC 8446 section 4.1.4: a second ClientHello is part of life."));
  retry.versions = {kTls13};
  retry.options = [](PeerSetup& setup, const Credentials&) { setup.options.groups = {group::kP256}; };

  Scenario& ems = all.emplace_back(control("no-extended-master-secret", "A server without RFC 7627.",
                                           "Accepted unless your policy demands it; then it is -9858."));
  ems.versions = kOld;
  ems.options = [](PeerSetup& setup, const Credentials&) { setup.options.extended_master_secret = false; };

  Scenario& ri = all.emplace_back(control("no-secure-renegotiation", "A server without RFC 5746.",
                                          "Old appliances: harmless as long as nobody renegotiates."));
  ri.versions = kOld;
  ri.options = [](PeerSetup& setup, const Credentials&) { setup.options.renegotiation_info = false; };

  Scenario& empty = all.emplace_back(control("empty-application-records", "32 empty records before the data.",
                                             "An old defence against BEAST sent them; skip some, but not for ever."));
  empty.fault = {
      .step = Step::ApplicationData, .action = Action::SendRecord, .number = content::kApplicationData, .count = 32};

  Scenario& warning = all.emplace_back(control("warning-unrecognized-name",
                                               "The server knows no such name, warns, "
                                               "and goes on.",
                                               "RFC 6066 section 3 advises against it; many servers "
                                               "do it, so that ending the session would lock users out."));
  warning.versions = kOld;
  warning.fault = {.step = Step::ServerHello, .action = Action::SendAlert, .number = 112, .level = 1};

  Scenario& unknown = all.emplace_back(control("warning-unknown-number", "A warning that no RFC names.",
                                               "Before TLS 1.3 a warning without a meaning is no reason to stop."));
  unknown.versions = kOld;
  unknown.fault = {.step = Step::ServerHello, .action = Action::SendAlert, .number = 200, .level = 1};

  Scenario& no_certificate = all.emplace_back(
      control("warning-no-certificate", "The SSL 3.0 warning no_certificate.", "Reserved since TLS 1.0, and ignored."));
  no_certificate.versions = kOld;
  no_certificate.fault = {.step = Step::ServerHello, .action = Action::SendAlert, .number = 41, .level = 1};

  Scenario& client = all.emplace_back(
      control("good-client", "A client without fault.", "The control for everything that is said of servers."));
  client.side = Side::Client;

  Scenario& mutual = all.emplace_back(
      control("good-client-certificate", "A client that shows a good certificate.", "The control for mutual TLS."));
  mutual.side = Side::Client;
  mutual.victim.demands_certificate = true;

  Scenario& renegotiating = all.emplace_back(control("renegotiation", "A server that agrees to a renegotiation.",
                                                     "TLS 1.2 alone has it; the certificate must stay the same."));
  renegotiating.versions = {kTls12};
  renegotiating.victim.renegotiates = true;
  renegotiating.options = [](PeerSetup& setup, const Credentials&) {
    setup.options.renegotiation = Renegotiation::Accept;
  };
  return all;
}

}  // namespace securetransport::lab
