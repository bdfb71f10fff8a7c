// SPDX-License-Identifier: Apache-2.0
// The certificates and stapled OCSP responses of the scenarios: good ones, and each of the bad ones.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "lab/pki.hpp"
#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

/// What a peer shows. All but the named fault is right: names, dates, purpose, issuer.
enum class Credential : std::uint8_t {
  None,
  Good,          ///< P-256.
  GoodRsa,       ///< RSA 2048.
  GoodWithRoot,  ///< The trusted root is sent too, which is superfluous and harmless.
  EmptySubject,  ///< Nothing in the subject, everything in the SAN, critical: right.
  Expired,
  ExpiredIntermediate,
  NotYetValid,
  SelfSigned,
  UntrustedRoot,         ///< A chain of another authority, its root included.
  UntrustedRootNotSent,  ///< The same without its root.
  LeafOnly,              ///< The intermediate is missing.
  OtherName,
  CommonNameOnly,  ///< The name stands in the subject alone.
  BadSignature,
  IssuerIsNoCa,
  PathTooLong,
  NameConstraints,
  WrongKeyUsage,
  WrongPurpose,
  CriticalExtension,
  WeakKey,  ///< RSA 1024.
  Sha1Leaf,
  Sha1Intermediate,
  Md5Leaf,
  LongLife,  ///< Valid for three years.
  MustStaple,
  UnsupportedKey,  ///< X25519 in the certificate: no key to sign with. The peer signs with another one.
  TinyRsa,         ///< RSA 512: too small to sign with SHA-512.
  Ed25519,
  Another,  ///< As good as Good, but not the same.
};

enum class Staple : std::uint8_t {
  None,
  Good,
  Malformed,         ///< Not DER at all.
  TryLater,          ///< An OCSP error in place of an answer.
  WrongSigner,       ///< Signed by a key that has nothing to do with the issuer.
  OtherCertificate,  ///< About another serial number.
  Expired,
  Unknown,  ///< The responder does not know the certificate.
  Revoked,
};

enum class Bearer : std::uint8_t { Server, Client };

/// A chain with its key.
struct Credentials {
  std::string chain_pem;
  std::string key_pem;
  Issued leaf;
  Issued issuer;  ///< Of the leaf.
};

/// Makes what is asked for once and keeps it: keys take time. Thread-safe.
class Vault {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Vault>> open();

  [[nodiscard]] const std::string& root_pem() const noexcept { return lab_.root.certificate_pem; }

  /// errSSLConfigurationFailed: cannot be made; the detail says why.
  [[nodiscard]] Result<Credentials> credentials(Credential kind, Bearer bearer);

  /// DER. Empty for Staple::None.
  [[nodiscard]] Result<Bytes> staple(Staple kind, const Credentials& about);

 private:
  Vault(Pki lab, Pki stranger) : lab_(std::move(lab)), stranger_(std::move(stranger)) {}
  [[nodiscard]] Result<Credentials> make(Credential kind, Bearer bearer) const;

  Pki lab_;
  Pki stranger_;
  std::mutex mutex_;
  std::map<std::pair<Credential, Bearer>, Credentials> made_;
};

}  // namespace securetransport::lab
