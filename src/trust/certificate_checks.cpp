// SPDX-License-Identifier: Apache-2.0
#include "trust/certificate_checks.hpp"

#include <openssl/core_names.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "trust/asn1_time.hpp"
#include "trust/ats_certificate.hpp"
#include "trust/certificate_form.hpp"
#include "trust/certificate_text.hpp"
#include "trust/web_pki_rules.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

constexpr int kMinStrength = 112;  // Bits: SHA-224, and the least of keys that are neither RSA nor EC.
constexpr unsigned kMinRsaBits = 2048;
constexpr unsigned kMinEcBits = 256;
constexpr std::uint32_t kUsedByTls = KU_DIGITAL_SIGNATURE | KU_KEY_ENCIPHERMENT | KU_KEY_AGREEMENT;

std::string_view object_bytes(const X509_EXTENSION& extension) {
  const ASN1_OBJECT* const object = X509_EXTENSION_get_object(const_cast<X509_EXTENSION*>(&extension));
  return {reinterpret_cast<const char*>(OBJ_get0_data(object)), OBJ_length(object)};
}

// RFC 5280 section 4.2: "A certificate MUST NOT include more than one instance of a particular extension." OpenSSL
// notices only those that it knows.
bool has_duplicate_extension(const X509& certificate) {
  std::vector<std::string_view> seen;
  for (int at = 0; at < X509_get_ext_count(&certificate); ++at) {
    seen.push_back(object_bytes(*X509_get_ext(&certificate, at)));
  }
  std::sort(seen.begin(), seen.end());
  return std::adjacent_find(seen.begin(), seen.end()) != seen.end();
}

/// OpenSSL does not mind bytes behind the value of an extension that it reads; they are no part of any DER.
bool has_bytes_behind_extension(const X509& certificate) {
  for (int at = 0; at < X509_get_ext_count(&certificate); ++at) {
    X509_EXTENSION* const extension = X509_get_ext(&certificate, at);
    if (X509V3_EXT_get(extension) == nullptr) continue;
    const ASN1_OCTET_STRING& value = *X509_EXTENSION_get_data(extension);
    const std::uint8_t* content = ASN1_STRING_get0_data(&value);
    const std::uint8_t* const end = content + ASN1_STRING_length(&value);
    long length = 0;
    int tag = 0;
    int tag_class = 0;
    // One that does not even begin well is left to whoever reads it.
    if ((ASN1_get_object(&content, &length, &tag, &tag_class, ASN1_STRING_length(&value)) & 0x80) != 0) continue;
    if (content + length != end) return true;
  }
  return false;
}

void check_dates(const Certificate& certificate, std::chrono::sys_seconds now, Violations& violations) {
  const auto not_before = seconds_of(*X509_get0_notBefore(&certificate.impl().form()));
  const auto not_after = seconds_of(*X509_get0_notAfter(&certificate.impl().form()));
  const auto add = [&](int error, std::string detail) {
    violations.push_back(violation_of(error, certificate, std::move(detail)));
  };
  if (!not_before) add(X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD, "its notBefore date cannot be read");
  if (!not_after) add(X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD, "its notAfter date cannot be read");
  // RFC 5280 section 4.1.2.5: "the period of time from notBefore through notAfter, inclusive". OpenSSL calls the last
  // second expired.
  if (not_before && now < *not_before) {
    add(X509_V_ERR_CERT_NOT_YET_VALID, "it is valid from " + iso8601(*not_before) + "; the time is " + iso8601(now));
  }
  if (not_after && now > *not_after) {
    add(X509_V_ERR_CERT_HAS_EXPIRED, "it expired at " + iso8601(*not_after) + "; the time is " + iso8601(now));
  }
}

bool spells_out_its_curve(const EVP_PKEY& key) {
  int is_explicit = 0;
  return EVP_PKEY_is_a(&key, "EC") == 1 &&
         EVP_PKEY_get_int_param(&key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit) == 1 &&
         is_explicit == 1;
}

/// What Apple calls weak, beyond what a policy demands: no program can accept it.
bool is_hopeless(KeySize size) {
  constexpr unsigned kMinRsaBytes = 1024 / 8;
  constexpr unsigned kMinEcBytes = 160 / 8;
  const unsigned bytes = (size.bits + 7) / 8;
  switch (size.family) {
    case KeyFamily::Rsa: return bytes < kMinRsaBytes;
    case KeyFamily::Ec: return bytes < kMinEcBytes;
    case KeyFamily::Other: break;
  }
  return false;
}

bool is_strong(const EVP_PKEY& key, const Certificate& certificate, const TrustRequest& request) {
  const PolicyRules rules = rules_of(request.policy);
  const auto [family, bits] = key_size(certificate);
  // Apple compares whole bytes: RSA keys of 2041 to 2047 bits pass.
  const unsigned counted = rules.apple_platform ? (bits + 7) / 8 * 8 : bits;
  switch (family) {
    case KeyFamily::Rsa: return counted >= kMinRsaBits;
    case KeyFamily::Ec: return counted >= kMinEcBits;
    // Apple's table of sizes for servers has no other kind of key, and what it does not have fails: Ed25519, Ed448,
    // DSA.
    case KeyFamily::Other: break;
  }
  if (rules.apple_platform && request.peer_role == PeerRole::Server) return false;
  return EVP_PKEY_get_security_bits(&key) >= kMinStrength;
}

