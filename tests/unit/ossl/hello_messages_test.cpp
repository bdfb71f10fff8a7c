// SPDX-License-Identifier: Apache-2.0
#include "ossl/hello_messages.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "support/tls_bytes.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the vocabulary of this file.

constexpr std::uint16_t kGrease = 0x3a3a;  // RFC 8701: reserved, must be treated as any unknown number.
const std::vector<std::uint16_t> kOffered{0, 5, 10, 11, 13, 16, 18, 22, 23, 35, 43, 45, 51, kGrease};

Finding found(const std::optional<ExtensionFault>& fault) { return fault ? fault->finding : Finding::None; }

Bytes hello12(std::vector<WireExtension> extensions) { return server_hello({.extensions = std::move(extensions)}); }
Bytes hello13(std::vector<WireExtension> extensions) {
  extensions.insert(extensions.begin(), chosen_version(0x0304));
  return server_hello({.suite = 0x1301, .extensions = std::move(extensions)});
}
Bytes retry(std::vector<WireExtension> extensions) {
  extensions.insert(extensions.begin(), chosen_version(0x0304));
  return server_hello({.random = retry_random(), .suite = 0x1301, .extensions = std::move(extensions)});
}
Bytes encrypted_extensions(const std::vector<WireExtension>& extensions) {
  return ByteBuilder().vector16(extension_block(extensions)).made();
}
Bytes certificate13(const std::vector<WireExtension>& extensions) {
  const Bytes entry = ByteBuilder().vector24(to_bytes("DER")).vector16(extension_block(extensions)).made();
  return ByteBuilder().vector8({}).vector24(entry).made();
}

TEST(HelloMessages, ListsTheExtensionsOfAClientHelloInOrder) {
  const Bytes hello = client_hello({.extensions = {{{43}, {kGrease}, {0}, {0xff01}}}});
  EXPECT_EQ(offered_extensions(hello), (std::vector<std::uint16_t>{43, kGrease, 0, 0xff01}));
  EXPECT_TRUE(offered_extensions(client_hello()).empty());
}

TEST(HelloMessages, ReadsWhatAServerHelloChose) {
  const std::optional<ServerHelloFacts> old = read_server_hello(server_hello({.version = 0x0302, .suite = 0x002F}));
  ASSERT_TRUE(old.has_value());
  EXPECT_EQ(old->version, 0x0302);
  EXPECT_EQ(old->cipher_suite, 0x002F);
  EXPECT_FALSE(old->is_retry_request);

  const std::optional<ServerHelloFacts> modern = read_server_hello(hello13({server_share()}));
  ASSERT_TRUE(modern.has_value());
  EXPECT_EQ(modern->version, 0x0304);
  EXPECT_EQ(modern->group, 0x001D);
  EXPECT_FALSE(modern->is_retry_request);

  const std::optional<ServerHelloFacts> again = read_server_hello(retry({{51, {0, 0x17}}}));
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->is_retry_request);
  EXPECT_EQ(again->group, 0x0017);
}

struct Case {
  const char* what;
  Bytes body;
  Finding finding = Finding::None;
};

TEST(HelloMessages, ListsTheSignatureSchemesOfAClientHello) {
  const Bytes hello = client_hello({.extensions = {{{0}, {13, {0, 4, 4, 3, 8, 4}}, {43}}}});
  EXPECT_EQ(offered_signature_schemes(hello), (std::vector<std::uint16_t>{0x0403, 0x0804}));
  EXPECT_TRUE(offered_signature_schemes(client_hello()).empty());
}

TEST(HelloMessages, JudgesTheFixedFieldsOfAServerHello) {
  Bytes long_id = server_hello();
  long_id[34] = 33;  // The length of the session id.
  long_id.insert(long_id.begin() + 35, 33, 7);
  Bytes old_legacy = hello13({server_share()});
  old_legacy[1] = 1;
  for (const Case& c : std::vector<Case>{
           {"a session id of 33 bytes", long_id, Finding::MalformedExtensions},
           {"TLS 1.3 in legacy_version", server_hello({.version = 0x0304}), Finding::UnofferedVersion},
           {"a major version of 4", server_hello({.version = 0x0400}), Finding::UnofferedVersion},
           {"TLS 1.3 behind a legacy_version of TLS 1.0", old_legacy, Finding::UnofferedVersion},
           {"DTLS 1.2", server_hello({.version = 0xfefd})},
           {"TLS 1.1, which OpenSSL judges", server_hello({.version = 0x0302})},
           {"an empty cookie", retry({{44, {0, 0}}}), Finding::MalformedExtensions},
       }) {
    SCOPED_TRACE(c.what);
    const auto fault = judge_server_hello(c.body, std::vector<std::uint16_t>{43, 51});
    EXPECT_EQ(fault ? fault->finding : Finding::None, c.finding);
  }
}

