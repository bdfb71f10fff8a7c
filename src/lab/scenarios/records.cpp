// SPDX-License-Identifier: Apache-2.0
// Faults of the record layer: types, versions, lengths, protection.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

/// The old suites of TLS 1.2, with the MAC after the encryption (RFC 7366) or before it.
void cbc(PeerSetup& setup, const Credentials&) { setup.options.suites = {suite::kEcdheEcdsaAes128Sha}; }
void cbc_mac_first(PeerSetup& setup, const Credentials&) {
  setup.options.suites = {suite::kEcdheEcdsaAes128Sha};
  setup.options.encrypt_then_mac = false;
}

Scenario with(Adjust options, Scenario scenario) {
  scenario.options = options;
  return scenario;
}

Scenarios types_and_versions() {
  return {
      server("record-type-unknown", ResultCode::UnexpectedRecord, kBoth,
             {.step = Step::Certificate, .action = Action::RecordType, .number = 99},
             "A record of type 99 in the handshake.", "RFC 8446 section 5: an unexpected type ends the connection."),
      server("record-type-heartbeat", ResultCode::UnexpectedRecord, kBoth,
             {.step = Step::Certificate, .action = Action::RecordType, .number = 24},
             "A heartbeat record that nobody agreed to.", "Heartbleed came in such records."),
      server("record-type-unknown-late", ResultCode::UnexpectedRecord, kBoth,
             {.step = Step::ApplicationData, .action = Action::RecordType, .number = 99},
             "A record of type 99 in place of data.", "The check must not end with the handshake."),
      server(
          "inner-type-unknown", ResultCode::UnexpectedRecord, kOnly13,
          {.step = Step::ApplicationData, .action = Action::RecordType, .number = 99, .protection = Protection::Inner},
          "A protected record whose inner type is 99.", "In TLS 1.3 the true type is inside."),
      server("first-record-type-unknown", ResultCode::UnexpectedRecord, kBoth,
             {.step = Step::ServerHello, .action = Action::RecordType, .number = 99}, "The first record has type 99.",
             "Neither TLS nor text: something else answers on that port."),
      server("first-record-version", ResultCode::UnexpectedRecord, kBoth,
             {.step = Step::ServerHello, .action = Action::RecordVersion, .number = 0x0499},
             "The first record has major version 4.", "All of TLS has major version 3."),
      server("record-version", ResultCode::Protocol, kOnly12,
             {.step = Step::Certificate, .action = Action::RecordVersion, .number = 0x0301},
             "A later record carries another version than was agreed on.", "RFC 5246 section 6.2.1 fixes it."),
  };
}

Scenarios lengths() {
  return {
      server("record-too-long", ResultCode::RecordOverflow, kBoth,
             {.step = Step::Certificate, .action = Action::RecordLength, .number = 0x4801},
             "A record header that claims 18,433 bytes.", "Judge the length before you wait for the bytes."),
      server("first-record-too-long", ResultCode::RecordOverflow, kBoth,
             {.step = Step::ServerHello, .action = Action::RecordLength, .number = 0x4801},
             "The first record claims 18,433 bytes.", "The first header is as suspect as any other."),
      server("data-record-too-long", ResultCode::RecordOverflow, kBoth,
             {.step = Step::ApplicationData, .action = Action::RecordLength, .number = 0x4801},
             "A record of data claims 18,433 bytes.", "The limit holds for protected records too."),
      server("plaintext-too-long", ResultCode::RecordOverflow, kBoth,
             {.step = Step::ApplicationData,
              .action = Action::SendRecord,
              .number = content::kApplicationData,
              .size = 16385},
             "A protected record with 16,385 bytes in it.", "RFC 8446 section 5.1: at most 2^14 inside."),
      server("empty-handshake-record", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello, .action = Action::SendRecord, .number = content::kHandshake},
             "A handshake record without content.", "RFC 8446 section 5.1 forbids it; it costs work for nothing."),
      server("empty-alert-record", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello, .action = Action::SendRecord, .number = content::kAlert},
             "An alert record without content.", "An alert has two bytes."),
      server("too-many-empty-records", ResultCode::Protocol, kBoth,
             {.step = Step::ApplicationData,
              .action = Action::SendRecord,
              .number = content::kApplicationData,
              .count = 100},
             "A hundred empty records in a row.", "Legal one by one, an attack in numbers: put a limit."),
  };
}

