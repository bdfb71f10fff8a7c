// SPDX-License-Identifier: Apache-2.0
// How the BIO reads: exact sizes, the first header, the end of the transport.
#include <gtest/gtest.h>

#include <string_view>

#include "unit/ossl/bio_case.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the vocabulary of this file.

TEST(RecordBioReading, AsksForAHeaderAndThenForItsBody) {
  BioCase c(concat(handshake_record(2, Bytes(70, 1)), record(kDataType, Bytes(300, 2))));
  ASSERT_TRUE(c.next_record());
  EXPECT_EQ(c.wire.asked, (std::vector<std::size_t>{5, 74}));
  ASSERT_TRUE(c.next_record());
  EXPECT_EQ(c.wire.asked, (std::vector<std::size_t>{5, 74, 5, 300}));
}

TEST(RecordBioReading, NeverAsksAgainForWhatItHas) {
  BioCase c(handshake_record(2, Bytes(4, 1)));
  c.wire.most_per_read = 3;
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_TRUE(c.wants_retry());
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_EQ(c.next_record(), handshake_record(2, Bytes(4, 1)));
  EXPECT_EQ(c.wire.asked, (std::vector<std::size_t>{5, 2, 8, 5, 2}));
}

TEST(RecordBioReading, GivesABodyInAsManyPiecesAsOpensslLikes) {
  BioCase c(record(kDataType, to_bytes("abcdef")));
  EXPECT_EQ(c.read(2), (Bytes{23, 3}));
  EXPECT_EQ(c.read(3), (Bytes{3, 0, 6}));
  EXPECT_EQ(c.read(1), to_bytes("a"));
  EXPECT_EQ(c.read(5), to_bytes("bcdef"));
}

TEST(RecordBioReading, DoesNotReadOnBeforeARecordIsUsedUp) {
  BioCase c(concat(record(kDataType, to_bytes("one")), record(kDataType, to_bytes("two"))));
  ASSERT_TRUE(c.read(5));
  Bytes buffer(100);
  EXPECT_EQ(BIO_read(c.handle.get(), buffer.data(), 100), 3);
  EXPECT_EQ(c.wire.asked, (std::vector<std::size_t>{5, 3}));
}

TEST(RecordBioReading, PassesEverythingThroughOnceRecordsAreProtected) {
  const Bytes sealed = record(kHandshakeType, concat(message(20, Bytes(12, 1)), message(4, Bytes(6, 2))));
  BioCase c(concat(record(kCcsType, Bytes{1}), sealed, record(kHandshakeType, Bytes{})));
  ASSERT_TRUE(c.next_record());
  c.bio.set_read_protected();
  EXPECT_EQ(c.next_record(), sealed);
  EXPECT_EQ(c.next_record(), record(kHandshakeType, Bytes{}));
  EXPECT_EQ(c.failure.finding, Finding::None);
}

TEST(RecordBioReading, GivesAProtectedRecordThatIsTooShortTheLengthOfOneThatIsForged) {
  constexpr std::uint16_t kGcm = 0xc02b;
  constexpr std::uint16_t kChaCha = 0xcca9;
  struct Row {
    std::uint16_t suite;
    std::size_t size;
    std::size_t served;
  };
  // RFC 5288: 8 bytes of nonce and 16 of tag; RFC 7905: a tag alone.
  for (const Row& row : {Row{kGcm, 0, 24}, Row{kGcm, 5, 24}, Row{kGcm, 23, 24}, Row{kGcm, 24, 24}, Row{kChaCha, 15, 16},
                         Row{kChaCha, 16, 16}}) {
    SCOPED_TRACE(row.size);
    const Bytes after = record(kHandshakeType, Bytes(40, 1));
    BioCase c(concat(record(kHandshakeType, Bytes(row.size, 9)), after));
    c.failure.version = 0x0303;
    c.failure.cipher_suite = row.suite;
    c.bio.set_next_read_cipher(CipherKind::Aead);
    c.bio.set_read_protected();
    Bytes expected(row.size, 9);
    expected.resize(row.served);
    EXPECT_EQ(c.next_record(), record(kHandshakeType, expected));
    EXPECT_EQ(c.next_record(), after);
  }
}

struct FirstHeader {
  const char* what;
  Bytes bytes;
  Finding finding;
  std::optional<int> alert;
};

