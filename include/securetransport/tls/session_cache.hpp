// SPDX-License-Identifier: Apache-2.0
// Sessions that clients may resume. Share one between the sessions of a program.
#pragma once

#include <cstddef>
#include <memory>

namespace securetransport {

/// A bounded store of session tickets and ids, least recently used out first. Thread-safe.
///
/// A session is found again only by a client with the same peer id, names, roots, verification, break options,
/// versions, suites and ATS policy, since a resumed session is not judged again; it is forgotten when the first
/// certificate of its chain expires, after a day at the latest, and after any fatal failure with that peer. What it
/// holds are secrets: it is wiped when it goes.
class SessionCache {
 public:
  explicit SessionCache(std::size_t capacity = 256);
  ~SessionCache();
  SessionCache(const SessionCache&) = delete;
  SessionCache& operator=(const SessionCache&) = delete;

  [[nodiscard]] std::size_t size() const;
  void clear();

  class Impl;  ///< See src/tls/session_cache.hpp.
  [[nodiscard]] Impl& impl() noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace securetransport
