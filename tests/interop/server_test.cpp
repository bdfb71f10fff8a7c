// SPDX-License-Identifier: Apache-2.0
// Our server against other makers' clients: every version, kind of key and way to end.
#include <gtest/gtest.h>

#include "interop/client_program.hpp"
#include "interop/our_side.hpp"
#include "support/loopback.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

constexpr std::size_t kSize = 300'000;

std::vector<ClientSpec> every_client() {
  std::vector<ClientSpec> rows;
  for (const ClientMaker maker : {ClientMaker::OpensslClient, ClientMaker::GnutlsClient, ClientMaker::Curl}) {
    for (const ProtocolVersion version :
         {ProtocolVersion::Tls10, ProtocolVersion::Tls11, ProtocolVersion::Tls12, ProtocolVersion::Tls13}) {
      for (const lab::KeyKind key : {lab::KeyKind::P256, lab::KeyKind::Rsa2048}) rows.push_back({maker, version, key});
    }
  }
  return rows;
}

class EveryClient : public testing::TestWithParam<ClientSpec> {
 protected:
  ClientSpec spec = GetParam();
  ServerConfig config = server_config(spec.key);
  net::TcpListener listener = listen();

  EveryClient() { use_version(config, spec.version); }

  net::TcpStream accept(const ClientProgram& client) {
    net::NetResult<net::TcpStream> stream = listener.accept(net::within(test::kStepLimit));
    if (!stream) throw std::runtime_error(stream.error().detail + "; " + client.story());
    return *std::move(stream);
  }
};

TEST_P(EveryClient, ConnectsAndAgreesOnTheProtocol) {
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  EXPECT_EQ(server.session().info().version, spec.version);
  EXPECT_EQ(server.session().info().alpn, "http/1.1");
  ASSERT_NE(server.session().client_hello(), nullptr);
  EXPECT_EQ(server.session().client_hello()->server_name, "localhost");
}

TEST_P(EveryClient, CarriesDataBothWays) {
  const std::string question = some_text(kSize - 1, 1) + "\n";
  const std::string answer = some_text(kSize - 1, 2) + "\n";
  if (spec.maker == ClientMaker::Curl) spec.body_file = PemFiles::shared().folder().write("body", question);
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  std::string header;
  std::string got;
  if (spec.maker == ClientMaker::Curl) {
    header = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(answer.size()) + "\r\n\r\n";
    got = server.receive_through("\r\n\r\n");
    got.erase(0, got.find("\r\n\r\n") + 4);
  } else {
    client.process().write(question);
  }
  got += server.receive(question.size() - got.size());
  EXPECT_TRUE(got == question) << "of " << question.size() << " bytes came " << got.size() << ": " << server.detail();
  ASSERT_EQ(server.send(header + answer), ResultCode::Success) << server.detail();
  EXPECT_TRUE(client.process().wait_for_bytes(answer.size())) << client.story();
  EXPECT_TRUE(client.process().out() == answer);
  EXPECT_FALSE(server.saw_empty_success());
}

TEST_P(EveryClient, IsToldWhenTheServerCloses) {
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  if (spec.maker == ClientMaker::Curl) {
    ASSERT_FALSE(server.receive_through("\r\n\r\n").empty());
    ASSERT_EQ(server.send("HTTP/1.1 200 OK\r\n\r\nhello"), ResultCode::Success);
  }
  EXPECT_EQ(server.close(), ResultCode::Success);
  EXPECT_TRUE(client.received(Alert::CloseNotify)) << client.story();
}

TEST_P(EveryClient, EndsInOrder) {
  if (spec.maker == ClientMaker::OpensslClient) spec.extra = {"-no_ign_eof"};
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  if (spec.maker == ClientMaker::Curl) {
    ASSERT_FALSE(server.receive_through("\r\n\r\n").empty());
    ASSERT_EQ(server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), ResultCode::Success);
  }
  client.process().close_input();
  EXPECT_EQ(server.receive_end(), ResultCode::ClosedGraceful) << server.detail() << "\n" << client.story();
  EXPECT_EQ(server.close(), ResultCode::Success);
}

TEST_P(EveryClient, SendsItsCertificateWhenAsked) {
  config.client_authentication = ClientAuthentication::Always;
  spec.credentials = PemFiles::shared().client(spec.key);
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  ASSERT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
  ASSERT_FALSE(server.session().peer_chain().empty());
  EXPECT_EQ(server.session().peer_chain().front().subject(), "CN=a client");
}

TEST_P(EveryClient, IsTurnedAwayWithoutACertificate) {
  config.client_authentication = ClientAuthentication::Always;
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  EXPECT_EQ(server.handshake(), ResultCode::CertificateRequired) << server.detail() << "\n" << client.story();
  // RFC 8446 section 4.4.2.4: certificate_required; before that RFC 5246 section 7.4.6: handshake_failure.
  const bool is_new = spec.version == ProtocolVersion::Tls13;
  if (spec.maker != ClientMaker::Curl) {
    EXPECT_TRUE(client.received(is_new ? Alert::CertificateRequired : Alert::HandshakeFailure)) << client.story();
  }
}

TEST_P(EveryClient, StopsAtTheClientHelloAndTheClientAuthBreaks) {
  config.client_authentication = ClientAuthentication::Always;
  config.break_on_client_hello = true;
  config.break_on_client_auth = true;
  spec.credentials = PemFiles::shared().client(spec.key);
  ClientProgram client(spec, listener.local_port());
  OurSide server(accept(client), config);
  ASSERT_EQ(server.handshake(), ResultCode::ClientHelloReceived) << server.detail() << "\n" << client.story();
  EXPECT_EQ(server.session().client_hello()->alpn, std::vector<std::string>{"http/1.1"});
  ASSERT_EQ(server.handshake(), ResultCode::PeerAuthCompleted) << server.detail() << "\n" << client.story();
  EXPECT_FALSE(server.session().peer_chain().empty());
  EXPECT_EQ(server.handshake(), ResultCode::Success) << server.detail() << "\n" << client.story();
}

INSTANTIATE_TEST_SUITE_P(Interop, EveryClient, testing::ValuesIn(every_client()),
                         [](const auto& row) { return name_of(row.param); });

}  // namespace
}  // namespace securetransport::interop
