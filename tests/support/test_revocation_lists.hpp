// SPDX-License-Identifier: Apache-2.0
// Makes certificate revocation lists for tests at run time: every field may be wrong on purpose.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "support/test_certificates.hpp"

namespace securetransport::test {

/// One revoked certificate.
struct RevokedEntry {
  TestCertificate certificate;
  std::optional<int> reason = {};  ///< RFC 5280 section 5.3.1: 1 is keyCompromise, 8 removeFromCRL.
  std::vector<RawExtension> extensions = {};
};

struct RevocationListSpec {
  std::vector<RevokedEntry> revoked = {};
  std::chrono::sys_seconds this_update = kNow - 24h;
  std::optional<std::chrono::sys_seconds> next_update = kNow + 48h;
  std::optional<long> number = 7;  ///< The CRL number; none: no such extension.
  bool is_number_critical = false;
  std::optional<long> delta_of = {};  ///< Number of the base list: makes this a delta list.
  std::vector<RawExtension> extensions = {};
  const char* digest = "SHA256";
  Signature signature = Signature::Good;
};

/// The issuing distribution point of RFC 5280 section 5.2.5, critical.
struct IssuingPoint {
  bool only_user_certificates = false;
  bool only_authorities = false;
  std::vector<std::uint8_t> only_reasons = {};  ///< The BIT STRING's content, without tag and length.
  bool is_indirect = false;
};
[[nodiscard]] RawExtension issuing_point(const IssuingPoint& point);

/// DER, signed with the issuer's key in the issuer's name.
[[nodiscard]] std::vector<std::uint8_t> revocation_list(const TestCertificate& issuer, const RevocationListSpec& spec);

/// The same in PEM.
[[nodiscard]] std::string revocation_list_pem(const std::vector<std::uint8_t>& der);

}  // namespace securetransport::test
