// SPDX-License-Identifier: Apache-2.0
// What only datagrams bring: loss, repetition, disorder, forgeries, fragments and cookies. Most of it must harm nobody.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

/// A timer so short that ten attempts pass in a second or two.
constexpr std::chrono::milliseconds kShortTimer(1);
constexpr std::chrono::milliseconds kShortPatience(1000);

/// A fault of the network, or of somebody who forges datagrams. The connection completes all the same.
struct HarmlessRow {
  std::string_view name;
  Fault fault;  ///< At a step that both roles have.
  std::string_view description;
  std::string_view lesson;
};

const std::vector<HarmlessRow>& network_rows() {
  static const std::vector<HarmlessRow> kRows{
      {"record-repeated",
       {.step = Step::Finished, .action = Action::RepeatRecord},
       "The record with Finished arrives twice.",
       "RFC 6347 section 4.1.2.6: a window of sequence numbers finds repetitions."},
      {"change-cipher-spec-repeated",
       {.step = Step::ChangeCipherSpec, .action = Action::RepeatRecord},
       "ChangeCipherSpec arrives twice.",
       "The keys change once."},
      {"data-repeated",
       {.step = Step::ApplicationData, .action = Action::RepeatRecord},
       "A record of data arrives twice.",
       "Data that was replayed must be delivered once."},
      {"finished-lost",
       {.step = Step::Finished, .action = Action::LoseRecord},
       "Finished is lost once.",
       "The last flight has no answer: who gets the one before it again has to repeat it."},
      {"last-flight-lost",
       {.step = Step::ChangeCipherSpec, .action = Action::LoseFlight},
       "ChangeCipherSpec and Finished are lost once.",
       "A whole flight is sent again, with new sequence numbers."},
      {"change-cipher-spec-late",
       {.step = Step::ChangeCipherSpec, .action = Action::DelayRecord},
       "Finished arrives before ChangeCipherSpec.",
       "RFC 6347 section 4.1: what belongs to the next epoch may be kept for it."},
      {"finished-of-wrong-epoch",
       {.step = Step::Finished, .action = Action::RecordEpoch, .number = 7, .then = Then::Repair},
       "A record of epoch 7 before the right one.",
       "An epoch that does not exist is nobody's."},
      {"change-cipher-spec-malformed",
       {.step = Step::ChangeCipherSpec,
        .action = Action::SendRecord,
        .number = content::kChangeCipherSpec,
        .bytes = bytes_of("\x02")},
       "A ChangeCipherSpec whose byte is not 1, before the right one.",
       "In the clear, malformed, and so nobody's."},
      {"bad-tag-skipped",
       {.step = Step::Finished, .action = Action::CorruptRecord, .then = Then::Repair},
       "A forged Finished, whose tag is wrong, before the right one.",
       "RFC 6347 section 4.1.2.7: discard it silently, or anybody can end any session."},
      {"data-with-bad-tag",
       {.step = Step::ApplicationData, .action = Action::CorruptRecord, .then = Then::Repair},
       "A forged record of data before the right one.",
       "Neither delivered nor fatal."},
      {"data-record-too-short",
       {.step = Step::ApplicationData, .action = Action::ShrinkRecord, .size = 5, .then = Then::Repair},
       "A protected record shorter than its tag before the right one.",
       "As a wrong tag: skipped."},
      {"data-record-cut",
       {.step = Step::ApplicationData, .action = Action::CutRecord, .size = 20, .then = Then::Repair},
       "A datagram that ends inside its record before the right one.",
       "The rest of it will never come: do not wait."},
      {"data-record-length-wrong",
       {.step = Step::ApplicationData, .action = Action::RecordLength, .number = 0x4801, .then = Then::Repair},
       "A record that claims 18,433 bytes before the right one.",
       "Fatal over TCP, where nothing can be skipped; over datagrams it can."},
      {"data-record-type-unknown",
       {.step = Step::ApplicationData, .action = Action::RecordType, .number = 99, .then = Then::Repair},
       "A record of type 99 before the right one.",
       "RFC 6347 section 4.1.2.7 again: what is invalid is dropped."},
      {"data-record-version-wrong",
       {.step = Step::ApplicationData, .action = Action::RecordVersion, .number = 0x0303, .then = Then::Repair},
       "A record that says TLS 1.2 before the right one.",
       "Its version is part of what is authenticated."},
      {"data-unprotected",
       {.step = Step::ApplicationData, .protection = Protection::Plain, .then = Then::Repair},
       "Data in the clear, with epoch 0, before the right record.",
       "Epoch 0 ends with the handshake."},
      {"alert-unprotected",
       {.step = Step::ApplicationData,
        .action = Action::SendAlert,
        .number = 40,
        .protection = Protection::Plain,
        .then = Then::GoOn},
       "A fatal alert in the clear after the handshake.",
       "Who believes it can be hung up on by anybody who knows an address."},
      {"garbage-datagram",
       {.step = Step::ApplicationData, .action = Action::SendRaw, .bytes = bytes_of(kForeignBytes)},
       "A datagram of something else among the good ones.",
       "Ports are reused; old packets come late."},
      {"finished-in-fragments",
       {.step = Step::Finished, .action = Action::ReverseFragments},
       "Finished comes in fragments, the last one first.",
       "Every message may be fragmented, the protected ones too."},
  };
  return kRows;
}

