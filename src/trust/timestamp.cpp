// SPDX-License-Identifier: Apache-2.0
#include "trust/timestamp.hpp"

#include <openssl/x509v3.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "securetransport/core/byte_reader.hpp"
#include "trust/ocsp_staple.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using DigestCtxPtr = std::unique_ptr<EVP_MD_CTX, ossl::Deleter<EVP_MD_CTX_free>>;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kMaxTimestamps = 32;  // From each source.
constexpr std::uint16_t kX509Entry = 0;
constexpr std::uint16_t kPrecertEntry = 1;

void put(Bytes& out, std::uint64_t value, int size) {
  for (int at = size - 1; at >= 0; --at) out.push_back(static_cast<std::uint8_t>(value >> (8 * at)));
}

void put_vector(Bytes& out, std::span<const std::uint8_t> value, int length_size) {
  put(out, value.size(), length_size);
  out.insert(out.end(), value.begin(), value.end());
}

/// A SignedCertificateTimestamp of version 1 (RFC 6962 section 3.2), borrowed from its list.
struct Stamp {
  LogId log{};
  std::uint64_t milliseconds = 0;
  std::span<const std::uint8_t> extensions;
  std::uint8_t hash = 0;            ///< HashAlgorithm of RFC 5246 section 7.4.1.4.1.
  std::uint8_t signature_kind = 0;  ///< SignatureAlgorithm.
  std::span<const std::uint8_t> signature;
};

std::optional<Stamp> read_stamp(std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  Stamp stamp;
  const std::uint8_t version = reader.u8();
  const auto log = reader.bytes(stamp.log.size());
  for (int at = 0; at < 8; ++at) stamp.milliseconds = stamp.milliseconds << 8U | reader.u8();
  stamp.extensions = reader.vector16();
  stamp.hash = reader.u8();
  stamp.signature_kind = reader.u8();
  stamp.signature = reader.vector16();
  // Other versions have other forms, and of this one nothing stands behind the signature.
  if (version != 0 || !reader.ok() || !reader.at_end()) return std::nullopt;
  std::copy(log.begin(), log.end(), stamp.log.begin());
  return stamp;
}

/// The entries of a SignedCertificateTimestampList that can be read. A list that is not whole has none.
std::vector<Stamp> read_list(std::span<const std::uint8_t> bytes) {
  ByteReader outer(bytes);
  const auto list = outer.vector16();
  if (!outer.ok() || !outer.at_end()) return {};
  std::vector<Stamp> stamps;
  for (ByteReader reader(list); !reader.at_end();) {
    const auto entry = reader.vector16();
    if (!reader.ok()) return {};
    if (const auto stamp = read_stamp(entry)) stamps.push_back(*stamp);
  }
  return stamps;
}

/// The list in the certificate's extension: an OCTET STRING in it; empty if there is none.
std::vector<std::uint8_t> embedded_list(const Certificate& leaf) {
  const X509& x509 = *keyless_of(leaf);
  const int place = X509_get_ext_by_NID(&x509, NID_ct_precert_scts, -1);
  return place < 0 ? std::vector<std::uint8_t>() : timestamp_list_in(*X509_get_ext(&x509, place));
}

/// RFC 6962 section 3.2: what an embedded timestamp signs is the certificate without the timestamps, and the hash of
/// its issuer's key. Empty if it cannot be made.
Bytes precert_entry(const Certificate& leaf, const Certificate& issuer) {
  const ossl::X509Ptr copy(X509_dup(keyless_of(leaf)));
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
Bytes signed_data(const Stamp& stamp, const Bytes& entry) {
  Bytes data;
  put(data, 0, 1);  // Version v1.
  put(data, 0, 1);  // SignatureType certificate_timestamp.
  put(data, stamp.milliseconds, 8);
  data.insert(data.end(), entry.begin(), entry.end());
  put_vector(data, stamp.extensions, 2);
  return data;
}

/// RFC 6962 section 2.1.4 knows SHA-256 alone; Apple takes SHA-384 too, and SHA-1, which nobody should.
const EVP_MD* digest_of(const Stamp& stamp, const EVP_PKEY& key) {
  constexpr std::uint8_t kRsa = 1;
  constexpr std::uint8_t kEcdsa = 3;
  const bool is_right_kind = EVP_PKEY_is_a(&key, "RSA") == 1  ? stamp.signature_kind == kRsa
                             : EVP_PKEY_is_a(&key, "EC") == 1 ? stamp.signature_kind == kEcdsa
                                                              : false;
  if (!is_right_kind) return nullptr;
  switch (stamp.hash) {
    case 4: return EVP_sha256();
    case 5: return EVP_sha384();
    default: return nullptr;
  }
}

bool verifies(const Stamp& stamp, const Bytes& entry, EVP_PKEY& key) {
  const EVP_MD* const digest = digest_of(stamp, key);
  if (entry.empty() || digest == nullptr) return false;
  const Bytes data = signed_data(stamp, entry);
  const DigestCtxPtr context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, &key) == 1 &&
         EVP_DigestVerify(context.get(), stamp.signature.data(), stamp.signature.size(), data.data(), data.size()) == 1;
}

void append_good(std::vector<Stamp> stamps, TimestampSource source, const Bytes& entry, const CtLogList& logs,
                 std::vector<Timestamp>& good) {
  constexpr auto kLatest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (stamps.size() > kMaxTimestamps) stamps.resize(kMaxTimestamps);
  for (const Stamp& stamp : stamps) {
    const auto known = logs.impl().logs.find(stamp.log);
    if (known == logs.impl().logs.end() || stamp.milliseconds > kLatest) continue;
    if (!verifies(stamp, entry, *known->second.key)) continue;
    const std::chrono::milliseconds since_epoch(static_cast<std::int64_t>(stamp.milliseconds));
    good.push_back({source, &known->second.log, std::chrono::sys_time<std::chrono::milliseconds>(since_epoch)});
  }
}

}  // namespace

std::vector<Timestamp> good_timestamps(const TrustRequest& request, const Certificate* issuer) {
  const Certificate& leaf = request.chain.front();
  const CtLogList& logs = *request.ct_logs;
  std::vector<Timestamp> good;
  if (const auto list = embedded_list(leaf); !list.empty() && issuer != nullptr) {
    append_good(read_list(list), TimestampSource::Embedded, precert_entry(leaf, *issuer), logs, good);
  }
  std::vector<Stamp> sent = read_list(request.timestamps);
  const auto stapled = timestamp_lists_of_staple(request.stapled_ocsp);
  for (const auto& list : stapled) {
    const auto more = read_list(list);
    sent.insert(sent.end(), more.begin(), more.end());
  }
  if (!sent.empty()) append_good(std::move(sent), TimestampSource::Peer, x509_entry(leaf), logs, good);
  return good;
}

}  // namespace securetransport::trust