TEST(HelloMessages, JudgesTheLengthsOfAHelloVerifyRequest) {
  EXPECT_FALSE(judge_hello_verify_request(Bytes{0xfe, 0xff, 2, 7, 7}));
  EXPECT_FALSE(judge_hello_verify_request(Bytes{0xfe, 0xff, 0}));
  for (const Bytes& body : {Bytes{}, Bytes{0xfe, 0xff}, Bytes{0xfe, 0xff, 2, 7}, Bytes{0xfe, 0xff, 2, 7, 7, 7}}) {
    const auto fault = judge_hello_verify_request(body);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->finding, Finding::MalformedExtensions);
  }
}

TEST(HelloMessages, FindsExtensionsThatAClientHelloRepeats) {
  const auto hello = [](std::vector<WireExtension> extensions) {
    return client_hello({.extensions = std::move(extensions)});
  };
  Bytes cut = hello({{kGrease}, {kGrease}});
  cut.resize(cut.size() - 4);
  std::vector<WireExtension> thousands;
  for (std::uint16_t type = 0; type < 16000; ++type) thousands.push_back({type});
  std::vector<WireExtension> one_more = thousands;
  one_more.push_back({0});
  for (const Case& c : std::vector<Case>{
           {"no extensions", client_hello()},
           {"an empty block", hello({})},
           {"all different", hello({{0}, {kGrease}, {43}, {0xffff}})},
           {"known ones", hello({{0}, {43}, {0}}), Finding::RepeatedExtension},
           {"unknown ones", hello({{0xffff}, {0xffff}}), Finding::RepeatedExtension},
           {"with different contents", hello({{0xffff, {1}}, {43}, {0xffff}}), Finding::RepeatedExtension},
           {"GREASE is no exception", hello({{kGrease}, {0}, {kGrease}}), Finding::RepeatedExtension},
           {"thousands", hello(thousands)},
           {"thousands and the first again", hello(one_more), Finding::RepeatedExtension},
           {"cut short, which OpenSSL reports", cut},
       }) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(found(judge_client_hello(c.body)), c.finding);
  }
}

TEST(HelloMessages, JudgesTheExtensionsOfAServerHello) {
  for (const Case& c : std::vector<Case>{
           {"none", server_hello()},
           {"an empty block", hello12({})},
           {"what was offered", hello12({{23}, {11, {1, 0}}, {35}, {16, {0, 3, 2, 'h', '2'}}})},
           {"renegotiation_info, offered by the signalling suite", hello12({{0xff01, {0}}})},
           {"TLS 1.3", hello13({server_share()})},
           {"not offered", hello12({{15, {1}}}), Finding::UnsolicitedExtension},
           {"unknown and not offered", hello12({{0xabcd}}), Finding::UnsolicitedExtension},
           {"a GREASE number that was not offered", hello12({{0x1a1a}}), Finding::UnsolicitedExtension},
           {"use_srtp", hello12({{14, {0, 0, 0}}}), Finding::UnsolicitedExtension},
           {"renegotiation_info in TLS 1.3", hello13({{0xff01, {0}}}), Finding::UnsolicitedExtension},
           {"cookie", hello13({{44, {0, 1, 9}}}), Finding::UnsolicitedExtension},
           {"twice", hello12({{23}, {23}}), Finding::RepeatedExtension},
           {"twice with others between", hello12({{23}, {35}, {23}}), Finding::RepeatedExtension},
           {"server_name in TLS 1.3", hello13({{0}}), Finding::MisplacedExtension},
           {"ALPN in TLS 1.3", hello13({{16, {0, 3, 2, 'h', '2'}}}), Finding::MisplacedExtension},
           {"extended_master_secret in TLS 1.3", hello13({{23}}), Finding::MisplacedExtension},
           {"a byte too many", server_hello({.extensions = {{}}, .trailing = {0}}), Finding::MalformedExtensions},
           {"half a length of the block", server_hello({.trailing = {0}}), Finding::MalformedExtensions},
           {"a block longer than the message", server_hello({.trailing = {0, 9, 0, 23}}), Finding::MalformedExtensions},
           {"an extension longer than the block", server_hello({.trailing = {0, 4, 0, 23, 0, 1}}),
            Finding::MalformedExtensions},
           {"half an extension", server_hello({.trailing = {0, 3, 0, 23, 0}}), Finding::MalformedExtensions},
       }) {
    SCOPED_TRACE(c.what);
    const std::optional<ExtensionFault> fault = judge_server_hello(c.body, kOffered);
    EXPECT_EQ(found(fault), c.finding);
    if (fault) {
      EXPECT_NE(fault->detail.find("ServerHello"), std::string::npos) << fault->detail;
    }
  }
}

