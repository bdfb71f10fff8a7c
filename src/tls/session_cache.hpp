// SPDX-License-Identifier: Apache-2.0
// The inside of a SessionCache: what must be known to resume a session as if it had been judged again.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/tls/session_cache.hpp"
#include "securetransport/tls/session_config.hpp"

namespace securetransport {

class SessionCache::Impl {
 public:
  struct Entry {
    std::string key;
    ossl::SslSessionPtr session;
    std::vector<Certificate> chain;    ///< As the peer sent it in the full handshake.
    std::optional<TrustResult> trust;  ///< The judgement then; none if the program judged.
    std::chrono::sys_seconds expires;
  };

  explicit Impl(std::size_t capacity) : capacity_(capacity) {}

  /// A session for the key that has not expired. A TLS 1.3 ticket leaves the cache with it, since using one twice
  /// links connections (RFC 8446 appendix C.4).
  [[nodiscard]] std::optional<Entry> take(const std::string& key, std::chrono::sys_seconds now);
  void put(Entry entry);
  void remove(const std::string& key);
  [[nodiscard]] std::size_t size() const;
  void clear();

 private:
  using Entries = std::list<Entry>;  // Most recently used first.
  [[nodiscard]] Entries::iterator find(const std::string& key);

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  Entries entries_;
};

namespace tls {

/// Everything that decides whether a judgement made for one session holds for another.
[[nodiscard]] std::string cache_key(const ClientConfig& config);

/// Likewise for a client's session, which a server finds by its id. The id is random: nobody guesses one of another
/// server. But a client may bring one from there, so what was judged in another way has another key.
[[nodiscard]] std::string cache_key(const ServerConfig& config, std::span<const std::uint8_t> session_id);

/// When a session must be forgotten: after its lifetime, a day at most, and at the first notAfter of the chain.
[[nodiscard]] std::chrono::sys_seconds expiry_of(const std::vector<Certificate>& chain, std::chrono::sys_seconds now,
                                                 std::chrono::seconds lifetime);

}  // namespace tls
}  // namespace securetransport
