// SPDX-License-Identifier: Apache-2.0
#include "trust/web_pki_rules.hpp"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "ossl/handles.hpp"
#include "trust/dns_name.hpp"
#include "trust/text.hpp"
#include "trust/x509.hpp"

namespace securetransport::trust {
namespace {

using AuthorityKeyIdPtr = std::unique_ptr<AUTHORITY_KEYID, ossl::Deleter<AUTHORITY_KEYID_free>>;

constexpr std::string_view kKeyRule = "Baseline Requirements section 6.1.5";
constexpr std::string_view kUsageRule = "Baseline Requirements section 7.1.2.7.10";
constexpr std::string_view kRootRule = "Baseline Requirements section 7.1.2.1.3";
constexpr std::string_view kNameRule = "Baseline Requirements section 7.1.4.3";

bool is_critical(const X509& certificate, int nid) {
  const int place = X509_get_ext_by_NID(&certificate, nid, -1);
  return place >= 0 && X509_EXTENSION_get_critical(X509_get_ext(&certificate, place)) == 1;
}

/// The last common name of the subject; "" if there is none or it is no text.
std::string common_name(const X509& certificate) {
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  const int place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (place < 0) return {};
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)));
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owned(text);
  return size < 0 ? std::string() : std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
}

/// The usual text of an address in any spelling: hexadecimal, octal, not shortened; "" if it is none.
std::string usual_address(const std::string& text) {
  std::array<char, INET6_ADDRSTRLEN> usual{};
  std::array<std::uint8_t, sizeof(in6_addr)> bytes{};
  in_addr old_style{};
  if (inet_aton(text.c_str(), &old_style) == 1) {
    inet_ntop(AF_INET, &old_style, usual.data(), usual.size());
  } else if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    inet_ntop(AF_INET6, bytes.data(), usual.data(), usual.size());
  }
  return usual.data();
}

/// Whether the name is one of `names` if spellings do not matter.
bool means_one_of(const std::string& name, const std::vector<std::string>& names) {
  const std::string host = to_a_labels(name);
  const std::string address = usual_address(name);
  return std::any_of(names.begin(), names.end(), [&](const std::string& at) {
    return (!host.empty() && equal_ignoring_case(at, host)) || (!address.empty() && at == address);
  });
}

bool is_allowed_curve(const EVP_PKEY& key) {
  std::array<char, 64> name{};
  if (EVP_PKEY_get_group_name(&key, name.data(), name.size(), nullptr) != 1) return false;
  const int curve = OBJ_txt2nid(name.data());
  return curve == NID_X9_62_prime256v1 || curve == NID_secp384r1 || curve == NID_secp521r1;
}

void check_key(const Certificate& certificate, Violations& violations) {
  const EVP_PKEY* const key = certificate.impl().key();
  if (key == nullptr) return;
  const auto add = [&](std::string detail) {
    violations.push_back(
        violation_of(Rank::PlatformRule, TrustCheck::KeySize, certificate, std::move(detail), kKeyRule));
  };
  const bool is_rsa = EVP_PKEY_is_a(key, "RSA") == 1;
  if (!is_rsa && EVP_PKEY_is_a(key, "EC") != 1) {
    add("its key is " + certificate.key() + "; only RSA and EC keys are allowed");
  } else if (is_rsa && EVP_PKEY_get_bits(key) % 8 != 0) {
    add("its key is " + certificate.key() + "; the size must be a multiple of 8 bits");
  } else if (!is_rsa && !is_allowed_curve(*key)) {
    add("its key is " + certificate.key() + "; only the curves P-256, P-384 and P-521 are allowed");
  }
}

void check_serial(const Certificate& certificate, Violations& violations) {
  const std::string serial = certificate.serial();
  if (!serial.starts_with('-') && serial.find_first_not_of('0') != std::string::npos) return;
  violations.push_back(violation_of(Rank::Structure, TrustCheck::CertificateForm, certificate,
                                    "its serial number is not greater than zero",
                                    "Baseline Requirements section 7.1.2.7"));
}

