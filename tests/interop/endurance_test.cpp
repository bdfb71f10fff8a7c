// SPDX-License-Identifier: Apache-2.0
// A thousand connections, one after another, leave nothing behind.
#include <gtest/gtest.h>
#include <malloc.h>

#include <array>
#include <filesystem>
#include <iterator>
#include <thread>

#include "interop/our_side.hpp"
#include "interop/server_program.hpp"
#include "support/loopback.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

// What the allocator and OpenSSL keep for later grows by a hundred kilobytes in the first few hundred, then no more.
constexpr int kWarmUp = 500;
constexpr int kConnections = 1000;
// 131 bytes for each that is counted: a session, a certificate or a context left behind is ten times that.
constexpr std::size_t kTolerance = 64 * 1024;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCountsMemory = false;  // Their allocators answer zero; AddressSanitizer finds leaks by itself.
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kCountsMemory = false;
#else
constexpr bool kCountsMemory = true;
#endif
#else
constexpr bool kCountsMemory = true;
#endif

struct Footprint {
  std::ptrdiff_t descriptors = 0;
  std::size_t bytes = 0;
};

Footprint footprint() {
  using Folder = std::filesystem::directory_iterator;
  return {std::distance(Folder("/proc/self/fd"), Folder()), kCountsMemory ? mallinfo2().uordblks : 0};
}

void expect_no_growth(const Footprint& early, const Footprint& late) {
  EXPECT_EQ(late.descriptors, early.descriptors);
  EXPECT_LE(late.bytes, early.bytes + kTolerance);
}

class Endurance : public testing::TestWithParam<ProtocolVersion> {};

TEST_P(Endurance, AThousandClientsOfOpensslLeaveNothingBehind) {
  ServerProgram server({.version = GetParam()});
  ClientConfig config = client_config();
  use_version(config, GetParam());
  Footprint early;
  for (int connection = 1; connection <= kConnections; ++connection) {
    {
      OurSide client(server.connect(), config);
      ASSERT_EQ(client.handshake(), ResultCode::Success) << "connection " << connection << ": " << client.detail();
      ASSERT_EQ(client.send("hello\n"), ResultCode::Success);
      ASSERT_EQ(client.receive(6), "olleh\n");
      ASSERT_EQ(client.close(), ResultCode::Success);
    }
    if (connection != kWarmUp && connection != kConnections) continue;
    server.process().forget_output();
    if (connection == kWarmUp) early = footprint();
  }
  expect_no_growth(early, footprint());
}

TEST_P(Endurance, AThousandConnectionsToOurServerLeaveNothingBehind) {
  net::TcpListener listener = listen();
  ServerConfig server = server_config();
  ClientConfig config = client_config();
  use_version(server, GetParam());
  use_version(config, GetParam());
  std::jthread serving([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      net::NetResult<net::TcpStream> stream = listener.accept(net::within(std::chrono::milliseconds(50)));
      if (!stream) continue;
      OurSide side(*std::move(stream), server);
      static_cast<void>(side.send(side.receive(6)));
      static_cast<void>(side.receive_end());
    }
  });
  Footprint early;
  for (int connection = 1; connection <= kConnections; ++connection) {
    {
      net::NetResult<net::TcpStream> stream = test::connect_loopback(listener.local_port());
      ASSERT_TRUE(stream.has_value()) << stream.error().detail;
      OurSide client(*std::move(stream), config);
      ASSERT_EQ(client.send("hello\n"), ResultCode::Success) << "connection " << connection << ": " << client.detail();
      ASSERT_EQ(client.receive(6), "hello\n") << client.detail();
      ASSERT_EQ(client.close(), ResultCode::Success);
      // The server's end of it is gone too once the stream has ended.
      std::array<std::uint8_t, 256> dropped{};
      while (client.stream().read_some(dropped, net::within(test::kStepLimit))) {
      }
    }
    if (connection == kWarmUp) early = footprint();
  }
  serving.request_stop();
  serving.join();
  expect_no_growth(early, footprint());
}

INSTANTIATE_TEST_SUITE_P(Interop, Endurance, testing::Values(ProtocolVersion::Tls12, ProtocolVersion::Tls13),
                         [](const auto& row) { return row.param == ProtocolVersion::Tls12 ? "Tls12" : "Tls13"; });

}  // namespace
}  // namespace securetransport::interop
