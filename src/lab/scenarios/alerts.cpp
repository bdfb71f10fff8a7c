// SPDX-License-Identifier: Apache-2.0
// Every alert, at both levels, before and after the handshake, to clients and to servers.
#include <array>

#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

struct AlertRow {
  std::uint8_t number;
  std::string_view name;  ///< As the RFCs write it, with '-' for '_'.
  ResultCode code;
  std::string_view lesson;
};

constexpr std::array kAlerts{
    AlertRow{0, "close-notify", ResultCode::ClosedGraceful, "The peer is done: an end, not an error."},
    AlertRow{10, "unexpected-message", ResultCode::PeerUnexpectedMsg, "Look at the order of what you sent."},
    AlertRow{20, "bad-record-mac", ResultCode::PeerBadRecordMac, "The peer cannot read your records: keys differ."},
    AlertRow{21, "decryption-failed", ResultCode::PeerDecryptionFail, "TLS 1.0 only; newer peers must send 20."},
    AlertRow{22, "record-overflow", ResultCode::PeerRecordOverflow, "You sent more than 2^14 bytes in a record."},
    AlertRow{30, "decompression-failure", ResultCode::PeerDecompressFail, "Do not offer compression (CRIME)."},
    AlertRow{40, "handshake-failure", ResultCode::PeerHandshakeFail, "Nothing in common: compare the offers."},
    AlertRow{42, "bad-certificate", ResultCode::PeerBadCert, "The peer cannot use your certificate."},
    AlertRow{43, "unsupported-certificate", ResultCode::PeerUnsupportedCert, "Its kind of key or usage is wrong."},
    AlertRow{44, "certificate-revoked", ResultCode::PeerCertRevoked, "Your certificate was revoked: get a new one."},
    AlertRow{45, "certificate-expired", ResultCode::PeerCertExpired, "Your certificate is out of date."},
    AlertRow{46, "certificate-unknown", ResultCode::PeerCertUnknown, "The peer does not say what it dislikes."},
    AlertRow{47, "illegal-parameter", ResultCode::IllegalParam, "A field of yours contradicts another."},
    AlertRow{48, "unknown-ca", ResultCode::PeerUnknownCA, "The peer does not trust your authority."},
    AlertRow{49, "access-denied", ResultCode::PeerAccessDenied, "A good certificate, but not on the list."},
    AlertRow{50, "decode-error", ResultCode::PeerDecodeError, "The peer could not parse a message of yours."},
    AlertRow{51, "decrypt-error", ResultCode::PeerDecryptError, "A signature or Finished of yours does not verify."},
    AlertRow{60, "export-restriction", ResultCode::PeerExportRestriction, "A relic of the 1990s."},
    AlertRow{70, "protocol-version", ResultCode::PeerProtocolVersion, "The peer wants another version."},
    AlertRow{71, "insufficient-security", ResultCode::PeerInsufficientSecurity, "The peer wants stronger suites."},
    AlertRow{80, "internal-error", ResultCode::PeerInternalError, "Look into the peer's log, not yours."},
    AlertRow{86, "inappropriate-fallback", ResultCode::InappropriateFallback, "Do not retry with lower versions."},
    AlertRow{90, "user-canceled", ResultCode::PeerUserCancelled, "Somebody pressed Cancel on the other side."},
    AlertRow{100, "no-renegotiation", ResultCode::PeerNoRenegotiation, "The peer will not negotiate again."},
    AlertRow{109, "missing-extension", ResultCode::MissingExtension, "TLS 1.3 makes some extensions mandatory."},
    AlertRow{110, "unsupported-extension", ResultCode::UnsupportedExtension, "You answered what was not asked."},
    AlertRow{112, "unrecognized-name", ResultCode::UnrecognizedName, "The server has no such host: check the SNI."},
    AlertRow{113, "bad-certificate-status-response", ResultCode::BadCertificateStatusResponse,
             "The OCSP response that you stapled is not acceptable."},
    AlertRow{115, "unknown-psk-identity", ResultCode::UnknownPSKIdentity, "The peer does not know that key."},
    AlertRow{116, "certificate-required", ResultCode::CertificateRequired, "The server insists on a certificate."},
    AlertRow{41, "no-certificate", ResultCode::FatalAlert, "Reserved since TLS 1.0; has no code of its own."},
    AlertRow{111, "certificate-unobtainable", ResultCode::FatalAlert, "Of RFC 6066; has no code of its own."},
    AlertRow{114, "bad-certificate-hash-value", ResultCode::FatalAlert, "Of RFC 6066; has no code of its own."},
    AlertRow{120, "no-application-protocol", ResultCode::FatalAlert, "ALPN has nothing in common; the detail says it."},
    AlertRow{200, "alert-of-no-rfc", ResultCode::FatalAlert, "Unknown numbers must be expected, and kept."},
};

