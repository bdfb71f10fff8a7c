// SPDX-License-Identifier: Apache-2.0
// Keys as values: published vectors, and what OpenSSL's own calls say about what we write.
#include "securetransport/trust/key.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <string>

#include "securetransport/trust/import.hpp"
#include "trust/key_impl.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes from_hex(std::string_view text) {
  Bytes bytes;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16)));
  return bytes;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += "0123456789ABCDEF"[byte >> 4U];
    text += "0123456789ABCDEF"[byte & 0x0FU];
  }
  return text;
}

Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

template <class Value>
std::string outcome(const Result<Value>& result) {
  return result ? "success" : symbol_of(result.error().code) + ": " + result.error().detail;
}

PrivateKey generated(KeyType type, std::size_t bits) {
  auto key = PrivateKey::generate(type, bits);
  EXPECT_TRUE(key) << outcome(key);
  return *std::move(key);
}

/// RSA keys are slow to make: one for all.
const PrivateKey& rsa_key() {
  static const PrivateKey kKey = generated(KeyType::Rsa, 2048);
  return kKey;
}

// RFC 6979 appendix A.2.5.
const std::string kEcPublic =
    "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
    "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";
const std::string kEcPrivate = kEcPublic + "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

TEST(Key, VerifiesThePublishedEcdsaSignature) {
  const auto key = PublicKey::from_compact_form(KeyType::Ec, from_hex(kEcPublic));
  ASSERT_TRUE(key) << outcome(key);
  // r and s of "sample" with SHA-256, each with a zero in front as DER wants it.
  const Bytes signature = from_hex(
      "3046022100EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
      "022100F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
  const SignatureAlgorithm algorithm{SigningScheme::Ecdsa, HashKind::Sha256, SignatureInput::Message};
  EXPECT_EQ(outcome(key->verify(algorithm, bytes_of("sample"), signature)), "success");
  EXPECT_EQ(outcome(key->verify(algorithm, bytes_of("simple"), signature)),
            "errSSLCrypto: the signature does not verify");
}

TEST(Key, AgreesOnThePublishedSecret) {
  // RFC 5903 section 8.1.
  const auto ours = PrivateKey::from_compact_form(
      KeyType::Ec, from_hex("04DAD0B65394221CF9B051E1FECA5787D098DFE637FC90B9EF945D0C3772581180"
                            "5271A0461CDB8252D61F1C456FA3E59AB1F45B33ACCF5F58389E0577B8990BB3"
                            "C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433"));
  const auto theirs = PublicKey::from_compact_form(
      KeyType::Ec, from_hex("04D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63"
                            "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB"));
  ASSERT_TRUE(ours && theirs);
  const auto secret = ours->agree(*theirs);
  ASSERT_TRUE(secret) << outcome(secret);
  EXPECT_EQ(to_hex(secret->view()), "D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE");
  EXPECT_EQ(outcome(ours->agree(generated(KeyType::Ec, 384).public_key())),
            "errSSLConfigurationFailed: the keys are not on the same curve");
  EXPECT_EQ(outcome(ours->agree(rsa_key().public_key())),
            "errSSLConfigurationFailed: the keys are not on the same curve");
}

TEST(Key, ReadsWhatItWritesInEveryForm) {
  const std::vector<PrivateKey> keys{rsa_key(), generated(KeyType::Ec, 256), generated(KeyType::Ec, 384),
                                     generated(KeyType::Ec, 521)};
  for (const PrivateKey& key : keys) {
    SCOPED_TRACE(key.bits());
    const auto again = PrivateKey::from_der(key.der().view());
    ASSERT_TRUE(again) << outcome(again);
    EXPECT_EQ(*again, key);
    EXPECT_TRUE(PrivateKey::from_der(key.traditional_der().view()));
    const auto compact = key.compact_form();
    ASSERT_TRUE(compact);
    const auto from_compact = PrivateKey::from_compact_form(key.type(), compact->view());
    ASSERT_TRUE(from_compact) << outcome(from_compact);
    EXPECT_EQ(*from_compact, key);

    const PublicKey open = key.public_key();
    EXPECT_EQ(open.identifier(), key.identifier());
    const auto open_der = PublicKey::from_der(open.der());
    const auto open_pem = PublicKey::from_pem(open.pem());
    const auto open_compact = PublicKey::from_compact_form(open.type(), *open.compact_form());
    ASSERT_TRUE(open_der && open_pem && open_compact);
    EXPECT_EQ(*open_der, open);
    EXPECT_EQ(*open_pem, open);
    EXPECT_EQ(*open_compact, open);

    const auto locked = key.encrypted_der("secret");
    ASSERT_TRUE(locked);
    EXPECT_FALSE(PrivateKey::from_der(*locked));
    const auto opened = import_items({.bytes = *locked, .passphrase = "secret"});
    ASSERT_TRUE(opened) << opened.error->detail;
    EXPECT_EQ(opened.items.keys.at(0), key);
    EXPECT_EQ(import_items({.bytes = *locked, .passphrase = "wrong"}).error->problem, ImportProblem::PassphraseWrong);
  }
}

TEST(Key, TellsTypeAndSize) {
  EXPECT_EQ(rsa_key().type(), KeyType::Rsa);
  EXPECT_EQ(rsa_key().bits(), 2048U);
  EXPECT_EQ(rsa_key().block_size(), 256U);
  const PrivateKey ec = generated(KeyType::Ec, 521);
  EXPECT_EQ(ec.type(), KeyType::Ec);
  EXPECT_EQ(ec.bits(), 521U);
  EXPECT_EQ(ec.block_size(), 66U);
  EXPECT_EQ(outcome(PrivateKey::generate(KeyType::Rsa, 512)),
            "errSSLConfigurationFailed: keys are RSA with 1024 to 8192 bits or EC with 256, 384 or 521");
  EXPECT_FALSE(PrivateKey::generate(KeyType::Ec, 255));
  EXPECT_FALSE(PrivateKey::generate(KeyType::Other, 256));
}

TEST(Key, RefusesWhatIsNoKey) {
  const Bytes good = from_hex(kEcPrivate);
  ASSERT_TRUE(PrivateKey::from_compact_form(KeyType::Ec, good));
  Bytes other_number = good;
  other_number.back() ^= 1U;
  EXPECT_FALSE(PrivateKey::from_compact_form(KeyType::Ec, other_number)) << "the number is not the point's";
  Bytes off_curve = from_hex(kEcPublic);
  off_curve.back() ^= 1U;
  EXPECT_FALSE(PublicKey::from_compact_form(KeyType::Ec, off_curve));
  Bytes compressed = from_hex(kEcPublic);
  compressed.front() = 2;
  EXPECT_FALSE(PublicKey::from_compact_form(KeyType::Ec, compressed));
  EXPECT_FALSE(PublicKey::from_compact_form(KeyType::Ec, Bytes(65)));
  for (const Bytes& bytes : {Bytes(), Bytes{0x30}, Bytes(64, 0xFF), good}) {
    EXPECT_FALSE(PublicKey::from_der(bytes));
    EXPECT_FALSE(PrivateKey::from_der(bytes));
    EXPECT_FALSE(PublicKey::from_compact_form(KeyType::Rsa, bytes));
    EXPECT_FALSE(PrivateKey::from_compact_form(KeyType::Rsa, bytes));
    EXPECT_FALSE(PublicKey::from_compact_form(KeyType::Other, bytes));
  }
  Bytes with_more = rsa_key().public_key().der();
  with_more.push_back(0);
  EXPECT_EQ(outcome(PublicKey::from_der(with_more)),
            "errSSLBadCert: the data is not a key, or it is damaged or of an unknown kind");
  EXPECT_FALSE(PublicKey::from_pem("no block"));
}

TEST(Key, SignsWhatItsPublicHalfVerifiesAndNothingElse) {
  const PrivateKey ec = generated(KeyType::Ec, 256);
  const Bytes message = bytes_of("a message");
  std::vector<std::pair<const PrivateKey*, SignatureAlgorithm>> rows;
  for (const HashKind hash : {HashKind::Sha1, HashKind::Sha224, HashKind::Sha256, HashKind::Sha384, HashKind::Sha512}) {
    rows.push_back({&rsa_key(), {SigningScheme::RsaPkcs1, hash, SignatureInput::Message}});
    rows.push_back({&rsa_key(), {SigningScheme::RsaPss, hash, SignatureInput::Message}});
    rows.push_back({&ec, {SigningScheme::Ecdsa, hash, SignatureInput::Message}});
  }
  for (const auto& [key, algorithm] : rows) {
    SCOPED_TRACE(std::to_string(static_cast<int>(algorithm.scheme)) + " with hash " +
                 std::to_string(static_cast<int>(algorithm.hash)));
    ASSERT_TRUE(key->supports(algorithm));
    const auto signature = key->sign(algorithm, message);
    ASSERT_TRUE(signature) << outcome(signature);
    EXPECT_TRUE(key->public_key().verify(algorithm, message, *signature));
    Bytes hash(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    EVP_Digest(message.data(), message.size(), hash.data(), &size, trust::md_of(algorithm.hash), nullptr);
    hash.resize(size);
    SignatureAlgorithm over_hash = algorithm;
    over_hash.input = SignatureInput::Hash;
    EXPECT_TRUE(key->public_key().verify(over_hash, hash, *signature)) << "a hash and its message are the same";
    EXPECT_FALSE(key->public_key().verify(over_hash, bytes_of("short"), *signature));
    Bytes damaged = *signature;
    damaged[damaged.size() / 2] ^= 1U;
    EXPECT_FALSE(key->public_key().verify(algorithm, message, damaged));
    EXPECT_FALSE(key->public_key().verify(algorithm, message, {}));
  }
}

TEST(Key, SignsAsOpensslVerifies) {
  const Bytes message = bytes_of("a message");
  const auto signature = rsa_key().sign({SigningScheme::RsaPss, HashKind::Sha256, SignatureInput::Message}, message);
  ASSERT_TRUE(signature);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_PKEY_CTX* details = nullptr;
  ASSERT_EQ(EVP_DigestVerifyInit(context.get(), &details, EVP_sha256(), nullptr, rsa_key().impl().key.get()), 1);
  EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING);
  EVP_PKEY_CTX_set_rsa_pss_saltlen(details, 32);  // kSecKeyAlgorithm...PSSSHA256 has a salt of 32 bytes.
  EXPECT_EQ(EVP_DigestVerify(context.get(), signature->data(), signature->size(), message.data(), message.size()), 1);
}

TEST(Key, HasRawSignaturesForThoseWhoPadThemselves) {
  const SignatureAlgorithm raw{SigningScheme::RsaRaw, HashKind::None, SignatureInput::Hash};
  const SignatureAlgorithm padded{SigningScheme::RsaPkcs1, HashKind::None, SignatureInput::Hash};
  const auto signature = rsa_key().sign(padded, bytes_of("anything"));
  ASSERT_TRUE(signature) << outcome(signature);
  // RFC 8017 section 9.2: 00 01 FF ... FF 00 and the input.
  Bytes encoded(256, 0xFF);
  encoded[0] = 0;
  encoded[1] = 1;
  const Bytes text = bytes_of("anything");
  encoded[256 - text.size() - 1] = 0;
  std::ranges::copy(text, encoded.end() - static_cast<std::ptrdiff_t>(text.size()));
  EXPECT_TRUE(rsa_key().public_key().verify(raw, encoded, *signature));
  EXPECT_EQ(outcome(rsa_key().sign(raw, text)), "errSSLConfigurationFailed: the input is not as long as the modulus");
  EXPECT_EQ(outcome(rsa_key().sign(padded, Bytes(246))),
            "errSSLConfigurationFailed: the input is too long for this key");
}

TEST(Key, KnowsWhatItCannotDo) {
  const PrivateKey ec = generated(KeyType::Ec, 256);
  EXPECT_FALSE(ec.supports(SignatureAlgorithm{SigningScheme::RsaPkcs1, HashKind::Sha256, SignatureInput::Message}));
  EXPECT_FALSE(ec.supports(EncryptionAlgorithm{EncryptionScheme::RsaOaep, HashKind::Sha256}));
  EXPECT_FALSE(rsa_key().supports(SignatureAlgorithm{SigningScheme::Ecdsa, HashKind::Sha256, SignatureInput::Hash}));
  EXPECT_FALSE(rsa_key().supports(SignatureAlgorithm{SigningScheme::RsaPss, HashKind::None, SignatureInput::Hash}));
  const PrivateKey small = generated(KeyType::Rsa, 1024);
  EXPECT_FALSE(small.supports(SignatureAlgorithm{SigningScheme::RsaPss, HashKind::Sha512, SignatureInput::Hash}));
  EXPECT_FALSE(small.supports(EncryptionAlgorithm{EncryptionScheme::RsaOaep, HashKind::Sha512}));
  EXPECT_EQ(outcome(ec.sign({}, bytes_of("x"))),
            "errSSLConfigurationFailed: the key does not know this signature algorithm");
}

TEST(Key, DecryptsWhatItsPublicHalfEncrypts) {
  const Bytes text = bytes_of("sixteen bytes ok");
  for (const EncryptionAlgorithm& algorithm : {EncryptionAlgorithm{EncryptionScheme::RsaPkcs1, HashKind::None},
                                               EncryptionAlgorithm{EncryptionScheme::RsaOaep, HashKind::Sha1},
                                               EncryptionAlgorithm{EncryptionScheme::RsaOaep, HashKind::Sha256},
                                               EncryptionAlgorithm{EncryptionScheme::RsaOaep, HashKind::Sha512}}) {
    const auto locked = rsa_key().public_key().encrypt(algorithm, text);
    ASSERT_TRUE(locked) << outcome(locked);
    const auto opened = rsa_key().decrypt(algorithm, *locked);
    ASSERT_TRUE(opened) << outcome(opened);
    EXPECT_TRUE(std::ranges::equal(opened->view(), text));
    EXPECT_FALSE(rsa_key().public_key().encrypt(algorithm, Bytes(250)));
    EXPECT_FALSE(rsa_key().decrypt(algorithm, Bytes(255)));
  }
  const EncryptionAlgorithm raw{EncryptionScheme::RsaRaw, HashKind::None};
  const auto locked = rsa_key().public_key().encrypt(raw, text);
  ASSERT_TRUE(locked);
  const auto opened = rsa_key().decrypt(raw, *locked);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->size(), 256U);
  EXPECT_TRUE(std::ranges::equal(opened->view().last(text.size()), text));
  EXPECT_EQ(outcome(rsa_key().decrypt({EncryptionScheme::RsaOaep, HashKind::Sha256}, *locked)),
            "errSSLCrypto: the ciphertext does not decrypt");
}

