// SPDX-License-Identifier: Apache-2.0
// The lab's peer over datagrams: with itself, with openssl, and what its faults do to the network.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "lab/tls/faulty_peer.hpp"
#include "lab/tls/fragments.hpp"
#include "unit/lab/subprocess.hpp"
#include "unit/lab/tls_identities.hpp"

namespace securetransport::lab {
namespace {

using namespace std::chrono_literals;
using test::Subprocess;

PeerOptions server_options() {
  PeerOptions options = test::with_identity(kTls12, test::identities().ecdsa);
  options.is_datagram = true;
  options.application_data = kHttpOk;
  return options;
}

PeerOptions client_options() {
  PeerOptions options;
  options.version = kTls12;
  options.is_datagram = true;
  options.application_data = "from the client";
  return options;
}

struct Both {
  Observed client;
  Observed server;
};

Both converse(const PeerOptions& server, const Fault& server_fault, const PeerOptions& client,
              const Fault& client_fault = {}, std::chrono::milliseconds patience = 10s) {
  auto started = FaultyServer::start(server, server_fault, patience);
  EXPECT_TRUE(started);
  const auto endpoint = net::parse_address("127.0.0.1", started->port());
  const auto seen = attack(*endpoint, client, client_fault, net::within(patience));
  EXPECT_TRUE(seen);
  started->let_go();
  const auto observed = started->next_observed(net::within(10s));
  EXPECT_TRUE(observed);
  return {*seen, *observed};
}

void expect_completed(const Both& both) {
  EXPECT_TRUE(both.client.handshake_completed) << both.client.problem;
  EXPECT_TRUE(both.server.handshake_completed) << both.server.problem;
  EXPECT_EQ(both.client.application_data, kHttpOk);
  EXPECT_EQ(both.server.application_data, "from the client");
}

TEST(DatagramPeer, TalksToItselfInEveryFraming) {
  for (const Framing framing : {Framing::PerMessage, Framing::Coalesced, Framing::Fragmented}) {
    for (const bool has_cookie : {true, false}) {
      PeerOptions server = server_options();
      server.framing = framing;
      server.cookie_exchange = has_cookie;
      server.request_client_certificate = true;
      PeerOptions client = client_options();
      client.framing = framing;
      client.chain_pem = server.chain_pem;
      client.key_pem = server.key_pem;
      const Both both = converse(server, {}, client);
      expect_completed(both);
      EXPECT_EQ(both.server.client_certificates, 2U);
    }
  }
}

struct HarmlessCase {
  const char* name;
  Fault fault;
};

TEST(DatagramPeer, SurvivesWhatNetworksDo) {
  const HarmlessCase kCases[]{
      {"repeated", {.step = Step::Certificate, .action = Action::RepeatRecord}},
      {"duplicate", {.step = Step::Certificate, .action = Action::Duplicate}},
      {"lost", {.step = Step::Certificate, .action = Action::LoseRecord}},
      {"lost flight", {.step = Step::ServerHello, .action = Action::LoseFlight}},
      {"lost last flight", {.step = Step::ChangeCipherSpec, .action = Action::LoseFlight}},
      {"late", {.step = Step::ServerHello, .action = Action::DelayRecord}},
      {"late change", {.step = Step::ChangeCipherSpec, .action = Action::DelayRecord}},
      {"epoch", {.step = Step::Certificate, .action = Action::RecordEpoch, .number = 7}},
      {"tag", {.step = Step::Finished, .action = Action::CorruptRecord, .then = Then::Repair}},
      {"reversed", {.step = Step::Certificate, .action = Action::ReverseFragments}},
      {"overlapping", {.step = Step::Certificate, .action = Action::OverlapFragments}},
      {"empty", {.step = Step::Certificate, .action = Action::EmptyFragment}},
      {"beyond", {.step = Step::Certificate, .action = Action::FragmentBeyondEnd}},
      {"disagreeing", {.step = Step::Certificate, .action = Action::FragmentsDisagree}},
  };
  for (const HarmlessCase& one : kCases) {
    SCOPED_TRACE(one.name);
    const Both both = converse(server_options(), one.fault, client_options());
    expect_completed(both);
    EXPECT_TRUE(both.server.fault_applied);
  }
}

TEST(DatagramPeer, AClientsFaultsAreItsOwn) {
  const HarmlessCase kCases[]{
      {"lost flight", {.step = Step::ClientKeyExchange, .action = Action::LoseFlight}},
      {"lost hello", {.step = Step::ClientHello, .action = Action::LoseRecord}},
      {"late", {.step = Step::ChangeCipherSpec, .action = Action::DelayRecord}},
  };
  for (const HarmlessCase& one : kCases) {
    SCOPED_TRACE(one.name);
    const Both both = converse(server_options(), {}, client_options(), one.fault);
    expect_completed(both);
    EXPECT_TRUE(both.client.fault_applied);
  }
}

TEST(DatagramPeer, LetsTheOtherSideSeeAnAlert) {
  const Fault alert{.step = Step::Certificate, .action = Action::SendAlert, .number = 49, .then = Then::Close};
  const Both both = converse(server_options(), alert, client_options());
  ASSERT_TRUE(both.client.alert());
  EXPECT_EQ(both.client.alert()->number, 49);
}

TEST(DatagramPeer, RefusesACookieThatIsNotItsOwn) {
  const Fault lie{.step = Step::ClientHello, .lie = Lie::Cookie, .bytes = bytes_of("wrong"), .occurrence = 2};
  const Both both = converse(server_options(), {}, client_options(), lie);
  EXPECT_FALSE(both.server.handshake_completed);
  EXPECT_EQ(both.server.problem, "the cookie came back changed");
}

/// A folder of its own, as other tests run at the same time.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lab-dtls-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    const std::string path = path_ / name;
    std::ofstream(path) << text;
    return path;
  }

