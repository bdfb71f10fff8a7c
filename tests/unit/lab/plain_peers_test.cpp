// SPDX-License-Identifier: Apache-2.0
// Each plain peer does to a client exactly what its name says.
#include "lab/plain_peers.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "net/endpoint.hpp"

namespace securetransport::lab {
namespace {

using namespace std::chrono_literals;
using net::NetError;
using net::NetResult;
using net::TcpStream;
using net::within;

constexpr auto kPatience = 20s;
constexpr std::array<std::uint8_t, 5> kHello{0x16, 0x03, 0x01, 0x00, 0x00};  // As a ClientHello begins.

/// What a client sees up to the end.
struct Seen {
  std::string bytes;
  NetError end;
};

Seen read_to_the_end(TcpStream& stream, std::chrono::milliseconds patience = kPatience) {
  Seen seen{};
  std::array<std::uint8_t, 256> buffer{};
  for (;;) {
    const NetResult<std::size_t> count = stream.read_some(buffer, within(patience));
    if (!count) {
      seen.end = count.error().what;
      return seen;
    }
    seen.bytes.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}

class PlainPeer : public testing::Test {
 protected:
  /// Starts a peer and connects to it.
  void start(PlainScript script) {
    server_.emplace(start_plain_peer(std::move(script)));
    ASSERT_TRUE(*server_) << server_->error().detail;
    stream_.emplace(
        TcpStream::connect(std::array{*net::parse_address("127.0.0.1", (*server_)->port())}, within(kPatience)));
    ASSERT_TRUE(*stream_) << stream_->error().detail;
  }
  [[nodiscard]] TcpStream& stream() { return **stream_; }
  void say_hello() { ASSERT_TRUE(stream().write_all(kHello, within(kPatience))); }
  [[nodiscard]] int connections() const { return (*server_)->connections(); }

 private:
  std::optional<NetResult<LoopbackServer>> server_;
  std::optional<NetResult<TcpStream>> stream_;
};

TEST_F(PlainPeer, SaysItsBytesAtOnceAndEnds) {
  for (const std::string_view bytes : {kHttpBadRequest, kSmtpBanner, kSshBanner, kGarbage}) {
    start(says(bytes));
    const Seen seen = read_to_the_end(stream());
    EXPECT_EQ(seen.bytes, bytes);
    EXPECT_EQ(seen.end, NetError::EndOfStream);
    EXPECT_EQ(connections(), 1);
  }
}

TEST_F(PlainPeer, SaysItsBytesToAClientThatSpeaksFirst) {
  start(says(kSmtpBanner));
  say_hello();
  const Seen seen = read_to_the_end(stream());
  EXPECT_EQ(seen.bytes, kSmtpBanner);
  EXPECT_EQ(seen.end, NetError::EndOfStream);
}

TEST_F(PlainPeer, MayStayOnTheLineAfterItsBytes) {
  start(says(kSmtpBanner, Ending::Hang));
  std::array<std::uint8_t, 256> buffer{};
  ASSERT_TRUE(stream().read_some(buffer, within(kPatience)));
  EXPECT_EQ(read_to_the_end(stream(), 50ms).end, NetError::TimedOut);
}

TEST_F(PlainPeer, SaysItsPiecesInOrder) {
  start(says_in_pieces({"a", "bc", "", "def"}, 1ms));
  const Seen seen = read_to_the_end(stream());
  EXPECT_EQ(seen.bytes, "abcdef");
  EXPECT_EQ(seen.end, NetError::EndOfStream);
}

TEST_F(PlainPeer, WaitsForTheClientIfTold) {
  PlainScript script = says(kHttpBadRequest);
  script.beginning = Beginning::AfterFirstBytes;
  start(script);
  EXPECT_EQ(read_to_the_end(stream(), 50ms).end, NetError::TimedOut);
  say_hello();
  EXPECT_EQ(read_to_the_end(stream()).bytes, kHttpBadRequest);
}

TEST_F(PlainPeer, ClosesInOrderWithoutAWord) {
  start(closes_without_a_word());
  say_hello();
  const Seen seen = read_to_the_end(stream());
  EXPECT_EQ(seen.bytes, "");
  EXPECT_EQ(seen.end, NetError::EndOfStream);
}

TEST_F(PlainPeer, Resets) {
  start(resets());
  say_hello();
  const Seen seen = read_to_the_end(stream());
  EXPECT_EQ(seen.bytes, "");
  EXPECT_EQ(seen.end, NetError::Reset);
}

TEST_F(PlainPeer, HangsForEver) {
  start(hangs());
  say_hello();
  EXPECT_EQ(read_to_the_end(stream(), 50ms).end, NetError::TimedOut);
}

TEST_F(PlainPeer, StopsInTheMiddleOfALongPause) {
  start(says_in_pieces({"a", "b"}, 1h));
  std::array<std::uint8_t, 256> buffer{};
  ASSERT_TRUE(stream().read_some(buffer, within(kPatience)));
  // The destructor of the fixture would wait an hour.
}

}  // namespace
}  // namespace securetransport::lab
