// SPDX-License-Identifier: Apache-2.0
// Judges a certificate chain: is it trusted for this peer, at this time, and if not, which rules does it break?
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "securetransport/core/diagnosis.hpp"
#include "securetransport/trust/certificate.hpp"

namespace securetransport {

/// The certificates that chains may end in. Immutable once made; share one between all sessions and threads.
class RootStore {
 public:
  /// The system's roots: SSL_CERT_FILE and SSL_CERT_DIR if set, else OpenSSL's default places. Loaded at the first
  /// call, then shared for the life of the process. Never null; empty if the system has no roots.
  [[nodiscard]] static std::shared_ptr<const RootStore> system();

  /// Only these certificates. They are trusted whether self-signed or not (anchors of the program).
  [[nodiscard]] static std::shared_ptr<const RootStore> of(std::span<const Certificate> anchors);

  struct Impl;
  explicit RootStore(std::unique_ptr<const Impl> impl) noexcept;
  ~RootStore();
  RootStore(const RootStore&) = delete;
  RootStore& operator=(const RootStore&) = delete;
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<const Impl> impl_;
};

/// Whose certificate is judged: decides the extended key usage asked for and whether a name is compared.
enum class PeerRole : std::uint8_t { Server, Client };

/// Which rules a chain must keep.
enum class TrustPolicy : std::uint8_t {
  /// RFC 5280 and Apple's platform rules: RSA keys of 2048 bits, EC keys of 224, no hash below SHA-224, and servers'
  /// certificates valid for 825 days at most, 398 below the system's roots.
  Apple,
  Rfc5280,  ///< RFC 5280 alone: any key size and any hash. Key usages stay: sections 4.2.1.3 and 4.2.1.12 demand them.
};

struct TrustRequest {
  std::span<const Certificate> chain;  ///< As sent: leaf first, the rest in any order. Borrowed for the call.
  std::string peer_name;  ///< DNS name or IP address (v6 also in brackets); "" = any. Not compared for a client.
  PeerRole peer_role = PeerRole::Server;
  std::shared_ptr<const RootStore> roots;  ///< Null: RootStore::system().
  std::chrono::sys_seconds time;           ///< The moment at which the chain must be valid.
  TrustPolicy policy = TrustPolicy::Apple;
  /// The OCSPResponse of RFC 6960 in DER as the peer stapled it; empty: none. Borrowed for the call.
  std::span<const std::uint8_t> stapled_ocsp = {};
  /// Whether the peer could have stapled: it was asked. If not, a server certificate that demands a staple (RFC 7633)
  /// is accepted without.
  bool staple_possible = true;
  /// The peer's key signs the handshake; false: it decrypts, as in plain RSA key exchange. Decides which key usage the
  /// leaf needs if it has that extension.
  bool key_signs = true;
};

/// The judgement. Trusted exactly if `violations` is empty.
struct TrustResult {
  std::vector<Violation> violations;  ///< Every rule broken, the decisive one first (contract order).
  std::vector<Certificate> path;      ///< The path that was judged, leaf first; as far as it could be built.

  [[nodiscard]] bool trusted() const noexcept { return violations.empty(); }
  /// Code of the decisive violation; Success if trusted.
  [[nodiscard]] ResultCode code() const noexcept {
    return violations.empty() ? ResultCode::Success : violations.front().code;
  }
};

/// Judges a chain: RFC 5280 for the path, RFC 9525 for the name (the common name is never used). Pure: no network
/// access, no clock, no state but the arguments; safe from any thread.
///
/// An empty chain is errSSLBadCert; more than 64 certificates, or a path with more than 16 intermediates, are
/// errSSLXCertChainInvalid. errSSLInternal means that nothing could be judged.
///
/// A staple must be a good answer about the leaf (RFC 6960 section 3.2), else errSSLBadCertificateStatusResponse; if it
/// says revoked, errSSLXCertChainInvalid. Its dates may be off by five minutes, and without nextUpdate it counts for
/// seven days. Without a certificate of the leaf's issuer only its form is judged.
[[nodiscard]] TrustResult evaluate(const TrustRequest& request);

}  // namespace securetransport