 private:
  std::filesystem::path path_;
};

TEST(DatagramPeer, OpenSslClientGetsItsAnswer) {
  for (const Framing framing : {Framing::PerMessage, Framing::Coalesced, Framing::Fragmented}) {
    const Folder folder;
    const std::string root = folder.write("root.pem", test::identities().pki.root.certificate_pem);
    PeerOptions options = server_options();
    options.framing = framing;
    auto server = FaultyServer::start(options, {}, 20s);
    ASSERT_TRUE(server);
    Subprocess client({"openssl", "s_client", "-dtls1_2", "-connect", "127.0.0.1:" + std::to_string(server->port()),
                       "-CAfile", root, "-verify_return_error", "-quiet"});
    client.write("GET / HTTP/1.0\r\n\r\n");
    const std::string& output = client.read_until("\r\n\r\nlab");
    EXPECT_NE(output.find("200 OK"), std::string::npos) << output;
  }
}

TEST(DatagramPeer, OpenSslServerUnderstandsIt) {
  const Folder folder;
  const PeerOptions own = server_options();
  Subprocess server({"openssl", "s_server", "-dtls1_2", "-listen", "-accept", "127.0.0.1:0", "-cert",
                     folder.write("chain.pem", own.chain_pem), "-key", folder.write("key.pem", own.key_pem)});
  const auto port = static_cast<std::uint16_t>(std::atoi(server.rest_of_line("ACCEPT 127.0.0.1:").c_str()));
  const auto seen = attack(*net::parse_address("127.0.0.1", port), client_options(), {}, net::within(3s));
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_TRUE(seen->handshake_completed) << seen->problem;
  const std::string& output = server.read_until("from the client");
  EXPECT_NE(output.find("from the client"), std::string::npos) << output;
}

TEST(Fragments, ComeTogetherInAnyOrder) {
  const Bytes body(1000, 7);
  const Bytes first = datagram_message(handshake::kServerHello, 0, bytes_of("hello"));
  const Bytes second = datagram_message(handshake::kCertificate, 1, body);
  Reassembly reassembly;
  std::vector<Bytes> pieces = fragments_of(second, 300);
  ASSERT_EQ(pieces.size(), 4U);
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) EXPECT_TRUE(reassembly.take(*piece));
  EXPECT_FALSE(reassembly.next());
  EXPECT_TRUE(reassembly.take(first));
  EXPECT_EQ(reassembly.next(), first);
  EXPECT_EQ(reassembly.next(), second);
  EXPECT_FALSE(reassembly.next());
  EXPECT_FALSE(reassembly.take(first)) << "a repetition shows";
}

}  // namespace
}  // namespace securetransport::lab