constexpr std::uint8_t kCloseNotify = 0;
constexpr std::uint8_t kUnrecognizedName = 112;
constexpr std::uint8_t kUserCanceled = 90;

Scenario sent(const AlertRow& row, Side side, const std::string& prefix, const std::string& when) {
  Scenario scenario;
  scenario.name = (side == Side::Client ? "client-" : "") + prefix + std::string(row.name);
  scenario.provokes = row.code;
  scenario.side = side;
  scenario.description = "The " + std::string(to_string(side)) + " sends alert " + std::to_string(row.number) + when;
  scenario.lesson = row.lesson;
  scenario.versions = kEvery;
  scenario.fault = {.action = Action::SendAlert, .number = row.number, .then = Then::Close};
  return scenario;
}

/// The last place before both roles protect what they send in TLS 1.2, and an early one in 1.3.
Step step_in_handshake(Side side) { return side == Side::Server ? Step::ServerHello : Step::ChangeCipherSpec; }

void add_fatal(Scenarios& all, const AlertRow& row, Side side) {
  Scenario& early = all.emplace_back(sent(row, side, "alert-", " in the handshake."));
  early.fault.step = step_in_handshake(side);
  Scenario& late = all.emplace_back(sent(row, side, "late-alert-", " once the handshake is done."));
  late.fault.step = Step::AfterHandshake;
}

/// Before TLS 1.3 a warning with a row of its own ends the session too; in 1.3 the level does not matter.
void add_warning(Scenarios& all, const AlertRow& row, Side side) {
  if (row.number == kCloseNotify || row.number == kUserCanceled) return;
  Scenario& warning = all.emplace_back(sent(row, side, "warning-in-13-", " as a warning, which in TLS 1.3 is none."));
  warning.versions = {kTls13};
  warning.fault.step = Step::AfterHandshake;
  warning.fault.level = 1;
  if (row.code == ResultCode::FatalAlert || row.number == kUnrecognizedName) return;
  Scenario& ending = all.emplace_back(sent(row, side, "warning-alert-", " at warning level."));
  ending.versions = kOld;
  ending.fault.step = step_in_handshake(side);
  ending.fault.level = 1;
  ending.lesson += " Apple's systems end the session at either level.";
}

/// RFC 8446 section 6.1: user_canceled is followed by close_notify. In the handshake the cancel is the news, later the
/// close is.
void add_cancels(Scenarios& all, Side side) {
  Scenario cancel;
  cancel.versions = kEvery;
  cancel.side = side;
  cancel.fault = {.action = Action::SendAlert, .number = kUserCanceled, .level = 1};
  cancel.lesson = "user_canceled goes before close_notify and says why.";
  const std::string prefix = side == Side::Client ? "client-" : "";
  const std::string who(to_string(side));

  Scenario early = cancel;
  early.name = prefix + "alert-user-canceled";
  early.provokes = ResultCode::PeerUserCancelled;
  early.description = "The " + who + " gives the handshake up: user_canceled as a warning.";
  early.fault.step = step_in_handshake(side);
  early.fault.then = Then::Close;
  all.push_back(early);

  Scenario control = cancel;
  control.name = prefix + "user-canceled-then-close";
  control.versions = kBoth;
  control.description = "The " + who + " sends data, user_canceled and then close_notify, as RFC 8446 has it.";
  control.fault.step = Step::CloseNotify;
  control.twin = Twin::None;
  all.push_back(control);

  Scenario datagrams = control;
  datagrams.name = prefix + "dtls-user-canceled";
  datagrams.versions = kOnlyDtls;
  datagrams.provokes = ResultCode::PeerUserCancelled;
  datagrams.lesson = "Over datagrams OpenSSL 3.0 ends the session at any warning; the cancel is what there is to say.";
  datagrams.twin = Twin::Connects;
  all.push_back(datagrams);
}

}  // namespace

Scenarios alert_scenarios() {
  Scenarios all;
  for (const Side side : {Side::Server, Side::Client}) {
    for (const AlertRow& row : kAlerts) {
      if (row.number == kUserCanceled) {
        add_cancels(all, side);
        continue;
      }
      add_fatal(all, row, side);
      add_warning(all, row, side);
    }
  }
  return all;
}

}  // namespace securetransport::lab