void check_leaf(const Certificate& leaf, Violations& violations) {
  X509& x509 = *keyless_of(leaf);
  const std::uint32_t flags = X509_get_extension_flags(&x509);
  const auto add = [&](TrustCheck check, std::string detail, std::string_view rule) {
    violations.push_back(violation_of(Rank::PlatformRule, check, leaf, std::move(detail), rule));
  };
  if ((flags & EXFLAG_CA) != 0) {
    add(TrustCheck::BasicConstraintsCa, "it is a CA certificate", "Baseline Requirements section 7.1.2.7.8");
  }
  if ((flags & EXFLAG_XKUSAGE) == 0) {
    add(TrustCheck::ExtendedKeyUsage, "it has no extended key usage", kUsageRule);
  } else if ((X509_get_extended_key_usage(&x509) & XKU_ANYEKU) != 0) {
    add(TrustCheck::ExtendedKeyUsage, "its extended key usage says anyExtendedKeyUsage", kUsageRule);
  }
  if (is_critical(x509, NID_ext_key_usage)) {
    add(TrustCheck::ExtendedKeyUsage, "its extended key usage is critical", kUsageRule);
  }
  if (is_critical(x509, NID_subject_alt_name) && X509_NAME_entry_count(X509_get_subject_name(&x509)) > 0) {
    add(TrustCheck::CertificateForm, "its subject alternative name is critical although it has a subject",
        "Baseline Requirements section 7.1.2.7.12");
  }
  const std::vector<std::string> names = leaf.names();
  if (names.empty()) {
    add(TrustCheck::SslHostname, "it has no subject alternative name of a host",
        "Baseline Requirements section 7.1.2.7.12");
  }
  // Section 7.1.4.3: a common name "MUST contain exactly one entry that is one of the values contained in the
  // Certificate's subjectAltName extension", character for character. One that means something else altogether is
  // common and harmless, since nobody here reads it.
  const std::string name = common_name(x509);
  if (std::find(names.begin(), names.end(), name) == names.end() && means_one_of(name, names)) {
    add(TrustCheck::SslHostname, "its common name spells one of its subject alternative names in another way",
        kNameRule);
  }
}

void check_root(const Certificate& root, Violations& violations) {
  X509& x509 = *keyless_of(root);
  const auto add = [&](TrustCheck check, std::string detail) {
    violations.push_back(violation_of(Rank::PlatformRule, check, root, std::move(detail), kRootRule));
  };
  if ((X509_get_extension_flags(&x509) & EXFLAG_XKUSAGE) != 0) {
    add(TrustCheck::ExtendedKeyUsage, "it is a root and has an extended key usage");
  }
  const AuthorityKeyIdPtr authority(
      static_cast<AUTHORITY_KEYID*>(X509_get_ext_d2i(&x509, NID_authority_key_identifier, nullptr, nullptr)));
  if (!authority) return;
  const ASN1_OCTET_STRING* const own = X509_get0_subject_key_id(&x509);
  if (authority->keyid == nullptr) {
    add(TrustCheck::CertificateForm, "its authority key identifier has no key identifier");
  } else if (own == nullptr || ASN1_OCTET_STRING_cmp(authority->keyid, own) != 0) {
    add(TrustCheck::CertificateForm, "its authority and subject key identifiers differ");
  }
  if (authority->issuer != nullptr || authority->serial != nullptr) {
    add(TrustCheck::CertificateForm, "its authority key identifier names an issuer or a serial number");
  }
}

}  // namespace

void check_web_pki_rules(const Certificate& certificate, Place place, Violations& violations) {
  check_key(certificate, violations);
  if (place != Place::Anchor) check_serial(certificate, violations);
  if (is_leaf(place)) check_leaf(certificate, violations);
  // Self-issued, not self-signed: OpenSSL does not call a root self-signed whose key identifiers differ.
  if (place == Place::Anchor && certificate.is_self_issued()) check_root(certificate, violations);
}

}  // namespace securetransport::trust
