// SPDX-License-Identifier: Apache-2.0
// What the BIO of datagram sessions keeps from OpenSSL, which would end the session over it.
#include <gtest/gtest.h>
#include <openssl/bio.h>

#include <vector>

#include "ossl/datagram_bio.hpp"
#include "support/scripted_transport.hpp"
#include "support/tls_bytes.hpp"

namespace securetransport::ossl {
namespace {

using test::Bytes;
using test::concat;

constexpr std::uint8_t kAlertType = 21;
constexpr std::uint8_t kHandshakeType = 22;
constexpr std::uint8_t kDataType = 23;

Bytes record(std::uint8_t type, std::uint8_t epoch, std::uint8_t sequence, const Bytes& body) {
  return concat(Bytes{type, 0xfe, 0xfd, 0, epoch, 0, 0, 0, 0, 0, sequence, static_cast<std::uint8_t>(body.size() >> 8),
                      static_cast<std::uint8_t>(body.size() & 0xff)},
                body);
}

Bytes fragment(std::uint8_t total, std::uint8_t message_seq, std::uint8_t offset, const Bytes& content) {
  const auto size = static_cast<std::uint8_t>(content.size());
  return concat(Bytes{11, 0, 0, total, 0, message_seq, 0, 0, offset, 0, 0, size}, content);
}

constexpr std::size_t kMaximumSize = 100;

struct DatagramCase {
  test::ScriptedTransport wire;
  Failure failure;
  DatagramBio bio{wire, failure, kMaximumSize};
  BioPtr handle = bio.make_bio();

  explicit DatagramCase(Bytes incoming) {
    wire.incoming = std::move(incoming);
    failure.datagram = true;
  }

  /// The bodies of the records that reach OpenSSL.
  std::vector<Bytes> bodies() {
    constexpr std::size_t kHeader = 13;
    std::vector<Bytes> all;
    Bytes buffer(20000);
    for (;;) {
      const int count = BIO_read(handle.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) return all;
      all.emplace_back(buffer.begin() + kHeader, buffer.begin() + count);
    }
  }
};

TEST(DatagramBio, PacksRecordsIntoDatagramsOfTheMaximumSize) {
  const auto of_size = [](std::size_t size) { return record(kDataType, 1, 0, Bytes(size - 13, 7)); };
  const struct {
    std::vector<std::size_t> records;
    std::size_t datagrams;
  } rows[] = {{{100}, 1}, {{50, 50}, 1}, {{50, 51}, 2}, {{40, 40, 40, 40}, 2}, {{200}, 1}, {{20, 200, 20}, 3}};
  for (const auto& row : rows) {
    DatagramCase c({});
    Bytes flight;
    for (const std::size_t size : row.records) flight = concat(flight, of_size(size));
    SCOPED_TRACE(flight.size());
    EXPECT_EQ(BIO_write(c.handle.get(), flight.data(), static_cast<int>(flight.size())),
              static_cast<int>(flight.size()));
    EXPECT_EQ(c.wire.writes, row.datagrams);
    EXPECT_EQ(c.wire.outgoing, flight);
  }
}

TEST(DatagramBio, DropsAFragmentThatContradictsAnEarlierOne) {
  const Bytes first = fragment(4, 0, 0, {1, 2});
  const Bytes contradiction = fragment(5, 0, 2, {3, 4});
  const Bytes rest = fragment(4, 0, 2, {3, 4});
  const Bytes next = fragment(5, 1, 0, {1, 2});
  DatagramCase c(concat(concat(record(kHandshakeType, 0, 0, first), record(kHandshakeType, 0, 1, contradiction)),
                        concat(record(kHandshakeType, 0, 2, rest), record(kHandshakeType, 0, 3, next))));
  EXPECT_EQ(c.bodies(), (std::vector<Bytes>{first, rest, next}));
  EXPECT_EQ(c.failure.skipped, 1U);
}

TEST(DatagramBio, DropsWarningsInTheClearThatChangeNothing) {
  const Bytes fatal{2, 200};
  const Bytes known_warning{1, 100};
  Bytes incoming;
  std::uint8_t sequence = 0;
  // unrecognized_name, no_certificate, and a number of no RFC; then two that end the session.
  for (const Bytes& alert : {Bytes{1, 112}, Bytes{1, 41}, Bytes{1, 200}, known_warning, fatal}) {
    incoming = concat(incoming, record(kAlertType, 0, sequence++, alert));
  }
  DatagramCase c(incoming);
  EXPECT_EQ(c.bodies(), (std::vector<Bytes>{known_warning, fatal}));
}

TEST(DatagramBio, DropsProtectedRecordsThatAreTooShort) {
  constexpr std::uint16_t kGcm = 0xc02b;
  DatagramCase c(concat(record(kDataType, 1, 0, Bytes(23, 9)), record(kDataType, 1, 1, Bytes(24, 9))));
  c.failure.version = 0xfefd;
  c.failure.cipher_suite = kGcm;
  c.bio.set_next_read_cipher(CipherKind::Aead);
  EXPECT_EQ(c.bodies(), std::vector<Bytes>{Bytes(24, 9)});
  EXPECT_EQ(c.failure.skipped, 1U);
}

TEST(DatagramBio, KeepsNothingForLaterThatCannotBeFinished) {
  DatagramCase c(concat(record(kHandshakeType, 1, 0, Bytes(23, 9)), record(kHandshakeType, 1, 1, Bytes(40, 9))));
  EXPECT_EQ(c.bodies(), std::vector<Bytes>{Bytes(40, 9)});
}

}  // namespace
}  // namespace securetransport::ossl
