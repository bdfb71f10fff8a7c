// SPDX-License-Identifier: Apache-2.0
// Looks anchors up by name, whichever store they are in.
#pragma once

#include <openssl/x509_vfy.h>

#include <cstdint>
#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

struct RootStore::Impl {
  std::vector<Certificate> anchors;  ///< The program's, sorted by subject.
  ossl::X509StorePtr system;         ///< Null if the system's roots do not count.
  std::uint64_t id = 0;              ///< Of no other store of this process, ever.
};

namespace trust {

struct Anchor {
  Certificate certificate;
  bool is_system;
};

/// Appends the anchors with this subject, the program's first. Those of the system are loaded when a chain needs them,
/// under the store's own lock.
void append_anchors(const RootStore& roots, const X509_NAME& subject, std::vector<Anchor>& anchors);

}  // namespace trust
}  // namespace securetransport
