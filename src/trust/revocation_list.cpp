// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/revocation_list.hpp"

#include "trust/error_mark.hpp"
#include "trust/pem_text.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxBytes = 32UL * 1024UL * 1024UL;
constexpr std::size_t kMaxLists = 100;

}  // namespace

Result<RevocationList> RevocationList::from_der(std::span<const std::uint8_t> der) {
  if (der.size() > kMaxBytes) return Error{ResultCode::BadCert, "the revocation list is larger than 32 MB"};
  const trust::ErrorMark mark;
  const std::uint8_t* at = der.data();
  ossl::X509CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  if (!crl) return Error{ResultCode::BadCert, "the revocation list cannot be read"};
  if (at != der.data() + der.size()) return Error{ResultCode::BadCert, "bytes follow the revocation list"};
  return RevocationList(std::make_shared<const Impl>(Impl{std::move(crl)}));
}

Result<std::vector<RevocationList>> RevocationList::from_pem(std::string_view pem) {
  const auto blocks = trust::pem_blocks(pem, "X509 CRL", kMaxLists + 1);
  if (blocks.empty()) return Error{ResultCode::BadCert, "no revocation list in PEM form was found"};
  if (blocks.size() > kMaxLists) return Error{ResultCode::BadCert, "there are more than 100 revocation lists"};
  std::vector<RevocationList> lists;
  for (const trust::PemBlock& block : blocks) {
    const std::string where = "the revocation list in line " + std::to_string(block.line);
    if (!block.has_end || !block.data) return Error{ResultCode::BadCert, where + " is cut short or not base64"};
    auto list = from_der(*block.data);
    if (!list) return Error{ResultCode::BadCert, where + ": " + list.error().detail};
    lists.push_back(*std::move(list));
  }
  return lists;
}

std::string RevocationList::issuer() const { return trust::name_text(*X509_CRL_get_issuer(impl_->crl.get())); }

}  // namespace securetransport
