// SPDX-License-Identifier: Apache-2.0
// Makes OCSP responses for tests: every field may be wrong on purpose.
#pragma once

#include <openssl/ocsp.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trust_case.hpp"

namespace securetransport::test {

/// What a response says about one certificate.
struct Answer {
  TestCertificate certificate;
  TestCertificate issuer;
  int status = V_OCSP_CERTSTATUS_GOOD;
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  std::chrono::sys_seconds revoked_at = kNow - 10 * kDay;
  std::chrono::sys_seconds this_update = kNow - 24h;
  std::optional<std::chrono::sys_seconds> next_update = kNow + 48h;
  std::string this_update_text = {};  ///< Taken literally if not empty.
  const char* hash = "SHA1";          ///< Of the issuer's name and key.
  bool has_critical_extension = false;
  std::vector<RawExtension> extensions = {};
};

enum class SignerCertificate : std::uint8_t { Included, LeftOut };

struct StapleSpec {
  std::vector<Answer> answers;
  TestCertificate signer;
  SignerCertificate signer_certificate = SignerCertificate::Included;
  unsigned long flags = 0;  ///< OCSP_RESPID_KEY: the responder is named by its key.
  Signature signature = Signature::Good;
  bool has_critical_extension = false;
};

[[nodiscard]] std::vector<std::uint8_t> staple_of(const StapleSpec& spec);

/// A response that carries a status other than "successful" and nothing else.
[[nodiscard]] std::vector<std::uint8_t> error_staple(int status);

/// The TLS feature extension (RFC 7633) with these features.
[[nodiscard]] RawExtension tls_features(const std::vector<std::uint8_t>& features);

/// A good leaf with its issuers, a good responder below the leaf's issuer, and staples about the leaf.
struct StapleCase {
  Family family;
  TestCertificate leaf = family.leaf();
  TestCertificate responder = issued_by(family.intermediate, responder_spec());

  [[nodiscard]] StapleSpec good() const { return {{{leaf, family.intermediate}}, family.intermediate}; }
  /// Signed by the issuer, the one answer changed.
  template <class Change>
  [[nodiscard]] std::vector<std::uint8_t> answer(Change change) const {
    StapleSpec spec = good();
    change(spec.answers.front());
    return staple_of(spec);
  }
  /// Signed by somebody else.
  [[nodiscard]] std::vector<std::uint8_t> signed_by(const TestCertificate& signer) const {
    StapleSpec spec = good();
    spec.signer = signer;
    return staple_of(spec);
  }
  [[nodiscard]] Question question(std::vector<std::uint8_t> staple) const {
    return {{leaf, family.intermediate}, {family.root},    "www.example.com", PeerRole::Server, kNow,
            TrustPolicy::Apple,          std::move(staple)};
  }
  [[nodiscard]] TrustResult judge_staple(std::vector<std::uint8_t> staple) const {
    return judge(question(std::move(staple)));
  }
};

inline constexpr const char* kBadStaple = "errSSLBadCertificateStatusResponse@0";

/// What is expected of one staple.
struct StapleRow {
  const char* what;
  std::vector<std::uint8_t> staple;
  const char* expected;
  const char* detail;  ///< A part of details().
};

inline void check(const StapleCase& the, const std::vector<StapleRow>& rows) {
  for (const StapleRow& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = the.judge_staple(row.staple);
    EXPECT_EQ(summary(result), row.expected) << details(result);
    EXPECT_NE(details(result).find(row.detail), std::string::npos) << details(result);
  }
}

}  // namespace securetransport::test
