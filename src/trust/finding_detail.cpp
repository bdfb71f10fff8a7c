// SPDX-License-Identifier: Apache-2.0
// The sentence for one finding of the engine, with the values that were compared.
#include "trust/finding_detail.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "ossl/handles.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"
#include "trust/x509_error.hpp"

namespace securetransport::trust {
namespace {

using ExtendedKeyUsagePtr = std::unique_ptr<EXTENDED_KEY_USAGE, ossl::Deleter<EXTENDED_KEY_USAGE_free>>;
using NameConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, ossl::Deleter<NAME_CONSTRAINTS_free>>;

constexpr std::size_t kItemsListed = 10;

std::string quoted(const std::string& name) { return "\"" + shorten(name, 300) + "\""; }

std::string object_text(const ASN1_OBJECT& object) {
  if (const int nid = OBJ_obj2nid(&object); nid != NID_undef) return OBJ_nid2sn(nid);
  std::array<char, 80> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), &object, 1);
  return text.data();
}

/// "certificate 1 of the path ("CN=Example CA")".
std::string reference_to(const FoundPath& found, std::size_t index) {
  return "certificate " + std::to_string(index) + " of the path (" + quoted(found.certificates[index].subject()) + ")";
}

std::string why_not_ca(const Certificate& certificate) {
  const std::string what = "it issues certificates and is not a CA: ";
  const std::uint32_t flags = X509_get_extension_flags(x509_of(certificate));
  if (X509_get_version(x509_of(certificate)) != X509_VERSION_3) return what + "it is not of version 3";
  if ((flags & EXFLAG_BCONS) == 0) return what + "it has no basic constraints";
  if ((flags & EXFLAG_CA) == 0) return what + "its basic constraints say so";
  return "it issues certificates, but its key usage lacks keyCertSign";
}

std::string path_length_text(const FoundPath& found, std::size_t depth) {
  // RFC 5280 section 4.2.1.9: "the maximum number of non-self-issued intermediate certificates that may follow".
  std::size_t below = 0;
  for (std::size_t at = 1; at < depth; ++at) below += found.certificates[at].is_self_issued() ? 0U : 1U;
  return "its path length constraint allows " + std::to_string(X509_get_pathlen(x509_of(found.certificates[depth]))) +
         " intermediate certificates below it, and the path has " + std::to_string(below);
}

std::vector<std::string> extended_key_usages(const X509& certificate) {
  const ExtendedKeyUsagePtr usages(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(&certificate, NID_ext_key_usage, nullptr, nullptr)));
  std::vector<std::string> names;
  for (int at = 0; usages && at < sk_ASN1_OBJECT_num(usages.get()); ++at) {
    names.push_back(object_text(*sk_ASN1_OBJECT_value(usages.get(), at)));
  }
  return names;
}

std::vector<std::string> key_usages(std::uint32_t bits) {
  constexpr std::array<std::pair<std::uint32_t, const char*>, 9> kUsages{{{KU_DIGITAL_SIGNATURE, "digitalSignature"},
                                                                          {KU_NON_REPUDIATION, "nonRepudiation"},
                                                                          {KU_KEY_ENCIPHERMENT, "keyEncipherment"},
                                                                          {KU_DATA_ENCIPHERMENT, "dataEncipherment"},
                                                                          {KU_KEY_AGREEMENT, "keyAgreement"},
                                                                          {KU_KEY_CERT_SIGN, "keyCertSign"},
                                                                          {KU_CRL_SIGN, "cRLSign"},
                                                                          {KU_ENCIPHER_ONLY, "encipherOnly"},
                                                                          {KU_DECIPHER_ONLY, "decipherOnly"}}};
  std::vector<std::string> names;
  for (const auto& [bit, name] : kUsages) {
    if ((bits & bit) != 0) names.emplace_back(name);
  }
  return names;
}

std::string purpose_text(const Certificate& certificate, PeerRole role, std::size_t depth) {
  X509& x509 = *x509_of(certificate);
  if (!extended_usage_allows(certificate, role, depth)) {
    return "its extended key usage (" + join_some(extended_key_usages(x509), kItemsListed) + ") lacks " +
           (role == PeerRole::Server ? "serverAuth" : "clientAuth");
  }
  const std::uint32_t usage = X509_get_key_usage(&x509);
  const bool is_for_tls = (usage & (KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT | KU_KEY_AGREEMENT)) != 0;
  if (is_for_tls || depth > 0) return "its Netscape certificate type does not allow TLS";
  return "its key usage (" + join_some(key_usages(usage), kItemsListed) +
         ") allows neither signing nor key exchange, as TLS needs it";
}

