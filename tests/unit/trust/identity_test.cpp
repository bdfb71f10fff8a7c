// SPDX-License-Identifier: Apache-2.0
// Identities: kinds of keys and files, and one clear sentence for each mistake.
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "trust/x509.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

std::string outcome(const Result<Identity>& result) {
  return result ? std::to_string(result->chain().size()) + " certificates"
                : symbol_of(result.error().code) + ": " + result.error().detail;
}

TEST(Identity, ReadsKeysOfEveryKindFromEveryForm) {
  for (const KeyKind kind : {KeyKind::EcP256, KeyKind::EcP384, KeyKind::Rsa2048, KeyKind::Ed25519}) {
    CertificateSpec spec = leaf_spec();
    spec.key = kind;
    const auto leaf = self_signed(spec);
    SCOPED_TRACE(parsed(leaf).key());
    EXPECT_EQ(outcome(Identity::from_pem(leaf.pem(), key_pem(leaf.key))), "1 certificates");
    EXPECT_EQ(outcome(Identity::from_pem(leaf.pem(), key_pem(leaf.key, "secret"), "secret")), "1 certificates");
    if (kind == KeyKind::Ed25519) continue;  // Has no traditional form.
    EXPECT_EQ(outcome(Identity::from_pem(leaf.pem(), traditional_key_pem(leaf.key))), "1 certificates");
    EXPECT_EQ(outcome(Identity::from_pem(leaf.pem(), traditional_key_pem(leaf.key, "secret"), "secret")),
              "1 certificates");
  }
}

TEST(Identity, ReadsCertificatesAndKeyFromOneText) {
  const Family family;
  const auto leaf = family.leaf();
  const auto text = leaf.pem() + family.intermediate.pem() + key_pem(leaf.key);
  const auto identity = Identity::from_pem(text, text);
  ASSERT_EQ(outcome(identity), "2 certificates");
  EXPECT_EQ(identity->chain().front(), parsed(leaf));
  EXPECT_EQ(EVP_PKEY_eq(identity->impl().key.get(), leaf.key.get()), 1);
}

TEST(Identity, IgnoresAPassphraseThatIsNotNeeded) {
  const auto leaf = self_signed(leaf_spec());
  EXPECT_EQ(outcome(Identity::from_pem(leaf.pem(), key_pem(leaf.key), "unused")), "1 certificates");
}

TEST(Identity, SaysInOneSentenceWhatIsWrong) {
  const Family family;
  const auto leaf = family.leaf();
  const auto key = key_pem(leaf.key);
  const auto locked = key_pem(leaf.key, "secret");
  const auto old_locked = traditional_key_pem(leaf.key, "secret");
  const auto other = key_pem(make_key(KeyKind::EcP256));
  const auto other_kind = key_pem(make_key(KeyKind::Rsa2048));
  struct Row {
    const char* what;
    std::string certificates;
    std::string key;
    std::string passphrase;
    std::string expected;
  };
  const std::vector<Row> rows{
      {"no certificate", key, key, "", "errSSLBadCert: the text has no CERTIFICATE block"},
      {"no key", leaf.pem(), leaf.pem(), "", "errSSLConfigurationFailed: the text has no PRIVATE KEY block"},
      {"empty key", leaf.pem(), "", "", "errSSLConfigurationFailed: the text has no PRIVATE KEY block"},
      {"damaged key", leaf.pem(), key.substr(0, 60) + "!!!!" + key.substr(64), "",
       "errSSLConfigurationFailed: the private key is damaged, cut short or of an unknown kind"},
      {"cut key", leaf.pem(), key.substr(0, key.size() / 2), "",
       "errSSLConfigurationFailed: the private key is damaged, cut short or of an unknown kind"},
      {"no passphrase", leaf.pem(), locked, "",
       "errSSLConfigurationFailed: the private key is encrypted and no passphrase was given"},
      {"wrong passphrase", leaf.pem(), locked, "wrong",
       "errSSLConfigurationFailed: the passphrase does not open the private key"},
      {"no passphrase, traditional", leaf.pem(), old_locked, "",
       "errSSLConfigurationFailed: the private key is encrypted and no passphrase was given"},
      {"wrong passphrase, traditional", leaf.pem(), old_locked, "wrong",
       "errSSLConfigurationFailed: the passphrase does not open the private key"},
      {"long passphrase", leaf.pem(), locked, std::string(5000, 'x'),
       "errSSLConfigurationFailed: the passphrase is longer than 1024 bytes"},
      {"other key", leaf.pem(), other, "",
       "errSSLConfigurationFailed: the private key does not belong to the certificate \"CN=leaf\""},
      {"other kind of key", leaf.pem(), other_kind, "",
       "errSSLConfigurationFailed: the private key does not belong to the certificate \"CN=leaf\""},
      {"wrong order", family.intermediate.pem() + leaf.pem(), key, "",
       "errSSLConfigurationFailed: the key belongs to certificate 2 of the file: put it first"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(outcome(Identity::from_pem(row.certificates, row.key, row.passphrase)), row.expected);
  }
}

/// A PKCS#8 block that asks for this much work; what is locked in it is no key.
std::string locked_pem(X509_ALGOR* derivation) {
  const std::unique_ptr<X509_SIG, decltype(&X509_SIG_free)> locked(X509_SIG_new(), X509_SIG_free);
  X509_ALGOR* scheme = nullptr;
  ASN1_OCTET_STRING* contents = nullptr;
  X509_SIG_getm(locked.get(), &scheme, &contents);
  const std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> pbes2(derivation, X509_ALGOR_free);
  X509_ALGOR_copy(scheme, pbes2.get());
  ASN1_OCTET_STRING_set(contents, reinterpret_cast<const unsigned char*>("0123456789abcdef"), 16);
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PKCS8(out.get(), locked.get());
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

TEST(Identity, RefusesAKeyThatAsksForHoursOfWork) {
  const auto leaf = self_signed(leaf_spec());
  const auto opened = [&](X509_ALGOR* derivation) {
    return outcome(Identity::from_pem(leaf.pem(), locked_pem(derivation), "secret"));
  };
  const auto pbkdf2 = [](int rounds) { return PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), rounds, nullptr, 0, nullptr, -1); };
  const auto scrypt = [](std::uint64_t cost, std::uint64_t parallel) {
    return PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, cost, 1, parallel);
  };
  const std::string wrong = "errSSLConfigurationFailed: the passphrase does not open the private key";
  const std::string too_much =
      "errSSLConfigurationFailed: the private key asks for more than 10 million rounds of key derivation";
  EXPECT_EQ(opened(pbkdf2(2)), wrong);
  EXPECT_EQ(opened(pbkdf2(0x7FFFFFFF)), too_much);
  EXPECT_EQ(opened(scrypt(2, 1)), wrong);
  EXPECT_EQ(opened(scrypt(16'384, 65'536)), too_much);
}

TEST(Identity, LeavesTheErrorQueueAsItWas) {
  ERR_clear_error();
  const auto leaf = self_signed(leaf_spec());
  (void)Identity::from_pem(leaf.pem(), key_pem(leaf.key, "secret"), "wrong");
  (void)Identity::from_pem(leaf.pem(), key_pem(make_key(KeyKind::EcP256)));
  EXPECT_EQ(ERR_get_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
