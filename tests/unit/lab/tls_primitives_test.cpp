// SPDX-License-Identifier: Apache-2.0
// Key schedules against published vectors and OpenSSL's own derivation; record ciphers and wire helpers in a circle.
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lab/openssl_handles.hpp"
#include "lab/tls/byte_writer.hpp"
#include "lab/tls/hello.hpp"
#include "lab/tls/key_agreement.hpp"
#include "lab/tls/key_schedule.hpp"
#include "lab/tls/record_cipher.hpp"

namespace securetransport::lab {
namespace {

Bytes hex(std::string_view text) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

TEST(KeySchedule13, ReproducesTheSimpleHandshakeOfRfc8448) {
  // RFC 8448 section 3.
  Schedule13 schedule;
  schedule.derive_handshake(hex("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"),
                            hex("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8"));
  EXPECT_EQ(schedule.client_handshake, hex("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21"));
  EXPECT_EQ(schedule.server_handshake, hex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38"));
  EXPECT_EQ(schedule.master, hex("18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919"));
  const RecordCipher server = Schedule13::cipher(schedule.server_handshake);
  EXPECT_EQ(server.key, hex("3fce516009c21727d0f2e4e86ee403bc"));
  EXPECT_EQ(server.iv, hex("5d313eb2671276ee13000b30"));

  schedule.derive_application(hex("9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13"));
  EXPECT_EQ(schedule.client_application, hex("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5"));
  EXPECT_EQ(schedule.server_application, hex("a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643"));
}

TEST(Prf, ReproducesThePublishedVectorOfTls12) {
  // The vector for P_SHA256 that was posted to the TLS working group and is used by several libraries.
  EXPECT_EQ(
      prf(Hash::Sha256, hex("9bbe436ba940f017b17652849a71db35"), "test label", hex("a0ba9f936cda311827a6f796ffd5198c"),
          100),
      hex("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa0"
          "22f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66"));
}

/// OpenSSL's TLS1-PRF, another implementation.
Bytes prf_of_openssl(const char* digest_name, Bytes secret, std::string label, std::size_t length) {
  const std::unique_ptr<EVP_KDF, Release<EVP_KDF_free>> kdf(EVP_KDF_fetch(nullptr, "TLS1-PRF", nullptr));
  const std::unique_ptr<EVP_KDF_CTX, Release<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(kdf.get()));
  std::string digest_copy = digest_name;
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest_copy.data(), 0),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, secret.data(), secret.size()),
                               OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, label.data(), label.size()),
                               OSSL_PARAM_construct_end()};
  Bytes out(length);
  EXPECT_EQ(EVP_KDF_derive(context.get(), out.data(), out.size(), params), 1);
  return out;
}

TEST(Prf, AgreesWithOpenSslInBothHashes) {
  for (const std::size_t size : {1U, 16U, 47U, 48U}) {  // Odd sizes: the halves of the old PRF overlap.
    const Bytes secret = random_bytes(size);
    EXPECT_EQ(prf(Hash::Md5Sha1, secret, "some label", bytes_of("seed"), 104),
              prf_of_openssl("MD5-SHA1", secret, "some labelseed", 104));
    EXPECT_EQ(prf(Hash::Sha256, secret, "some label", bytes_of("seed"), 104),
              prf_of_openssl("SHA256", secret, "some labelseed", 104));
  }
}

TEST(HelloRetryRequest, HasTheRandomOfTheRfc) {
  EXPECT_EQ(retry_random(), hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"));
}

std::vector<RecordCipher> ciphers() {
  std::vector<RecordCipher> all;
  for (const std::uint16_t version : {kTls10, kTls11, kTls12}) {
    for (const CipherKind kind : {CipherKind::CbcMacThenEncrypt, CipherKind::CbcEncryptThenMac}) {
      all.push_back({kind, version, Hash::Sha1, random_bytes(16), random_bytes(16), random_bytes(20)});
    }
  }
  all.push_back({CipherKind::CbcEncryptThenMac, kTls12, Hash::Sha256, random_bytes(16), {}, random_bytes(32)});
  all.push_back({CipherKind::Gcm12, kTls12, Hash::Sha1, random_bytes(16), random_bytes(4), {}});
  all.push_back({CipherKind::Gcm13, kTls13, Hash::Sha1, random_bytes(16), random_bytes(12), {}});
  return all;
}

constexpr RecordHeader kHeader{content::kApplicationData, kTls12};

TEST(RecordCipherTest, OpensWhatItSeals) {
  for (const RecordCipher& cipher : ciphers()) {
    RecordCipher writer = cipher;
    RecordCipher reader = cipher;
    for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 300U}) {
      const Bytes payload = random_bytes(size);
      const std::optional<Opened> opened = open(reader, kHeader, seal(writer, kHeader, kHeader.type, payload));
      ASSERT_TRUE(opened) << "kind " << static_cast<int>(cipher.kind);
      EXPECT_EQ(opened->payload, payload);
      EXPECT_EQ(opened->type, kHeader.type);
    }
  }
}

TEST(RecordCipherTest, RefusesWhatIsChangedOrShort) {
  for (const RecordCipher& cipher : ciphers()) {
    RecordCipher writer = cipher;
    const Bytes body = seal(writer, kHeader, kHeader.type, random_bytes(20));
    for (std::size_t at = 0; at < body.size(); ++at) {
      Bytes changed = body;
      changed[at] ^= 1;
      RecordCipher reader = cipher;
      // In TLS 1.0 the first block has its IV outside, so that no byte of a record is free; elsewhere too.
      EXPECT_FALSE(open(reader, kHeader, changed)) << "kind " << static_cast<int>(cipher.kind) << " byte " << at;
      EXPECT_FALSE(open(reader, kHeader, ByteView(body).first(at)));
    }
  }
}