TEST(HelloMessages, JudgesTheExtensionsOfAHelloRetryRequest) {
  for (const Case& c : std::vector<Case>{
           {"a group", retry({{51, {0, 0x17}}})},
           // RFC 8446 section 4.2.2: a cookie comes unasked.
           {"a cookie", retry({{44, {0, 1, 9}}, {51, {0, 0x17}}})},
           {"two cookies", retry({{44, {0, 1, 9}}, {44, {0, 1, 9}}}), Finding::RepeatedExtension},
           {"not offered", retry({{0xabcd}}), Finding::UnsolicitedExtension},
           {"server_name", retry({{0}}), Finding::MisplacedExtension},
       }) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(found(judge_server_hello(c.body, kOffered)), c.finding);
  }
}

TEST(HelloMessages, JudgesEncryptedExtensions) {
  for (const Case& c : std::vector<Case>{
           {"none", encrypted_extensions({})},
           {"what may stand there", encrypted_extensions({{0}, {10, {0, 2, 0, 0x1d}}, {16, {0, 3, 2, 'h', '2'}}})},
           {"not offered", encrypted_extensions({{0xabcd}}), Finding::UnsolicitedExtension},
           {"renegotiation_info", encrypted_extensions({{0xff01, {0}}}), Finding::UnsolicitedExtension},
           {"twice", encrypted_extensions({{0}, {0}}), Finding::RepeatedExtension},
           {"key_share", encrypted_extensions({server_share()}), Finding::MisplacedExtension},
           {"supported_versions", encrypted_extensions({chosen_version(0x0304)}), Finding::MisplacedExtension},
           {"signature_algorithms", encrypted_extensions({{13, {0, 2, 4, 3}}}), Finding::MisplacedExtension},
           {"status_request", encrypted_extensions({{5}}), Finding::MisplacedExtension},
           {"nothing at all", {}, Finding::MalformedExtensions},
           {"trailing byte", {0, 0, 0}, Finding::MalformedExtensions},
           {"too short", {0, 4, 0, 0}, Finding::MalformedExtensions},
       }) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(found(judge_encrypted_extensions(c.body, kOffered)), c.finding);
  }
}

TEST(HelloMessages, JudgesTheExtensionsOfATls13Certificate) {
  for (const Case& c : std::vector<Case>{
           {"none", certificate13({})},
           {"staple and SCTs", certificate13({{5, {1, 0, 0, 1, 9}}, {18, {0, 0}}})},
           {"not offered", certificate13({{0xabcd}}), Finding::UnsolicitedExtension},
           {"twice", certificate13({{5}, {5}}), Finding::RepeatedExtension},
           {"server_name", certificate13({{0}}), Finding::MisplacedExtension},
           {"a block that does not add up", ByteBuilder().u8(0).u24(8).u24(1).u8(9).u16(2).u16(5).made(),
            Finding::MalformedExtensions},
           {"a list that OpenSSL will refuse", {0, 0, 0, 9, 1}},
           {"no certificate", {0, 0, 0, 0}},
       }) {
    SCOPED_TRACE(c.what);
    EXPECT_EQ(found(judge_certificate_extensions(c.body, kOffered)), c.finding);
  }
}

TEST(HelloMessages, LooksAtEveryCertificateOfTheList) {
  const Bytes good = ByteBuilder().vector24(to_bytes("one")).vector16({}).made();
  const Bytes bad = ByteBuilder().vector24(to_bytes("two")).vector16(extension_block({{0xabcd}})).made();
  const Bytes body = ByteBuilder().vector8({}).vector24(concat(good, bad)).made();
  EXPECT_EQ(found(judge_certificate_extensions(body, kOffered)), Finding::UnsolicitedExtension);
}

