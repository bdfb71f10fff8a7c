// SPDX-License-Identifier: Apache-2.0
// Streams over loopback: data, ends, resets and deadlines. Assertions are on outcomes, never on time.
#include "net/tcp_stream.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "net/tcp_listener.hpp"

namespace securetransport::net {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 20s;  // For what must happen; passing means a failed test.

std::vector<std::uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

/// Two connected streams.
struct Pair {
  TcpStream near;
  TcpStream far;
};

std::optional<Pair> connected() {
  NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  if (!listener) return std::nullopt;
  NetResult<TcpStream> near = TcpStream::connect(std::array{listener->local()}, within(kPatience));
  NetResult<TcpStream> far = listener->accept(within(kPatience));
  if (!near || !far) return std::nullopt;
  return Pair{*std::move(near), *std::move(far)};
}

/// A port of 127.0.0.1 on which nothing listens (unless another program takes it in this moment).
Endpoint unused() {
  const NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  return listener->local();
}

class TcpStreamPair : public testing::Test {
 protected:
  void SetUp() override {
    pair_ = connected();
    ASSERT_TRUE(pair_.has_value());
  }
  [[nodiscard]] TcpStream& near() { return pair_->near; }
  [[nodiscard]] TcpStream& far() { return pair_->far; }

  std::array<std::uint8_t, 64> buffer_{};

 private:
  std::optional<Pair> pair_;
};

TEST_F(TcpStreamPair, CarriesBytesBothWays) {
  ASSERT_TRUE(near().write_all(bytes("ping"), within(kPatience)));
  NetResult<std::size_t> count = far().read_some(buffer_, within(kPatience));
  ASSERT_TRUE(count) << count.error().detail;
  EXPECT_EQ(std::string(buffer_.begin(), buffer_.begin() + *count), "ping");
  ASSERT_TRUE(far().write_all(bytes("pong!"), within(kPatience)));
  count = near().read_some(buffer_, within(kPatience));
  ASSERT_TRUE(count) << count.error().detail;
  EXPECT_EQ(std::string(buffer_.begin(), buffer_.begin() + *count), "pong!");
}

TEST_F(TcpStreamPair, ReadGivesUpAtTheDeadlineAndMayBeTriedAgain) {
  const NetResult<std::size_t> late = near().read_some(buffer_, within(20ms));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().what, NetError::TimedOut);
  EXPECT_NE(late.error().detail.find(near().peer().text()), std::string::npos) << late.error().detail;
  ASSERT_TRUE(far().write_all(bytes("x"), within(kPatience)));
  EXPECT_TRUE(near().read_some(buffer_, within(kPatience)));
}

TEST_F(TcpStreamPair, APastDeadlineStillTakesWhatIsThere) {
  ASSERT_TRUE(far().write_all(bytes("x"), within(kPatience)));
  ASSERT_TRUE(near().wait_readable(within(kPatience)));
  EXPECT_TRUE(near().read_some(buffer_, Deadline::min()));
  EXPECT_EQ(near().read_some(buffer_, Deadline::min()).error().what, NetError::TimedOut);
}

TEST_F(TcpStreamPair, WriteGivesUpWhenThePeerReadsNothing) {
  const std::vector<std::uint8_t> much(64U << 20U);  // More than the system buffers for a connection.
  EXPECT_EQ(near().write_all(much, within(50ms)).error().what, NetError::TimedOut);
}

TEST_F(TcpStreamPair, ReadAvailableNeverWaits) {
  EXPECT_EQ(*near().read_available(buffer_), 0U);
  ASSERT_TRUE(far().write_all(bytes("abc"), within(kPatience)));
  ASSERT_TRUE(near().wait_readable(within(kPatience)));
  EXPECT_EQ(*near().peek_available(buffer_), 3U);
  EXPECT_EQ(*near().read_available(std::span(buffer_).first(2)), 2U);
  EXPECT_EQ(*near().read_available(buffer_), 1U);
  EXPECT_EQ(*near().read_available(buffer_), 0U);
}

TEST_F(TcpStreamPair, EmptyBuffersAreNoError) {
  EXPECT_EQ(*near().read_some({}, Deadline::min()), 0U);
  EXPECT_EQ(*near().read_available({}), 0U);
  EXPECT_EQ(*near().write_some({}, Deadline::min()), 0U);
  EXPECT_TRUE(near().write_all({}, Deadline::min()));
}

TEST_F(TcpStreamPair, EndOfStreamComesAfterTheData) {
  ASSERT_TRUE(far().write_all(bytes("last"), within(kPatience)));
  EXPECT_TRUE(far().shutdown_send());
  EXPECT_TRUE(far().shutdown_send());
  EXPECT_EQ(*near().read_some(buffer_, within(kPatience)), 4U);
  EXPECT_EQ(near().read_some(buffer_, within(kPatience)).error().what, NetError::EndOfStream);
  EXPECT_EQ(near().read_available(buffer_).error().what, NetError::EndOfStream);
  // Only one direction has ended.
  EXPECT_TRUE(near().write_all(bytes("still"), within(kPatience)));
  EXPECT_EQ(*far().read_some(buffer_, within(kPatience)), 5U);
}

TEST_F(TcpStreamPair, ResetIsNotAnEnd) {
  far().reset();
  EXPECT_EQ(near().read_some(buffer_, within(kPatience)).error().what, NetError::Reset);
}

