// SPDX-License-Identifier: Apache-2.0
// App Transport Security: the demands on a connection and its certificates beyond ordinary trust.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "securetransport/core/diagnosis.hpp"
#include "securetransport/trust/certificate.hpp"

namespace securetransport {

/// The cipher suites of the default policy in an Apple client's order of preference, as IANA numbers.
inline constexpr std::array<std::uint16_t, 13> kAtsCipherSuites{0x1301, 0x1302, 0x1303, 0xC02C, 0xC02B, 0xCCA9, 0xC030,
                                                                0xC02F, 0xCCA8, 0xC00A, 0xC009, 0xC014, 0xC013};

/// One key of NSPinnedDomains.
struct Pin {
  SpkiHash spki_sha256;
  friend bool operator==(const Pin&, const Pin&) = default;
};

/// What a connection must keep. The defaults are those of an app without exceptions.
struct AtsPolicy {
  std::uint16_t minimum_version = 0x0303;  ///< As on the wire; a DTLS number counts as the TLS version of its table.
  std::vector<std::uint16_t> cipher_suites{kAtsCipherSuites.begin(), kAtsCipherSuites.end()};  ///< Empty: any.
  unsigned minimum_rsa_bits = 2048;              ///< Of the leaf's key. Both minimums 0: no demand on the key at all.
  unsigned minimum_ec_bits = 256;                ///< Of the leaf's key.
  bool requires_sha256 = true;                   ///< No certificate signed with a weaker hash; self-signed CAs may.
  bool requires_trust = true;                    ///< A program may not accept what the default trust refuses.
  bool requires_extended_master_secret = false;  ///< RFC 7627, up to TLS 1.2; part of FCP_v2.1.
  /// SignatureScheme numbers that the client offers and that certificates must be signed with; part of FCP_v2.1.
  /// None: not checked.
  std::optional<std::vector<std::uint16_t>> signature_algorithms = {};
  /// Keys of which the leaf must have one. None: not pinned; empty: pinned with nothing, so no leaf will do.
  std::optional<std::vector<Pin>> leaf_pins = {};
  /// Keys of which a certificate above the leaf must have one; none and empty as for the leaf. Where both lists are
  /// given, both must be kept.
  std::optional<std::vector<Pin>> ca_pins = {};
};

/// What was negotiated, as far as App Transport Security asks.
struct AtsConnection {
  std::uint16_t version = 0;            ///< As on the wire: 0x0303 is TLS 1.2.
  std::uint16_t cipher_suite = 0;       ///< IANA number.
  std::string cipher_suite_name = {};   ///< For the message only; may be empty.
  bool extended_master_secret = false;  ///< Not looked at in TLS 1.3, which has nothing else.
};

/// errSSLATSMinimumVersionViolation, errSSLATSCiphersuiteViolation and errSSLATSViolation (extended master secret), in
/// this order; empty if the policy is kept. May be asked as soon as the ServerHello is known. Pure.
[[nodiscard]] std::vector<Violation> judge_ats_connection(const AtsPolicy& policy, const AtsConnection& connection);

/// errSSLATSMinimumKeySizeViolation, errSSLATSLeafCertificateHashAlgorithmViolation,
/// errSSLATSCertificateHashAlgorithmViolation, errSSLATSCertificateTrustViolation and errSSLATSViolation (signature
/// algorithm), in this order; empty if the policy is kept. Pure.
///
/// @param path                The path that was judged, leaf first: TrustResult::path.
/// @param trusted_by_default  Whether evaluate() trusted it, whatever the program made of that.
[[nodiscard]] std::vector<Violation> judge_ats_chain(const AtsPolicy& policy, std::span<const Certificate> path,
                                                     bool trusted_by_default);

/// One list, the decisive violation first: those of the trust evaluation in their order, then those of App Transport
/// Security in the order -9881, -9882, -9883, -9884, -9885, -9886, -9880, each once.
[[nodiscard]] std::vector<Violation> merge_violations(std::vector<Violation> of_trust, std::vector<Violation> of_ats);

}  // namespace securetransport