TEST(HelloMessages, ReadsServerKeyExchange) {
  const Bytes ecdhe = ByteBuilder().u8(3).u16(0x001D).vector8(Bytes(32, 9)).u16(0x0403).vector16(Bytes(70, 1)).made();
  KeyExchangeFacts facts = read_server_key_exchange(ecdhe, KeyExchange::Ecdhe, true);
  EXPECT_EQ(facts.group, 0x001D);
  EXPECT_EQ(facts.signature_scheme, 0x0403);
  EXPECT_EQ(read_server_key_exchange(ecdhe, KeyExchange::Ecdhe, false).signature_scheme, std::nullopt);

  Bytes explicit_curve = ecdhe;
  explicit_curve[0] = 1;
  EXPECT_EQ(read_server_key_exchange(explicit_curve, KeyExchange::Ecdhe, true).group, std::nullopt);

  const auto dhe = [](const Bytes& prime) {
    return ByteBuilder().vector16(prime).vector16(Bytes{2}).vector16(Bytes(4, 7)).u16(0x0804).made();
  };
  facts = read_server_key_exchange(dhe(Bytes(128, 0xff)), KeyExchange::Dhe, true);
  EXPECT_EQ(facts.dh_bits, 1024U);
  EXPECT_EQ(facts.signature_scheme, 0x0804);
  EXPECT_EQ(read_server_key_exchange(dhe({0x01, 0xff}), KeyExchange::Dhe, true).dh_bits, 9U);
  EXPECT_EQ(read_server_key_exchange(dhe({}), KeyExchange::Dhe, true).dh_bits, std::nullopt);
}

TEST(HelloMessages, CountsNoLeadingZerosOfAPrime) {
  const Bytes padded = ByteBuilder().vector16(Bytes{0, 0x01, 0xff}).vector16(Bytes{2}).vector16(Bytes{3}).made();
  EXPECT_EQ(read_server_key_exchange(padded, KeyExchange::Dhe, false).dh_bits, 9U);
}

TEST(HelloMessages, ReadsNothingPastTheEndOfATruncatedMessage) {
  const std::vector<Bytes> bodies{
      client_hello({.extensions = {{client_share(), offered_versions({0x0304})}}}),
      hello12({{23}, {35}}),
      hello13({server_share()}),
      retry({{44, {0, 1, 9}}}),
      encrypted_extensions({{0}, {16, {0, 3, 2, 'h', '2'}}}),
      certificate13({{5, {1, 0, 0, 1, 9}}}),
      ByteBuilder().u8(3).u16(0x001D).vector8(Bytes(32, 9)).u16(0x0403).vector16(Bytes(70, 1)).made(),
  };
  for (const Bytes& whole : bodies) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      // A copy of exactly this size, so that AddressSanitizer sees a read past its end.
      const Bytes body(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      static_cast<void>(offered_extensions(body));
      static_cast<void>(read_server_hello(body));
      static_cast<void>(judge_server_hello(body, kOffered));
      static_cast<void>(judge_encrypted_extensions(body, kOffered));
      static_cast<void>(judge_certificate_extensions(body, kOffered));
      static_cast<void>(read_server_key_exchange(body, KeyExchange::Ecdhe, true));
      static_cast<void>(read_server_key_exchange(body, KeyExchange::Dhe, true));
    }
  }
}

TEST(HelloMessages, FindsEveryServerHelloThatEndsInsideItsExtensionsMalformed) {
  const Bytes whole = hello13({server_share()});
  const std::size_t fixed_part = server_hello().size();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    SCOPED_TRACE(size);
    const Bytes body(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    // Up to the fixed part OpenSSL itself is precise; a message that ends there has no extensions.
    EXPECT_EQ(found(judge_server_hello(body, kOffered)),
              size <= fixed_part ? Finding::None : Finding::MalformedExtensions);
    EXPECT_EQ(read_server_hello(body).has_value(), size >= fixed_part);
  }
}

TEST(HelloMessages, ReadsWhatACertificateRequestAsksFor) {
  // certificate_request_context "c", then signature_algorithms(13) and an empty unknown one.
  const std::vector<std::uint8_t> body{1, 'c', 0, 12, 0, 13, 0, 4, 0, 2, 4, 3, 0x12, 0x34, 0, 0};
  EXPECT_EQ(requested_extensions(body), (std::vector<std::uint16_t>{13, 0x1234}));
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_LE(requested_extensions(std::span(body).first(size)).size(), 2U);
  }
}

TEST(HelloMessages, LeavesTheExtensionsOfUnknownVersionsAlone) {
  std::vector<std::uint8_t> body{3, 6};  // There is no TLS 1.5.
  body.insert(body.end(), 32, 0xaa);     // random
  body.insert(body.end(), {0, 0x13, 0x01, 0, 0, 4, 0x12, 0x34, 0, 0});
  const auto fault = judge_server_hello(body, {});
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->finding, Finding::UnofferedVersion);
  body[1] = 3;
  const auto known = judge_server_hello(body, {});
  ASSERT_TRUE(known);
  EXPECT_EQ(known->finding, Finding::UnsolicitedExtension) << "of TLS 1.2 they are judged";
}

}  // namespace
}  // namespace securetransport::ossl