TEST_F(TcpStreamPair, WritingToAPeerThatIsGoneIsAnErrorAndNoSignal) {
  far().reset();
  ASSERT_TRUE(near().wait_readable(within(kPatience)));
  EXPECT_EQ(near().write_all(bytes("x"), within(kPatience)).error().what, NetError::Reset);
  EXPECT_EQ(near().write_all(bytes("x"), within(kPatience)).error().what, NetError::Reset);
}

TEST_F(TcpStreamPair, AClosedStreamSaysSo) {
  near().close();
  near().close();
  EXPECT_EQ(near().native_handle(), -1);
  EXPECT_EQ(near().read_some(buffer_, within(kPatience)).error().what, NetError::Closed);
  EXPECT_EQ(near().wait_readable(within(kPatience)).error().what, NetError::Closed);
  EXPECT_EQ(near().write_all(bytes("x"), within(kPatience)).error().what, NetError::Closed);
  EXPECT_EQ(near().shutdown_send().error().what, NetError::Closed);
  EXPECT_EQ(far().read_some(buffer_, within(kPatience)).error().what, NetError::EndOfStream);
}

TEST_F(TcpStreamPair, InterruptWakesAReader) {
  std::optional<NetError> seen;
  std::thread reader([&] { seen = near().read_some(buffer_, kNever).error().what; });
  near().interrupt();
  reader.join();
  EXPECT_EQ(seen, NetError::EndOfStream);
}

TEST_F(TcpStreamPair, CarriesALargeTransferWhole) {
  std::vector<std::uint8_t> sent(8U << 20U);
  std::uint32_t state = 1;
  for (std::uint8_t& byte : sent) byte = static_cast<std::uint8_t>((state = state * 1664525U + 1013904223U) >> 24U);
  std::thread writer([&] {
    EXPECT_TRUE(near().write_all(sent, within(kPatience)));
    EXPECT_TRUE(near().shutdown_send());
  });
  std::vector<std::uint8_t> received;
  std::vector<std::uint8_t> chunk(65536);
  for (;;) {
    const NetResult<std::size_t> count = far().read_some(chunk, within(kPatience));
    if (!count) {
      EXPECT_EQ(count.error().what, NetError::EndOfStream) << count.error().detail;
      break;
    }
    received.insert(received.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(*count));
  }
  writer.join();
  EXPECT_TRUE(received == sent);
}

TEST_F(TcpStreamPair, DescriptorsAreNotInherited) {
  for (const TcpStream* stream : {&near(), &far()}) {
    EXPECT_NE(::fcntl(stream->native_handle(), F_GETFD) & FD_CLOEXEC, 0);
  }
}

TEST(TcpStreamConnect, SaysThatAPortRefuses) {
  const Endpoint nobody = unused();
  const NetResult<TcpStream> stream = TcpStream::connect(std::array{nobody}, within(kPatience));
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().what, NetError::Refused);
  EXPECT_EQ(stream.error().detail, "connecting to " + nobody.text() + ": connection refused");
}

TEST(TcpStreamConnect, GoesOnToTheNextAddress) {
  NetResult<TcpListener> listener = TcpListener::bind("127.0.0.1", 0);
  ASSERT_TRUE(listener);
  const NetResult<TcpStream> stream = TcpStream::connect(std::array{unused(), listener->local()}, within(kPatience));
  ASSERT_TRUE(stream) << stream.error().detail;
  EXPECT_EQ(stream->peer(), listener->local());
}

TEST(TcpStreamConnect, NamesEveryAddressTried) {
  const std::array endpoints{unused(), unused()};
  const NetResult<TcpStream> stream = TcpStream::connect(endpoints, within(kPatience));
  ASSERT_FALSE(stream);
  for (const Endpoint& endpoint : endpoints) {
    EXPECT_NE(stream.error().detail.find(endpoint.text()), std::string::npos) << stream.error().detail;
  }
}

TEST(TcpStreamConnect, GivesUpAtTheDeadline) {
  // A listener whose queue is full answers no more: Linux drops the SYN.
  const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listening, 0), 0);
  ASSERT_EQ(::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::array endpoints{*parse_address("127.0.0.1", ntohs(address.sin_port))};
  std::vector<TcpStream> queued;
  std::optional<NetError> seen;
  while (!seen && queued.size() < 16) {
    NetResult<TcpStream> stream = TcpStream::connect(endpoints, within(50ms));
    if (stream) {
      queued.push_back(*std::move(stream));
    } else {
      seen = stream.error().what;
    }
  }
  ::close(listening);
  EXPECT_EQ(seen, NetError::TimedOut);
}

TEST(TcpStreamConnect, NeedsAnAddress) {
  EXPECT_EQ(TcpStream::connect({}, within(kPatience)).error().what, NetError::Unreachable);
}

TEST(Endpoint, PrintsWhatItReads) {
  EXPECT_EQ(parse_address("127.0.0.1", 4433)->text(), "127.0.0.1:4433");
  EXPECT_EQ(parse_address("::1", 4433)->text(), "[::1]:4433");
  EXPECT_EQ(parse_address("fe80::1%7", 1)->text(), "[fe80::1%7]:1");
  for (const std::string_view bad : {"", "127.1", "localhost", "[::1]", "1.2.3.4%1", "::1%", "::1%no-such-zone"}) {
    EXPECT_FALSE(parse_address(bad, 1)) << bad;
  }
}

TEST(Deadlines, NeverIsBeyondEveryTime) {
  EXPECT_EQ(within(std::chrono::steady_clock::duration::max()), kNever);
  EXPECT_GT(within(1h), within(1min));
  EXPECT_EQ(remaining(Deadline::min()), Deadline::duration::zero());
}

}  // namespace
}  // namespace securetransport::net
