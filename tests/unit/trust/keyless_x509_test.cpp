// SPDX-License-Identifier: Apache-2.0
// A certificate read without its key says what the same bytes say when OpenSSL reads them whole, also where they are
// damaged.
#include "trust/keyless_x509.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <array>

#include "support/test_certificates.hpp"
#include "trust/encoding.hpp"
#include "trust/error_mark.hpp"
#include "trust/x509.hpp"

namespace securetransport::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::array kSigners{KeyKind::EcP256,  KeyKind::EcP521,     KeyKind::EcExplicit, KeyKind::Ed25519,
                              KeyKind::Rsa2048, KeyKind::RsaPss2048, KeyKind::Ed448};

/// Null for what is no certificate in DER.
ossl::X509Ptr read_whole(const Bytes& der) {
  const trust::ErrorMark mark;
  const unsigned char* at = der.data();
  ossl::X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  const bool is_der = x509 && at == der.data() + der.size() && trust::encoded(i2d_X509, x509.get()) == der;
  return is_der ? std::move(x509) : nullptr;
}

bool is_equal(const ASN1_OCTET_STRING* a, const ASN1_OCTET_STRING* b) {
  return a == nullptr || b == nullptr ? a == b : ASN1_OCTET_STRING_cmp(a, b) == 0;
}

struct SignatureInfo {
  int is_known = 0;
  std::array<int, 3> numbers{};
  std::uint32_t flags = 0;
  explicit SignatureInfo(X509* x509) {
    is_known = X509_get_signature_info(x509, &numbers[0], &numbers[1], &numbers[2], &flags);
  }
  friend bool operator==(const SignatureInfo&, const SignatureInfo&) = default;
};

void expect_same_fields(const Certificate& ours, X509& theirs) {
  X509& keyless = *trust::keyless_of(ours);
  EXPECT_EQ(X509_NAME_cmp(&trust::subject_of(ours), X509_get_subject_name(&theirs)), 0);
  EXPECT_EQ(X509_NAME_cmp(&trust::issuer_of(ours), X509_get_issuer_name(&theirs)), 0);
  // Without the key and without a hash these two cannot be known.
  constexpr std::uint32_t kUnknown = EXFLAG_SS | EXFLAG_NO_FINGERPRINT;
  EXPECT_EQ(X509_get_extension_flags(&keyless) & ~kUnknown, X509_get_extension_flags(&theirs) & ~kUnknown);
  EXPECT_EQ(X509_get_key_usage(&keyless), X509_get_key_usage(&theirs));
  EXPECT_EQ(X509_get_extended_key_usage(&keyless), X509_get_extended_key_usage(&theirs));
  EXPECT_EQ(X509_get_pathlen(&keyless), X509_get_pathlen(&theirs));
  EXPECT_TRUE(is_equal(X509_get0_subject_key_id(&keyless), X509_get0_subject_key_id(&theirs)));
  EXPECT_TRUE(is_equal(X509_get0_authority_key_id(&keyless), X509_get0_authority_key_id(&theirs)));
  EXPECT_EQ(SignatureInfo(&keyless), SignatureInfo(&theirs));
  EXPECT_EQ(trust::is_self_signed(ours), X509_self_signed(&theirs, 0) == 1);
  EXPECT_EQ(trust::proves_self_signed(ours), X509_self_signed(&theirs, 1) == 1);
}

void expect_same_key(const Certificate& ours, X509& theirs) {
  EXPECT_EQ(ours.impl().spki(), trust::encoded(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(&theirs)));
  EVP_PKEY* const key = X509_get0_pubkey(&theirs);
  ASSERT_EQ(ours.impl().key() != nullptr, key != nullptr);
  if (key == nullptr) return;
  EXPECT_EQ(EVP_PKEY_eq(ours.impl().key(), key), 1);
}

