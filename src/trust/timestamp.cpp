// SPDX-License-Identifier: Apache-2.0
#include "trust/timestamp.hpp"

#include <openssl/x509v3.h>

#include <algorithm>

#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

inline void free_scts(STACK_OF(SCT) * list) noexcept { SCT_LIST_free(list); }
using SctListPtr = std::unique_ptr<STACK_OF(SCT), ossl::Deleter<free_scts>>;
using DigestCtxPtr = std::unique_ptr<EVP_MD_CTX, ossl::Deleter<EVP_MD_CTX_free>>;
using Bytes = std::vector<std::uint8_t>;

constexpr int kMaxTimestamps = 32;
constexpr std::uint16_t kX509Entry = 0;
constexpr std::uint16_t kPrecertEntry = 1;

void put(Bytes& out, std::uint64_t value, int size) {
  for (int at = size - 1; at >= 0; --at) out.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
}

void put_vector(Bytes& out, std::span<const std::uint8_t> value, int length_size) {
  put(out, value.size(), length_size);
  out.insert(out.end(), value.begin(), value.end());
}

/// RFC 6962 section 3.2: what an embedded timestamp signs is the certificate without the timestamps, and the hash of
/// its issuer's key. Empty if it cannot be made.
Bytes precert_entry(const Certificate& leaf, const Certificate& issuer) {
  const ossl::X509Ptr copy(X509_dup(x509_of(leaf)));
  if (!copy) return {};
  const int place = X509_get_ext_by_NID(copy.get(), NID_ct_precert_scts, -1);
  if (place < 0) return {};
  X509_EXTENSION_free(X509_delete_ext(copy.get(), place));
  unsigned char* tbs = nullptr;
  const int size = i2d_re_X509_tbs(copy.get(), &tbs);
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owned(tbs);
  if (size <= 0) return {};
  Bytes entry;
  put(entry, kPrecertEntry, 2);
  const SpkiHash hash = issuer.spki_sha256();
  entry.insert(entry.end(), hash.begin(), hash.end());
  put_vector(entry, {tbs, static_cast<std::size_t>(size)}, 3);
  return entry;
}

Bytes x509_entry(const Certificate& leaf) {
  Bytes entry;
  put(entry, kX509Entry, 2);
  put_vector(entry, leaf.der(), 3);
  return entry;
}

/// The "digitally-signed" structure of RFC 6962 section 3.2.
Bytes signed_data(const SCT& timestamp, const Bytes& entry) {
  Bytes data;
  put(data, 0, 1);  // Version v1.
  put(data, 0, 1);  // SignatureType certificate_timestamp.
  put(data, SCT_get_timestamp(&timestamp), 8);
  data.insert(data.end(), entry.begin(), entry.end());
  unsigned char* extensions = nullptr;
  const std::size_t size = SCT_get0_extensions(&timestamp, &extensions);
  put_vector(data, {extensions, size}, 2);
  return data;
}

/// The digest by the TLS 1.2 number in the signature; logs use SHA-256, and Apple takes SHA-384 too.
const EVP_MD* digest_of(const SCT& timestamp) {
  switch (SCT_get_signature_nid(&timestamp)) {
    case NID_ecdsa_with_SHA256:
    case NID_sha256WithRSAEncryption: return EVP_sha256();
    default: return nullptr;
  }
}

bool verifies(const SCT& timestamp, const Bytes& entry, EVP_PKEY& key) {
  const EVP_MD* const digest = digest_of(timestamp);
  if (entry.empty() || digest == nullptr) return false;
  unsigned char* signature = nullptr;
  const std::size_t size = SCT_get0_signature(&timestamp, &signature);
  const Bytes data = signed_data(timestamp, entry);
  const DigestCtxPtr context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, &key) == 1 &&
         EVP_DigestVerify(context.get(), signature, size, data.data(), data.size()) == 1;
}

void append_good(const STACK_OF(SCT) * list, TimestampSource source, const Bytes& entry, const CtLogList& logs,
                 std::vector<Timestamp>& good) {
  for (int at = 0; list != nullptr && at < std::min(sk_SCT_num(list), kMaxTimestamps); ++at) {
    const SCT& timestamp = *sk_SCT_value(list, at);
    unsigned char* bytes = nullptr;
    LogId id{};
    if (SCT_get_version(&timestamp) != SCT_VERSION_V1 || SCT_get0_log_id(&timestamp, &bytes) != id.size()) continue;
    std::copy_n(bytes, id.size(), id.begin());
    const auto known = logs.impl().logs.find(id);
    if (known == logs.impl().logs.end() || !verifies(timestamp, entry, *known->second.key)) continue;
    const std::chrono::milliseconds since_epoch(SCT_get_timestamp(&timestamp));
    good.push_back(
        {source, &known->second.log, std::chrono::sys_seconds(std::chrono::floor<std::chrono::seconds>(since_epoch))});
  }
}

}  // namespace

std::vector<Timestamp> good_timestamps(const Certificate& leaf, const Certificate* issuer,
                                       std::span<const std::uint8_t> list, const CtLogList& logs) {
  std::vector<Timestamp> good;
  const SctListPtr embedded(
      static_cast<STACK_OF(SCT)*>(X509_get_ext_d2i(x509_of(leaf), NID_ct_precert_scts, nullptr, nullptr)));
  if (embedded && issuer != nullptr) {
    append_good(embedded.get(), TimestampSource::Embedded, precert_entry(leaf, *issuer), logs, good);
  }
  const std::uint8_t* at = list.data();
  const SctListPtr sent(list.empty() ? nullptr : o2i_SCT_LIST(nullptr, &at, list.size()));
  if (sent) append_good(sent.get(), TimestampSource::Peer, x509_entry(leaf), logs, good);
  return good;
}

}  // namespace securetransport::trust
