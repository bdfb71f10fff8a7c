// SPDX-License-Identifier: Apache-2.0
// How the BIO writes: through at once, queued when blocked, and what a broken transport leads to.
#include <gtest/gtest.h>

#include "unit/ossl/bio_case.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the vocabulary of this file.

TEST(RecordBioWriting, WritesThrough) {
  BioCase c;
  EXPECT_TRUE(c.write(to_bytes("hello")));
  EXPECT_EQ(c.wire.outgoing, to_bytes("hello"));
  EXPECT_FALSE(c.bio.has_queued_output());
  EXPECT_EQ(c.bio.flush(), IoStatus::Ok);
  EXPECT_EQ(c.wire.writes, 1U);
}

TEST(RecordBioWriting, QueuesWhatABlockedTransportDoesNotTake) {
  BioCase c;
  c.wire.write_room = 2;
  EXPECT_TRUE(c.write(to_bytes("hello")));
  EXPECT_EQ(c.wire.outgoing, to_bytes("he"));
  EXPECT_TRUE(c.bio.has_queued_output());
  EXPECT_TRUE(c.write(to_bytes(" world")));
  EXPECT_EQ(c.bio.flush(), IoStatus::WouldBlock);
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(c.bio.has_queued_output(), i < 9);
    c.wire.write_room = 1;
    EXPECT_EQ(c.bio.flush(), i < 8 ? IoStatus::WouldBlock : IoStatus::Ok);
  }
  EXPECT_EQ(c.wire.outgoing, to_bytes("hello world"));
  EXPECT_FALSE(c.bio.has_queued_output());
  c.wire.write_room = ScriptedTransport::kNoLimit;
  EXPECT_TRUE(c.write(to_bytes("!")));
  EXPECT_EQ(c.wire.outgoing, to_bytes("hello world!"));
}

TEST(RecordBioWriting, GoesOnAfterAWriteThatMovesLessWithoutBlocking) {
  BioCase c;
  c.wire.write_room = 4;
  c.wire.write_end = {0, IoStatus::Ok};  // Says Ok and moves less: take it as a block, never spin.
  EXPECT_TRUE(c.write(to_bytes("hello")));
  EXPECT_EQ(c.wire.outgoing, to_bytes("hell"));
  EXPECT_TRUE(c.bio.has_queued_output());
}

TEST(RecordBioWriting, LetsTheNextReadTellOfABrokenTransport) {
  for (const IoStatus status : {IoStatus::Reset, IoStatus::TimedOut, IoStatus::Failed}) {
    SCOPED_TRACE(testing::PrintToString(status));
    BioCase c;
    c.wire.write_room = 1;
    c.wire.write_end = {0, status, -36};
    EXPECT_TRUE(c.write(to_bytes("hello")));
    EXPECT_EQ(c.bio.write_failure(), status);
    EXPECT_EQ(c.bio.flush(), status);
    EXPECT_TRUE(c.write(to_bytes("more")));
    EXPECT_EQ(c.wire.writes, 1U) << "a broken transport is not asked again";

    EXPECT_EQ(c.next_record(), std::nullopt);
    EXPECT_FALSE(c.wants_retry());
    EXPECT_EQ(c.failure.transport, status);
    EXPECT_EQ(c.failure.transport_code, -36);
    EXPECT_TRUE(c.failure.transport_failed_on_write);
  }
}

TEST(RecordBioWriting, BringsThePeersLastWordsBeforeTheBrokenWrite) {
  BioCase c(alert_record(2, 48));
  c.wire.write_room = 0;
  c.wire.write_end = {0, IoStatus::Reset};
  EXPECT_TRUE(c.write(to_bytes("hello")));
  EXPECT_EQ(c.next_record(), alert_record(2, 48));
  EXPECT_EQ(c.failure.transport, IoStatus::Ok);
}

TEST(RecordBioWriting, ReportsTheFirstOfTwoFailures) {
  // The table: "A reset is errSSLTransportReset, whenever it comes"; the end of the stream is its consequence.
  for (const IoStatus read_end : {IoStatus::EndOfStream, IoStatus::TimedOut}) {
    SCOPED_TRACE(testing::PrintToString(read_end));
    BioCase c;
    c.wire.write_room = 0;
    c.wire.write_end = {0, IoStatus::Reset};
    c.wire.end = {0, read_end};
    EXPECT_TRUE(c.write(to_bytes("hello")));
    EXPECT_EQ(c.next_record(), std::nullopt);
    EXPECT_EQ(c.failure.transport, IoStatus::Reset);
    EXPECT_TRUE(c.failure.transport_failed_on_write);
  }
}

TEST(RecordBioWriting, SendsAnAlertInTheClear) {
  BioCase c;
  c.failure.version = 0x0303;
  c.bio.send_plaintext_alert(Alert::CertificateUnknown);
  EXPECT_EQ(c.wire.outgoing, alert_record(2, 46));
  EXPECT_EQ(c.failure.alert_sent, (AlertMessage{Alert::CertificateUnknown, AlertLevel::Fatal}));
}

TEST(RecordBioWriting, PutsAVersionOnAnAlertThatEveryPeerAccepts) {
  const std::pair<std::uint16_t, std::uint16_t> versions[] = {{0, 0x0301},      {0x0200, 0x0301}, {0x0301, 0x0301},
                                                              {0x0302, 0x0302}, {0x0303, 0x0303}, {0x0304, 0x0303}};
  for (const auto& [negotiated, on_record] : versions) {
    SCOPED_TRACE(negotiated);
    BioCase c;
    c.failure.version = negotiated;
    c.bio.send_plaintext_alert(Alert::IllegalParameter);
    EXPECT_EQ(c.wire.outgoing, alert_record(2, 47, on_record));
  }
}

TEST(RecordBioWriting, SendsNothingInTheClearOnceItsRecordsAreProtected) {
  BioCase c;
  c.bio.set_write_protected();
  c.bio.send_plaintext_alert(Alert::CertificateUnknown);
  EXPECT_TRUE(c.wire.outgoing.empty());
  EXPECT_EQ(c.failure.alert_sent, std::nullopt);
}

TEST(RecordBioWriting, SendsOneFatalAlertAndNothingAfterIt) {
  BioCase c;
  c.failure.version = 0x0303;
  c.bio.send_plaintext_alert(Alert::UserCanceled, AlertLevel::Warning);
  c.bio.send_plaintext_alert(Alert::DecodeError);
  c.bio.send_plaintext_alert(Alert::IllegalParameter);
  // RFC 8446 section 6.2: "MUST close the connection without sending or receiving any additional data".
  EXPECT_TRUE(c.write(alert_record(2, 47)));
  EXPECT_EQ(c.wire.outgoing, concat(alert_record(1, 90), alert_record(2, 50)));
  EXPECT_EQ(c.failure.alert_sent, (AlertMessage{Alert::DecodeError, AlertLevel::Fatal}));
}

}  // namespace
}  // namespace securetransport::ossl
