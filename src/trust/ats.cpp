// SPDX-License-Identifier: Apache-2.0
// App Transport Security: the demands on a connection and its certificates beyond ordinary trust.
#include "securetransport/trust/ats.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string_view>
#include <utility>

#include "trust/ats_certificate.hpp"
#include "trust/violation_order.hpp"
#include "trust/x509.hpp"

namespace securetransport {
namespace {

using trust::KeyFamily;

constexpr std::uint16_t kTls12 = 0x0303;

/// Collects violations of App Transport Security and puts them in order.
class Report {
 public:
  /// `rule` names the demand; that it is one of App Transport Security goes without saying.
  void add(ResultCode code, std::optional<std::size_t> index, std::string subject, std::string detail,
           std::string_view rule) {
    found_.push_back({trust::ats_rank(code), Violation{code, index, std::move(subject), std::move(detail),
                                                       "App Transport Security: " + std::string(rule)}});
  }
  [[nodiscard]] std::vector<Violation> in_order() && { return trust::in_order(std::move(found_)); }

 private:
  std::vector<trust::RankedViolation> found_;
};

std::string hex_text(std::uint16_t number) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "0x%04X", static_cast<unsigned>(number));
  return text.data();
}

/// DTLS counts downwards from 0xFEFF, which is as old as TLS 1.1; there is no DTLS 1.1 (RFC 6347 section 1).
std::uint16_t as_tls(std::uint16_t version) {
  switch (version) {
    case 0xFEFF: return 0x0302;
    case 0xFEFD: return 0x0303;
    case 0xFEFC: return 0x0304;
    default: return version;
  }
}

std::string version_text(std::uint16_t version) {
  const bool is_datagram = version >= 0xFE00;
  const std::string hex = " (" + hex_text(version) + ")";
  if (version == 0xFEFF) return "DTLS 1.0" + hex;
  const std::uint16_t tls = as_tls(version);
  if (tls < 0x0301 || tls > 0x0304) return "version " + hex_text(version);
  return (is_datagram ? "DTLS 1." : "TLS 1.") + std::to_string(tls - 0x0301) + hex;
}

void judge_key(const AtsPolicy& policy, const Certificate& leaf, Report& report) {
  if (policy.minimum_rsa_bits == 0 && policy.minimum_ec_bits == 0) return;
  const auto [family, bits] = trust::key_size(leaf);
  // Apple compares whole bytes: RSA keys of 2041 to 2047 bits pass.
  const auto bytes = [](unsigned count) { return (count + 7) / 8; };
  const bool is_enough = (family == KeyFamily::Rsa && bytes(bits) >= bytes(policy.minimum_rsa_bits)) ||
                         (family == KeyFamily::Ec && bytes(bits) >= bytes(policy.minimum_ec_bits));
  if (is_enough) return;
  // Apple's table of sizes has no other kind of key, and what it does not have fails: Ed25519, Ed448, DSA.
  report.add(ResultCode::ATSMinimumKeySizeViolation, 0, leaf.subject(),
             "its key is " + leaf.key() + "; RSA of at least " + std::to_string(policy.minimum_rsa_bits) +
                 " bits or EC of at least " + std::to_string(policy.minimum_ec_bits) + " bits is wanted" +
                 (family == KeyFamily::Other ? ", no other kind of key" : ""),
             "minimum size of the server's key");
}

void judge_hashes(const AtsPolicy& policy, std::span<const Certificate> path, Report& report) {
  if (!policy.requires_sha256) return;
  for (std::size_t index = 0; index < path.size(); ++index) {
    const bool is_leaf = index == 0;
    const Certificate& certificate = path[index];
    if (!trust::has_hash_below_sha256(certificate) || (!is_leaf && trust::is_self_signed(certificate))) continue;
    report.add(is_leaf ? ResultCode::ATSLeafCertificateHashAlgorithmViolation
                       : ResultCode::ATSCertificateHashAlgorithmViolation,
               index, certificate.subject(),
               "it is signed with " + certificate.signature_algorithm() + "; a hash of at least SHA-256 is wanted",
               is_leaf ? "hash of the server certificate's signature" : "hash of the other certificates' signatures");
  }
}

// RFC 8446 section 4.4.2.2: "All certificates provided by the server MUST be signed by a signature algorithm advertised
// by the client"; self-signed ones may be signed with any.
void judge_signatures(const AtsPolicy& policy, std::span<const Certificate> path, Report& report) {
  if (!policy.signature_algorithms) return;
  const auto& offered = *policy.signature_algorithms;
  for (std::size_t index = 0; index < path.size(); ++index) {
    const Certificate& certificate = path[index];
    const auto schemes = trust::signature_schemes(certificate);
    if (trust::is_self_signed(certificate) ||
        std::find_first_of(schemes.begin(), schemes.end(), offered.begin(), offered.end()) != schemes.end()) {
      continue;
    }
    std::string numbers;
    for (const std::uint16_t scheme : schemes) numbers += (numbers.empty() ? ", in TLS " : " or ") + hex_text(scheme);
    report.add(ResultCode::ATSViolation, index, certificate.subject(),
               "it is signed with " + certificate.signature_algorithm() + numbers + ", which is not among the " +
                   std::to_string(offered.size()) + " signature algorithms that the client offers",
               "signature algorithms of FCP_v2.1");
  }
}

