// SPDX-License-Identifier: Apache-2.0
// The retransmission timer of datagram sessions when nobody answers, and transports that fail.
#include <gtest/gtest.h>

#include "unit/tls/datagram_pair.hpp"

namespace securetransport::test {
namespace {

class NobodyAnswers : public testing::Test {
 protected:
  TestPki pki;
  DatagramBufferTransport wire;
  Session session = Session::client(over_datagrams(client_config(pki)), wire, kNow).value();
};

TEST_F(NobodyAnswers, EndsAfterTenSendsWithConnectionRefused) {
  ClientConfig config = over_datagrams(client_config(pki));
  config.retransmission_timeout = std::chrono::milliseconds(1);
  session = Session::client(config, wire, kNow).value();
  EXPECT_EQ(code_of(session.handshake()), ResultCode::WouldBlock);
  std::size_t sends = wire.take().size();
  std::chrono::milliseconds last(0);
  Result<Progress> result = Progress::WantRead;
  while (result) {
    const auto wait = session.next_timeout();
    ASSERT_TRUE(wait);
    EXPECT_GE(*wait, last) << "the waits grow";
    last = *wait;
    std::this_thread::sleep_for(*wait);
    result = session.handle_timeout();
    sends += wire.take().size();
    ASSERT_LE(sends, 10U);
  }
  EXPECT_EQ(result.error().code, ResultCode::ConnectionRefused);
  EXPECT_EQ(sends, 10U);
  EXPECT_EQ(session.diagnosis().detected_by, DetectedBy::Transport);
  EXPECT_EQ(session.diagnosis().phase, Phase::ClientHello);
  EXPECT_EQ(session.state(), SessionState::Aborted);
  EXPECT_FALSE(session.next_timeout());
  EXPECT_EQ(code_of(session.handle_timeout()), ResultCode::ConnectionRefused);
  EXPECT_EQ(code_of(session.handshake()), ResultCode::ConnectionRefused);
}

TEST_F(NobodyAnswers, HandshakeCallsAloneFindItOutToo) {
  ClientConfig config = over_datagrams(client_config(pki));
  config.retransmission_timeout = std::chrono::milliseconds(1);
  session = Session::client(config, wire, kNow).value();
  ResultCode code = ResultCode::WouldBlock;
  for (int call = 0; call < 100 && code == ResultCode::WouldBlock; ++call) {
    code = code_of(session.handshake());
    std::this_thread::sleep_for(session.next_timeout().value_or(std::chrono::milliseconds(0)));
  }
  EXPECT_EQ(code, ResultCode::ConnectionRefused);
  EXPECT_EQ(wire.take().size(), 10U);
}

TEST_F(NobodyAnswers, TimeoutThatIsNotDueDoesNothing) {
  ClientConfig config = over_datagrams(client_config(pki));
  config.retransmission_timeout = std::chrono::seconds(1);
  session = Session::client(config, wire, kNow).value();
  EXPECT_FALSE(session.next_timeout()) << "nothing was sent";
  EXPECT_EQ(code_of(session.handle_timeout()), ResultCode::Success);
  EXPECT_EQ(code_of(session.handshake()), ResultCode::WouldBlock);
  ASSERT_TRUE(session.next_timeout());
  EXPECT_LE(*session.next_timeout(), std::chrono::seconds(1));
  EXPECT_GT(*session.next_timeout(), std::chrono::milliseconds(500));
  EXPECT_EQ(code_of(session.handle_timeout()), ResultCode::WouldBlock);
  EXPECT_EQ(wire.take().size(), 1U);
}

TEST_F(NobodyAnswers, ResetAndDeadlineOfTheTransportHaveTheirCodes) {
  wire.end(IoStatus::Reset);
  EXPECT_EQ(code_of(session.handshake()), ResultCode::TransportReset);
  session = Session::client(over_datagrams(client_config(pki)), wire, kNow).value();
  wire.end(IoStatus::TimedOut);
  EXPECT_EQ(code_of(session.handshake()), ResultCode::NetworkTimeout);
}

TEST(StreamSessions, HaveNoTimeouts) {
  TestPki pki;
  SessionPair pair(client_config(pki), server_config(pki));
  EXPECT_EQ(code_of(pair.client.handshake()), ResultCode::WouldBlock);
  EXPECT_FALSE(pair.client.next_timeout());
  EXPECT_EQ(code_of(pair.client.handle_timeout()), ResultCode::Success);
}

}  // namespace
}  // namespace securetransport::test