TEST(RecordBioReading, TellsTlsFromEverythingElseByTheFirstHeader) {
  for (const FirstHeader& c : std::vector<FirstHeader>{
           {"ChangeCipherSpec", {20, 3, 1, 0, 1, 1}, Finding::None, {}},
           {"alert", {21, 3, 3, 0, 2, 2, 40}, Finding::None, {}},
           {"handshake", {22, 3, 3, 0, 4, 14, 0, 0, 0}, Finding::None, {}},
           {"application data", {23, 3, 3, 0, 1, 9}, Finding::None, {}},
           {"heartbeat", {24, 3, 3, 0, 1, 9}, Finding::None, {}},
           {"an odd minor version", {22, 3, 0x99, 0, 4, 14, 0, 0, 0}, Finding::None, {}},
           {"SSL 3.0", {22, 3, 0, 0, 4, 14, 0, 0, 0}, Finding::None, {}},
           {"type 19", {19, 3, 3, 0, 1, 9}, Finding::NotTls, 10},
           {"type 25", {25, 3, 3, 0, 1, 9}, Finding::NotTls, 10},
           {"type 0", {0, 3, 3, 0, 1, 9}, Finding::NotTls, 10},
           {"major version 2", {22, 2, 0, 0, 1, 9}, Finding::NotTls, 10},
           {"major version 4", {22, 4, 0x99, 0, 1, 9}, Finding::NotTls, 10},
           {"SSLv2 ClientHello", {0x80, 0x2e, 1, 0, 2, 0, 0x15}, Finding::NotTls, 10},
           {"MySQL", {0x4a, 0, 0, 0, 0x0a, '5', '.', '7'}, Finding::NotTls, 10},
           {"zeros", Bytes(16, 0), Finding::NotTls, 10},
           {"ones", Bytes(16, 0xff), Finding::NotTls, 10},
           {"text with a tab", {'a', '\t', 'b', 'c', 'd'}, Finding::NotTls, 10},
           {"text with a high byte", {'c', 'a', 'f', 0xc3, 0xa9}, Finding::NotTls, 10},
           {"HTTP", to_bytes("HTTP/1.1 400 Bad Request\r\n"), Finding::PlainTextPeer, 22},
           {"SMTP", to_bytes("220 mail.example.com ESMTP\r\n"), Finding::PlainTextPeer, 22},
           {"SSH", to_bytes("SSH-2.0-OpenSSH_9.2\r\n"), Finding::PlainTextPeer, 22},
           {"IMAP", to_bytes("* OK ready\r\n"), Finding::PlainTextPeer, 22},
           {"line ends", to_bytes("\r\n\r\n\r\n"), Finding::PlainTextPeer, 22},
           {"blanks", to_bytes("     "), Finding::PlainTextPeer, 22},
       }) {
    SCOPED_TRACE(c.what);
    BioCase bio(c.bytes);
    EXPECT_EQ(bio.next_record().has_value(), c.finding == Finding::None);
    EXPECT_EQ(bio.failure.finding, c.finding);
    if (c.finding == Finding::None) {
      EXPECT_TRUE(bio.wire.outgoing.empty());
      continue;
    }
    EXPECT_FALSE(bio.wants_retry());
    EXPECT_EQ(bio.wire.outgoing, alert_record(2, static_cast<unsigned>(*c.alert), 0x0301));
    EXPECT_EQ(bio.failure.alert_sent, (AlertMessage{Alert{static_cast<std::uint8_t>(*c.alert)}, AlertLevel::Fatal}));
    EXPECT_EQ(bio.next_record(), std::nullopt);
    EXPECT_EQ(bio.wire.asked, (std::vector<std::size_t>{5})) << "the session is over: nothing more is read";
  }
}

TEST(RecordBioReading, KeepsUpTo64MoreBytesOfTextThatAreHereAlready) {
  const Bytes banner = to_bytes("220 " + std::string(200, 'x'));
  for (const std::size_t available : {0U, 1U, 63U, 64U, 199U}) {
    SCOPED_TRACE(available);
    BioCase c(banner);
    c.wire.available = available;
    EXPECT_EQ(c.next_record(), std::nullopt);
    const std::size_t kept = 5 + std::min<std::size_t>(available, 64);
    EXPECT_EQ(c.failure.first_bytes, Bytes(banner.begin(), banner.begin() + static_cast<std::ptrdiff_t>(kept)));
  }
}

TEST(RecordBioReading, JudgesOnlyTheFirstHeader) {
  BioCase c(concat(handshake_record(2, Bytes(4, 1)), to_bytes("HTTP/")));
  ASSERT_TRUE(c.next_record());
  EXPECT_EQ(c.read(5), to_bytes("HTTP/"));
  EXPECT_EQ(c.failure.finding, Finding::None);
}

TEST(RecordBioReading, RefusesEmptyRecordsThatMustHaveContent) {
  for (const unsigned type : {kCcsType, kAlertType, kHandshakeType}) {
    for (const bool is_first : {true, false}) {
      SCOPED_TRACE(testing::Message() << "type " << type << (is_first ? ", first" : ", later"));
      BioCase c(concat(is_first ? Bytes() : handshake_record(2, Bytes(4, 1)), header(type, 0x0303, 0)));
      if (!is_first) {
        ASSERT_TRUE(c.next_record());
      }
      EXPECT_EQ(c.next_record(), std::nullopt);
      EXPECT_FALSE(c.wants_retry());
      EXPECT_EQ(c.failure.finding, Finding::EmptyRecord);
      EXPECT_EQ(c.wire.outgoing, alert_record(2, 10, 0x0301));
    }
  }
}

