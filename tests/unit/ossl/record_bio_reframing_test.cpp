// SPDX-License-Identifier: Apache-2.0
// How plaintext handshake records become records of one message, and where they are held back.
#include <gtest/gtest.h>

#include <vector>

#include "unit/ossl/bio_case.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the vocabulary of this file.

constexpr unsigned kServerHelloDone = 14;
constexpr unsigned kCertificate = 11;

Bytes flight() {
  return concat(message(2, Bytes(70, 1)), message(kCertificate, Bytes(900, 2)), message(12, Bytes(300, 3)),
                message(kServerHelloDone, {}));
}

std::vector<Bytes> one_message_per_record() {
  return {handshake_record(2, Bytes(70, 1)), handshake_record(kCertificate, Bytes(900, 2)),
          handshake_record(12, Bytes(300, 3)), handshake_record(kServerHelloDone, {})};
}

/// The bytes in records of at most `size` bytes.
Bytes in_records_of(std::size_t size, const Bytes& messages) {
  ByteBuilder records;
  for (std::size_t at = 0; at < messages.size(); at += size) {
    const std::size_t count = std::min(size, messages.size() - at);
    records.bytes(record(kHandshakeType, std::span(messages).subspan(at, count)));
  }
  return records.made();
}

/// The messages in records, joined again.
Bytes content_of(const std::vector<Bytes>& records) {
  ByteBuilder content;
  for (const Bytes& one : records) content.bytes(std::span(one).subspan(5));
  return content.made();
}

TEST(RecordBioReframing, CutsACoalescedFlightIntoOneMessageARecord) {
  BioCase c(record(kHandshakeType, flight()));
  EXPECT_EQ(c.all_records(), one_message_per_record());
  EXPECT_EQ(c.wire.asked, (std::vector<std::size_t>{5, flight().size(), 5}));
}

TEST(RecordBioReframing, KeepsTheBytesOfAnyFragmentationAndNeverMixesMessages) {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 7U, 73U, 74U, 75U, 300U, 1000U, 1300U}) {
    SCOPED_TRACE(size);
    BioCase c(in_records_of(size, flight()));
    const std::vector<Bytes> records = c.all_records();
    EXPECT_EQ(content_of(records), flight());
    // No record may hold bytes of two messages: every boundary of a message is one of a record.
    std::size_t at = 0;
    std::vector<std::size_t> ends;
    for (const Bytes& one : records) ends.push_back(at += one.size() - 5);
    at = 0;
    for (const Bytes& one : one_message_per_record()) {
      at += one.size() - 5;
      EXPECT_EQ(std::count(ends.begin(), ends.end(), at), 1) << "a message ends at " << at;
    }
  }
}

TEST(RecordBioReframing, WorksAByteAtATime) {
  BioCase c(record(kHandshakeType, flight()));
  c.wire.most_per_read = 1;
  std::vector<Bytes> records;
  while (!c.wire.incoming.empty() || records.size() < 4) {
    if (std::optional<Bytes> one = c.next_record()) {
      records.push_back(*std::move(one));
    } else {
      ASSERT_TRUE(c.wants_retry());
    }
  }
  EXPECT_EQ(records, one_message_per_record());
}

TEST(RecordBioReframing, LeavesALongMessageInFragments) {
  const Bytes certificate = message(kCertificate, Bytes(40000, 5));
  BioCase c(in_records_of(16384, concat(certificate, message(kServerHelloDone, {}))));
  const std::vector<Bytes> records = c.all_records();
  ASSERT_EQ(records.size(), 4U);
  for (const Bytes& one : records) EXPECT_LE(one.size(), 16384U + 5U);
  EXPECT_EQ(content_of(records), concat(certificate, message(kServerHelloDone, {})));
  EXPECT_EQ(records.back(), handshake_record(kServerHelloDone, {}));
}

TEST(RecordBioReframing, KeepsTypeAndVersionOfTheRecord) {
  BioCase c(record(kHandshakeType, concat(message(2, Bytes(3, 1)), message(14, {})), 0x0302));
  for (const Bytes& one : c.all_records()) EXPECT_EQ(Bytes(one.begin(), one.begin() + 3), (Bytes{22, 3, 2}));
}

TEST(RecordBioReframing, LetsOtherRecordsPassBetweenFragments) {
  const Bytes whole = message(2, Bytes(20, 1));
  const auto first = std::span(whole).first(10);
  const auto second = std::span(whole).subspan(10);
  BioCase c(concat(record(kHandshakeType, first), alert_record(1, 112), record(kHandshakeType, second)));
  EXPECT_EQ(c.all_records(),
            (std::vector<Bytes>{record(kHandshakeType, first), alert_record(1, 112), record(kHandshakeType, second)}));
}

