// SPDX-License-Identifier: Apache-2.0
// The engine's form of the trust values: what the layers above pass to OpenSSL.
#pragma once

#include <vector>

#include "ossl/handles.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

struct Certificate::Impl {
  ossl::X509Ptr x509;  ///< Never null. OpenSSL's lazy caches inside are guarded by its own locks.
};

struct Identity::Impl {
  std::vector<Certificate> chain;
  ossl::PkeyPtr key;
};

struct RootStore::Impl {
  ossl::X509StorePtr store;
  bool is_system = false;
};

namespace trust {

/// Wraps a borrowed certificate without parsing it again.
[[nodiscard]] Certificate share(X509& borrowed);

/// The engine's form, borrowed from the value. OpenSSL's signatures want a pointer to non-const.
[[nodiscard]] inline X509* x509_of(const Certificate& certificate) noexcept { return certificate.impl().x509.get(); }

}  // namespace trust
}  // namespace securetransport
