// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/ct_log.hpp"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "trust/error_mark.hpp"
#include "trust/transparency.hpp"

namespace securetransport {

CtLogList::CtLogList(std::unique_ptr<const Impl> impl) noexcept : impl_(std::move(impl)) {}
CtLogList::~CtLogList() = default;

Result<std::shared_ptr<const CtLogList>> CtLogList::of(std::span<const CtLog> logs) {
  static std::atomic<std::uint64_t> next_id{1};
  const trust::ErrorMark mark;
  Impl impl;
  impl.id = next_id++;
  for (const CtLog& log : logs) {
    const std::uint8_t* at = log.spki.data();
    ossl::PkeyPtr key(d2i_PUBKEY(nullptr, &at, static_cast<long>(log.spki.size())));
    if (!key || at != log.spki.data() + log.spki.size()) {
      return Error{ResultCode::ConfigurationFailed, "the key of the log \"" + log.description + "\" cannot be read"};
    }
    // RFC 6962 section 3.2: "SHA-256 hash of the log's public key, calculated over the DER encoding of the key".
    trust::LogId id{};
    if (EVP_Digest(log.spki.data(), log.spki.size(), id.data(), nullptr, EVP_sha256(), nullptr) != 1) {
      return Error{ResultCode::Internal, "SHA-256 is not available"};
    }
    impl.logs.insert_or_assign(id, trust::KnownLog{log, std::move(key)});
  }
  return std::make_shared<const CtLogList>(std::make_unique<const Impl>(std::move(impl)));
}

namespace trust {

std::uint64_t ct_logs_id(const CtLogList& logs) noexcept { return logs.impl().id; }

}  // namespace trust
}  // namespace securetransport
