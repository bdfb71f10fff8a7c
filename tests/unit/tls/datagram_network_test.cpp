// SPDX-License-Identifier: Apache-2.0
// Datagram sessions on a bad network: loss, repetition, other orders, damage, garbage, and nobody at the other end.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "unit/tls/datagram_pair.hpp"

namespace securetransport::test {
namespace {

/// One message a datagram, as far as it goes: more can happen to it.
constexpr std::size_t kSmall = 256;
constexpr std::size_t kHeaderSize = 13;

/// Two records in one datagram are told apart by their lengths.
Datagrams records_of(const Datagram& datagram) {
  Datagrams records;
  for (std::size_t at = 0; at + kHeaderSize <= datagram.size();) {
    const std::size_t size = kHeaderSize + (static_cast<std::size_t>(datagram[at + 11]) << 8 | datagram[at + 12]);
    const auto begin = datagram.begin() + static_cast<std::ptrdiff_t>(at);
    records.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, datagram.size() - at)));
    at += size;
  }
  return records;
}

Datagrams one_record_each(const Datagrams& sent) {
  Datagrams apart;
  for (const Datagram& datagram : sent) {
    for (Datagram& record : records_of(datagram)) apart.push_back(std::move(record));
  }
  return apart;
}

bool is_protected(const Datagram& datagram) { return datagram[3] != 0 || datagram[4] != 0; }

struct NetworkCase {
  ProtocolVersion version;
  std::size_t maximum_datagram_size;
};

void PrintTo(const NetworkCase& c, std::ostream* out) { *out << to_string(c.version) << c.maximum_datagram_size; }

class BadNetwork : public testing::TestWithParam<NetworkCase> {
 protected:
  TestPki pki;
  ClientConfig client = over_datagrams(client_config(pki), GetParam().version);
  ServerConfig server = over_datagrams(server_config(pki), GetParam().version);

  BadNetwork() {
    client.maximum_datagram_size = server.maximum_datagram_size = GetParam().maximum_datagram_size;
    client.retransmission_timeout = server.retransmission_timeout = std::chrono::milliseconds(1);
    client.identity = pki.client();
    server.client_authentication = ClientAuthentication::Always;
  }

  /// A handshake over this network, followed by a byte each way.
  testing::AssertionResult survives(const DatagramPair::Network& network, std::size_t* carried = nullptr) {
    DatagramPair pair(client, server);
    pair.network = network;
    const auto outcome = pair.handshake();
    if (carried != nullptr) *carried = pair.carried;
    if (outcome.client != ResultCode::Success) return testing::AssertionFailure() << "client: " << told(pair.client);
    if (outcome.server != ResultCode::Success) return testing::AssertionFailure() << "server: " << told(pair.server);
    pair.network = [](Datagrams sent, std::size_t) { return sent; };
    if (!carries(pair, pair.client, pair.server) || !carries(pair, pair.server, pair.client)) {
      return testing::AssertionFailure() << "no data: " << told(pair.client) << told(pair.server);
    }
    return testing::AssertionSuccess();
  }

  static bool carries(DatagramPair& pair, Session& from, Session& to) {
    std::vector<std::uint8_t> buffer(8);
    static_cast<void>(from.write(bytes_of("x")));
    pair.exchange();
    const Result<Transfer> got = to.read(buffer);
    return got && got->bytes == 1;
  }

  static std::string told(const Session& session) {
    return session.diagnosis().detail + " [" + session.diagnosis().engine_reason + "] ";
  }

  std::size_t datagrams_of_a_handshake() {
    std::size_t count = 0;
    EXPECT_TRUE(survives([](Datagrams sent, std::size_t) { return sent; }, &count));
    return count;
  }
};

TEST_P(BadNetwork, LossOfAnyDatagramIsMadeGood) {
  const std::size_t count = datagrams_of_a_handshake();
  for (std::size_t lost = 0; lost < count; ++lost) {
    SCOPED_TRACE(lost);
    EXPECT_TRUE(survives([&](Datagrams sent, std::size_t number) {
      if (lost >= number && lost < number + sent.size())
        sent.erase(sent.begin() + static_cast<std::ptrdiff_t>(lost - number));
      return sent;
    }));
  }
}

TEST_P(BadNetwork, RepetitionChangesNothing) {
  EXPECT_TRUE(survives([](Datagrams sent, std::size_t) {
    Datagrams twice = sent;
    twice.insert(twice.end(), sent.begin(), sent.end());
    return twice;
  }));
}