void check_key(const Certificate& certificate, Place place, const TrustRequest& request, Violations& violations) {
  const EVP_PKEY* const key = certificate.impl().key();
  if (key == nullptr) {
    violations.push_back(violation_of(X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, certificate));
    return;
  }
  if (spells_out_its_curve(*key)) violations.push_back(violation_of(X509_V_ERR_EC_KEY_EXPLICIT_PARAMS, certificate));
  // Whoever trusts a leaf itself has decided about its key.
  if (!rules_of(request.policy).strong_crypto || place == Place::AnchoredLeaf) return;
  if (is_strong(*key, certificate, request)) return;
  violations.push_back(
      violation_of(is_leaf(place) ? X509_V_ERR_EE_KEY_TOO_SMALL : X509_V_ERR_CA_KEY_TOO_SMALL, certificate,
                   "its key is " + certificate.key() + "; at least 2048 bits of RSA or 256 bits of EC are wanted"));
  if (is_hopeless(key_size(certificate))) violations.back().violation.check = TrustCheck::WeakKeySize;
}

void check_leaf_purpose(const Certificate& leaf, const TrustRequest& request, Violations& violations) {
  if (request.peer_role == PeerRole::Any) return;
  if (!extended_usage_allows(leaf, Place::Leaf, request)) {
    violations.push_back(violation_of(X509_V_ERR_INVALID_PURPOSE, leaf,
                                      "its extended key usage (" + extended_key_usages_text(leaf) + ") lacks " +
                                          (request.peer_role == PeerRole::Server ? "serverAuth" : "clientAuth")));
  }
  X509* const x509 = keyless_of(leaf);
  const std::uint32_t flags = X509_get_extension_flags(x509);
  // RFC 5280 section 6.1 asks only issuers for their key usage; what a peer's key is used for is TLS's business.
  if ((flags & EXFLAG_KUSAGE) != 0 && request.policy != TrustPolicy::Rfc5280) {
    const std::uint32_t usage = X509_get_key_usage(x509);
    const std::uint32_t needed = request.key_signs ? KU_DIGITAL_SIGNATURE : KU_KEY_ENCIPHERMENT;
    const std::string name = request.key_signs ? "digitalSignature" : "keyEncipherment";
    // RFC 8446 section 4.4.2.2: "The certificate MUST allow the key to be used for signing (i.e., the digitalSignature
    // bit MUST be set if the Key Usage extension is present)".
    if ((usage & kUsedByTls) == 0) {
      violations.push_back(violation_of(
          Rank::PlatformRule, TrustCheck::KeyUsage, leaf,
          "its key usage (" + key_usages_text(leaf) + ") allows neither signing nor key exchange, as TLS needs it",
          "RFC 5280 section 4.2.1.3"));
    } else if ((usage & needed) == 0) {
      violations.push_back(violation_of(Rank::PlatformRule, TrustCheck::KeyUsage, leaf,
                                        "its key usage does not allow " + name, "RFC 5280 section 4.2.1.3"));
    }
  }
  const unsigned wanted = request.peer_role == PeerRole::Server ? NS_SSL_SERVER : NS_SSL_CLIENT;
  X509_EXTENSION* const type = X509_get_ext(x509, X509_get_ext_by_NID(x509, NID_netscape_cert_type, -1));
  if ((flags & EXFLAG_NSCERT) == 0 || type == nullptr) return;
  const std::unique_ptr<ASN1_BIT_STRING, ossl::Deleter<ASN1_BIT_STRING_free>> bits(
      static_cast<ASN1_BIT_STRING*>(X509V3_EXT_d2i(type)));
  if (bits && ASN1_STRING_length(bits.get()) > 0 && (ASN1_STRING_get0_data(bits.get())[0] & wanted) != 0) return;
  violations.push_back(
      violation_of(X509_V_ERR_INVALID_PURPOSE, leaf, "its Netscape certificate type does not allow TLS"));
}

}  // namespace

bool has_unreadable_extension(const Certificate& certificate) {
  X509* const x509 = keyless_of(certificate);
  return (X509_get_extension_flags(x509) & EXFLAG_INVALID) != 0 || has_duplicate_extension(*x509) ||
         has_bytes_behind_extension(*x509);
}

bool has_weak_signature(const Certificate& certificate) {
  int bits = -1;
  const int is_known = X509_get_signature_info(keyless_of(certificate), nullptr, nullptr, &bits, nullptr);
  return is_known == 1 && bits < kMinStrength;
}

bool has_unsupported_signature(const Certificate& certificate) {
  return OBJ_find_sigid_algs(X509_get_signature_nid(&certificate.impl().form()), nullptr, nullptr) == 0;
}

