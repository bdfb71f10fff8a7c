// SPDX-License-Identifier: Apache-2.0
// Short words for the tests of trust: parsed certificates in, code names out.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "securetransport/trust/evaluate.hpp"
#include "support/test_certificates.hpp"

namespace securetransport::test {

inline Certificate parsed(const TestCertificate& made) {
  auto certificate = Certificate::from_der(made.der);
  EXPECT_TRUE(certificate.has_value()) << (certificate ? "" : certificate.error().detail);
  return *std::move(certificate);
}

inline std::vector<Certificate> parsed(const std::vector<TestCertificate>& made) {
  std::vector<Certificate> certificates;
  for (const TestCertificate& one : made) certificates.push_back(parsed(one));
  return certificates;
}

struct Question {
  std::vector<TestCertificate> sent;
  std::vector<TestCertificate> anchors;
  std::string peer_name = "www.example.com";
  PeerRole peer_role = PeerRole::Server;
  std::chrono::sys_seconds time = kNow;
  TrustPolicy policy = TrustPolicy::Apple;
  std::vector<std::uint8_t> staple = {};
  bool staple_possible = true;
};

inline TrustResult judge(const Question& question) {
  const auto chain = parsed(question.sent);
  const auto anchors = parsed(question.anchors);
  return evaluate({chain, question.peer_name, question.peer_role, RootStore::of(anchors), question.time,
                   question.policy, question.staple, question.staple_possible});
}

/// "errSSLCertExpired@0 errSSLNoRootCert@1": code and place of every violation in order; "trusted" if none.
inline std::string summary(const TrustResult& result) {
  std::string text;
  for (const Violation& violation : result.violations) {
    text += (text.empty() ? "" : " ") + symbol_of(violation.code) + "@" +
            (violation.chain_index ? std::to_string(*violation.chain_index) : "chain");
  }
  return text.empty() ? "trusted" : text;
}

/// The details, one a line, for messages of failing tests and for searches.
inline std::string details(const TrustResult& result) {
  std::string text;
  for (const Violation& violation : result.violations) text += violation.detail + " <" + violation.rule + ">\n";
  return text;
}

/// A root, an intermediate below it, and what hangs from them.
struct Family {
  TestCertificate root = self_signed(root_spec());
  TestCertificate intermediate = issued_by(root, intermediate_spec());

  template <class Change>
  [[nodiscard]] TestCertificate leaf(Change change) const {
    CertificateSpec spec = leaf_spec();
    change(spec);
    return issued_by(intermediate, spec);
  }
  [[nodiscard]] TestCertificate leaf() const {
    return leaf([](CertificateSpec&) {});
  }
  template <class Change>
  [[nodiscard]] TestCertificate other_intermediate(Change change) const {
    CertificateSpec spec = intermediate_spec();
    change(spec);
    return issued_by(root, spec);
  }
};

}  // namespace securetransport::test
