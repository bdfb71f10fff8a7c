// SPDX-License-Identifier: Apache-2.0
// The certificates that chains may end in: the system's, or those a program gives.
#include <new>
#include <utility>

#include "securetransport/trust/evaluate.hpp"
#include "trust/error_mark.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

ossl::X509StorePtr new_store() {
  ossl::X509StorePtr store(X509_STORE_new());
  if (!store) throw std::bad_alloc();
  return store;
}

std::shared_ptr<const RootStore> share(ossl::X509StorePtr store, bool is_system) {
  return std::make_shared<const RootStore>(
      std::make_unique<const RootStore::Impl>(RootStore::Impl{std::move(store), is_system}));
}

}  // namespace

RootStore::RootStore(std::unique_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
RootStore::~RootStore() = default;

std::shared_ptr<const RootStore> RootStore::system() {
  static const std::shared_ptr<const RootStore> roots = [] {
    const trust::ErrorMark mark;
    auto store = new_store();
    // Files and folders that are not there are no error: such a system simply trusts nobody. Certificates of a
    // hashed folder are looked up when a chain needs them, under the store's own lock.
    X509_STORE_set_default_paths(store.get());
    return share(std::move(store), true);
  }();
  return roots;
}

std::shared_ptr<const RootStore> RootStore::of(std::span<const Certificate> anchors) {
  const trust::ErrorMark mark;
  auto store = new_store();
  // RFC 5280 section 6.1.1 (d) knows a trust anchor by name and key only; it need not be self-signed.
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  for (const Certificate& anchor : anchors) {
    if (X509_STORE_add_cert(store.get(), trust::x509_of(anchor)) != 1) throw std::bad_alloc();
    // OpenSSL caches the extensions at the first use; do it here, before several threads share the anchor.
    static_cast<void>(X509_check_purpose(trust::x509_of(anchor), -1, 0));
  }
  return share(std::move(store), false);
}

}  // namespace securetransport