/// Whether it is signed by the issuer; nullopt: it is no certificate.
std::optional<bool> expect_same(const Bytes& der, const Key& issuer) {
  const trust::ErrorMark mark;
  const Result<Certificate> ours = Certificate::from_der(der);
  const ossl::X509Ptr theirs = read_whole(der);
  EXPECT_EQ(ours.has_value(), theirs != nullptr);
  if (!ours || !theirs) return std::nullopt;
  expect_same_fields(*ours, *theirs);
  expect_same_key(*ours, *theirs);
  const bool is_signed = ours->impl().is_signed_by(*issuer);
  EXPECT_EQ(is_signed, X509_verify(theirs.get(), issuer.get()) == 1);
  return is_signed;
}

TestCertificate authority(KeyKind kind) {
  CertificateSpec spec = root_spec();
  spec.key = kind;
  if (kind == KeyKind::Ed25519 || kind == KeyKind::Ed448) spec.digest = nullptr;
  return self_signed(spec);
}

TestCertificate rich_certificate(const TestCertificate& issuer, KeyKind issuer_kind) {
  CertificateSpec spec = intermediate_spec();
  spec.names = {"DNS:www.example.com", "IP:192.0.2.1"};
  spec.name_constraints = "permitted;DNS:example.com";
  spec.extended_key_usage = "serverAuth";
  spec.path_length = 1;
  if (issuer_kind == KeyKind::Ed25519 || issuer_kind == KeyKind::Ed448) spec.digest = nullptr;
  return issued_by(issuer, spec);
}

TEST(KeylessX509, SaysWhatTheWholeCertificateSays) {
  for (const KeyKind kind : kSigners) {
    SCOPED_TRACE(static_cast<int>(kind));
    const TestCertificate issuer = authority(kind);
    EXPECT_EQ(expect_same(issuer.der, issuer.key), std::optional(true));
    EXPECT_EQ(expect_same(rich_certificate(issuer, kind).der, issuer.key), std::optional(true));
    EXPECT_EQ(expect_same(issuer.der, make_key(KeyKind::EcP384)), std::optional(false));
  }
}

TEST(KeylessX509, IsDamagedWhereTheWholeCertificateIsDamaged) {
  const TestCertificate issuer = authority(KeyKind::EcP256);
  const Bytes der = rich_certificate(issuer, KeyKind::EcP256).der;
  std::size_t still_read = 0;
  for (std::size_t at = 0; at < der.size(); ++at) {
    SCOPED_TRACE(at);
    Bytes damaged = der;
    damaged[at] ^= static_cast<std::uint8_t>(1U << at % 8);
    const std::optional<bool> is_signed = expect_same(damaged, issuer.key);
    if (is_signed) ++still_read;
    EXPECT_NE(is_signed, std::optional(true));
  }
  // Most bytes are content, and a changed letter of a name is a name.
  EXPECT_GT(still_read, der.size() / 2);
  EXPECT_LT(still_read, der.size());
}

TEST(KeylessX509, EndsWhereTheCertificateEnds) {
  const TestCertificate issuer = authority(KeyKind::EcP256);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, issuer.der.size() - 1}) {
    const trust::ErrorMark mark;
    const unsigned char* at = issuer.der.data();
    EXPECT_EQ(trust::read_keyless_x509(at, size), nullptr) << size;
  }
  Bytes longer = issuer.der;
  longer.push_back(0);
  const unsigned char* at = longer.data();
  EXPECT_NE(trust::read_keyless_x509(at, longer.size()), nullptr);
  EXPECT_EQ(at, longer.data() + issuer.der.size());
}

TEST(KeylessX509, LeavesNoErrorsBehind) {
  const TestCertificate issuer = authority(KeyKind::Rsa2048);
  ERR_clear_error();
  const Result<Certificate> certificate = Certificate::from_der(issuer.der);
  ASSERT_TRUE(certificate);
  EXPECT_TRUE(certificate->is_ca());
  EXPECT_NE(certificate->impl().key(), nullptr);
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