const std::vector<HarmlessRow>& certificate_rows() {
  static const std::vector<HarmlessRow> kRows{
      {"certificate-repeated",
       {.step = Step::Certificate, .action = Action::Duplicate},
       "Certificate is sent twice, in two records.",
       "The same message_seq: it is the same message."},
      {"certificate-lost",
       {.step = Step::Certificate, .action = Action::LoseRecord},
       "Certificate is lost once.",
       "The timer brings it."},
      {"certificate-late",
       {.step = Step::Certificate, .action = Action::DelayRecord},
       "Certificate arrives after the message that follows it.",
       "message_seq tells the order; keep what comes early."},
      {"certificate-of-wrong-epoch",
       {.step = Step::Certificate, .action = Action::RecordEpoch, .number = 2},
       "The record with Certificate says epoch 2, until it is sent again.",
       "Skipped, and the timer brings the right one."},
      {"certificate-fragments-reversed",
       {.step = Step::Certificate, .action = Action::ReverseFragments},
       "The fragments of Certificate arrive backwards.",
       "Reassemble by offset."},
      {"certificate-fragments-overlap",
       {.step = Step::Certificate, .action = Action::OverlapFragments},
       "The fragments of Certificate overlap.",
       "RFC 6347 section 4.2.3: \"DTLS implementations MUST be able to handle overlapping fragment ranges.\""},
      {"certificate-fragment-empty",
       {.step = Step::Certificate, .action = Action::EmptyFragment},
       "A fragment of no bytes before the good ones.",
       "Nothing is learned from nothing."},
      {"certificate-fragment-beyond-end",
       {.step = Step::Certificate, .action = Action::FragmentBeyondEnd},
       "A fragment that ends beyond its message, before the good ones.",
       "CVE-2014-0195: a length was believed here, and a heap overflowed."},
      {"certificate-fragments-disagree",
       {.step = Step::Certificate, .action = Action::FragmentsDisagree},
       "One fragment says that the message is a byte longer.",
       "The first one decides; the other is not part of that message."},
  };
  return kRows;
}

const std::vector<HarmlessRow>& flight_rows() {
  static const std::vector<HarmlessRow> kRows{
      {"server-flight-lost",
       {.step = Step::ServerHello, .action = Action::LoseFlight},
       "The whole first flight of the server is lost once.",
       "The client's timer asks for it."},
      {"server-hello-late",
       {.step = Step::ServerHello, .action = Action::DelayRecord},
       "Certificate arrives before ServerHello.",
       "message_seq tells the order; keep what comes early."},
      {"first-record-type-unknown",
       {.step = Step::ServerHello, .action = Action::RecordType, .number = 99, .then = Then::Repair},
       "The first record has type 99, the next one is right.",
       "Over TCP this would be a stranger; a datagram proves nothing."},
      {"first-record-version-wrong",
       {.step = Step::ServerHello, .action = Action::RecordVersion, .number = 0x0303, .then = Then::Repair},
       "The first record says TLS 1.2, the next one is right.",
       "It is no record of DTLS."},
      {"change-cipher-spec-early",
       {.step = Step::ServerHello,
        .action = Action::SendRecord,
        .number = content::kChangeCipherSpec,
        .bytes = bytes_of("\x01")},
       "ChangeCipherSpec before there are keys.",
       "CVE-2014-0224 once more: it must change nothing now."},
      {"handshake-record-empty",
       {.step = Step::ServerHello, .action = Action::SendRecord, .number = content::kHandshake},
       "A handshake record without content.",
       "Useless, and so skipped."},
      {"handshake-alert-malformed",
       {.step = Step::ServerHello, .action = Action::SendRecord, .number = content::kAlert, .bytes = bytes_of("\x02")},
       "An alert record of one byte in the handshake.",
       "Unprotected and malformed: nobody's word."},
      {"handshake-data-unprotected",
       {.step = Step::ServerHello,
        .action = Action::SendRecord,
        .number = content::kApplicationData,
        .bytes = bytes_of("early")},
       "Application data in the clear during the handshake.",
       "Never delivered."},
  };
  return kRows;
}

