// SPDX-License-Identifier: Apache-2.0
// Remembers chains that were judged trusted, so that judging them again costs a hash.
#pragma once

#include <cstddef>
#include <memory>

namespace securetransport {

/// A bounded store of good judgements, safe from any thread. Nothing but success is kept. An entry answers only the
/// very same question: the same certificates in the same order, the same name, role, policy, anchors, staple, lists
/// and options, asked at a moment at which every certificate, staple and list of the path is in date, and at most an
/// hour from the moment of the judgement. docs/adr/0002-trust-cache.md has the argument that this is safe.
class TrustCache {
 public:
  explicit TrustCache(std::size_t capacity = 1024);  ///< Entries; the one longest unused makes room.
  ~TrustCache();
  TrustCache(const TrustCache&) = delete;
  TrustCache& operator=(const TrustCache&) = delete;

  void clear() noexcept;
  [[nodiscard]] std::size_t size() const noexcept;

  struct Impl;
  [[nodiscard]] Impl& impl() noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport
