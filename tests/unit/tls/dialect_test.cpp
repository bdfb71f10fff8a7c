// SPDX-License-Identifier: Apache-2.0
// The published dialect, row by row as the contract's table has it.
#include <gtest/gtest.h>

#include "securetransport/tls/dialect.hpp"
#include "support/session_pair.hpp"

namespace securetransport::test {
namespace {

struct Row {
  int documented;
  DetectedBy detected_by;
  int published;
  const char* when = "";
  Circumstances circumstances = {};
  Phase phase = Phase::Certificate;
};

Circumstances text(const char* first_bytes) {
  Circumstances circumstances;
  circumstances.first_header.assign(first_bytes, first_bytes + 5);
  return circumstances;
}

using enum DetectedBy;

const Row kRows[] = {
    {-9806, Transport, -9806, "header", {.failed_in_header = true, .transport_code = -9805}},
    {-9806, Transport, -9805, "body: the callback's own", {.transport_code = -9805}},
    {-9806, Local, -9806, "refused by the program"},
    {-9808, Local, -9810, "ECDHE"},
    {-9808, Local, -9807, "plain RSA", {.has_static_rsa = true}},
    {-9808, Api, -9808, "a call"},
    {-9812, Trust, -9807},
    {-9813, Trust, -9807},
    {-9814, Trust, -9807},
    {-9815, Trust, -9807},
    {-9816, Transport, -9806},
    {-9818, Api, -50},
    {-9843, Trust, -9807},
    {-9844, Transport, -9806, "stream"},
    {-9844, Transport, -9844, "datagram", {.is_datagram = true}},
    {-9847, Local, -9847, "too long"},
    {-9847, Local, -9847, "HTTP", text("HTTP/")},
    {-9847, Local, -9806, "mail banner: a length of 8301", text("220 m")},
    {-9848, Local, -9801, "no identity", {.is_server = true}},
    {-9848, Api, -9848, "a call"},
    {-9849, Local, -9800, "stream"},
    {-9849, Local, -9849, "datagram", {.is_datagram = true}},
    {-9852, Transport, -9806, "header", {.failed_in_header = true}},
    {-9852, Transport, -9852, "body"},
    {-9852, Transport, -9852, "write", {.failed_on_write = true}},
    {-9853, Transport, -9806, "header", {.failed_in_header = true}},
    {-9853, Transport, -9853, "body"},
    {-9855, Local, -9800},
    {-9855, Peer, -9802},
    {-9856, Local, -9800},
    {-9857, Local, -4, "ServerHello", {}, Phase::ServerHello},
    {-9857, Local, -9800, "a compressed certificate"},
    {-9858, Local, -9800},
    {-9859, Local, -9800},
    {-9860, Local, -9836},
    {-9860, Peer, -9802},
    {-9861, Peer, -9802},
    {-9862, Peer, -9802},
    {-9863, Local, -9807},
    {-9863, Peer, -9802},
    {-9864, Peer, -9802},
    {-9865, Peer, -9802},
    {-9881, Ats, -9801},
    {-9882, Ats, -9801},
    {-9883, Ats, -9807},
    {-9884, Ats, -9807},
    {-9885, Ats, -9807},
    {-9886, Ats, -9807},
};

TEST(PublishedDialect, GivesWhatAppleLastPublished) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(symbol_of(ResultCode{row.documented}) + " " + row.when);
    Diagnosis diagnosis;
    diagnosis.code = ResultCode{row.documented};
    diagnosis.detected_by = row.detected_by;
    diagnosis.phase = row.phase;
    diagnosis.circumstances = row.circumstances;
    EXPECT_EQ(published_code(diagnosis), ResultCode{row.published});
  }
}

TEST(PublishedDialect, LeavesEveryOtherCodeAlone) {
  for (const ResultInfo& info : result_table()) {
    SCOPED_TRACE(info.symbol);
    const bool listed = std::any_of(std::begin(kRows), std::end(kRows),
                                    [&](const Row& row) { return ResultCode{row.documented} == info.code; });
    if (listed || info.code == ResultCode::ConfigurationFailed) continue;
    Diagnosis diagnosis;
    diagnosis.code = info.code;
    diagnosis.detected_by = info.detected_by.front();
    EXPECT_EQ(published_code(diagnosis), info.code);
  }
}

TEST(PublishedDialect, ChangesWhatTheCallsReturnAndNotTheDiagnosis) {
  TestPki pki;
  ClientConfig client = client_config(pki);
  client.peer_name = "elsewhere.example.com";
  client.dialect = Dialect::Published;
  SessionPair pair(client, server_config(pki));
  EXPECT_EQ(pair.handshake().client, ResultCode::XCertChainInvalid);
  EXPECT_EQ(pair.client.diagnosis().code, ResultCode::HostNameMismatch);
  EXPECT_EQ(pair.client.diagnosis().published, ResultCode::XCertChainInvalid);
}

}  // namespace
}  // namespace securetransport::test
