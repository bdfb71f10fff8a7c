// SPDX-License-Identifier: Apache-2.0
// Makes certificates for tests at run time: every field may be wrong on purpose.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace securetransport::test {

using namespace std::chrono_literals;

/// The moment at which the tests live: 2026-07-01T12:00:00Z.
inline constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days(std::chrono::year(2026) / 7 / 1) + 12h;
inline constexpr std::chrono::days kDay{1};

enum class KeyKind : std::uint8_t {
  EcP256,
  EcP384,
  EcP521,
  EcP224,
  EcP192,
  EcExplicit,
  Rsa2048,
  Rsa2041,
  Rsa2040,
  Rsa1024,
  Rsa1017,
  Rsa1016,
  RsaPss2048,
  Ed25519,
  Ed448,
  Unreadable
};

using Key = std::shared_ptr<EVP_PKEY>;

/// A fresh key; RSA keys come from a small pool made once, because making them is slow.
[[nodiscard]] Key make_key(KeyKind kind);

/// An extension given byte by byte.
struct RawExtension {
  std::string oid;
  bool is_critical = false;
  std::vector<std::uint8_t> der;
};

enum class Signature : std::uint8_t { Good, Corrupt };
enum class KeyIdentifiers : std::uint8_t { Present, Absent };

struct CertificateSpec {
  std::string subject = "leaf";                ///< Common name; "" makes an empty subject.
  std::vector<std::uint8_t> subject_der = {};  ///< A Name in DER instead of that, if not empty.
  std::vector<std::uint8_t> serial = {};       ///< Big-endian; a random number if empty.
  std::vector<std::string> names = {};  ///< "DNS:a.com", "IP:192.0.2.1", "IP:2001:db8::1", "BYTES:..." (iPAddress).
  std::chrono::sys_seconds not_before = kNow - 30 * kDay;
  std::chrono::sys_seconds not_after = kNow + 60 * kDay;
  std::string not_after_text = {};  ///< Taken literally as GeneralizedTime if not empty.
  long version = X509_VERSION_3;
  bool is_ca = false;
  bool has_basic_constraints = true;  ///< Only asked if is_ca is false.
  std::optional<int> path_length = {};
  std::string key_usage = {};           ///< "critical,keyCertSign"; "" for none.
  std::string extended_key_usage = {};  ///< "serverAuth"; "" for none.
  std::string name_constraints = {};    ///< "permitted;DNS:a.com"
  std::vector<RawExtension> extensions = {};
  KeyKind key = KeyKind::EcP256;
  const char* digest = "SHA256";
  Signature signature = Signature::Good;
  KeyIdentifiers identifiers = KeyIdentifiers::Present;
};

[[nodiscard]] CertificateSpec root_spec(std::string subject = "Test Root");
[[nodiscard]] CertificateSpec intermediate_spec(std::string subject = "Test Intermediate");
[[nodiscard]] CertificateSpec responder_spec(std::string subject = "Test OCSP Responder");
[[nodiscard]] CertificateSpec leaf_spec(std::vector<std::string> names = {"DNS:www.example.com"});

/// A certificate as bytes, with its key.
struct TestCertificate {
  std::vector<std::uint8_t> der;
  Key key;
  [[nodiscard]] std::string pem() const;
};

/// Signed by the issuer, or by its own key.
[[nodiscard]] TestCertificate self_signed(const CertificateSpec& spec);
[[nodiscard]] TestCertificate issued_by(const TestCertificate& issuer, const CertificateSpec& spec);
/// As issued_by, for a key that is already there.
[[nodiscard]] TestCertificate issued_by(const TestCertificate& issuer, const CertificateSpec& spec, const Key& key);

/// PKCS#8; encrypted with AES-256 if there is a passphrase.
[[nodiscard]] std::string key_pem(const Key& key, std::string_view passphrase = {});
/// "BEGIN RSA PRIVATE KEY" or "BEGIN EC PRIVATE KEY".
[[nodiscard]] std::string traditional_key_pem(const Key& key, std::string_view passphrase = {});

}  // namespace securetransport::test
