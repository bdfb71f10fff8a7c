// SPDX-License-Identifier: Apache-2.0
// What other makers do beside the plain handshake: HelloRetryRequest, tickets, KeyUpdate, a version of their own.
#include <gtest/gtest.h>

#include <array>

#include "interop/client_program.hpp"
#include "interop/our_side.hpp"
#include "interop/program_words.hpp"
#include "interop/server_program.hpp"
#include "support/loopback.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

constexpr NamedGroup kSecp384r1{0x0018};

std::string name_of_server(const testing::TestParamInfo<ServerSpec>& row) { return name_of(row.param); }
std::string name_of_client(const testing::TestParamInfo<ClientSpec>& row) { return name_of(row.param); }

/// A server that takes one group alone, for which the client has sent no key share.
ServerSpec picky(Maker maker, ProtocolVersion version) {
  switch (maker) {
    case Maker::OpensslServer: return {.maker = maker, .version = version, .extra = {"-groups", "P-384"}};
    case Maker::GnutlsServer:
      return {.maker = maker,
              .version = version,
              .extra = {"--priority", gnutls_priority(version) + ":-GROUP-ALL:+GROUP-SECP384R1"}};
    case Maker::Nginx: return {.maker = maker, .version = version, .extra = {"ssl_ecdh_curve secp384r1;"}};
  }
  return {};
}

class PickyServer : public testing::TestWithParam<ServerSpec> {};

TEST_P(PickyServer, GetsTheGroupItWants) {
  ClientConfig config = client_config();
  use_version(config, GetParam().version);
  ServerProgram server(GetParam());
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  EXPECT_EQ(client.session().info().group, "secp384r1");
}

INSTANTIATE_TEST_SUITE_P(Interop, PickyServer,
                         testing::Values(picky(Maker::OpensslServer, ProtocolVersion::Tls12),
                                         picky(Maker::OpensslServer, ProtocolVersion::Tls13),
                                         picky(Maker::GnutlsServer, ProtocolVersion::Tls12),
                                         picky(Maker::GnutlsServer, ProtocolVersion::Tls13),
                                         picky(Maker::Nginx, ProtocolVersion::Tls13)),
                         name_of_server);

class AskedAgain : public testing::TestWithParam<ClientSpec> {};

TEST_P(AskedAgain, ComesBackWithTheGroupWeWant) {
  ServerConfig config = server_config();
  config.groups = {kSecp384r1};
  net::TcpListener listener = listen();
  ClientProgram client(GetParam(), listener.local_port());
  net::NetResult<net::TcpStream> stream = listener.accept(net::within(test::kStepLimit));
  ASSERT_TRUE(stream.has_value()) << client.story();
  OurSide server(*std::move(stream), config);
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  EXPECT_EQ(server.session().info().group, "secp384r1");
}

INSTANTIATE_TEST_SUITE_P(Interop, AskedAgain,
                         testing::Values(ClientSpec{ClientMaker::OpensslClient}, ClientSpec{ClientMaker::GnutlsClient},
                                         ClientSpec{ClientMaker::Curl}),
                         name_of_client);

class TicketsOf : public testing::TestWithParam<ServerSpec> {};

