// SPDX-License-Identifier: Apache-2.0
// The certificates that chains may end in: the system's, or those a program gives.
#include "trust/root_store.hpp"

#include <algorithm>
#include <atomic>
#include <new>
#include <utility>

#include "trust/error_mark.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

struct BySubject {
  bool operator()(const Certificate& a, const Certificate& b) const { return compare(name(a), name(b)) < 0; }
  bool operator()(const Certificate& a, const X509_NAME* b) const { return compare(name(a), b) < 0; }
  bool operator()(const X509_NAME* a, const Certificate& b) const { return compare(a, name(b)) < 0; }

 private:
  static const X509_NAME* name(const Certificate& certificate) { return &trust::subject_of(certificate); }
  static int compare(const X509_NAME* a, const X509_NAME* b) { return X509_NAME_cmp(a, b); }
};

std::shared_ptr<const RootStore> make_store(std::span<const Certificate> anchors, X509_STORE* system) {
  static std::atomic<std::uint64_t> next_id{1};
  RootStore::Impl impl;
  impl.anchors.assign(anchors.begin(), anchors.end());
  std::stable_sort(impl.anchors.begin(), impl.anchors.end(), BySubject{});
  if (system != nullptr) {
    X509_STORE_up_ref(system);
    impl.system.reset(system);
  }
  impl.id = next_id++;
  return std::make_shared<const RootStore>(std::make_unique<const RootStore::Impl>(std::move(impl)));
}

}  // namespace

RootStore::RootStore(std::unique_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
RootStore::~RootStore() = default;

std::shared_ptr<const RootStore> RootStore::system() {
  static const std::shared_ptr<const RootStore> roots = [] {
    const trust::ErrorMark mark;
    const ossl::X509StorePtr store(X509_STORE_new());
    if (!store) throw std::bad_alloc();
    // Files and folders that are not there are no error: such a system simply trusts nobody.
    X509_STORE_set_default_paths(store.get());
    return make_store({}, store.get());
  }();
  return roots;
}

std::shared_ptr<const RootStore> RootStore::of(std::span<const Certificate> anchors) {
  const trust::ErrorMark mark;
  return make_store(anchors, nullptr);
}

std::shared_ptr<const RootStore> RootStore::system_and(std::span<const Certificate> anchors) {
  const trust::ErrorMark mark;
  return make_store(anchors, system()->impl().system.get());
}

namespace trust {

void append_anchors(const RootStore& roots, const X509_NAME& subject, std::vector<Anchor>& anchors) {
  const RootStore::Impl& impl = roots.impl();
  const auto [first, last] = std::equal_range(impl.anchors.begin(), impl.anchors.end(), &subject, BySubject{});
  for (auto at = first; at != last; ++at) anchors.push_back({*at, false});
  if (!impl.system) return;

  const ossl::X509StoreCtxPtr context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), impl.system.get(), nullptr, nullptr) != 1) throw std::bad_alloc();
  const ossl::X509StackPtr found(X509_STORE_CTX_get1_certs(context.get(), &subject));
  for (int at = 0; found && at < sk_X509_num(found.get()); ++at) {
    anchors.push_back({share(*sk_X509_value(found.get(), at)), true});
  }
}

}  // namespace trust
}  // namespace securetransport
