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
  bool key_signs = true;
  std::shared_ptr<const RootStore> roots = {};  ///< Instead of `anchors`, if there is one.
  std::vector<TestCertificate> intermediates = {};
  std::vector<RevocationList> crls = {};
  bool requires_revocation_check = false;
  std::shared_ptr<const CtLogList> ct_logs = {};
  std::vector<std::uint8_t> timestamps = {};
  std::vector<TrustException> exceptions = {};
  std::size_t max_intermediates = 16;
  std::shared_ptr<TrustCache> cache = {};
};

/// Calls `use` with the request that the question makes.
template <class Use>
auto with_request(const Question& question, Use use) {
  const auto chain = parsed(question.sent);
  const auto intermediates = parsed(question.intermediates);
  TrustRequest request;
  request.chain = chain;
  request.peer_name = question.peer_name;
  request.peer_role = question.peer_role;
  request.roots = question.roots ? question.roots : RootStore::of(parsed(question.anchors));
  request.time = question.time;
  request.policy = question.policy;
  request.stapled_ocsp = question.staple;
  request.staple_possible = question.staple_possible;
  request.key_signs = question.key_signs;
  request.intermediates = intermediates;
  request.crls = question.crls;
  request.requires_revocation_check = question.requires_revocation_check;
  request.ct_logs = question.ct_logs;
  request.timestamps = question.timestamps;
  request.exceptions = question.exceptions;
  request.max_intermediates = question.max_intermediates;
  request.cache = question.cache;
  return use(static_cast<const TrustRequest&>(request));
}

inline TrustResult judge(const Question& question) { return with_request(question, evaluate); }

/// "errSSLCertExpired@0 errSSLNoRootCert@1": code and place of every violation in order; "trusted" if none.
inline std::string summary(const TrustResult& result) {
  std::string text;
  for (const Violation& violation : result.violations) {
    text += (text.empty() ? "" : " ") + symbol_of(violation.code) + "@" +
            (violation.chain_index ? std::to_string(*violation.chain_index) : "chain");
  }
  return text.empty() ? "trusted" : text;
}

/// "SSLHostname TemporalValidity": the check of every violation in order; "trusted" if none.
inline std::string checks(const TrustResult& result) {
  std::string text;
  for (const Violation& violation : result.violations) {
    text += (text.empty() ? "" : " ") +
            (violation.check ? std::string(trust_check_info(*violation.check).name) : std::string("none"));
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