Scenarios malformed_alerts() {
  return {
      server("alert-one-byte", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello,
              .action = Action::SendRecord,
              .number = content::kAlert,
              .bytes = bytes_of("\x02")},
             "An alert record of one byte.", "A fragmented alert is forbidden (RFC 8446 section 5.1)."),
      server("alert-three-bytes", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello,
              .action = Action::SendRecord,
              .number = content::kAlert,
              .bytes = bytes_of("\x02\x28\x01")},
             "An alert record of three bytes.", "Exactly one alert a record."),
      server("two-alerts-in-a-record", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello,
              .action = Action::SendRecord,
              .number = content::kAlert,
              .bytes = bytes_of("\x01\x5a\x02\x28")},
             "Two alerts in one record.", "RFC 8446 section 5.1: one alert a record."),
      server("alert-level-3", ResultCode::Protocol, kBoth,
             {.step = Step::ServerHello, .action = Action::SendAlert, .number = 40, .level = 3}, "An alert of level 3.",
             "Levels are 1 and 2; anything else is no alert."),
  };
}

Scenarios protection() {
  return {
      server("bad-tag", ResultCode::DecryptionFail, kBoth,
             {.step = Step::ApplicationData, .action = Action::CorruptRecord},
             "A record of data whose AEAD tag is wrong.", "Not one byte of it may reach the program."),
      server("bad-tag-finished", ResultCode::DecryptionFail, kBoth,
             {.step = Step::Finished, .action = Action::CorruptRecord},
             "The record with Finished does not "
             "authenticate.",
             "Different keys, or somebody in between."),
      server("aead-record-too-short", ResultCode::DecryptionFail, kBoth,
             {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 5},
             "A protected record shorter than its tag.", "Too short is as bad as forged, and must look the same."),
      with(cbc, server("bad-mac-encrypt-then-mac", ResultCode::BadRecordMac, kOnly12,
                       {.step = Step::ApplicationData, .action = Action::CorruptRecord},
                       "AES-CBC, encrypt-then-MAC: the MAC is wrong.", "RFC 7366: check before you decrypt.")),
      with(cbc, server("mac-record-too-short", ResultCode::BadRecordMac, kOnly12,
                       {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 5},
                       "AES-CBC, encrypt-then-MAC: shorter than the MAC.", "As a wrong MAC, not as a parse error.")),
      with(cbc_mac_first, server("bad-mac", ResultCode::BadRecordMac, kOnly12,
                                 {.step = Step::ApplicationData, .action = Action::CorruptMac},
                                 "AES-CBC, MAC-then-encrypt: the MAC is wrong.",
                                 "Same alert and time as for bad "
                                 "padding, or there is an oracle (Lucky 13).")),
      with(cbc_mac_first, server("bad-padding", ResultCode::BadRecordMac, kOnly12,
                                 {.step = Step::ApplicationData, .action = Action::CorruptPadding},
                                 "AES-CBC, MAC-then-encrypt: the padding is wrong.",
                                 "Must not differ from a wrong "
                                 "MAC (POODLE).")),
      with(cbc_mac_first, server("bad-mac-finished", ResultCode::BadRecordMac, kOnly12,
                                 {.step = Step::Finished, .action = Action::CorruptMac},
                                 "AES-CBC: the MAC of the record with Finished is wrong.",
                                 "The first protected "
                                 "record is the first to be forged.")),
      server("unprotected-message", ResultCode::UnexpectedRecord, kOnly13,
             {.step = Step::Certificate, .protection = Protection::Plain},
             "Certificate in the clear after ServerHello.", "From ServerHello on TLS 1.3 protects everything."),
      server("unprotected-alert", ResultCode::UnexpectedRecord, kOnly13,
             {.step = Step::EncryptedExtensions,
              .action = Action::SendAlert,
              .number = 40,
              .protection = Protection::Plain,
              .then = Then::Close},
             "An alert in the clear after ServerHello.", "Anybody could have sent it: it names no cause."),
      server("unprotected-data", ResultCode::DecryptionFail, kBoth,
             {.step = Step::ApplicationData, .action = Action::None, .protection = Protection::Plain},
             "Data in the clear.", "It has the type of protected data, so that it is a forged record."),
  };
}

}  // namespace

Scenarios record_scenarios() {
  Scenarios all = types_and_versions();
  for (const auto& part : {lengths(), malformed_alerts(), protection()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace securetransport::lab
