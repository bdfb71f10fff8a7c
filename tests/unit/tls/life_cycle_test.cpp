// SPDX-License-Identifier: Apache-2.0
#include "tls/life_cycle.hpp"

#include <gtest/gtest.h>

#include "support/raw_peer.hpp"

namespace securetransport::test {
namespace {

using tls::Event;
using tls::next_state;

struct Cell {
  SessionState from;
  Event event;
  std::optional<SessionState> to;
};

TEST(LifeCycle, HasTheseCells) {
  using enum SessionState;
  const std::optional<SessionState> never;
  const Cell cells[] = {
      {Idle, Event::Start, Handshake},         {Idle, Event::Finished, never},
      {Idle, Event::PeerClosed, never},        {Idle, Event::LocalClose, Closed},
      {Idle, Event::Fatal, Aborted},           {Handshake, Event::Start, never},
      {Handshake, Event::Finished, Connected}, {Handshake, Event::PeerClosed, Closed},
      {Handshake, Event::LocalClose, Closed},  {Handshake, Event::Fatal, Aborted},
      {Connected, Event::Start, Handshake},    {Connected, Event::Finished, never},
      {Connected, Event::PeerClosed, Closed},  {Connected, Event::LocalClose, Closed},
      {Connected, Event::Fatal, Aborted},      {Closed, Event::Start, never},
      {Closed, Event::Finished, never},        {Closed, Event::PeerClosed, never},
      {Closed, Event::LocalClose, Closed},     {Closed, Event::Fatal, never},
      {Aborted, Event::Start, never},          {Aborted, Event::Finished, never},
      {Aborted, Event::PeerClosed, never},     {Aborted, Event::LocalClose, Closed},
      {Aborted, Event::Fatal, never},
  };
  static_assert(std::size(cells) == tls::kStates * tls::kEvents);
  for (const Cell& cell : cells) {
    SCOPED_TRACE(testing::Message() << "state " << static_cast<int>(cell.from) << ", event "
                                    << static_cast<int>(cell.event));
    EXPECT_EQ(next_state(cell.from, cell.event), cell.to);
  }
}

TEST(LifeCycle, KeepsTheFirstCodeOfAHandshake) {
  RawServer server;
  ASSERT_EQ(server.answer(alert_record(2, 48)), ResultCode::PeerUnknownCA);
  const std::string detail = server.session.diagnosis().detail;
  // Whatever comes later: the first failure is final.
  for (const Bytes& more : {alert_record(2, 40), to_bytes("HTTP/1.1 400"), Bytes()}) {
    EXPECT_EQ(server.answer(more, IoStatus::Reset), ResultCode::PeerUnknownCA);
    EXPECT_EQ(server.session.diagnosis().code, ResultCode::PeerUnknownCA);
    EXPECT_EQ(server.session.diagnosis().detail, detail);
  }
  Bytes buffer(16);
  EXPECT_EQ(code_of(server.session.read(buffer)), ResultCode::ClosedAbort);
  EXPECT_EQ(code_of(server.session.write(buffer)), ResultCode::ClosedAbort);
  EXPECT_EQ(code_of(server.session.handshake()), ResultCode::PeerUnknownCA);
  EXPECT_EQ(server.session.state(), SessionState::Aborted);
  EXPECT_TRUE(server.wire.take().empty());
}

TEST(LifeCycle, KeepsTheFirstCodeOfARead) {
  SessionPair pair(client_config(shared_pki()), server_config(shared_pki()));
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  pair.client_wire.feed(record(kDataType, Bytes(40, 1)));
  Bytes buffer(16);
  ASSERT_EQ(code_of(pair.client.read(buffer)), ResultCode::DecryptionFail);
  EXPECT_EQ(code_of(pair.client.read(buffer)), ResultCode::ClosedAbort);
  EXPECT_EQ(code_of(pair.client.write(buffer)), ResultCode::ClosedAbort);
  EXPECT_EQ(code_of(pair.client.flush()), ResultCode::ClosedAbort);
  EXPECT_EQ(code_of(pair.client.handshake()), ResultCode::DecryptionFail);
  EXPECT_EQ(pair.client.diagnosis().code, ResultCode::DecryptionFail);
}

TEST(LifeCycle, ClosesFromEveryState) {
  RawServer failed;
  ASSERT_EQ(failed.answer(alert_record(2, 48)), ResultCode::PeerUnknownCA);
  EXPECT_EQ(code_of(failed.session.close()), ResultCode::Success);
  EXPECT_EQ(failed.session.state(), SessionState::Closed);
  EXPECT_EQ(code_of(failed.session.close()), ResultCode::Success) << "closing twice is harmless";
  EXPECT_EQ(failed.session.diagnosis().code, ResultCode::PeerUnknownCA) << "the reason outlives the close";

  RawServer waiting;
  EXPECT_EQ(code_of(waiting.session.close()), ResultCode::Success);
  EXPECT_EQ(waiting.session.state(), SessionState::Closed);

  BufferTransport wire;
  Session idle = Session::client(client_config(shared_pki()), wire, kNow).value();
  EXPECT_EQ(code_of(idle.close()), ResultCode::Success);
  EXPECT_EQ(idle.state(), SessionState::Closed);
  EXPECT_TRUE(wire.take().empty());
}

TEST(LifeCycle, SaysCloseNotifyOnce) {
  SessionPair pair(client_config(shared_pki()), server_config(shared_pki()));
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  EXPECT_EQ(code_of(pair.client.close()), ResultCode::Success);
  EXPECT_FALSE(pair.client_wire.take().empty());
  EXPECT_EQ(code_of(pair.client.close()), ResultCode::Success);
  EXPECT_TRUE(pair.client_wire.take().empty());
  Bytes buffer(4);
  EXPECT_EQ(code_of(pair.client.read(buffer)), ResultCode::ClosedGraceful);
}

}  // namespace
}  // namespace securetransport::test