bool extended_usage_allows(const Certificate& certificate, Place place, const TrustRequest& request) {
  X509* const x509 = keyless_of(certificate);
  const PeerRole role = request.peer_role;
  if (role == PeerRole::Any || (X509_get_extension_flags(x509) & EXFLAG_XKUSAGE) == 0) return true;
  const bool is_apple = rules_of(request.policy).apple_platform;
  std::uint32_t wanted = role == PeerRole::Server ? XKU_SSL_SERVER : XKU_SSL_CLIENT;
  // RFC 5280 section 4.2.1.12 leaves anyExtendedKeyUsage to the application: issuers may have it, and Apple's leaves.
  if (is_apple || !is_leaf(place)) wanted |= XKU_ANYEKU;
  // Apple also takes the server gated cryptography of the 1990s; leaf_rules.cpp is stricter about newer servers.
  if (is_apple && is_leaf(place) && role == PeerRole::Server) wanted |= XKU_SGC;
  return (X509_get_extended_key_usage(x509) & wanted) != 0;
}

void check_issuer_rights(const Certificate& certificate, const TrustRequest& request, Violations& violations) {
  X509* const x509 = keyless_of(certificate);
  const std::uint32_t flags = X509_get_extension_flags(x509);
  const bool has_usage = (flags & EXFLAG_KUSAGE) != 0;
  // A self-signed certificate of version 1 is a root of the time before there were basic constraints.
  const bool is_old_root = (flags & EXFLAG_V1) != 0 && is_self_signed(certificate);
  if ((flags & EXFLAG_CA) == 0 && !is_old_root) {
    violations.push_back(violation_of(X509_V_ERR_INVALID_CA, certificate, why_not_ca(certificate)));
  } else if (has_usage && (X509_get_key_usage(x509) & KU_KEY_CERT_SIGN) == 0) {
    violations.push_back(violation_of(X509_V_ERR_KEYUSAGE_NO_CERTSIGN, certificate,
                                      "it issues certificates, but its key usage lacks keyCertSign"));
  }
  if (!extended_usage_allows(certificate, Place::Issuer, request)) {
    violations.push_back(violation_of(X509_V_ERR_INVALID_PURPOSE, certificate,
                                      "its extended key usage (" + extended_key_usages_text(certificate) + ") lacks " +
                                          (request.peer_role == PeerRole::Server ? "serverAuth" : "clientAuth")));
  }
}

Violations check_certificate(const Certificate& certificate, Place place, const TrustRequest& request) {
  Violations violations;
  const PolicyRules rules = rules_of(request.policy);
  // RFC 5280 section 6.1: the trust anchor is an input, its certificate is not validated. Its key must be usable, and
  // its dates and rights count as they do on Apple's systems.
  if ((!is_anchor(place) || rules.strict_form) && has_unreadable_extension(certificate)) {
    violations.push_back(
        violation_of(Rank::Unreadable,
                     has_duplicate_extension(*keyless_of(certificate)) ? TrustCheck::DuplicateExtension
                                                                       : TrustCheck::UnparseableExtension,
                     certificate, "one of its extensions cannot be read or occurs twice", "RFC 5280 section 4.2"));
  }
  check_key(certificate, place, request, violations);
  check_dates(certificate, request.time, violations);
  if ((X509_get_extension_flags(keyless_of(certificate)) & EXFLAG_CRITICAL) != 0) {
    violations.push_back(
        violation_of(X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, certificate,
                     "it has a critical extension that is not understood: " + critical_extensions_text(certificate)));
    violations.back().violation.rule = is_leaf(place) ? "RFC 5280 section 6.1.5 (f)" : "RFC 5280 section 6.1.4 (o)";
  }
  // A self-signed certificate's own signature proves nothing, whatever its hash. One that only looks self-signed, by
  // its names, may be a link of the path.
  if (!is_anchor(place) && rules.strong_crypto && has_weak_signature(certificate) && !proves_self_signed(certificate)) {
    violations.push_back(violation_of(
        X509_V_ERR_CA_MD_TOO_WEAK, certificate,
        "it is signed with " + certificate.signature_algorithm() + "; a hash of the SHA-2 family is wanted"));
    // As is_hopeless(): whose collisions can be made at home.
    if (has_hash_of_md_family(certificate)) violations.back().violation.check = TrustCheck::WeakSignature;
  }
  if ((X509_get_extension_flags(keyless_of(certificate)) & EXFLAG_PROXY) != 0) {
    violations.push_back(violation_of(X509_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED, certificate));
  }
  // Where one extension cannot be read, OpenSSL's flags say nothing dependable about the others.
  if ((X509_get_extension_flags(keyless_of(certificate)) & EXFLAG_INVALID) != 0) return violations;
  if (is_leaf(place)) check_leaf_purpose(certificate, request, violations);
  if (!is_leaf(place)) check_issuer_rights(certificate, request, violations);
  if (rules.strict_form) check_form(certificate, place, rules, violations);
  if (rules.web_pki && request.peer_role == PeerRole::Server) check_web_pki_rules(certificate, place, violations);
  return violations;
}

}  // namespace securetransport::trust