TEST(Key, JoinsCertificatesOnlyWithTheirOwnKey) {
  const auto leaf = self_signed(leaf_spec());
  const Certificate certificate = parsed(leaf);
  const auto key = import_items({.bytes = bytes_of(key_pem(leaf.key))}).items.keys.at(0);
  const auto identity = Identity::from(key, {certificate});
  ASSERT_TRUE(identity) << outcome(identity);
  EXPECT_EQ(PrivateKey::of(*identity), key);
  EXPECT_EQ(*PublicKey::of(certificate), key.public_key());
  EXPECT_EQ(outcome(Identity::from(key, {})), "errSSLConfigurationFailed: an identity needs a certificate");
  EXPECT_EQ(outcome(Identity::from(generated(KeyType::Ec, 256), {certificate})),
            "errSSLConfigurationFailed: the private key does not belong to the certificate \"CN=leaf\"");
}

TEST(Key, LeavesTheErrorQueueAsItWas) {
  ERR_clear_error();
  (void)PublicKey::from_der(Bytes(40, 0x30));
  (void)PrivateKey::from_compact_form(KeyType::Ec, Bytes(97, 4));
  (void)rsa_key().decrypt({EncryptionScheme::RsaOaep, HashKind::Sha1}, Bytes(256, 1));
  (void)rsa_key().public_key().verify({}, bytes_of("x"), Bytes(256, 1));
  EXPECT_EQ(ERR_get_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
