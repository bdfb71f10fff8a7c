// SPDX-License-Identifier: Apache-2.0
// Refusals across makers: each side learns from the other's alert what went wrong.
#include <gtest/gtest.h>

#include "interop/client_program.hpp"
#include "interop/our_side.hpp"
#include "interop/server_program.hpp"
#include "support/loopback.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

/// A server that has a fault, what our client makes of it and what it tells the server.
struct Fault {
  std::string name;
  ResultCode code;
  Alert alert;
  bool is_expired = false;
  bool is_unknown = false;
  std::string expected_name = "localhost";
};

struct FaultCase {
  Fault fault;
  ServerSpec server;
};

void PrintTo(const FaultCase& row, std::ostream* out) { *out << row.fault.name << name_of(row.server); }

std::vector<FaultCase> every_fault() {
  const std::vector<Fault> faults{
      {"Expired", ResultCode::CertExpired, Alert::CertificateExpired, true},
      {"UnknownRoot", ResultCode::NoRootCert, Alert::UnknownCa, false, true},
      {"WrongName", ResultCode::HostNameMismatch, Alert::CertificateUnknown, false, false, "www.example.com"}};
  std::vector<FaultCase> rows;
  for (const Fault& fault : faults) {
    for (const Maker maker : {Maker::OpensslServer, Maker::GnutlsServer, Maker::Nginx}) {
      for (const ProtocolVersion version : {ProtocolVersion::Tls12, ProtocolVersion::Tls13}) {
        rows.push_back({fault, {maker, version}});
      }
    }
  }
  return rows;
}

class EveryFault : public testing::TestWithParam<FaultCase> {};

TEST_P(EveryFault, IsNamedOnBothSides) {
  ServerSpec spec = GetParam().server;
  const Fault& fault = GetParam().fault;
  ClientConfig config = client_config();
  use_version(config, spec.version);
  config.peer_name = fault.expected_name;
  config.server_name_indication = "localhost";
  if (fault.is_unknown) config.roots = PemFiles("Elsewhere").roots();
  if (fault.is_expired) spec.credentials = PemFiles::shared().expired_server();
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  EXPECT_EQ(client.handshake(), fault.code) << client.detail() << "\n" << server.story();
  ASSERT_TRUE(client.session().diagnosis().alert_sent.has_value());
  EXPECT_EQ(client.session().diagnosis().alert_sent->description, fault.alert);
  EXPECT_TRUE(server.was_refused_with(fault.alert)) << server.story();
}

INSTANTIATE_TEST_SUITE_P(Interop, EveryFault, testing::ValuesIn(every_fault()),
                         [](const auto& row) { return row.param.fault.name + name_of(row.param.server); });

/// A client program that does not trust our server, and the alert that it chooses to say so.
class EveryDistrust : public testing::TestWithParam<ClientSpec> {};

TEST_P(EveryDistrust, ReachesOurServerAsTheAlertsCode) {
  const PemFiles elsewhere("Elsewhere");
  ClientSpec spec = GetParam();
  spec.trusted_file = elsewhere.root_file();
  ServerConfig config = server_config(spec.key);
  use_version(config, spec.version);
  net::TcpListener listener = listen();
  ClientProgram client(spec, listener.local_port());
  net::NetResult<net::TcpStream> stream = listener.accept(net::within(test::kStepLimit));
  ASSERT_TRUE(stream.has_value()) << client.story();
  OurSide server(*std::move(stream), config);
  const bool is_gnutls = spec.maker == ClientMaker::GnutlsClient;  // It says bad_certificate whatever is wrong.
  EXPECT_EQ(server.handshake(), is_gnutls ? ResultCode::PeerBadCert : ResultCode::PeerUnknownCA)
      << server.detail() << "\n"
      << client.story();
  ASSERT_TRUE(server.session().diagnosis().alert_received.has_value());
  EXPECT_EQ(server.session().diagnosis().alert_received->description,
            is_gnutls ? Alert::BadCertificate : Alert::UnknownCa);
  EXPECT_EQ(server.session().diagnosis().detected_by, DetectedBy::Peer);
}

INSTANTIATE_TEST_SUITE_P(Interop, EveryDistrust,
                         testing::Values(ClientSpec{ClientMaker::OpensslClient, ProtocolVersion::Tls12},
                                         ClientSpec{ClientMaker::OpensslClient, ProtocolVersion::Tls13},
                                         ClientSpec{ClientMaker::GnutlsClient, ProtocolVersion::Tls12},
                                         ClientSpec{ClientMaker::GnutlsClient, ProtocolVersion::Tls13},
                                         ClientSpec{ClientMaker::Curl, ProtocolVersion::Tls12},
                                         ClientSpec{ClientMaker::Curl, ProtocolVersion::Tls13}),
                         [](const auto& row) { return name_of(row.param); });

/// A server that demands a certificate and does not get one.
class EveryDemand : public testing::TestWithParam<ServerSpec> {};

TEST_P(EveryDemand, IsReportedAsTheVersionAllows) {
  ServerSpec spec = GetParam();
  spec.demands_client_certificate = true;
  ClientConfig config = client_config();
  use_version(config, spec.version);
  ServerProgram server(spec);
  OurSide client(server.connect(), config);
  const ResultCode handshake = client.handshake();
  if (spec.version == ProtocolVersion::Tls13) {
    // RFC 8446 section 4.4.2.4: the server learns it after the client is done; the first read brings the alert.
    EXPECT_EQ(handshake, ResultCode::Success) << client.detail();
    EXPECT_EQ(client.receive_end(), ResultCode::CertificateRequired) << client.detail() << "\n" << server.story();
  } else {
    // RFC 5246 section 7.4.6 says handshake_failure; GnuTLS says decode_error.
    const bool is_gnutls = spec.maker == Maker::GnutlsServer;
    EXPECT_EQ(handshake, is_gnutls ? ResultCode::PeerDecodeError : ResultCode::PeerHandshakeFail)
        << client.detail() << "\n"
        << server.story();
  }
  EXPECT_TRUE(client.session().info().client_certificate_requested);
  EXPECT_FALSE(client.session().info().client_certificate_sent);
}

// nginx lets everybody in and answers the request with a page that says so.
INSTANTIATE_TEST_SUITE_P(Interop, EveryDemand,
                         testing::Values(ServerSpec{Maker::OpensslServer, ProtocolVersion::Tls12},
                                         ServerSpec{Maker::OpensslServer, ProtocolVersion::Tls13},
                                         ServerSpec{Maker::GnutlsServer, ProtocolVersion::Tls12},
                                         ServerSpec{Maker::GnutlsServer, ProtocolVersion::Tls13}),
                         [](const auto& row) { return name_of(row.param); });

}  // namespace
}  // namespace securetransport::interop
