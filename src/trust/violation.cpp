// SPDX-License-Identifier: Apache-2.0
#include "trust/violation.hpp"

#include <utility>

#include "trust/x509_error.hpp"

namespace securetransport::trust {

RankedViolation violation_of(int x509_error_number, const Certificate& certificate, std::string detail) {
  const X509ErrorRow& row = x509_error(x509_error_number);
  if (detail.empty()) detail = row.sentence;
  return {row.rank, Violation{row.code, std::nullopt, certificate.subject(), std::move(detail), std::string(row.rule),
                              alert_of_x509_error(x509_error_number), check_of_x509_error(x509_error_number)}};
}

RankedViolation violation_of(Rank rank, TrustCheck check, const Certificate& certificate, std::string detail,
                             std::string_view rule) {
  const ResultCode code = rank == Rank::Unreadable ? ResultCode::BadCert : ResultCode::XCertChainInvalid;
  return {rank, Violation{code, std::nullopt, certificate.subject(), std::move(detail), std::string(rule), std::nullopt,
                          check}};
}

void append_at(std::size_t index, const Violations& found, Violations& all) {
  for (const RankedViolation& next : found) {
    all.push_back(next);
    all.back().violation.chain_index = index;
  }
}

}  // namespace securetransport::trust
