// SPDX-License-Identifier: Apache-2.0
#include "trust/certificate_text.hpp"

#include <array>
#include <utility>

#include "ossl/handles.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using ExtendedKeyUsagePtr = std::unique_ptr<EXTENDED_KEY_USAGE, ossl::Deleter<EXTENDED_KEY_USAGE_free>>;

}  // namespace

std::string quoted(const std::string& name) { return "\"" + shorten(name, 300) + "\""; }

std::string object_text(const ASN1_OBJECT& object) {
  if (const int nid = OBJ_obj2nid(&object); nid != NID_undef) return OBJ_nid2sn(nid);
  std::array<char, 80> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), &object, 1);
  return text.data();
}

std::string reference_to(const Certificate& certificate, std::size_t index) {
  return "certificate " + std::to_string(index) + " of the path (" + quoted(certificate.subject()) + ")";
}

std::string extended_key_usages_text(const Certificate& certificate) {
  const ExtendedKeyUsagePtr usages(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(keyless_of(certificate), NID_ext_key_usage, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int at = 0; usages && at < sk_ASN1_OBJECT_num(usages.get()); ++at) {
    names.push_back(object_text(*sk_ASN1_OBJECT_value(usages.get(), at)));
  }
  return join_some(names, kItemsListed);
}

std::string key_usages_text(const Certificate& certificate) {
  constexpr std::array<std::pair<std::uint32_t, const char*>, 9> kUsages{{{KU_DIGITAL_SIGNATURE, "digitalSignature"},
                                                                          {KU_NON_REPUDIATION, "nonRepudiation"},
                                                                          {KU_KEY_ENCIPHERMENT, "keyEncipherment"},
                                                                          {KU_DATA_ENCIPHERMENT, "dataEncipherment"},
                                                                          {KU_KEY_AGREEMENT, "keyAgreement"},
                                                                          {KU_KEY_CERT_SIGN, "keyCertSign"},
                                                                          {KU_CRL_SIGN, "cRLSign"},
                                                                          {KU_ENCIPHER_ONLY, "encipherOnly"},
                                                                          {KU_DECIPHER_ONLY, "decipherOnly"}}};
  const std::uint32_t bits = X509_get_key_usage(keyless_of(certificate));
  std::vector<std::string> names;
  for (const auto& [bit, name] : kUsages) {
    if ((bits & bit) != 0) names.emplace_back(name);
  }
  return join_some(names, kItemsListed);
}

std::string critical_extensions_text(const Certificate& certificate) {
  const X509* const x509 = keyless_of(certificate);
  std::vector<std::string> names;
  for (int at = 0; at < X509_get_ext_count(x509); ++at) {
    X509_EXTENSION* const extension = X509_get_ext(x509, at);
    if (X509_EXTENSION_get_critical(extension) != 1 || X509_supported_extension(extension) == 1) continue;
    names.push_back(object_text(*X509_EXTENSION_get_object(extension)));
  }
  return join_some(names, kItemsListed);
}

std::string why_not_ca(const Certificate& certificate) {
  const std::string what = "it issues certificates and is not a CA: ";
  const std::uint32_t flags = X509_get_extension_flags(keyless_of(certificate));
  if (X509_get_version(keyless_of(certificate)) != X509_VERSION_3) return what + "it is not of version 3";
  if ((flags & EXFLAG_BCONS) == 0) return what + "it has no basic constraints";
  return what + "its basic constraints say so";
}

}  // namespace securetransport::trust