TEST(RecordBioReading, UnderstandsAnAlertInsteadOfAClientHello) {
  // OpenSSL's server takes it for an unexpected message.
  for (const unsigned level : {0U, 1U, 2U, 3U}) {
    for (const unsigned description : {0U, 41U, 48U, 90U, 112U, 200U}) {
      SCOPED_TRACE(testing::Message() << "level " << level << ", alert " << description);
      BioCase c(alert_record(level, description));
      c.failure.role = Role::Server;
      const bool has_row = description != 41 && description != 200 && description != 112;
      const bool is_ending = level == 2 || (level == 1 && has_row);
      EXPECT_EQ(c.next_record().has_value(), !is_ending);
      EXPECT_EQ(c.failure.alert_received.has_value(), is_ending);
    }
  }
  BioCase client(alert_record(2, 48));
  EXPECT_EQ(client.next_record(), alert_record(2, 48));
  EXPECT_EQ(client.failure.alert_received, std::nullopt) << "OpenSSL's client reads it, and the message watch with it";
}

TEST(RecordBioReading, LetsEmptyApplicationRecordsPass) {
  BioCase c(header(kDataType, 0x0303, 0));
  EXPECT_EQ(c.read(5), header(kDataType, 0x0303, 0));
  EXPECT_EQ(c.failure.finding, Finding::None);
}

TEST(RecordBioReading, LeavesHeadersOfImpossibleLengthToOpenssl) {
  for (const std::size_t length : {16385U, 18432U, 18433U, 65535U}) {
    SCOPED_TRACE(length);
    BioCase c(header(kHandshakeType, 0x0303, length));
    // Up to 18,432 bytes may be protected: in the clear OpenSSL would wait for them before it complains.
    EXPECT_EQ(c.read(5), header(kHandshakeType, 0x0303, length <= 18432 ? 0xffff : length));
    EXPECT_EQ(c.wire.asked, (std::vector<std::size_t>{5}));
  }
}

struct Ending {
  IoStatus status;
  std::int32_t code = 0;
};

TEST(RecordBioReading, NotesWhereTheTransportEnded) {
  const Bytes one = handshake_record(2, Bytes(4, 1));
  const Bytes stream = concat(one, record(kDataType, to_bytes("abc")));
  const std::size_t boundaries[] = {0, one.size(), stream.size()};
  for (const Ending& ending : {Ending{IoStatus::EndOfStream}, Ending{IoStatus::Reset}, Ending{IoStatus::TimedOut},
                               Ending{IoStatus::Failed, -36}}) {
    for (std::size_t size = 0; size <= stream.size(); ++size) {
      SCOPED_TRACE(testing::Message() << testing::PrintToString(ending.status) << " after " << size << " bytes");
      BioCase c(Bytes(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(size)));
      c.wire.end = {0, ending.status, ending.code};
      static_cast<void>(c.all_records());
      EXPECT_FALSE(c.wants_retry());
      EXPECT_EQ(c.failure.transport, ending.status);
      EXPECT_EQ(c.failure.transport_code, ending.code);
      EXPECT_FALSE(c.failure.transport_failed_on_write);
      EXPECT_EQ(c.failure.first_bytes.size(), size);
      const bool at_boundary = std::find(std::begin(boundaries), std::end(boundaries), size) != std::end(boundaries);
      EXPECT_EQ(c.failure.missing == 0, at_boundary);
      const std::size_t in_record = size < one.size() ? size : size - one.size();
      EXPECT_EQ(c.failure.transport_failed_in_header, in_record < 5 || size == stream.size());

      const std::size_t reads = c.wire.asked.size();
      EXPECT_EQ(c.next_record(), std::nullopt);
      EXPECT_EQ(c.wire.asked.size(), reads) << "a transport that ended is not asked again";
    }
  }
}

TEST(RecordBioReading, TakesAnOkThatMovesNothingForTheEnd) {
  BioCase c;
  c.wire.end = {0, IoStatus::Ok};
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_FALSE(c.wants_retry());
  EXPECT_EQ(c.failure.transport, IoStatus::EndOfStream);
}

TEST(RecordBioReading, RefusesToReadWhenTold) {
  BioCase c(handshake_record(2, Bytes(4, 1)));
  c.bio.refuse_reads();
  EXPECT_EQ(c.next_record(), std::nullopt);
  EXPECT_FALSE(c.wants_retry());
  EXPECT_TRUE(c.wire.asked.empty());
}

}  // namespace
}  // namespace securetransport::ossl