std::string datagram_name(std::string_view name, Side side) {
  return (side == Side::Client ? "client-dtls-" : "dtls-") + std::string(name);
}

Scenario datagram(Side side, std::string_view name, ResultCode code, const Fault& fault, std::string_view description,
                  std::string_view lesson) {
  Scenario scenario =
      server(datagram_name(name, side), code, kOnlyDtls, fault, std::string(description), std::string(lesson));
  scenario.side = side;
  return scenario;
}

void add_harmless(Scenarios& all, Side side, const std::vector<HarmlessRow>& rows, bool demands_certificate = false) {
  for (const HarmlessRow& row : rows) {
    Scenario& scenario =
        all.emplace_back(datagram(side, row.name, ResultCode::Success, row.fault, row.description, row.lesson));
    if (side == Side::Client) scenario.description = "From a client. " + scenario.description;
    scenario.victim.demands_certificate = demands_certificate;
  }
}

Scenarios cookies() {
  Scenario none = datagram(Side::Server, "no-cookie", ResultCode::Success, {}, "A server that asks for no cookie.",
                           "RFC 6347 section 4.2.1 recommends cookies, and clients must do without.");
  none.options = [](PeerSetup& setup, const Credentials&) { setup.options.cookie_exchange = false; };
  none.twin = Twin::None;
  return {
      none,
      datagram(Side::Server, "cookie-version-unknown", ResultCode::Success,
               {.step = Step::HelloVerifyRequest, .lie = Lie::LegacyVersion, .number = 0x0101},
               "HelloVerifyRequest says a version that does not exist.",
               "RFC 6347 section 4.2.1: its version says nothing about the one that will be negotiated."),
      datagram(Side::Server, "cookie-empty", ResultCode::Success,
               {.step = Step::HelloVerifyRequest, .lie = Lie::Cookie}, "HelloVerifyRequest with an empty cookie.",
               "Pointless, but well-formed: 0 to 255 bytes."),
      datagram(Side::Server, "cookie-long", ResultCode::Success,
               {.step = Step::HelloVerifyRequest, .lie = Lie::Cookie, .bytes = Bytes(255, 0xc0)},
               "A cookie of 255 bytes.", "DTLS 1.0 had at most 32; DTLS 1.2 has 255."),
      datagram(Side::Server, "cookie-truncated", ResultCode::DecodeError,
               {.step = Step::HelloVerifyRequest, .action = Action::Truncate, .size = 1},
               "HelloVerifyRequest lacks its last byte.", "The lengths must add up."),
      datagram(Side::Server, "cookie-trailing-byte", ResultCode::DecodeError,
               {.step = Step::HelloVerifyRequest, .action = Action::Append, .bytes = bytes_of("x")},
               "One byte too many after the cookie.", "The lengths must add up."),
      datagram(Side::Server, "cookie-lost", ResultCode::Success,
               {.step = Step::HelloVerifyRequest, .action = Action::LoseRecord}, "HelloVerifyRequest is lost once.",
               "The client does not know it, and sends its first ClientHello again."),
      datagram(Side::Client, "cookie-of-nobody", ResultCode::Success,
               {.step = Step::ClientHello, .lie = Lie::Cookie, .bytes = Bytes(20, 0xc0)},
               "A ClientHello that brings a cookie which the server never gave.",
               "A server without cookies has nothing to compare it with."),
  };
}

Scenarios versions() {
  return {
      datagram(Side::Server, "selects-dtls-v1-0", ResultCode::Negotiation,
               {.step = Step::ServerHello, .lie = Lie::LegacyVersion, .number = kDtls10},
               "The server answers with DTLS 1.0 although 1.2 is the least.", "The client has the last word."),
      datagram(Side::Server, "selects-unknown-version", ResultCode::Negotiation,
               {.step = Step::ServerHello, .lie = Lie::LegacyVersion, .number = 0xfef0},
               "The server answers with a version that does not exist.", "Versions of DTLS count downwards."),
      datagram(Side::Server, "selects-tls-v1-2", ResultCode::Negotiation,
               {.step = Step::ServerHello, .lie = Lie::LegacyVersion, .number = kTls12},
               "The server answers with TLS 1.2 in place of DTLS 1.2.", "The families do not mix."),
      datagram(Side::Client, "offers-dtls-v1-0", ResultCode::Negotiation,
               {.step = Step::ClientHello, .lie = Lie::LegacyVersion, .number = kDtls10},
               "A client that knows DTLS 1.0 alone.", "protocol_version(70) tells it why."),
  };
}

