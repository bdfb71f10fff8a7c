// SPDX-License-Identifier: Apache-2.0
// Our datagram sessions against OpenSSL's programs, over UDP on this machine.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "interop/our_side.hpp"
#include "securetransport/tls/datagram_buffer_transport.hpp"
#include "support/child_process.hpp"
#include "support/loopback.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

using test::ChildProcess;

constexpr std::chrono::seconds kLimit(10);

/// A session on a UDP socket with one peer, in the loop that a program would write.
class UdpSide {
 public:
  /// Talks to a server on this port of the machine.
  static UdpSide to(std::uint16_t port) {
    UdpSide side;
    const sockaddr_in address = loopback(port);
    if (connect(side.socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ADD_FAILURE();
    return side;
  }
  /// Waits for the first client on a port that is free.
  static UdpSide listening() {
    UdpSide side;
    const sockaddr_in address = loopback(0);
    if (bind(side.socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ADD_FAILURE();
    return side;
  }
  UdpSide(UdpSide&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  UdpSide& operator=(UdpSide&&) = delete;
  ~UdpSide() {
    if (socket_ >= 0) ::close(socket_);
  }

  void start(const ClientConfig& config) { session_.emplace(Session::client(config, wire_, now()).value()); }
  void start(const ServerConfig& config) { session_.emplace(Session::server(config, wire_, now()).value()); }

  [[nodiscard]] std::uint16_t port() const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }
  [[nodiscard]] Session& session() { return *session_; }

  [[nodiscard]] ResultCode handshake() {
    return until_done([&] { return test::code_of(session_->handshake()); });
  }
  [[nodiscard]] ResultCode receive(std::string& data) {
    std::vector<std::uint8_t> buffer(20'000);
    return until_done([&] {
      const Result<Transfer> got = session_->read(buffer);
      if (got) data.assign(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got->bytes));
      return test::code_of(got);
    });
  }
  [[nodiscard]] ResultCode send(std::string_view text) {
    const ResultCode code = test::code_of(session_->write(test::bytes_of(text)));
    deliver();
    return code;
  }
  void close() {
    static_cast<void>(session_->close());
    deliver();
  }

 private:
  UdpSide() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}

  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
  }
  static std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  template <class Call>
  ResultCode until_done(Call&& call) {
    const auto deadline = std::chrono::steady_clock::now() + kLimit;
    while (std::chrono::steady_clock::now() < deadline) {
      const ResultCode code = call();
      deliver();
      if (code != ResultCode::WouldBlock) return code;
      const auto wait = std::min<std::chrono::milliseconds>(session_->next_timeout().value_or(kLimit), kLimit);
      if (!wait_for_a_datagram(wait)) static_cast<void>(session_->handle_timeout());
      deliver();
    }
    return ResultCode::NetworkTimeout;
  }

  void deliver() {
    for (const std::vector<std::uint8_t>& datagram : wire_.take()) ::send(socket_, datagram.data(), datagram.size(), 0);
  }

  bool wait_for_a_datagram(std::chrono::milliseconds limit) {
    pollfd waiting{socket_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(limit.count())) != 1) return false;
    std::vector<std::uint8_t> datagram(65'536);
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const ssize_t count =
        recvfrom(socket_, datagram.data(), datagram.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
    if (count <= 0) return true;
    connect(socket_, reinterpret_cast<const sockaddr*>(&from), size);  // From the first one on, only this peer.
    wire_.feed(std::span(datagram).first(static_cast<std::size_t>(count)));
    return true;
  }

  int socket_;
  DatagramBufferTransport wire_;
  std::optional<Session> session_;
};

struct DatagramCase {
  ProtocolVersion version;
  const char* option;
  bool asks_for_a_cookie;
};

void PrintTo(const DatagramCase& c, std::ostream* out) { *out << c.option << (c.asks_for_a_cookie ? "Cookie" : ""); }

class DatagramInterop : public testing::TestWithParam<DatagramCase> {
 protected:
  const PemFiles& files = PemFiles::shared();
  Credentials credentials = files.server(lab::KeyKind::P256);

  template <class Config>
  Config over_datagrams(Config config) {
    config.transport_kind = TransportKind::Datagram;
    config.versions = {GetParam().version, GetParam().version};
    return config;
  }

  std::vector<std::string> server_words(std::uint16_t port) {
    std::vector<std::string> words{"openssl",
                                   "s_server",
                                   GetParam().option,
                                   "-accept",
                                   "127.0.0.1:" + std::to_string(port),
                                   "-cert",
                                   credentials.leaf_file,
                                   "-cert_chain",
                                   credentials.chain_file,
                                   "-key",
                                   credentials.key_file,
                                   "-cipher",
                                   "DEFAULT:@SECLEVEL=0"};
    if (GetParam().asks_for_a_cookie) words.emplace_back("-listen");
    return words;
  }
};

TEST_P(DatagramInterop, OurClientTalksToTheirServer) {
  const std::uint16_t port = test::candidate_port();
  ChildProcess server(server_words(port));
  ASSERT_TRUE(server.wait_for("ACCEPT")) << server.story();
  UdpSide client = UdpSide::to(port);
  client.start(over_datagrams(client_config()));
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.session().diagnosis().detail << server.story();
  EXPECT_EQ(client.session().info().version, GetParam().version);
  ASSERT_EQ(client.send("a line of ours\n"), ResultCode::Success);
  EXPECT_TRUE(server.wait_for("a line of ours")) << server.story();
  server.write("a line of theirs\n");
  std::string line;
  EXPECT_EQ(client.receive(line), ResultCode::Success) << client.session().diagnosis().detail;
  EXPECT_EQ(line, "a line of theirs\n");
  client.close();
}

TEST_P(DatagramInterop, OurClientRefusesTheirServerWithAnAlert) {
  const std::uint16_t port = test::candidate_port();
  ChildProcess server(server_words(port));
  ASSERT_TRUE(server.wait_for("ACCEPT")) << server.story();
  ClientConfig config = over_datagrams(client_config());
  config.roots = PemFiles("Stranger").roots();
  UdpSide client = UdpSide::to(port);
  client.start(config);
  EXPECT_EQ(client.handshake(), ResultCode::NoRootCert) << client.session().diagnosis().detail;
  EXPECT_TRUE(server.wait_for("unknown ca")) << server.story();
}

TEST_P(DatagramInterop, TheirClientTalksToOurServer) {
  UdpSide server = UdpSide::listening();
  server.start(over_datagrams(server_config()));
  ChildProcess client({"openssl", "s_client", GetParam().option, "-connect",
                       "127.0.0.1:" + std::to_string(server.port()), "-CAfile", files.root_file(),
                       "-verify_return_error", "-servername", "localhost", "-cipher", "DEFAULT:@SECLEVEL=0"});
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.session().diagnosis().detail << client.story();
  ASSERT_TRUE(client.wait_for("Verify return code: 0")) << client.story();
  client.write("a line of theirs\n");
  std::string line;
  EXPECT_EQ(server.receive(line), ResultCode::Success) << server.session().diagnosis().detail;
  EXPECT_EQ(line, "a line of theirs\n");
  ASSERT_EQ(server.send("a line of ours\n"), ResultCode::Success);
  EXPECT_TRUE(client.wait_for("a line of ours")) << client.story();
  client.write("Q\n");
  EXPECT_EQ(server.receive(line), ResultCode::ClosedGraceful) << client.story();
}

INSTANTIATE_TEST_SUITE_P(Openssl, DatagramInterop,
                         testing::Values(DatagramCase{ProtocolVersion::Dtls12, "-dtls1_2", false},
                                         DatagramCase{ProtocolVersion::Dtls12, "-dtls1_2", true},
                                         DatagramCase{ProtocolVersion::Dtls10, "-dtls1", false}),
                         [](const auto& param) {
                           return std::string(param.param.version == ProtocolVersion::Dtls12 ? "DTLS12" : "DTLS10") +
                                  (param.param.asks_for_a_cookie ? "WithCookie" : "");
                         });

}  // namespace
}  // namespace securetransport::interop
