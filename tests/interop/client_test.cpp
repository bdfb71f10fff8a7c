// SPDX-License-Identifier: Apache-2.0
// Our client against other makers' servers: every version, kind of key and way to end.
#include <gtest/gtest.h>

#include <algorithm>

#include "interop/our_side.hpp"
#include "interop/server_program.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

std::vector<ServerSpec> every_server() {
  std::vector<ServerSpec> rows;
  for (const Maker maker : {Maker::OpensslServer, Maker::GnutlsServer, Maker::Nginx}) {
    for (const ProtocolVersion version :
         {ProtocolVersion::Tls10, ProtocolVersion::Tls11, ProtocolVersion::Tls12, ProtocolVersion::Tls13}) {
      for (const lab::KeyKind key : {lab::KeyKind::P256, lab::KeyKind::Rsa2048}) rows.push_back({maker, version, key});
    }
  }
  return rows;
}

class EveryServer : public testing::TestWithParam<ServerSpec> {
 protected:
  ServerSpec spec = GetParam();
  ClientConfig config = client_config();

  EveryServer() { use_version(config, spec.version); }

  /// What a server that serves lines makes of one.
  [[nodiscard]] std::string answer_to(std::string line) const {
    if (spec.maker == Maker::OpensslServer) std::reverse(line.begin(), line.end());
    return line;
  }
};

class EveryTalkativeServer : public EveryServer {};

/// Lines of all sizes up to one record; openssl and gnutls read no longer ones.
void expect_lines_come_back(OurSide& client, const std::function<std::string(std::string)>& answer_to) {
  std::size_t sent = 0;
  for (unsigned round = 0; sent < 300'000; ++round) {
    const std::string line = some_text(1 + round * 977 % 15'000, round);
    ASSERT_EQ(client.send(line + "\n"), ResultCode::Success) << client.detail();
    const std::string answer = client.receive(line.size() + 1);
    ASSERT_EQ(answer.size(), line.size() + 1) << "in round " << round << ": " << client.detail();
    ASSERT_TRUE(answer == answer_to(line) + "\n") << "other content in round " << round;
    sent += line.size();
  }
}

/// nginx stores what is PUT and serves it again.
void expect_file_comes_back(OurSide& client, const ServerProgram& server) {
  const std::string file = some_text(300'000, 1);
  ASSERT_EQ(client.send("PUT /file HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(file.size()) +
                        "\r\n\r\n" + file),
            ResultCode::Success);
  const std::string stored = client.receive_through("\r\n\r\n");
  ASSERT_TRUE(stored.starts_with("HTTP/1.1 201")) << stored << client.detail();
  EXPECT_TRUE(server.stored("file") == file);
  ASSERT_EQ(client.send("GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n"), ResultCode::Success);
  std::string served = client.receive_through("\r\n\r\n");
  const std::size_t begin = std::min(served.find("\r\n\r\n"), served.size() - 4) + 4;
  served += client.receive(file.size() - (served.size() - begin));
  EXPECT_TRUE(served.substr(begin) == file);
}

TEST_P(EveryServer, ConnectsAndAgreesOnTheProtocol) {
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  EXPECT_EQ(client.session().info().version, spec.version);
  EXPECT_EQ(client.session().info().alpn, "http/1.1");
  EXPECT_EQ(client.session().peer_chain().size(), 2U);
  ASSERT_NE(client.session().trust(), nullptr);
  EXPECT_TRUE(client.session().trust()->trusted());
}

TEST_P(EveryServer, CarriesDataBothWays) {
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  if (spec.maker == Maker::Nginx) {
    expect_file_comes_back(client, server);
  } else {
    expect_lines_come_back(client, [this](std::string line) { return answer_to(std::move(line)); });
  }
  EXPECT_FALSE(client.saw_empty_success());
}

TEST_P(EveryTalkativeServer, IsToldWhenTheClientCloses) {
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  EXPECT_EQ(client.close(), ResultCode::Success);
  EXPECT_EQ(client.session().state(), SessionState::Closed);
  EXPECT_TRUE(server.received(Alert::CloseNotify)) << server.story();
}

TEST_P(EveryServer, EndsInOrder) {
  spec.service = Service::Http;
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  ASSERT_EQ(client.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"), ResultCode::Success);
  EXPECT_EQ(client.receive_end(), ResultCode::ClosedGraceful) << client.detail() << "\n" << server.story();
  EXPECT_EQ(client.session().state(), SessionState::Closed);
  EXPECT_EQ(client.close(), ResultCode::Success);
}

TEST_P(EveryServer, StopsAtBothBreaksHoweverItPacksItsFlight) {
  spec.demands_client_certificate = true;
  config.break_on_server_auth = true;
  config.break_on_cert_requested = true;
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::ClientCertRequested) << client.detail() << "\n" << server.story();
  EXPECT_FALSE(client.session().acceptable_issuers().empty());
  ASSERT_TRUE(client.session().use_identity(PemFiles::shared().client().identity));
  ASSERT_EQ(client.handshake(), ResultCode::PeerAuthCompleted) << client.detail();
  EXPECT_EQ(client.session().peer_chain().size(), 2U);
  EXPECT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  EXPECT_TRUE(client.session().info().client_certificate_sent);
}

TEST_P(EveryServer, IsRefusedAtTheBreakWithAnAlert) {
  config.break_on_server_auth = true;
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::PeerAuthCompleted) << client.detail() << "\n" << server.story();
  EXPECT_EQ(client.close(), ResultCode::Success);
  EXPECT_TRUE(server.was_refused_with(Alert::CertificateUnknown)) << server.story();
}

TEST_P(EveryServer, TakesTheClientsCertificate) {
  spec.demands_client_certificate = true;
  config.identity = PemFiles::shared().client(spec.key).identity;
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  ASSERT_EQ(client.handshake(), ResultCode::Success) << client.detail() << "\n" << server.story();
  EXPECT_TRUE(client.session().info().client_certificate_sent);
  // In TLS 1.3 the server judges after the client is done: only an answer proves that it accepted.
  ASSERT_EQ(client.send("GET / HTTP/1.0\r\n\r\n"), ResultCode::Success);
  EXPECT_FALSE(client.receive(1).empty()) << client.detail() << "\n" << server.story();
}

/// nginx does not say whether close_notify came.
std::vector<ServerSpec> every_talkative_server() {
  std::vector<ServerSpec> rows = every_server();
  std::erase_if(rows, [](const ServerSpec& row) { return row.maker == Maker::Nginx; });
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Interop, EveryTalkativeServer, testing::ValuesIn(every_talkative_server()),
                         [](const auto& row) { return name_of(row.param); });
INSTANTIATE_TEST_SUITE_P(Interop, EveryServer, testing::ValuesIn(every_server()),
                         [](const auto& row) { return name_of(row.param); });

}  // namespace
}  // namespace securetransport::interop