std::string name_constraints_text(const FoundPath& found, EngineFinding finding) {
  X509* const x509 = x509_of(found.certificates[finding.depth]);
  std::string text(x509_error(finding.error).sentence);
  for (std::size_t at = finding.depth + 1; at < found.certificates.size(); ++at) {
    const NameConstraintsPtr constraints(static_cast<NAME_CONSTRAINTS*>(
        X509_get_ext_d2i(x509_of(found.certificates[at]), NID_name_constraints, nullptr, nullptr)));
    if (!constraints || NAME_CONSTRAINTS_check(x509, constraints.get()) != finding.error) continue;
    const auto names = found.certificates[finding.depth].names();
    text += ", namely of " + reference_to(found, at);
    return names.empty() ? text : text + "; its names are " + join_some(names, kItemsListed);
  }
  return text;
}

std::string critical_extension_text(const X509& certificate) {
  std::vector<std::string> names;
  for (int at = 0; at < X509_get_ext_count(&certificate); ++at) {
    X509_EXTENSION* const extension = X509_get_ext(&certificate, at);
    if (X509_EXTENSION_get_critical(extension) != 1 || X509_supported_extension(extension) == 1) continue;
    names.push_back(object_text(*X509_EXTENSION_get_object(extension)));
  }
  return "it has a critical extension that is not understood: " + join_some(names, kItemsListed);
}

std::string signature_text(const FoundPath& found, std::size_t depth) {
  const std::string what =
      "its signature (" + found.certificates[depth].signature_algorithm() + ") does not verify with ";
  const bool has_issuer = depth + 1 < found.certificates.size();
  return what + (has_issuer ? "the key of " + reference_to(found, depth + 1) : "its own key");
}

/// If a certificate with the issuer's name was sent and not used, why.
std::string why_unused(const TrustRequest& request, X509& certificate) {
  for (const Certificate& sent : request.chain) {
    X509* const candidate = x509_of(sent);
    if (X509_NAME_cmp(X509_get_subject_name(candidate), X509_get_issuer_name(&certificate)) != 0) continue;
    const int why = X509_check_issued(candidate, &certificate);
    // A candidate that cannot be read gets a violation of its own.
    if (why == X509_V_OK || why == X509_V_ERR_UNSPECIFIED || why == X509_V_ERR_NO_ISSUER_PUBLIC_KEY) continue;
    return "; a certificate of that name was sent, but is not the issuer: " + std::string(x509_error(why).sentence);
  }
  return {};
}

}  // namespace

bool extended_usage_allows(const Certificate& certificate, PeerRole role, std::size_t depth) {
  X509* const x509 = x509_of(certificate);
  if ((X509_get_extension_flags(x509) & EXFLAG_XKUSAGE) == 0) return true;
  // RFC 5280 section 4.2.1.12 leaves anyExtendedKeyUsage to the application. Apple accepts it from an issuer.
  const std::uint32_t any = depth > 0 ? XKU_ANYEKU : 0U;
  const std::uint32_t wanted = role == PeerRole::Server ? XKU_SSL_SERVER | XKU_SGC : XKU_SSL_CLIENT;
  return (X509_get_extended_key_usage(x509) & (wanted | any)) != 0;
}

std::string detail_of(const FoundPath& found, const TrustRequest& request, EngineFinding finding) {
  const Certificate& certificate = found.certificates[finding.depth];
  switch (finding.error) {
    case X509_V_ERR_INVALID_CA: return why_not_ca(certificate);
    case X509_V_ERR_PATH_LENGTH_EXCEEDED: return path_length_text(found, finding.depth);
    case X509_V_ERR_INVALID_PURPOSE: return purpose_text(certificate, request.peer_role, finding.depth);
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return signature_text(found, finding.depth);
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: return critical_extension_text(*x509_of(certificate));
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
      return "the path has more than 16 intermediate certificates and has not reached a root";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "the issuer " + quoted(certificate.issuer()) +
             " is neither sent nor trusted: a missing intermediate, or a private root that was not sent" +
             why_unused(request, *x509_of(certificate));
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return "the chain ends in the root " + quoted(certificate.subject()) + ", which is not trusted";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return "the certificate is self-signed and not trusted";
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
      return "its key is " + certificate.key() + "; at least 2048 bits of RSA or 224 bits of EC are wanted";
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return "it is signed with " + certificate.signature_algorithm() + "; a hash of the SHA-2 family is wanted";
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
    case X509_V_ERR_SUBTREE_MINMAX:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX:
    case X509_V_ERR_UNSUPPORTED_NAME_SYNTAX: return name_constraints_text(found, finding);
    case X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM:
      return "its signature algorithm " + certificate.signature_algorithm() + " is not supported";
    default: return std::string(x509_error(finding.error).sentence);
  }
}

}  // namespace securetransport::trust
