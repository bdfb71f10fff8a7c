// SPDX-License-Identifier: Apache-2.0
// Every fault of the lab's server, as OpenSSL's client sees it: its words and its alert tell that the wire changed.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "lab/tls/identity.hpp"
#include "unit/lab/libssl_peer.hpp"
#include "unit/lab/tls_identities.hpp"

namespace securetransport::lab {
namespace {

using namespace std::chrono_literals;
using test::ecdsa;
using test::libssl_client;
using test::rsa;
using test::Setup;
using test::View;

/// A fault, and what OpenSSL makes of it. The expectations come from running OpenSSL and reading the RFC beside it.
struct Row {
  const char* name;
  PeerOptions options;
  Fault fault;
  std::string reason;      ///< Of the client.
  int alert = -1;          ///< That the client sends, and that the lab sees.
  Setup setup = {};
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

Bytes zeros(std::size_t count) { return Bytes(count); }

const PeerOptions& v12() {
  static const PeerOptions kOptions = ecdsa(kTls12);
  return kOptions;
}
const PeerOptions& v13() {
  static const PeerOptions kOptions = ecdsa(kTls13);
  return kOptions;
}
PeerOptions mte() {
  PeerOptions options = rsa(suite::kEcdheRsaAes128Sha);
  options.encrypt_then_mac = false;
  return options;
}
PeerOptions etm() { return rsa(suite::kEcdheRsaAes128Sha); }
PeerOptions dhe(DhGroup group) {
  PeerOptions options = rsa(suite::kDheRsaAes128Gcm);
  options.dh_group = group;
  return options;
}
PeerOptions retrying() {
  PeerOptions options = ecdsa(kTls13);
  options.groups = {group::kP256};
  return options;
}
PeerOptions with(PeerOptions options, const std::function<void(PeerOptions&)>& change) {
  change(options);
  return options;
}

#include "unit/lab/tls_server_fault_rows.inc"

class ServerFault : public testing::TestWithParam<Row> {};

TEST_P(ServerFault, IsNoticedByOpenSsl) {
  const Row& row = GetParam();
  net::NetResult<FaultyServer> server = FaultyServer::start(row.options, row.fault);
  ASSERT_TRUE(server);
  const View view = libssl_client(server->port(), row.setup);
  const std::optional<Observed> seen = server->next_observed(net::within(20s));
  ASSERT_TRUE(seen);
  const int number = seen->alert() ? seen->alert()->number : -1;
  if (getenv("LAB_PRINT")) {
    printf("PRINT %-32s | %-45s | sent %3d lab saw %3d | conn %d rcvd %d data '%s' end %d unread %zu | %s\n", row.name, view.reason.c_str(), view.alert_sent, number, view.is_connected, view.alert_received, view.data.c_str(), int(seen->end), seen->unreadable_records, seen->problem.c_str());
  }
  EXPECT_TRUE(seen->fault_applied);
  EXPECT_EQ(view.reason, row.reason);
  EXPECT_EQ(view.alert_sent, row.alert);
  EXPECT_EQ(number, row.alert) << "as the lab saw it";
}

std::string name_of(const testing::TestParamInfo<Row>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Records, ServerFault, testing::ValuesIn(record_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Alerts, ServerFault, testing::ValuesIn(alert_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Messages, ServerFault, testing::ValuesIn(message_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(Hellos, ServerFault, testing::ValuesIn(hello_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(KeyExchange, ServerFault, testing::ValuesIn(key_exchange_rows()), name_of);

}  // namespace
}  // namespace securetransport::lab