TEST(RecordBioReframing, CountsWhatIsMissingOfTheRecordOnTheWire) {
  BioCase c(concat(header(kHandshakeType, 0x0303, 100), Bytes(30, 0)));
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_EQ(c.failure.missing, 70U);
}

TEST(RecordBioReframing, HoldsServerHelloDoneBackHoweverTheFlightIsCut) {
  for (const std::size_t size : {1U, 3U, 74U, 1000U, 16384U}) {
    SCOPED_TRACE(size);
    BioCase c(in_records_of(size, flight()));
    c.bio.hold_at(HoldPoint::BeforeServerHelloDone);
    Bytes before = flight();
    before.resize(before.size() - message(kServerHelloDone, {}).size());
    EXPECT_EQ(content_of(c.all_records()), before);
    EXPECT_TRUE(c.bio.is_held());
    EXPECT_TRUE(c.wants_retry());

    EXPECT_EQ(c.next_record(), std::nullopt) << "held until released";
    EXPECT_TRUE(c.bio.is_held());
    c.bio.release();
    EXPECT_FALSE(c.bio.is_held());
    EXPECT_EQ(content_of(c.all_records()), message(kServerHelloDone, {}));
    EXPECT_FALSE(c.bio.is_held());
  }
}

TEST(RecordBioReframing, DoesNotTakeContentForAMessageType) {
  BioCase c(record(kHandshakeType, message(kCertificate, Bytes(50, kServerHelloDone))));
  c.bio.hold_at(HoldPoint::BeforeServerHelloDone);
  EXPECT_TRUE(c.next_record());
  EXPECT_FALSE(c.bio.is_held());
}

TEST(RecordBioReframing, HoldsAfterTheClientsCertificateHoweverTheFlightIsCut) {
  const Bytes certificate = message(kCertificate, Bytes(60, 2));
  const Bytes rest = concat(message(16, Bytes(33, 3)), message(15, Bytes(70, 4)));
  for (const std::size_t size : {1U, 3U, 64U, 65U, 16384U}) {
    SCOPED_TRACE(size);
    BioCase c(in_records_of(size, concat(certificate, rest)));
    c.bio.hold_at(HoldPoint::AfterClientCertificate);
    EXPECT_EQ(content_of(c.all_records()), certificate);
    EXPECT_TRUE(c.bio.is_held());
    EXPECT_TRUE(c.wants_retry());
    c.bio.release();
    EXPECT_EQ(content_of(c.all_records()), rest);
  }
}

TEST(RecordBioReframing, AsksTheTransportForNothingWhileHeld) {
  BioCase c(handshake_record(kCertificate, Bytes(60, 2)));
  c.bio.hold_at(HoldPoint::AfterClientCertificate);
  ASSERT_TRUE(c.next_record());
  const std::size_t reads = c.wire.asked.size();
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_TRUE(c.bio.is_held());
  EXPECT_EQ(c.wire.asked.size(), reads);
}

TEST(RecordBioReframing, LeavesRecordsWholeAfterThePeersChangeCipherSpec) {
  // With AES-GCM a protected Finished may begin with the nonce zero, which reads like an empty HelloRequest.
  const Bytes finished = record(kHandshakeType, Bytes(40, 0));
  BioCase c(concat(record(kCcsType, Bytes{1}), finished));
  c.failure.version = 0x0303;
  c.bio.set_next_read_cipher(CipherKind::Aead);
  EXPECT_EQ(c.all_records(), (std::vector<Bytes>{record(kCcsType, Bytes{1}), finished}));
  EXPECT_EQ(c.failure.read_cipher, CipherKind::Aead);
}

TEST(RecordBioReframing, GoesOnAfterTheChangeCipherSpecOfAHelloRetryRequest) {
  BioCase c(concat(record(kCcsType, Bytes{1}), record(kHandshakeType, flight())));
  EXPECT_EQ(c.all_records().size(), 1 + one_message_per_record().size());
  EXPECT_EQ(c.failure.read_cipher, CipherKind::None);
}

TEST(RecordBioReframing, HoldsNothingThatIsProtected) {
  BioCase c(record(kHandshakeType, message(kServerHelloDone, {})));
  c.bio.hold_at(HoldPoint::BeforeServerHelloDone);
  c.bio.set_read_protected();
  EXPECT_TRUE(c.next_record());
  EXPECT_FALSE(c.bio.is_held());
}

}  // namespace
}  // namespace securetransport::ossl
