// SPDX-License-Identifier: Apache-2.0
#include "tls/session_cache.hpp"

#include <algorithm>

#include "ossl/failure.hpp"
#include "trust/root_store.hpp"

namespace securetransport {

SessionCache::SessionCache(std::size_t capacity) : impl_(std::make_unique<Impl>(capacity)) {}
SessionCache::~SessionCache() = default;
std::size_t SessionCache::size() const { return impl_->size(); }
void SessionCache::clear() { impl_->clear(); }

SessionCache::Impl::Entries::iterator SessionCache::Impl::find(const std::string& key) {
  return std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
}

std::optional<SessionCache::Impl::Entry> SessionCache::Impl::take(const std::string& key,
                                                                  std::chrono::sys_seconds now) {
  const std::lock_guard lock(mutex_);
  const auto found = find(key);
  if (found == entries_.end()) return std::nullopt;
  const bool single_use =
      ossl::is_tls13(static_cast<std::uint16_t>(SSL_SESSION_get_protocol_version(found->session.get())));
  if (found->expires <= now || single_use) {
    std::optional<Entry> entry;
    if (found->expires > now) entry = std::move(*found);
    entries_.erase(found);
    return entry;
  }
  entries_.splice(entries_.begin(), entries_, found);
  // A copy: an SSL object that is freed before it was shut down in order marks its session as not resumable.
  ossl::SslSessionPtr copy(SSL_SESSION_dup(found->session.get()));
  if (!copy) return std::nullopt;
  return Entry{key, std::move(copy), found->chain, found->trust, found->expires};
}

void SessionCache::Impl::put(Entry entry) {
  const std::lock_guard lock(mutex_);
  const auto old = find(entry.key);
  if (old != entries_.end()) entries_.erase(old);
  entries_.push_front(std::move(entry));
  if (entries_.size() > capacity_) entries_.pop_back();
}

void SessionCache::Impl::remove(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = find(key);
  if (found != entries_.end()) entries_.erase(found);
}

std::size_t SessionCache::Impl::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

void SessionCache::Impl::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

namespace tls {
namespace {

/// Appends a field so that no two lists of fields give the same key.
void append(std::string& key, std::string_view field) {
  key += std::to_string(field.size());
  key += ':';
  key += field;
}

template <class Number>
void append_numbers(std::string& key, const std::vector<Number>& numbers) {
  append(key, {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)});
}

void append_pins(std::string& key, const std::optional<std::vector<Pin>>& pins) {
  append(key, pins ? "pins" : "");
  if (!pins) return;
  for (const Pin& pin : *pins) append_numbers(key, std::vector(pin.spki_sha256.begin(), pin.spki_sha256.end()));
}

void append_ats(std::string& key, const AtsPolicy& policy) {
  append_numbers(key, std::vector<unsigned>{policy.minimum_version, policy.minimum_rsa_bits, policy.minimum_ec_bits,
                                            policy.requires_sha256, policy.requires_trust,
                                            policy.requires_extended_master_secret});
  append_numbers(key, policy.cipher_suites);
  append_numbers(key, policy.signature_algorithms.value_or(std::vector<std::uint16_t>()));
  append_pins(key, policy.leaf_pins);
  append_pins(key, policy.ca_pins);
}

/// By what is in the store: programs may make one for each session.
void append_roots(std::string& key, const RootStore* roots) {
  append(key, roots == nullptr || roots->impl().system ? "system" : "");
  if (roots == nullptr) return;
  for (const Certificate& anchor : roots->impl().anchors) append(key, anchor.sha256());
}

/// How the peer is judged, and by whom.
void append_trust(std::string& key, const SessionConfig& config, bool program_judges) {
  append(key, config.peer_id);
  append_roots(key, config.roots.get());
  append(key, {config.verification == Verification::Automatic ? "auto" : "any"});
  append(key, {program_judges ? (config.verify_after_break ? "both" : "program") : "session"});
  append(key, std::to_string(config.trusted_leaves.size()));
  for (const Certificate& leaf : config.trusted_leaves) append(key, leaf.sha256());
  append(key, std::to_string(static_cast<int>(config.trust_policy)));
}

}  // namespace

std::string cache_key(const ClientConfig& config) {
  std::string key;
  append(key, config.peer_name);
  append(key, config.server_name_indication ? "sni:" + *config.server_name_indication : std::string());
  append_trust(key, config, config.break_on_server_auth);
  if (config.ats) append_ats(key, *config.ats);
  append(key, {config.require_extended_master_secret ? "ems" : ""});
  append(key, {config.require_secure_renegotiation ? "ri" : ""});
  append(key, to_string(config.versions.min) + to_string(config.versions.max));
  append_numbers(key, config.cipher_suites);
  append_numbers(key, config.groups);
  append_numbers(key, config.signature_algorithms);
  for (const std::string& name : config.alpn) append(key, name);
  if (config.identity) append(key, config.identity->chain().front().sha256());
  return key;
}

std::string cache_key(const ServerConfig& config, std::span<const std::uint8_t> session_id) {
  std::string key = "server:";  // A client's key begins with a number.
  append_numbers(key, std::vector(session_id.begin(), session_id.end()));
  append(key, std::to_string(static_cast<int>(config.client_authentication)));
  if (config.client_authentication != ClientAuthentication::Never) {
    append_trust(key, config, config.break_on_client_auth);
  }
  return key;
}

std::chrono::sys_seconds expiry_of(const std::vector<Certificate>& chain, std::chrono::sys_seconds now,
                                   std::chrono::seconds lifetime) {
  std::chrono::sys_seconds expiry = now + std::min<std::chrono::seconds>(lifetime, std::chrono::hours(24));
  for (const Certificate& certificate : chain) {
    // One that had expired before was accepted by the program itself, which a resumption does not change.
    if (certificate.not_after() > now) expiry = std::min(expiry, certificate.not_after());
  }
  return expiry;
}

}  // namespace tls
}  // namespace securetransport