TEST(RecordCipherTest, TampersWithMacAndPaddingOfCbcAlone) {
  for (const RecordCipher& cipher : ciphers()) {
    const bool is_cbc = cipher.kind != CipherKind::Gcm12 && cipher.kind != CipherKind::Gcm13;
    for (const Tamper tamper : {Tamper::Mac, Tamper::Padding}) {
      for (const std::size_t size : {0U, 11U, 12U, 31U}) {  // 11: MAC-then-encrypt with one byte of padding.
        RecordCipher writer = cipher;
        RecordCipher reader = cipher;
        const Bytes body = seal(writer, kHeader, kHeader.type, random_bytes(size), tamper);
        EXPECT_EQ(open(reader, kHeader, body).has_value(), !is_cbc);
      }
    }
  }
}

TEST(KeyAgreement, GivesBothSidesTheSameSecret) {
  for (const std::uint16_t number : {group::kX25519, group::kP256}) {
    const std::optional<CurveKey> a = CurveKey::make(number);
    const std::optional<CurveKey> b = CurveKey::make(number);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->agree(b->public_value), b->agree(a->public_value));
    EXPECT_TRUE(a->agree(b->public_value));
    EXPECT_FALSE(a->agree(Bytes(a->public_value.size())));
    EXPECT_FALSE(a->agree(Bytes(3)));
    EXPECT_FALSE(a->agree({}));
  }
  EXPECT_FALSE(CurveKey::make(0x7777));
  for (const DhGroup number : {DhGroup::Bits512, DhGroup::Bits768, DhGroup::Bits1024, DhGroup::Bits2048}) {
    const DhKey a = DhKey::make(DhParameters::of(number));
    const DhKey b = DhKey::make(DhParameters::of(number));
    EXPECT_EQ(a.agree(b.public_value), b.agree(a.public_value));
    EXPECT_FALSE(a.public_value.empty());
  }
  EXPECT_EQ(DhParameters::of(DhGroup::Bits512).prime.size(), 64U);
  EXPECT_EQ(DhParameters::of(DhGroup::Bits768).prime.size(), 96U);
  EXPECT_EQ(DhParameters::of(DhGroup::Bits3072).prime.size(), 384U);
  EXPECT_TRUE(DhKey::make({{}, {2}}).public_value.empty()) << "a modulus of nothing";
}

TEST(ByteWriterTest, FillsInNestedLengths) {
  const Bytes written =
      ByteWriter()
          .vector24([](ByteWriter& outer) { outer.u16(0x0102).vector8([](ByteWriter& inner) { inner.u8(9).u8(8); }); })
          .opaque16(Bytes{7})
          .take();
  EXPECT_EQ(written, (Bytes{0, 0, 5, 1, 2, 2, 9, 8, 0, 1, 7}));
}

TEST(Hello, IsReadAsItWasWritten) {
  ClientHello hello;
  hello.random = random_bytes(32);
  hello.session_id = {1, 2, 3};
  hello.suites = {0x1301, 0xc02b};
  hello.extensions.add(extension::kSupportedGroups, list_of({29, 23}));
  hello.extensions.add(0x7777, {5});
  const std::optional<ClientHello> read = ClientHello::parse(hello.encode({}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->random, hello.random);
  EXPECT_EQ(read->session_id, hello.session_id);
  EXPECT_EQ(read->suites, hello.suites);
  EXPECT_EQ(numbers_in(read->extensions.find(extension::kSupportedGroups)), (std::vector<std::uint16_t>{29, 23}));
  EXPECT_EQ(*read->extensions.find(0x7777), Bytes{5});
}

TEST(Hello, OfAnyLengthIsReadWithoutHarm) {
  ServerHello hello;
  hello.random = random_bytes(32);
  hello.extensions.add(extension::kKeyShare, {0, 29, 0, 1, 9});
  const Bytes whole = hello.encode({});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // Without any extension block a hello is whole too.
    EXPECT_EQ(ServerHello::parse(ByteView(whole).first(size)).has_value(), size == 38) << size;
  }
  EXPECT_TRUE(ServerHello::parse(whole));
}

Bytes encoded(const Fault& lie) {
  ExtensionList list;
  list.add(1, {7});
  list.add(2);
  list.apply(lie);
  return list.encode(lie);
}

TEST(ExtensionLies, ChangeWhatTheySayAndNothingElse) {
  EXPECT_EQ(encoded({}), (Bytes{0, 9, 0, 1, 0, 1, 7, 0, 2, 0, 0}));
  EXPECT_EQ(encoded({.lie = Lie::AddExtension, .number = 3, .bytes = {5}}),
            (Bytes{0, 14, 0, 1, 0, 1, 7, 0, 2, 0, 0, 0, 3, 0, 1, 5}));
  EXPECT_EQ(encoded({.lie = Lie::OmitExtension, .number = 1}), (Bytes{0, 4, 0, 2, 0, 0}));
  EXPECT_EQ(encoded({.lie = Lie::DuplicateExtension, .number = 2}),
            (Bytes{0, 13, 0, 1, 0, 1, 7, 0, 2, 0, 0, 0, 2, 0, 0}));
  EXPECT_EQ(encoded({.lie = Lie::ReplaceExtension, .number = 1}), (Bytes{0, 8, 0, 1, 0, 0, 0, 2, 0, 0}));
  EXPECT_EQ(encoded({.lie = Lie::ExtensionLength, .number = 1}), (Bytes{0, 9, 0, 2, 0, 0, 0, 1, 0, 2, 7}));
  EXPECT_EQ(encoded({.lie = Lie::ExtensionBlockLength}), (Bytes{0, 10, 0, 1, 0, 1, 7, 0, 2, 0, 0}));
}

}  // namespace
}  // namespace securetransport::lab
