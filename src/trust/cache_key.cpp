// SPDX-License-Identifier: Apache-2.0
#include "trust/cache_key.hpp"

#include <openssl/evp.h>

#include <limits>
#include <new>
#include <span>
#include <string_view>
#include <vector>

#include "ossl/handles.hpp"
#include "trust/root_store.hpp"
#include "trust/transparency.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

/// Writes values so that no two different lists of them give the same bytes: each with its length in front.
class Fields {
 public:
  void number(std::uint64_t value) {
    for (int shift = 0; shift < std::numeric_limits<std::uint64_t>::digits; shift += 8) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
  }
  void octets(std::span<const std::uint8_t> value) {
    number(value.size());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
  }
  template <auto Encode, class Object>
  void der(Object* object) {
    const int size = Encode(object, nullptr);
    if (size <= 0) throw std::bad_alloc();
    number(static_cast<std::uint64_t>(size));
    const std::size_t start = bytes_.size();
    bytes_.resize(start + static_cast<std::size_t>(size));
    std::uint8_t* to = bytes_.data() + start;
    Encode(object, &to);
  }
  void certificates(std::span<const Certificate> list) {
    number(list.size());
    for (const Certificate& certificate : list) octets(certificate.impl().der);
  }
  [[nodiscard]] CacheKey hash() const {
    static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // For the life of the process.
    CacheKey key{};
    if (EVP_Digest(bytes_.data(), bytes_.size(), key.data(), nullptr, sha256, nullptr) != 1) throw std::bad_alloc();
    return key;
  }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace

CacheKey cache_key(const TrustRequest& request, const RootStore& roots) {
  Fields fields;
  fields.certificates(request.chain);
  fields.certificates(request.intermediates);
  fields.text(request.peer_name);
  fields.number(static_cast<std::uint64_t>(request.peer_role));
  fields.number(static_cast<std::uint64_t>(request.policy));
  fields.number(roots.impl().id);
  fields.octets(request.stapled_ocsp);
  fields.octets(request.timestamps);
  fields.number((request.staple_possible ? 1U : 0U) | (request.key_signs ? 2U : 0U) |
                (request.requires_revocation_check ? 4U : 0U));
  fields.number(request.max_intermediates);
  fields.number(request.crls.size());
  for (const RevocationList& list : request.crls) fields.der<i2d_X509_CRL>(list.impl().crl.get());
  fields.number(request.ct_logs ? ct_logs_id(*request.ct_logs) : 0U);
  fields.number(request.exceptions.size());
  for (const TrustException& exception : request.exceptions) {
    fields.number(static_cast<std::uint64_t>(exception.check));
    fields.text(exception.certificate_sha256);
  }
  return fields.hash();
}

}  // namespace securetransport::trust