TEST_P(TicketsOf, AreNotDataAndNoSuccessWithoutData) {
  ServerSpec spec = GetParam();
  spec.service = Service::Http;
  ServerProgram server(spec);
  OurSide client(server.connect(), client_config());
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  // The tickets are here, and nothing else is: a server does not speak first.
  ASSERT_TRUE(client.stream().wait_readable(net::within(test::kStepLimit))) << server.story();
  client.transport().never_wait();
  std::array<std::uint8_t, 64> buffer{};
  const Result<Transfer> got = client.session().read(buffer);
  ASSERT_TRUE(got.has_value()) << got.error().detail;
  EXPECT_EQ(got->bytes, 0U);
  EXPECT_EQ(got->progress, Progress::WantRead);
  ASSERT_EQ(client.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"), ResultCode::Success);
  EXPECT_EQ(client.receive(5).substr(0, 5), "HTTP/") << client.detail();
  EXPECT_FALSE(client.saw_empty_success());
}

INSTANTIATE_TEST_SUITE_P(Interop, TicketsOf,
                         testing::Values(ServerSpec{.maker = Maker::OpensslServer, .extra = {"-num_tickets", "5"}},
                                         ServerSpec{.maker = Maker::GnutlsServer}, ServerSpec{.maker = Maker::Nginx}),
                         name_of_server);

/// The letter typed into `openssl`: K asks us to change our key too, k does not.
class KeyUpdate : public testing::TestWithParam<char> {};

TEST_P(KeyUpdate, OfAServerIsFollowed) {
  ServerProgram server(ServerSpec{.service = Service::Pipe});
  OurSide client(server.connect(), client_config());
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  server.process().write(std::string(1, GetParam()) + "\n");
  ASSERT_TRUE(server.logged({">>> ", "KeyUpdate"})) << server.story();
  server.process().write("after the update\n");
  EXPECT_EQ(client.receive(17), "after the update\n") << client.detail();
  ASSERT_EQ(client.send("our answer\n"), ResultCode::Success);
  EXPECT_TRUE(server.process().wait_for("our answer\n")) << server.story();
  if (GetParam() == 'K') {
    EXPECT_TRUE(server.logged({"<<< ", "KeyUpdate"})) << server.story();
  }
  EXPECT_FALSE(client.saw_empty_success());
}

TEST_P(KeyUpdate, OfAClientIsFollowed) {
  net::TcpListener listener = listen();
  ClientProgram client({.extra = {"-no_ign_eof"}}, listener.local_port());
  net::NetResult<net::TcpStream> stream = listener.accept(net::within(test::kStepLimit));
  ASSERT_TRUE(stream.has_value()) << client.story();
  OurSide server(*std::move(stream), server_config());
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  client.process().write(std::string(1, GetParam()) + "\n");
  ASSERT_TRUE(client.logged({">>> ", "KeyUpdate"})) << client.story();
  client.process().write("after the update\n");
  EXPECT_EQ(server.receive(17), "after the update\n") << server.detail();
  ASSERT_EQ(server.send("our answer\n"), ResultCode::Success);
  EXPECT_TRUE(client.process().wait_for("our answer\n")) << client.story();
  EXPECT_FALSE(server.saw_empty_success());
}

INSTANTIATE_TEST_SUITE_P(Interop, KeyUpdate, testing::Values('K', 'k'),
                         [](const auto& row) { return std::string(row.param == 'K' ? "Requested" : "NotRequested"); });

/// A server that has no version in common with our client.
class OtherVersion : public testing::TestWithParam<ServerSpec> {};

TEST_P(OtherVersion, IsTheServersAlertInOurClient) {
  ClientConfig config = client_config();
  use_version(config, ProtocolVersion::Tls13);
  ServerProgram server(GetParam());
  OurSide client(server.connect(), config);
  // GnuTLS notices that it shares no suite before it looks at the version.
  const bool is_gnutls = GetParam().maker == Maker::GnutlsServer;
  EXPECT_EQ(client.handshake(), is_gnutls ? ResultCode::PeerHandshakeFail : ResultCode::PeerProtocolVersion)
      << client.detail() << "\n"
      << server.story();
}

INSTANTIATE_TEST_SUITE_P(Interop, OtherVersion,
                         testing::Values(ServerSpec{Maker::OpensslServer, ProtocolVersion::Tls12},
                                         ServerSpec{Maker::GnutlsServer, ProtocolVersion::Tls12},
                                         ServerSpec{Maker::Nginx, ProtocolVersion::Tls12}),
                         name_of_server);

TEST(GnutlsServer, TurnsAwayAnUnknownNameAndAnUnknownProtocol) {
  ServerProgram names({.maker = Maker::GnutlsServer, .extra = {"--sni-hostname=elsewhere", "--sni-hostname-fatal"}});
  OurSide by_name(names.connect(), client_config());
  EXPECT_EQ(by_name.handshake(), ResultCode::UnrecognizedName) << by_name.detail() << "\n" << names.story();

  ServerProgram protocols({.maker = Maker::GnutlsServer, .extra = {"--alpn-fatal"}});
  ClientConfig config = client_config();
  config.alpn = {"h2"};
  OurSide by_protocol(protocols.connect(), config);
  EXPECT_EQ(by_protocol.handshake(), ResultCode::FatalAlert) << by_protocol.detail() << "\n" << protocols.story();
}

}  // namespace
}  // namespace securetransport::interop
