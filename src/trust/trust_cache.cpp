// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/trust_cache.hpp"

#include <cstring>
#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "trust/cache_key.hpp"

namespace securetransport {
namespace {

struct KeyHash {
  std::size_t operator()(const trust::CacheKey& key) const noexcept {
    std::size_t hash = 0;
    std::memcpy(&hash, key.data(), sizeof hash);  // The key is a hash already.
    return hash;
  }
};

}  // namespace

struct TrustCache::Impl {
  struct Entry {
    trust::CacheKey key;
    trust::ValidityWindow window;
    TrustResult result;
  };

  mutable std::mutex mutex;
  std::size_t capacity;
  std::list<Entry> entries;  ///< The one used last in front.
  std::unordered_map<trust::CacheKey, std::list<Entry>::iterator, KeyHash> by_key;

  explicit Impl(std::size_t most) : capacity(most) {}
};

TrustCache::TrustCache(std::size_t capacity) : impl_(std::make_unique<Impl>(capacity)) {}
TrustCache::~TrustCache() = default;

void TrustCache::clear() noexcept {
  const std::lock_guard lock(impl_->mutex);
  impl_->by_key.clear();
  impl_->entries.clear();
}

std::size_t TrustCache::size() const noexcept {
  const std::lock_guard lock(impl_->mutex);
  return impl_->entries.size();
}

namespace trust {

std::optional<TrustResult> find_in_cache(TrustCache& cache, const CacheKey& key, std::chrono::sys_seconds time) {
  TrustCache::Impl& impl = cache.impl();
  const std::lock_guard lock(impl.mutex);
  const auto found = impl.by_key.find(key);
  if (found == impl.by_key.end()) return std::nullopt;
  const auto entry = found->second;
  if (time < entry->window.from || time > entry->window.until) return std::nullopt;
  impl.entries.splice(impl.entries.begin(), impl.entries, entry);
  return entry->result;
}

void keep_in_cache(TrustCache& cache, const CacheKey& key, const ValidityWindow& window, const TrustResult& result) {
  TrustCache::Impl& impl = cache.impl();
  const std::lock_guard lock(impl.mutex);
  if (impl.capacity == 0) return;
  if (const auto known = impl.by_key.find(key); known != impl.by_key.end()) {
    impl.entries.erase(known->second);
    impl.by_key.erase(known);
  }
  impl.entries.push_front({key, window, result});
  impl.by_key.emplace(key, impl.entries.begin());
  if (impl.entries.size() > impl.capacity) {
    impl.by_key.erase(impl.entries.back().key);
    impl.entries.pop_back();
  }
}

}  // namespace trust
}  // namespace securetransport