Scenario impatient(Scenario scenario) {
  scenario.victim.patience = kShortPatience;
  scenario.twin = Twin::None;
  return scenario;
}

Scenario eager(Scenario scenario) {
  scenario.victim.retransmission = kShortTimer;
  scenario.twin = Twin::None;
  return scenario;
}

Scenarios silence() {
  return {
      eager(datagram(Side::Server, "silence", ResultCode::ConnectionRefused,
                     {.step = Step::HelloVerifyRequest, .then = Then::Silence}, "Nobody answers the ClientHello.",
                     "A flight is sent ten times; then nobody is there.")),
      eager(datagram(Side::Server, "silence-after-cookie", ResultCode::ConnectionRefused,
                     {.step = Step::ServerHello, .then = Then::Silence}, "Silence after HelloVerifyRequest.",
                     "A first answer is no promise.")),
      eager(datagram(Side::Server, "silence-in-flight", ResultCode::ConnectionRefused,
                     {.step = Step::ServerKeyExchange, .then = Then::Silence}, "Silence after Certificate.",
                     "Half a flight, for ever.")),
      eager(datagram(Side::Server, "silence-before-finished", ResultCode::ConnectionRefused,
                     {.step = Step::ChangeCipherSpec, .then = Then::Silence}, "Silence before the last flight.",
                     "Without Finished nothing was confirmed.")),
      eager(datagram(Side::Server, "answers-http", ResultCode::ConnectionRefused,
                     {.step = Step::HelloVerifyRequest,
                      .action = Action::SendRaw,
                      .bytes = bytes_of("HTTP/1.1 400 Bad Request\r\n\r\n"),
                      .then = Then::Silence},
                     "The answer is text.", "Over TCP this names the protocol; a datagram proves nothing.")),
      eager(datagram(Side::Client, "silence-after-hello", ResultCode::ConnectionRefused,
                     {.step = Step::ClientKeyExchange, .then = Then::Silence},
                     "A client that never answers the server's flight.",
                     "Each of them costs a server memory: give up in time.")),
      impatient(datagram(Side::Server, "deadline", ResultCode::NetworkTimeout,
                         {.step = Step::ServerHello, .then = Then::Silence},
                         "Silence, and a deadline before the tenth attempt.", "Every wait needs a deadline.")),
      impatient(datagram(Side::Server, "silence-after-handshake", ResultCode::NetworkTimeout,
                         {.step = Step::AfterHandshake, .then = Then::Silence}, "Silence in place of data.",
                         "Datagrams have no end: only a clock can tell.")),
      impatient(datagram(Side::Client, "silence-after-handshake", ResultCode::NetworkTimeout,
                         {.step = Step::AfterHandshake, .then = Then::Silence},
                         "A client that shakes hands and says nothing.",
                         "Datagrams have no end: only a clock can tell.")),
      impatient(datagram(Side::Server, "no-close-notify", ResultCode::NetworkTimeout,
                         {.step = Step::CloseNotify, .action = Action::Omit}, "Data, and no close_notify.",
                         "There is no end of stream to stand in for it.")),
  };
}

}  // namespace

Scenarios datagram_scenarios() {
  Scenarios all;
  add_harmless(all, Side::Server, flight_rows());
  add_harmless(all, Side::Server, certificate_rows());
  add_harmless(all, Side::Server, network_rows());
  add_harmless(all, Side::Client, certificate_rows(), true);
  add_harmless(all, Side::Client, network_rows());
  for (const auto& part : {cookies(), versions(), silence()}) all.insert(all.end(), part.begin(), part.end());
  for (const Side side : {Side::Server, Side::Client}) {
    all.push_back(datagram(side, "plaintext-too-long", ResultCode::RecordOverflow,
                           {.step = Step::ApplicationData,
                            .action = Action::SendRecord,
                            .number = content::kApplicationData,
                            .size = 16385},
                           "A protected record with 16,385 bytes in it.",
                           "This one is authentic: the peer itself is broken."));
  }
  return all;
}

}  // namespace securetransport::lab