bool is_pinned(const std::vector<Pin>& pins, const Certificate& certificate) {
  return std::find(pins.begin(), pins.end(), Pin{certificate.spki_sha256()}) != pins.end();
}

std::string pin_count(const std::vector<Pin>& pins) {
  return "none of the " + std::to_string(pins.size()) + " pinned keys";
}

void judge_pins(const AtsPolicy& policy, std::span<const Certificate> path, Report& report) {
  constexpr auto kCode = ResultCode::ATSCertificateTrustViolation;
  if (policy.leaf_pins && (path.empty() || !is_pinned(*policy.leaf_pins, path.front()))) {
    const std::string key = path.empty() ? "there is no certificate, and so "
                                         : "its key has the hash " + base64_text(path.front().spki_sha256()) + ", ";
    report.add(kCode, 0, path.empty() ? std::string() : path.front().subject(),
               key + pin_count(*policy.leaf_pins) + " for the server", "NSPinnedDomains, NSPinnedLeafIdentities");
  }
  if (!policy.ca_pins) return;
  const auto issuers = path.subspan(path.empty() ? 0 : 1);
  const auto is_good = [&](const Certificate& issuer) { return is_pinned(*policy.ca_pins, issuer); };
  if (std::any_of(issuers.begin(), issuers.end(), is_good)) return;
  std::string hashes;
  for (const Certificate& issuer : issuers) hashes += (hashes.empty() ? "" : ", ") + base64_text(issuer.spki_sha256());
  report.add(kCode, std::nullopt, {},
             issuers.empty() ? "the path has no certificate above the leaf, and so " + pin_count(*policy.ca_pins) +
                                   " for its authorities"
                             : "the keys above the leaf have the hashes " + hashes + ": " + pin_count(*policy.ca_pins) +
                                   " for the server's authorities",
             "NSPinnedDomains, NSPinnedCAIdentities");
}

}  // namespace

std::vector<Violation> judge_ats_connection(const AtsPolicy& policy, const AtsConnection& connection) {
  Report report;
  const auto add = [&](ResultCode code, std::string detail, std::string_view rule) {
    report.add(code, std::nullopt, {}, std::move(detail), rule);
  };
  if (as_tls(connection.version) < as_tls(policy.minimum_version)) {
    add(ResultCode::ATSMinimumVersionViolation,
        "the connection uses " + version_text(connection.version) + "; at least " +
            version_text(policy.minimum_version) + " is wanted",
        "minimum version (NSExceptionMinimumTLSVersion)");
  }
  const auto& suites = policy.cipher_suites;
  if (!suites.empty() && std::find(suites.begin(), suites.end(), connection.cipher_suite) == suites.end()) {
    const std::string name = connection.cipher_suite_name.empty() ? "" : connection.cipher_suite_name + " ";
    add(ResultCode::ATSCiphersuiteViolation,
        "the cipher suite " + name + "(" + hex_text(connection.cipher_suite) + ") is not one of the " +
            std::to_string(suites.size()) + " that the policy allows",
        "list of cipher suites (NSExceptionRequiresForwardSecrecy)");
  }
  if (policy.requires_extended_master_secret && as_tls(connection.version) <= kTls12 &&
      !connection.extended_master_secret) {
    add(ResultCode::ATSViolation,
        version_text(connection.version) + " was negotiated without the extended master secret (RFC 7627)",
        "extended master secret of FCP_v2.1");
  }
  return std::move(report).in_order();
}

std::vector<Violation> judge_ats_chain(const AtsPolicy& policy, std::span<const Certificate> path,
                                       bool trusted_by_default) {
  Report report;
  if (!path.empty()) judge_key(policy, path.front(), report);
  judge_hashes(policy, path, report);
  judge_signatures(policy, path, report);
  if (policy.requires_trust && !trusted_by_default) {
    report.add(ResultCode::ATSCertificateTrustViolation, std::nullopt, {},
               "the default trust evaluation refuses the chain, and a program may not accept it all the same",
               "trust of the server's certificate");
  }
  judge_pins(policy, path, report);
  return std::move(report).in_order();
}

std::vector<Violation> merge_violations(std::vector<Violation> of_trust, std::vector<Violation> of_ats) {
  std::vector<trust::RankedViolation> ranked;
  for (Violation& violation : of_ats) {
    const trust::Rank rank = trust::ats_rank(violation.code);
    ranked.push_back({rank, std::move(violation)});
  }
  auto ordered = trust::in_order(std::move(ranked));
  std::move(ordered.begin(), ordered.end(), std::back_inserter(of_trust));
  return of_trust;
}

}  // namespace securetransport
