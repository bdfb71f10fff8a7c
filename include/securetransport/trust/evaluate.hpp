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

struct TrustRequest {
  std::span<const Certificate> chain;  ///< As sent: leaf first, the rest in any order. Borrowed for the call.
  std::string peer_name;  ///< DNS name or IP address (v6 also in brackets); "" = any. Not compared for a client.
  PeerRole peer_role = PeerRole::Server;
  std::shared_ptr<const RootStore> roots;  ///< Null: RootStore::system().
  std::chrono::sys_seconds time;           ///< The moment at which the chain must be valid.
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
[[nodiscard]] TrustResult evaluate(const TrustRequest& request);

}  // namespace securetransport
