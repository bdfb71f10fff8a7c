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
#include "securetransport/trust/ct_log.hpp"
#include "securetransport/trust/revocation_list.hpp"
#include "securetransport/trust/trust_cache.hpp"

namespace securetransport {

/// The certificates that chains may end in. Immutable once made; share one between all sessions and threads.
class RootStore {
 public:
  /// The system's roots: SSL_CERT_FILE and SSL_CERT_DIR if set, else OpenSSL's default places. Loaded at the first
  /// call, then shared for the life of the process. Never null; empty if the system has no roots.
  [[nodiscard]] static std::shared_ptr<const RootStore> system();

  /// Only these certificates. They are trusted whether self-signed or not (anchors of the program).
  [[nodiscard]] static std::shared_ptr<const RootStore> of(std::span<const Certificate> anchors);

  /// These certificates as by of(), and the system's roots as well.
  [[nodiscard]] static std::shared_ptr<const RootStore> system_and(std::span<const Certificate> anchors);

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
enum class PeerRole : std::uint8_t {
  Server,
  Client,  ///< The name is not compared.
  Any,     ///< Path validation alone: no usage is asked for, no name is compared (Apple's basic X.509 policy).
};

/// Which rules a chain must keep.
enum class TrustPolicy : std::uint8_t {
  /// RFC 5280 as Apple's systems check it, and Apple's platform rules: RSA keys of 2048 bits, EC keys of 256, no other
  /// keys of servers, no hash below SHA-224, and servers' certificates of since July 2019 with serverAuth and valid for
  /// 825 days at most; below the system's roots 398, and transparency too if a list of logs is given.
  Apple,
  /// RFC 5280 to the letter, form of every certificate included, and what the CA/Browser Forum's Baseline Requirements
  /// ask of servers' certificates beyond it.
  WebPki,
  /// RFC 5280 to the letter: any key size and any hash, and a leaf of any key usage, which section 6.1 does not ask
  /// for.
  /// The extended key usage stays: section 4.2.1.12 demands it.
  Rfc5280,
};

/// A failure that the program accepts, as SecTrustSetExceptions does.
struct TrustException {
  TrustCheck check;
  std::string certificate_sha256 = {};  ///< Certificate::sha256() of the one it is accepted for; "" = any.
  friend bool operator==(const TrustException&, const TrustException&) = default;
};

/// More certificates beside the chain are not searched.
inline constexpr std::size_t kMaxGivenIntermediates = 1024;

struct TrustRequest {
  std::span<const Certificate> chain;  ///< As sent: leaf first, the rest in any order. Borrowed for the call.
  std::string peer_name;  ///< DNS name (U-labels are converted) or IP address (v6 also in brackets); "" = any.
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
  /// More certificates to build a path with, beside those sent: at most kMaxGivenIntermediates. Borrowed for the call.
  std::span<const Certificate> intermediates = {};
  /// Revocation lists, of any issuer, in any order. A certificate of whose issuer there is one must not be on it, and
  /// that list must be good. Borrowed for the call.
  std::span<const RevocationList> crls = {};
  bool requires_revocation_check = false;  ///< A staple or a list must cover every certificate but the anchor.
  /// Transparency logs; null: timestamps are not checked. Apple's rule asks for them below the system's roots.
  std::shared_ptr<const CtLogList> ct_logs = {};
  /// SignedCertificateTimestampList of RFC 6962 as the peer sent it in TLS; empty: none. Borrowed for the call.
  std::span<const std::uint8_t> timestamps = {};
  std::span<const TrustException> exceptions = {};  ///< Failures to accept, fatal ones excepted.
  std::size_t max_intermediates = 16;  ///< Self-issued ones are not counted, as in path length constraints.
  /// Where judgements are kept for another time; null: nowhere. See trust_cache.hpp.
  std::shared_ptr<TrustCache> cache = {};
};

/// One path that was tried and given up.
struct TrustAttempt {
  std::vector<Certificate> path;  ///< Leaf first, as far as it went.
  std::string reason;             ///< Why it ended there, as one sentence.
};

/// The judgement. Trusted exactly if `violations` is empty.
struct TrustResult {
  std::vector<Violation> violations;        ///< Every rule broken, the decisive one first (contract order).
  std::vector<Certificate> path;            ///< The path that was judged, leaf first; as far as it could be built.
  std::vector<Violation> accepted = {};     ///< Those that the request's exceptions cover; they do not count.
  std::vector<TrustAttempt> attempts = {};  ///< Other paths, at most 16, in the order in which they were tried.
  bool is_anchored = false;                 ///< The path ends in a trusted certificate.
  bool has_system_root = false;             ///< And that is one of the system's.
  bool is_revocation_checked = false;       ///< A good staple or list covers the leaf.
  bool is_transparent = false;              ///< The timestamps satisfy Apple's rule.

  [[nodiscard]] bool trusted() const noexcept { return violations.empty(); }
  /// Code of the decisive violation; Success if trusted.
  [[nodiscard]] ResultCode code() const noexcept {
    return violations.empty() ? ResultCode::Success : violations.front().code;
  }
};

/// Judges a chain: RFC 5280 for the path, RFC 9525 for the name (the common name is never used). Pure: no network
/// access, no clock, no state but the arguments; safe from any thread.
///
/// Every way from the leaf to an anchor may be taken; the first that breaks no rule is. If there is none, the result
/// describes the one that came closest. The work is bounded whatever was sent: see src/trust/work_budget.hpp.
///
/// An empty chain is errSSLBadCert; more than 64 sent certificates, or a path with more than 16 intermediates, are
/// errSSLXCertChainInvalid.
///
/// A staple must be a good answer about the leaf (RFC 6960 section 3.2), else errSSLBadCertificateStatusResponse; if it
/// says revoked, errSSLXCertChainInvalid. Its dates may be off by five minutes, and without nextUpdate it counts for
/// seven days. Without a certificate of the leaf's issuer only its form is judged.
[[nodiscard]] TrustResult evaluate(const TrustRequest& request);

}  // namespace securetransport
