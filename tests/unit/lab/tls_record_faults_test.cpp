// SPDX-License-Identifier: Apache-2.0
// Faults in records and in alerts of the server.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unit/lab/tls_server_fault.hpp"

namespace securetransport::lab {
namespace {

using test::ecdsa;
using test::name_of;
using test::rsa;
using test::zeros;
using Row = test::ServerFaultRow;

const PeerOptions& v12() {
  static const PeerOptions kOptions = ecdsa(kTls12);
  return kOptions;
}
const PeerOptions& v13() {
  static const PeerOptions kOptions = ecdsa(kTls13);
  return kOptions;
}

PeerOptions encrypt_then_mac() { return rsa(suite::kEcdheRsaAes128Sha); }
PeerOptions mac_then_encrypt() {
  PeerOptions options = encrypt_then_mac();
  options.encrypt_then_mac = false;
  return options;
}

std::vector<Row> record_rows() {
  constexpr std::uint8_t kData = content::kApplicationData;
  return {
      {"UnknownTypeFirst",
       v12(),
       {.step = Step::ServerHello, .action = Action::SendRecord, .number = 99, .bytes = zeros(4)},
       "unexpected message",
       10},
      {"HeartbeatTypeFirst",
       v13(),
       {.step = Step::ServerHello, .action = Action::SendRecord, .number = 24, .bytes = zeros(4)},
       "unexpected message",
       10},
      {"UnknownTypeProtected12",
       v12(),
       {.step = Step::AfterHandshake, .action = Action::SendRecord, .number = 99, .bytes = zeros(4)},
       "unexpected record",
       10},
      {"UnknownTypeInside13",
       v13(),
       {.step = Step::AfterHandshake, .action = Action::SendRecord, .number = 99, .bytes = zeros(4)},
       "bad record type",
       10},
      {"UnknownTypeOutside13",
       v13(),
       {.step = Step::EncryptedExtensions, .action = Action::RecordType, .number = 99},
       "bad record type",
       10},
      {"RecordVersionZero",
       v12(),
       {.step = Step::ServerHello, .action = Action::RecordVersion, .number = 0x0200},
       "wrong version number"},
      {"RecordVersionLater",
       v12(),
       {.step = Step::Certificate, .action = Action::RecordVersion, .number = 0x0499},
       "wrong version number",
       70},
      {"PlaintextTooLong",
       v12(),
       {.step = Step::ServerHello, .action = Action::SendRecord, .number = 22, .size = 16385},
       "data length too long",
       22},
      {"CiphertextTooLong12",
       v12(),
       {.step = Step::AfterHandshake, .action = Action::SendRecord, .number = kData, .size = 16384 + 2049},
       "packet length too long",
       22},
      {"CiphertextTooLong13",
       v13(),
       {.step = Step::AfterHandshake, .action = Action::SendRecord, .number = kData, .size = 16384 + 257},
       "encrypted length too long",
       22},
      {"InnerPlaintextTooLong13",
       v13(),
       {.step = Step::AfterHandshake, .action = Action::SendRecord, .number = kData, .size = 16385},
       "data length too long",
       22},
      {"ClaimedLengthTooLong",
       v12(),
       {.step = Step::ServerHello, .action = Action::RecordLength, .number = 0xffff},
       "packet length too long",
       22},
      {"EmptyHandshakeRecord13",
       v13(),
       {.step = Step::Certificate, .action = Action::SendRecord, .number = 22},
       "bad length",
       10},
      {"ManyEmptyDataRecords",
       v12(),
       {.step = Step::AfterHandshake, .action = Action::SendRecord, .number = kData, .count = 40},
       "record too small",
       10},
      {"CutThenClosed",
       v12(),
       {.step = Step::Certificate, .action = Action::CutRecord, .size = 100, .then = Then::Close},
       "unexpected eof while reading",
       50},
      {"CutThenReset",
       v13(),
       {.step = Step::ApplicationData, .action = Action::CutRecord, .size = 9, .then = Then::Reset},
       ""},
      {"PlainAfterKeys12",
       v12(),
       {.step = Step::ApplicationData, .protection = Protection::Plain},
       "decryption failed or bad record mac",
       20},
      {"PlainAfterServerHello13",
       v13(),
       {.step = Step::Certificate, .protection = Protection::Plain},
       "bad record type",
       10},
      {"TooShortAead12",
       v12(),
       {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 5},
       "decryption failed or bad record mac",
       20},
      {"TooShortAead13",
       v13(),
       {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 5},
       "decryption failed or bad record mac",
       20},
      {"TooShortMte",
       mac_then_encrypt(),
       {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 16},
       "decryption failed or bad record mac",
       20},
      {"TooShortEtm",
       encrypt_then_mac(),
       {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 16},
       "length too short",
       50},
      {"TagAead12",
       v12(),
       {.step = Step::ApplicationData, .action = Action::CorruptRecord},
       "decryption failed or bad record mac",
       20},
      {"TagAead13",
       v13(),
       {.step = Step::EncryptedExtensions, .action = Action::CorruptRecord},
       "decryption failed or bad record mac",
       20},
      {"MacMte",
       mac_then_encrypt(),
       {.step = Step::ApplicationData, .action = Action::CorruptMac},
       "decryption failed or bad record mac",
       20},
      {"PaddingMte",
       mac_then_encrypt(),
       {.step = Step::ApplicationData, .action = Action::CorruptPadding},
       "decryption failed or bad record mac",
       20},
      {"MacEtm",
       encrypt_then_mac(),
       {.step = Step::ApplicationData, .action = Action::CorruptMac},
       "decryption failed or bad record mac",
       20},
      {"PaddingEtm",
       encrypt_then_mac(),
       {.step = Step::ApplicationData, .action = Action::CorruptPadding},
       "decryption failed or bad record mac",
       20},
      {"LastByteEtm",
       encrypt_then_mac(),
       {.step = Step::Finished, .action = Action::CorruptRecord},
       "decryption failed or bad record mac",
       20},
      {"GarbageFirst",
       v12(),
       {.step = Step::ServerHello,
        .action = Action::ReplaceRaw,
        .bytes = bytes_of("\x91\x02\xfe\xc7\x01\x55\xaa\x13\x37")},
       "wrong version number"},
      {"TextFirst",
       v12(),
       {.step = Step::ServerHello, .action = Action::ReplaceRaw, .bytes = bytes_of("220 mail.example ESMTP\r\n")},
       "wrong version number"},
      {"DataInHandshake12",
       v12(),
       {.step = Step::Certificate, .action = Action::SendRecord, .number = kData, .bytes = bytes_of("early")},
       "unexpected record",
       10},
      {"DataInHandshake13",
       v13(),
       {.step = Step::Certificate, .action = Action::SendRecord, .number = kData, .bytes = bytes_of("early")},
       "unexpected record",
       10},
      {"EarlyChangeCipherSpec",
       v12(),
       {.step = Step::Certificate, .action = Action::SendRecord, .number = 20, .bytes = {1}},
       "unexpected message",
       10},
      {"BadChangeCipherSpec",
       v12(),
       {.step = Step::ChangeCipherSpec, .action = Action::ReplaceBody, .bytes = {2}},
       "bad change cipher spec",
       10},
      {"BadChangeCipherSpec13",
       v13(),
       {.step = Step::ChangeCipherSpec, .action = Action::ReplaceBody, .bytes = {2}},
       "invalid ccs message",
       47},
      {"NoChangeCipherSpec", v12(), {.step = Step::ChangeCipherSpec, .action = Action::Omit}, "unexpected message", 10},
      {"NoChangeCipherSpecNoKeys",
       v12(),
       {.step = Step::ChangeCipherSpec, .action = Action::Omit, .protection = Protection::Plain},
       "unexpected message",
       10},
  };
}

std::vector<Row> alert_rows() {
  const auto alert_at = [](Step step, std::uint32_t number, std::uint8_t level = 2) {
    return Fault{.step = step, .action = Action::SendAlert, .number = number, .level = level, .then = Then::Close};
  };
  const auto malformed = [](Bytes bytes) {
    return Fault{.step = Step::Certificate, .action = Action::SendRecord, .number = 21, .bytes = std::move(bytes)};
  };
  return {
      {"InPlaceOfServerHello", v12(), alert_at(Step::ServerHello, 40), "sslv3 alert handshake failure"},
      {"InPlaceOfServerHello13", v13(), alert_at(Step::ServerHello, 70), "tlsv1 alert protocol version"},
      {"BeforeAnything", v13(), alert_at(Step::BeforeAnything, 49), "tlsv1 alert access denied"},
      {"AfterCertificate", v12(), alert_at(Step::ServerKeyExchange, 42), "sslv3 alert bad certificate"},
      {"Protected13", v13(), alert_at(Step::Certificate, 44), "sslv3 alert certificate revoked"},
      {"Plain13",
       v13(),
       {.step = Step::EncryptedExtensions,
        .action = Action::SendAlert,
        .number = 40,
        .protection = Protection::Plain,
        .then = Then::Close},
       "bad record type",
       10},
      {"AfterHandshake12", v12(), alert_at(Step::AfterHandshake, 80), "tlsv1 alert internal error"},
      {"AfterHandshake13", v13(), alert_at(Step::AfterHandshake, 116), "tlsv13 alert certificate required"},
      {"UnknownNumber", v12(), alert_at(Step::ServerHelloDone, 200), "an error without words"},
      {"Warning13IsFatal", v13(), alert_at(Step::AfterHandshake, 46, 1), "sslv3 alert certificate unknown"},
      {"NoRenegotiationWarning", v12(), alert_at(Step::ServerHelloDone, 100, 1), "no renegotiation", 40},
      {"WarningIsIgnored",
       v12(),
       {.step = Step::ServerHelloDone, .action = Action::SendAlert, .number = 112, .level = 1},
       ""},
      {"CloseNotifyInHandshake", v12(), alert_at(Step::ServerHelloDone, 0, 1), ""},
      {"OneByte", v12(), malformed({2}), "invalid alert", 10},
      {"ThreeBytes", v12(), malformed({2, 40, 0}), "invalid alert", 10},
      {"TwoInOne", v12(), malformed({1, 112, 2, 40}), "invalid alert", 10},
      {"LevelZero", v12(), malformed({0, 40}), "unknown alert type", 47},
      {"LevelThree", v13(), malformed({3, 40}), "sslv3 alert handshake failure"},
      {"Empty", v12(), malformed({}), "invalid alert", 10},
      {"EmptyProtected", v13(), malformed({}), "bad length", 10},
  };
}

class RecordFault : public testing::TestWithParam<Row> {};

TEST_P(RecordFault, IsNoticedByOpenSsl) { test::expect_noticed(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Records, RecordFault, testing::ValuesIn(record_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Alerts, RecordFault, testing::ValuesIn(alert_rows()), name_of);

}  // namespace
}  // namespace securetransport::lab