TEST_P(BadNetwork, ReplayOfEverythingSoFarChangesNothing) {
  std::array<Datagrams, 2> all;
  std::size_t calls = 0;
  EXPECT_TRUE(survives([&](const Datagrams& sent, std::size_t) {
    Datagrams& of_this_side = all.at(calls++ % all.size());  // The sides take turns.
    of_this_side.insert(of_this_side.end(), sent.begin(), sent.end());
    return of_this_side;
  }));
}

TEST_P(BadNetwork, AnyOrderWithinAFlightIsPutRight) {
  EXPECT_TRUE(survives([](Datagrams sent, std::size_t) {
    std::reverse(sent.begin(), sent.end());
    return sent;
  }));
  EXPECT_TRUE(survives([](const Datagrams& sent, std::size_t) {
    Datagrams records = one_record_each(sent);
    std::reverse(records.begin(), records.end());
    return records;
  }));
}

TEST_P(BadNetwork, NoOrderLetsAnUntrustedServerPass) {
  client.roots = TestPki().roots();
  for (const bool reversed : {false, true}) {
    DatagramPair pair(client, server);
    pair.network = [&](const Datagrams& sent, std::size_t) {
      Datagrams records = one_record_each(sent);
      if (reversed) std::reverse(records.begin(), records.end());
      return records;
    };
    const auto outcome = pair.handshake();
    EXPECT_EQ(outcome.client, ResultCode::NoRootCert);
    EXPECT_EQ(outcome.server, ResultCode::PeerUnknownCA);
  }
}

TEST_P(BadNetwork, NoOrderLetsAClientPassThatTheProgramHasNotJudged) {
  server.break_on_client_auth = true;
  DatagramPair pair(client, server);
  pair.network = [](const Datagrams& sent, std::size_t) {
    Datagrams records = one_record_each(sent);
    std::reverse(records.begin(), records.end());
    return records;
  };
  EXPECT_EQ(pair.handshake().server, ResultCode::PeerAuthCompleted);
  EXPECT_NE(pair.client.state(), SessionState::Connected);
  EXPECT_EQ(pair.handshake().server, ResultCode::Success);
}

TEST_P(BadNetwork, FlightsMayShareDatagramsOrNot) {
  EXPECT_TRUE(survives([](const Datagrams& sent, std::size_t) { return one_record_each(sent); }));
  EXPECT_TRUE(survives([](const Datagrams& sent, std::size_t) {
    Datagram together;
    for (const Datagram& datagram : sent) together.insert(together.end(), datagram.begin(), datagram.end());
    return Datagrams{together};
  }));
}

/// The framing, and whatever is protected, may be damaged without harm. The content of plaintext messages is left
/// alone: nothing tells damage there from what the peer meant, and UDP's own checksum guards against accidents.
TEST_P(BadNetwork, DamageToAnyDatagramIsMadeGood) {
  struct Damage {
    std::size_t position;
    unsigned bits;
  };
  // Types that exist and that do not; versions; the next epoch and a far one; sequence numbers; lengths; the content.
  constexpr auto kDamages = std::to_array<Damage>({{0, 1},
                                                   {0, 2},
                                                   {0, 3},
                                                   {0, 0x80},
                                                   {1, 1},
                                                   {2, 2},
                                                   {3, 1},
                                                   {4, 1},
                                                   {5, 1},
                                                   {10, 1},
                                                   {11, 0x80},
                                                   {12, 1},
                                                   {13, 1}});
  const std::size_t count = datagrams_of_a_handshake();
  for (std::size_t damaged = 0; damaged < count; ++damaged) {
    for (const Damage& damage : kDamages) {
      EXPECT_TRUE(survives([&](Datagrams sent, std::size_t number) {
        if (damaged < number || damaged >= number + sent.size()) return sent;
        Datagram& target = sent[damaged - number];
        if (damage.position < kHeaderSize || is_protected(target)) {
          target[damage.position] = static_cast<std::uint8_t>(target[damage.position] ^ damage.bits);
        }
        return sent;
      })) << "datagram "
          << damaged << ", byte " << damage.position << ", bits " << damage.bits;
    }
  }
}

TEST_P(BadNetwork, TruncationOfAnyDatagramIsMadeGood) {
  const std::size_t count = datagrams_of_a_handshake();
  for (std::size_t damaged = 0; damaged < count; ++damaged) {
    for (const std::size_t size : {1U, 12U, 13U, 14U, 40U}) {
      EXPECT_TRUE(survives([&](Datagrams sent, std::size_t number) {
        if (damaged < number || damaged >= number + sent.size()) return sent;
        Datagram& target = sent[damaged - number];
        target.resize(std::min(target.size(), size));
        return sent;
      })) << "datagram "
          << damaged << " cut to " << size;
    }
  }
}

