// SPDX-License-Identifier: Apache-2.0
// The shim as the runner drives it, with our own sessions in the runner's place.
#include <gtest/gtest.h>

#include <array>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "interop/our_side.hpp"
#include "support/child_process.hpp"
#include "support/loopback.hpp"

namespace securetransport::interop {
namespace {

using Words = std::vector<std::string>;

net::TcpListener listen_v6() {
  net::NetResult<net::TcpListener> listener = net::TcpListener::bind("::1", 0);
  if (!listener) listener = net::TcpListener::bind("127.0.0.1", 0);
  if (!listener) throw std::runtime_error(listener.error().detail);
  return *std::move(listener);
}

/// What the shim makes of text: every byte with all its bits turned over.
std::string turned_over(std::string text) {
  for (char& c : text) c = static_cast<char>(~c);
  return text;
}

/// A listening runner and its shim.
class Runner {
 public:
  explicit Runner(Words flags) : shim_(command(std::move(flags))) {}

  net::TcpStream accept() {
    net::NetResult<net::TcpStream> stream = listener_.accept(net::within(test::kStepLimit));
    if (!stream) throw std::runtime_error(stream.error().detail + "; " + shim_.story());
    return *std::move(stream);
  }
  [[nodiscard]] int exit_code() const { return shim_.wait_for_end(); }
  [[nodiscard]] const test::ChildProcess& shim() const noexcept { return shim_; }

 private:
  Words command(Words flags) const {
    Words words = {ST_BOGO_SHIM, "-port", std::to_string(listener_.local_port())};
    words.insert(words.end(), flags.begin(), flags.end());
    return words;
  }

  net::TcpListener listener_ = listen_v6();
  test::ChildProcess shim_;
};

Words server_flags(Words more = {}) {
  static const Credentials credentials = PemFiles::shared().server(lab::KeyKind::P256);
  Words words = {"-server", "-cert-file", credentials.chain_file, "-key-file", credentials.key_file};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

void expect_echo(OurSide& side, const Runner& runner) {
  const std::string text = "The runner says hello, and wants to see it turned over.";
  ASSERT_EQ(side.handshake(), ResultCode::Success) << side.detail() << "\n" << runner.shim().story();
  ASSERT_EQ(side.send(text), ResultCode::Success);
  EXPECT_EQ(side.receive(text.size()), turned_over(text)) << runner.shim().story();
}

struct Row {
  const char* name;
  ProtocolVersion version;
  Words flags;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class EveryVersion : public testing::TestWithParam<Row> {};

TEST_P(EveryVersion, EchoesAsClient) {
  Runner runner(GetParam().flags);
  ServerConfig config = server_config();
  use_version(config, GetParam().version);
  {
    OurSide server(runner.accept(), config);
    expect_echo(server, runner);
    static_cast<void>(server.close());
  }
  EXPECT_EQ(runner.exit_code(), 0) << runner.shim().story();
  EXPECT_EQ(runner.shim().err(), "");
}

TEST_P(EveryVersion, EchoesAsServer) {
  Runner runner(server_flags(GetParam().flags));
  ClientConfig config = client_config();
  use_version(config, GetParam().version);
  {
    OurSide client(runner.accept(), config);
    expect_echo(client, runner);
    static_cast<void>(client.close());
  }
  EXPECT_EQ(runner.exit_code(), 0) << runner.shim().story();
  EXPECT_EQ(runner.shim().err(), "");
}

INSTANTIATE_TEST_SUITE_P(BogoShim, EveryVersion,
                         testing::Values(Row{"Tls10", ProtocolVersion::Tls10, {"-expect-version", "769"}},
                                         Row{"Tls12", ProtocolVersion::Tls12, {"-expect-version", "771"}},
                                         Row{"Tls12Async", ProtocolVersion::Tls12, {"-async"}},
                                         Row{"Tls13", ProtocolVersion::Tls13, {"-expect-version", "772"}},
                                         Row{"Tls13Async", ProtocolVersion::Tls13, {"-async"}}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(BogoShim, OffersTheSessionOfTheFirstConnection) {
  Runner runner({"-resume-count", "1"});
  ServerConfig config = server_config();
  config.session_tickets = true;
  for (const bool resumed : {false, true}) {
    OurSide server(runner.accept(), config);
    expect_echo(server, runner);
    EXPECT_EQ(server.session().info().resumed, resumed);
    static_cast<void>(server.close());
  }
  EXPECT_EQ(runner.exit_code(), 0) << runner.shim().story();
}

TEST(BogoShim, ComplainsIfNoSessionIsResumed) {
  Runner runner({"-resume-count", "1"});
  for (int i = 0; i < 2; ++i) {
    OurSide server(runner.accept(), server_config());
    static_cast<void>(server.handshake());
    static_cast<void>(server.close());
  }
  EXPECT_EQ(runner.exit_code(), 1);
  EXPECT_NE(runner.shim().err(), "");
}

TEST(BogoShim, SaysWhichShimItIs) {
  Runner runner({"-shim-id", "258", "-shim-writes-first"});
  net::TcpStream stream = runner.accept();
  std::array<std::uint8_t, 8> id{};
  for (std::size_t got = 0; got < id.size();) {
    const auto count = stream.read_some(std::span(id).subspan(got), net::within(test::kStepLimit));
    ASSERT_TRUE(count && *count > 0);
    got += *count;
  }
  EXPECT_EQ(id, (std::array<std::uint8_t, 8>{2, 1, 0, 0, 0, 0, 0, 0}));
  OurSide server(std::move(stream), server_config());
  ASSERT_EQ(server.handshake(), ResultCode::Success);
  EXPECT_EQ(server.receive(5), "hello");
  static_cast<void>(server.close());
}

TEST(BogoShim, RefusesACertificateWhenToldTo) {
  Runner runner({"-verify-peer", "-verify-fail", "-max-version", "771"});
  {
    OurSide server(runner.accept(), server_config());
    EXPECT_EQ(server.handshake(), ResultCode::PeerCertUnknown) << server.detail();
  }
  EXPECT_EQ(runner.exit_code(), 1);
  EXPECT_NE(runner.shim().err(), "");
}

TEST(BogoShim, NamesCodeAndReasonOfAFailure) {
  Runner runner({"-min-version", "772"});
  ServerConfig config = server_config();
  use_version(config, ProtocolVersion::Tls12);
  {
    OurSide server(runner.accept(), config);
    static_cast<void>(server.handshake());
  }
  EXPECT_EQ(runner.exit_code(), 1);
  EXPECT_NE(runner.shim().err().find("errSSLPeerProtocolVersion"), std::string::npos) << runner.shim().err();
}

TEST(BogoShim, LeavesToOthersWhatItCannotHonour) {
  for (const Words& flags : {Words{"-enable-early-data"}, Words{"-no-such-flag"}, Words{"-curves", "16696"},
                             Words{"-max-version", "many"}}) {
    const Runner runner(flags);
    EXPECT_EQ(runner.exit_code(), 89) << flags.front();
  }
}

TEST(BogoShim, HasNoHandshaker) {
  const Runner runner({"-is-handshaker-supported"});
  EXPECT_EQ(runner.exit_code(), 0);
  EXPECT_EQ(runner.shim().out(), "No\n");
}

}  // namespace
}  // namespace securetransport::interop
