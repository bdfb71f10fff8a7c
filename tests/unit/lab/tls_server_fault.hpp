// SPDX-License-Identifier: Apache-2.0
// A fault of the lab's server and what OpenSSL's client makes of it: the words and the alert tell that the wire
// changed.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

#include "unit/lab/libssl_peer.hpp"
#include "unit/lab/tls_identities.hpp"

namespace securetransport::lab::test {

/// The expectations come from running OpenSSL 3.0 and reading the RFC beside it.
struct ServerFaultRow {
  const char* name;
  PeerOptions options;
  Fault fault;
  std::string reason;  ///< OpenSSL's words; empty: it does not mind.
  int alert = -1;      ///< That the client sends, and that the lab sees; -1: none.
  LibsslOptions setup = {};
};

inline void PrintTo(const ServerFaultRow& row, std::ostream* out) { *out << row.name; }

inline std::string name_of(const testing::TestParamInfo<ServerFaultRow>& info) { return info.param.name; }

inline Bytes zeros(std::size_t count) { return Bytes(count); }

/// Runs the row.
inline void expect_noticed(const ServerFaultRow& row) {
  net::NetResult<FaultyServer> server = FaultyServer::start(row.options, row.fault);
  ASSERT_TRUE(server);
  const View view = libssl_client(server->port(), row.setup);
  const std::optional<Observed> seen = server->next_observed(net::within(std::chrono::seconds(20)));
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->fault_applied);
  EXPECT_EQ(seen->problem, "");
  // OpenSSL 3.0.19 takes a record shorter than the overhead of its AEAD for a fault of its own; 3.0.17 did not.
  constexpr int kInternalError = 80;
  const bool is_short = row.fault.action == Action::ShrinkRecord || row.fault.protection == Protection::Plain;
  const bool is_newer = is_short && view.reason == "internal error";
  const int alert = is_newer ? kInternalError : row.alert;
  EXPECT_EQ(view.reason, is_newer ? "internal error" : row.reason);
  EXPECT_EQ(view.alert_sent, alert);
  EXPECT_EQ(seen->alert() ? seen->alert()->number : -1, alert) << "as the lab saw it";
  const bool is_tolerated = row.reason.empty() && row.fault.then == Then::GoOn;
  EXPECT_EQ(view.data, is_tolerated ? row.options.application_data : "");
}

}  // namespace securetransport::lab::test