Datagrams garbage() {
  Datagrams all{
      {},
      {22},
      bytes_of("HTTP/1.1 400 Bad Request\r\n\r\n"),
      Datagram(13, 0),
      Datagram(2000, 0xff),
      {22, 3, 3, 0, 5, 1, 2, 3, 4, 5},                                // TLS
      {23, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3, 'a', 'b', 'c'},  // data in the clear
      {21, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3, 2, 40, 0},       // an alert that is none
      {20, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 2},              // a ChangeCipherSpec that is none
      {20, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 0, 2, 0, 1, 1},              // one that comes too early or late
      {22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 0, 3, 0, 3, 1, 0, 0},        // half a header of a message
      {22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 0, 4, 0, 0},                 // nothing
      {22, 0xfe, 0xfd, 0, 1, 0, 0, 0, 1, 0, 5, 0, 4, 1, 2, 3, 4},     // not protected with our keys
      {23, 0xfe, 0xfd, 0, 1, 0, 0, 0, 1, 0, 6, 0, 4, 1, 2, 3, 4},
      {21, 0xfe, 0xfd, 0, 1, 0, 0, 0, 1, 0, 7, 0, 2, 2, 40},
      {22, 0xfe, 0xfd, 0, 7, 0, 0, 0, 1, 0, 8, 0, 4, 1, 2, 3, 4},  // a far epoch
      {22, 0xfe, 0xfd, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 4, 1, 2, 3, 4},
  };
  // Fragments: longer than their message, with nothing of a message, of a message of 16 megabytes.
  for (const std::uint8_t last : std::to_array<std::uint8_t>({4, 0, 1})) {
    all.push_back({22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, 1, last, 0, 13, 2, 0, 0, last, 0, 99, 0, 0, 9, 0, 0, 1, 0});
  }
  return all;
}

TEST_P(BadNetwork, GarbageAtAnyTimeIsIgnored) {
  DatagramPair pair(client, server);
  pair.network = [](const Datagrams& sent, std::size_t) {
    Datagrams mixed = garbage();
    for (const Datagram& datagram : sent) {
      mixed.push_back(datagram);
      for (Datagram& piece : garbage()) mixed.push_back(std::move(piece));
    }
    return mixed;
  };
  const auto outcome = pair.handshake();
  ASSERT_EQ(outcome.client, ResultCode::Success) << told(pair.client);
  ASSERT_EQ(outcome.server, ResultCode::Success) << told(pair.server);
  EXPECT_EQ(outcome.rounds, 0);
  EXPECT_TRUE(carries(pair, pair.client, pair.server));
  EXPECT_TRUE(carries(pair, pair.server, pair.client));

  static_cast<void>(pair.client.close());
  pair.exchange();
  std::vector<std::uint8_t> buffer(8);
  EXPECT_EQ(code_of(pair.server.read(buffer)), ResultCode::ClosedGraceful);
  const std::vector<std::string>& notes = pair.server.diagnosis().notes;
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(notes.front().starts_with("Records that could not be used were skipped: ")) << notes.front();
}

TEST_P(BadNetwork, DamagedDataIsSkippedAndRepeatedDataDeliveredOnce) {
  DatagramPair pair(client, server);
  ASSERT_EQ(pair.handshake().client, ResultCode::Success);
  pair.network = [](const Datagrams& sent, std::size_t) {
    Datagrams arrived;
    for (const Datagram& datagram : sent) {
      Datagram damaged = datagram;
      damaged.back() ^= 1;
      arrived.insert(arrived.end(), {damaged, datagram, datagram});
    }
    return arrived;
  };
  for (const char* word : {"a", "bb", "ccc"}) ASSERT_TRUE(pair.client.write(bytes_of(word)));
  pair.exchange();
  std::vector<std::uint8_t> buffer(8);
  for (const std::size_t size : {1U, 2U, 3U}) EXPECT_EQ(pair.server.read(buffer)->bytes, size);
  EXPECT_EQ(code_of(pair.server.read(buffer)), ResultCode::WouldBlock) << told(pair.server);
}

INSTANTIATE_TEST_SUITE_P(Dtls, BadNetwork,
                         testing::Values(NetworkCase{ProtocolVersion::Dtls12, 1400},
                                         NetworkCase{ProtocolVersion::Dtls12, kSmall},
                                         NetworkCase{ProtocolVersion::Dtls10, 1400}),
                         [](const auto& param) {
                           return std::string(param.param.version == ProtocolVersion::Dtls12 ? "DTLS12" : "DTLS10") +
                                  (param.param.maximum_datagram_size == kSmall ? "Small" : "");
                         });

}  // namespace
}  // namespace securetransport::test
