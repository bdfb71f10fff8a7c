// SPDX-License-Identifier: Apache-2.0
// What happens below TLS: ends, resets, silence, and peers that speak something else.
#include "lab/plain_peers.hpp"
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

constexpr std::chrono::milliseconds kShortPatience(1000);

/// Does not speak TLS at all. One run is enough: no version is ever agreed on.
Scenario plain(std::string name, ResultCode code, Fault fault, std::string description, std::string lesson) {
  Scenario scenario =
      server(std::move(name), code, kOnly13, std::move(fault), std::move(description), std::move(lesson));
  scenario.twin = Twin::None;
  return scenario;
}

Fault says(Step when, std::string_view what) {
  return {.step = when, .action = Action::SendRaw, .bytes = bytes_of(what), .then = Then::Close};
}

Scenario impatient(Scenario scenario) {
  scenario.victim.patience = kShortPatience;
  scenario.twin = Twin::None;
  return scenario;
}

Scenarios foreign() {
  const std::string lesson = "The first bytes of a stranger are worth reading: name the protocol.";
  return {
      plain("http", ResultCode::RecordOverflow, says(Step::ServerHello, kHttpBadRequest), "An HTTP server without TLS.",
            "https to a port for http: look at the port."),
      plain("smtp", ResultCode::RecordOverflow, says(Step::BeforeAnything, kSmtpBanner),
            "A mail server that expects STARTTLS.", lesson),
      plain("ssh", ResultCode::RecordOverflow, says(Step::BeforeAnything, kSshBanner), "An SSH server.", lesson),
      plain("garbage", ResultCode::UnexpectedRecord, says(Step::BeforeAnything, kForeignBytes),
            "Bytes that are neither TLS nor text.", lesson),
      plain("ssl-2", ResultCode::UnexpectedRecord,
            says(Step::ServerHello, std::string_view("\x80\x2e\x04\x00\x01\x00\x02\x00\x10\x00\x00\x10", 12)),
            "A ServerHello of SSL 2.", "SSL 2 has another record format altogether."),
  };
}

Scenarios ends() {
  return {
      plain("closes-at-once", ResultCode::ConnectionRefused, {.step = Step::BeforeAnything, .then = Then::Close},
            "Closes without a word.", "A load balancer without a backend looks like this."),
      plain("resets-at-once", ResultCode::TransportReset, {.step = Step::ServerHello, .then = Then::Reset},
            "Takes the ClientHello and resets.", "A firewall, or a crash."),
      server("eof-before-hello", ResultCode::ConnectionRefused, kBoth, {.step = Step::ServerHello, .then = Then::Close},
             "The stream ends before ServerHello.", "Nothing was said: it is a refusal, not a broken handshake."),
      server("eof-after-hello", ResultCode::ClosedAbort, kOnly12, {.step = Step::Certificate, .then = Then::Close},
             "The stream ends after ServerHello.", "Ended where it must not end."),
      server("eof-after-hello-13", ResultCode::ClosedAbort, kOnly13,
             {.step = Step::EncryptedExtensions, .then = Then::Close}, "The stream ends after ServerHello.",
             "Ended where it must not end."),
      server("eof-before-finished", ResultCode::ClosedAbort, kBoth, {.step = Step::Finished, .then = Then::Close},
             "The stream ends before Finished.", "Without Finished nothing was confirmed."),
      server("eof-in-record", ResultCode::ClosedAbort, kBoth,
             {.step = Step::Certificate, .action = Action::CutRecord, .size = 20, .then = Then::Close},
             "The stream ends inside the record with Certificate.", "The record's length was a promise."),
      server("eof-in-header", ResultCode::ClosedAbort, kBoth,
             {.step = Step::ServerHello, .action = Action::CutRecord, .size = 3, .then = Then::Close},
             "The stream ends inside the first record header.", "Three bytes are not nothing: no refusal."),
      server("eof-in-data", ResultCode::ClosedAbort, kBoth,
             {.step = Step::ApplicationData, .action = Action::CutRecord, .size = 12, .then = Then::Close},
             "The stream ends inside a record of data.", "Data was cut off."),
      server("eof-without-notify", ResultCode::ClosedNoNotify, kBoth,
             {.step = Step::CloseNotify, .action = Action::Omit, .then = Then::Close},
             "The stream ends at a record boundary, without close_notify.",
             "An attacker can cut a stream there: believe only what its own lengths confirm."),
      server("eof-after-handshake", ResultCode::ClosedNoNotify, kBoth,
             {.step = Step::AfterHandshake, .then = Then::Close}, "The stream ends right after the handshake.",
             "A server that falls over once it has to work."),
      server("eof-after-two-messages", ResultCode::ClosedAbort, kOnly12,
             {.step = Step::ServerHelloDone, .then = Then::Close}, "The stream ends before ServerHelloDone.",
             "Ended where it must not end."),
  };
}

Scenarios resets_and_silence() {
  return {
      server("reset-after-hello", ResultCode::TransportReset, kBoth, {.step = Step::Certificate, .then = Then::Reset},
             "A reset in the handshake.", "Something between you and the server, or its crash."),
      server("reset-before-finished", ResultCode::TransportReset, kBoth, {.step = Step::Finished, .then = Then::Reset},
             "A reset before Finished.", "A reset is one code, at any stage."),
      server("reset-in-data", ResultCode::TransportReset, kBoth,
             {.step = Step::ApplicationData, .action = Action::CutRecord, .size = 12, .then = Then::Reset},
             "A reset inside a record of data.", "What was read before it still counts."),
      server("reset-after-handshake", ResultCode::TransportReset, kBoth,
             {.step = Step::AfterHandshake, .then = Then::Reset}, "A reset right after the handshake.",
             "Retry only what may be done twice."),
      impatient(plain("hangs", ResultCode::NetworkTimeout, {.step = Step::BeforeAnything, .then = Then::Silence},
                      "Takes everything and never answers.", "Every wait needs a deadline.")),
      impatient(server("silence-after-hello", ResultCode::NetworkTimeout, kOnly12,
                       {.step = Step::Certificate, .then = Then::Silence}, "Silence after ServerHello.",
                       "The deadline must cover the handshake as a whole.")),
      impatient(server("silence-in-record", ResultCode::NetworkTimeout, kBoth,
                       {.step = Step::Certificate, .action = Action::CutRecord, .size = 20, .then = Then::Silence},
                       "Silence inside a record.", "A slow peer can hold you one byte at a time.")),
      impatient(server("silence-after-handshake", ResultCode::NetworkTimeout, kBoth,
                       {.step = Step::AfterHandshake, .then = Then::Silence}, "Silence in place of data.",
                       "Connected does not mean served.")),
  };
}

}  // namespace

Scenarios transport_scenarios() {
  Scenarios all = foreign();
  for (const auto& part : {ends(), resets_and_silence()}) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace securetransport::lab
