// SPDX-License-Identifier: Apache-2.0
// Sessions whose peer is a list of bytes.
#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "support/session_pair.hpp"
#include "support/tls_bytes.hpp"

namespace securetransport {

inline void PrintTo(DetectedBy by, std::ostream* out) { *out << to_string(by); }
inline void PrintTo(const AlertMessage& alert, std::ostream* out) {
  *out << "level " << static_cast<int>(alert.level) << ' ' << describe(alert.description);
}
inline void PrintTo(SessionState state, std::ostream* out) { *out << "SessionState " << static_cast<int>(state); }

}  // namespace securetransport

namespace securetransport::test {

inline const TestPki& shared_pki() {
  static const TestPki kPki;
  return kPki;
}

/// What goes out in the clear, in words: "" for nothing, "alert 10" for one fatal alert, "warning 90", else "N bytes".
inline std::string sent_alert(const Bytes& sent) {
  if (sent.empty()) return "";
  constexpr std::size_t kAlertRecordSize = 7;
  const bool is_alert = sent.size() == kAlertRecordSize && sent[0] == kAlertType && sent[1] == 3 && sent[2] >= 1 &&
                        sent[2] <= 3 && sent[3] == 0 && sent[4] == 2;
  if (!is_alert) return std::to_string(sent.size()) + " bytes";
  return (sent[5] == 2 ? "alert " : "warning ") + std::to_string(sent[6]);
}

/// The session id of the ClientHello in a record.
inline Bytes session_id_of(const Bytes& hello_record) {
  constexpr std::size_t kBefore = 5 + 4 + 2 + 32;
  if (hello_record.size() <= kBefore) return {};
  const auto first = hello_record.begin() + kBefore + 1;
  return {first, first + hello_record[kBefore]};
}

/// A client that has sent its ClientHello and waits.
struct RawServer {
  BufferTransport wire;
  Session session;
  Bytes hello;

  explicit RawServer(const ClientConfig& config = client_config(shared_pki()))
      : session(Session::client(config, wire, kNow).value()) {
    EXPECT_EQ(code_of(session.handshake()), ResultCode::WouldBlock);
    hello = wire.take();
    EXPECT_GT(hello.size(), 100U);
  }

  ResultCode answer(const Bytes& bytes) {
    wire.feed(bytes);
    return code_of(session.handshake());
  }
  ResultCode answer(const Bytes& bytes, IoStatus end) {
    wire.end(end);
    return answer(bytes);
  }
};

/// A server that waits for a ClientHello.
struct RawClient {
  BufferTransport wire;
  Session session;

  explicit RawClient(const ServerConfig& config = server_config(shared_pki()))
      : session(Session::server(config, wire, kNow).value()) {
    EXPECT_EQ(code_of(session.handshake()), ResultCode::WouldBlock);
  }

  ResultCode say(const Bytes& bytes) {
    wire.feed(bytes);
    return code_of(session.handshake());
  }
};

/// A failure as the table of codes describes it.
struct Expected {
  ResultCode code;
  Phase phase;
  std::string alert = "";  ///< As sent_alert() says it.
  DetectedBy detected_by = DetectedBy::Local;
};

/// The call failed with this, the diagnosis agrees, and the session is over.
inline void expect_failure(const Session& session, BufferTransport& wire, ResultCode code, const Expected& expected) {
  EXPECT_EQ(code, expected.code);
  const Diagnosis& diagnosis = session.diagnosis();
  EXPECT_EQ(diagnosis.code, expected.code);
  EXPECT_EQ(diagnosis.phase, expected.phase);
  EXPECT_EQ(diagnosis.detected_by, expected.detected_by);
  EXPECT_FALSE(diagnosis.detail.empty());
  EXPECT_EQ(sent_alert(wire.take()), expected.alert);
  const ResultInfo* const row = find_result(expected.code);
  const bool is_closed = row != nullptr && row->outcome == Outcome::Closed;
  EXPECT_EQ(session.state(), is_closed ? SessionState::Closed : SessionState::Aborted);
}

/// Nothing failed: the session waits for more, and has said nothing.
inline void expect_waiting(const Session& session, BufferTransport& wire, ResultCode code) {
  EXPECT_EQ(code, ResultCode::WouldBlock) << session.diagnosis().detail;
  EXPECT_EQ(session.state(), SessionState::Handshake);
  EXPECT_EQ(sent_alert(wire.take()), "");
}

}  // namespace securetransport::test
