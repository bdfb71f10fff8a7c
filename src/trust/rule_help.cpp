// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/rule_help.hpp"

#include <algorithm>
#include <array>

namespace securetransport {
namespace {

struct Document {
  std::string_view prefix;  ///< How Violation::rule begins.
  RuleSource source;
};

// Longer prefixes of the same document first.
constexpr std::array kDocuments{
    Document{"Apple platform rule (HT205280)", {"Apple's Certificate Transparency policy", "since 2018-10-16"}},
    Document{"Apple platform rule (HT210176)",
             {"Requirements for trusted certificates in iOS 13 and macOS 10.15", "since 2019-07-01"}},
    Document{"Apple platform rule (HT211025)", {"About upcoming limits on trusted certificates", "since 2020-09-01"}},
    Document{"Baseline Requirements",
             {"CA/Browser Forum Baseline Requirements, profiles of SC-062", "since 2023-09-15"}},
    Document{"CA/Browser Forum SC-081v3", {"CA/Browser Forum ballot SC-081v3", "2025-04"}},
    Document{"RFC 3779", {"X.509 Extensions for IP Addresses and AS Identifiers", "2004-06"}},
    Document{"RFC 3820", {"Proxy Certificate Profile", "2004-06"}},
    Document{"RFC 5280", {"Internet X.509 Public Key Infrastructure Certificate and CRL Profile", "2008-05"}},
    Document{"RFC 5480", {"Elliptic Curve Cryptography Subject Public Key Information", "2009-03"}},
    Document{"RFC 6460", {"Suite B Profile for Transport Layer Security", "2012-01"}},
    Document{"RFC 6698", {"DNS-Based Authentication of Named Entities", "2012-08"}},
    Document{"RFC 6960", {"Online Certificate Status Protocol", "2013-06"}},
    Document{"RFC 6962", {"Certificate Transparency", "2013-06"}},
    Document{"RFC 7633", {"X.509v3 TLS Feature Extension", "2015-10"}},
    Document{"RFC 8398", {"Internationalized Email Addresses in X.509 Certificates", "2018-05"}},
    Document{"RFC 8446", {"The Transport Layer Security Protocol Version 1.3", "2018-08"}},
    Document{"RFC 9525", {"Service Identity in TLS", "2023-11"}},
};

std::string_view fix_for_check(TrustCheck check, bool is_leaf) noexcept {
  switch (check) {
    case TrustCheck::Revocation: return "Get a new certificate for a new key: this one is revoked for good.";
    case TrustCheck::WeakKeySize:
    case TrustCheck::KeySize:
      return is_leaf ? "Make a new key, RSA with 2048 bits or EC P-256, and have a certificate issued for it."
                     : "Use an authority whose keys are RSA with 2048 bits or more, or EC P-256 or P-384.";
    case TrustCheck::WeakSignature:
    case TrustCheck::SignatureHashAlgorithms:
      return is_leaf ? "Have the certificate issued again, signed with SHA-256."
                     : "Replace this authority's certificate by one that is signed with SHA-256.";
    case TrustCheck::UsageConstraints:
      return "The root store forbids this root for this use: use another authority, or change the store.";
    case TrustCheck::SystemTrustValidityPeriod:
      return "Have the certificate issued for a shorter time: at most 398 days below a public root.";
    case TrustCheck::OtherTrustValidityPeriod:
      return "Have the certificate issued for a shorter time: at most 825 days, below a private root too.";
    case TrustCheck::SystemTrustedCTRequired:
      return "Have the certificate issued with enough signed certificate timestamps of current logs.";
    case TrustCheck::DuplicateExtension:
    case TrustCheck::UnparseableExtension:
    case TrustCheck::CertificateForm:
      return "Have the certificate issued again without this fault, with other software if it comes back.";
    case TrustCheck::RevocationResponse:
      return "Staple a current OCSP response, or provide a current revocation list of the issuer.";
    case TrustCheck::LeafSpkiSha256:
    case TrustCheck::CaSpkiSha256: return "Pin the key that is in use now, or go back to a key that is pinned.";
    case TrustCheck::AnchorTrusted:
      return "Use a certificate of an authority that clients trust, or install its root on them.";
    case TrustCheck::MissingIntermediate:
      return "Send the issuer's certificate behind this one: the authority's full chain file has it.";
    case TrustCheck::ExtendedKeyUsage:
      return is_leaf ? "Have the certificate issued with the extended key usage serverAuth (clients: clientAuth)."
                     : "Use an authority whose certificate is not limited to other uses.";
    case TrustCheck::KeyUsage:
      return is_leaf ? "Have the certificate issued with the key usage digitalSignature."
                     : "Use an authority whose certificate has the key usage keyCertSign.";
    case TrustCheck::BasicConstraints:
    case TrustCheck::BasicConstraintsCa:
      return is_leaf ? "Have a certificate issued that is no authority's (basic constraints without CA)."
                     : "Only an authority may issue certificates: its own must have basic constraints with CA.";
    case TrustCheck::BasicConstraintsPathLen:
      return "Use an authority that stands nearer to the root, or have the constraint of the one above widened.";
    case TrustCheck::CriticalExtensions:
      return "Have the certificate issued without this critical extension, or with it marked not critical.";
    case TrustCheck::PolicyConstraints:
      return "Have the chain issued with the certificate policies that the authority above demands.";
    case TrustCheck::NameConstraints: return "Use names that the authority may issue for, or another authority.";
    case TrustCheck::SslHostname:
      return "Use a name that the certificate has, or have it issued again with this one as subject alternative name.";
    case TrustCheck::TemporalValidity: return "Renew the certificate and load the new one; check the clock as well.";
  }
  return "";
}

std::string_view fix_for_code(ResultCode code) noexcept {
  switch (code) {
    case ResultCode::BadCert: return "Replace the certificate: it is damaged, or its key cannot be read.";
    case ResultCode::ConfigurationFailed:
      return "Put the certificate that belongs to the key first, or use its own key.";
    case ResultCode::CertNotYetValid: return "Wait until it is valid, or correct the clock.";
    case ResultCode::BadCertificateStatusResponse:
      return "Have the server fetch a current OCSP response, or switch stapling off.";
    case ResultCode::ATSCertificateTrustViolation: return "Use a certificate that clients trust by default.";
    default: return "Have the certificate issued again without this fault.";
  }
}

}  // namespace

RuleSource source_of_rule(std::string_view rule) noexcept {
  const auto found = std::find_if(kDocuments.begin(), kDocuments.end(),
                                  [&](const Document& at) { return rule.starts_with(at.prefix); });
  return found == kDocuments.end() ? RuleSource{} : found->source;
}

std::string_view fix_for(const Violation& violation) noexcept {
  if (violation.rule == "RFC 8446 section 4.4.2") {
    return "Send the server's own certificate first, and each issuer behind what it issued.";
  }
  const bool is_about_time = violation.code == ResultCode::CertNotYetValid;
  const bool is_about_staple =
      violation.code == ResultCode::BadCertificateStatusResponse && violation.check != TrustCheck::RevocationResponse;
  if (!violation.check || is_about_time || is_about_staple) return fix_for_code(violation.code);
  return fix_for_check(*violation.check, violation.chain_index.value_or(0) == 0);
}

}  // namespace securetransport
