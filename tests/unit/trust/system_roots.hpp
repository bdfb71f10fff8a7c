// SPDX-License-Identifier: Apache-2.0
// A root store whose anchors count as the system's. RootStore::system() reads the machine's files, once a process, so a
// test cannot choose what is in it.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "trust/root_store.hpp"
#include "trust/x509.hpp"
#include "trust_case.hpp"

namespace securetransport::test {

[[nodiscard]] inline std::shared_ptr<const RootStore> system_roots(const std::vector<TestCertificate>& roots) {
  static std::atomic<std::uint64_t> next_id{1ULL << 32U};  // The stores of the library count from 1.
  auto impl = std::make_unique<RootStore::Impl>();
  impl->system.reset(X509_STORE_new());
  for (const Certificate& root : parsed(roots)) X509_STORE_add_cert(impl->system.get(), trust::x509_of(root));
  impl->id = next_id++;
  return std::make_shared<const RootStore>(std::move(impl));
}

}  // namespace securetransport::test
