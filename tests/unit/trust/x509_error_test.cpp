// SPDX-License-Identifier: Apache-2.0
// The translation of X509_V_ERR_* is complete, and says what contract and result table say.
#include "trust/x509_error.hpp"

#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include <string>

namespace securetransport::trust {
namespace {

constexpr int kFirst = X509_V_ERR_UNSPECIFIED;
constexpr int kLast = X509_V_ERR_EC_KEY_EXPLICIT_PARAMS;  // The last of OpenSSL 3.0.

TEST(X509Error, HasARowForEveryNumberOfOpenssl30) {
  for (int error = kFirst; error <= kLast; ++error) {
    SCOPED_TRACE(std::to_string(error) + ": " + X509_verify_cert_error_string(error));
    EXPECT_EQ(x509_error(error).error, error);
  }
}

TEST(X509Error, GivesEveryRowASentenceAndASource) {
  for (const X509ErrorRow& row : x509_error_table()) {
    SCOPED_TRACE(row.error);
    EXPECT_FALSE(row.sentence.empty());
    EXPECT_FALSE(row.sentence.ends_with('.'));
    EXPECT_TRUE(row.rule.starts_with("RFC ") || row.rule.starts_with("Apple platform rule (HT") ||
                row.rule == "our own failure")
        << row.rule;
  }
}

TEST(X509Error, NeverTurnsAnErrorIntoSuccess) {
  for (int error = -1000; error <= 1000; ++error) {
    EXPECT_NE(x509_error(error).code, ResultCode::Success) << error;
  }
}

TEST(X509Error, CallsNumbersOfANewerOpensslAnInvalidChain) {
  for (const int error : {kLast + 1, 200, -7}) {
    EXPECT_EQ(symbol_of(x509_error(error).code), "errSSLXCertChainInvalid") << error;
    EXPECT_EQ(x509_error(error).rank, Rank::Structure) << error;
  }
}

TEST(X509Error, KeepsCodeAndRankTogether) {
  for (const X509ErrorRow& row : x509_error_table()) {
    SCOPED_TRACE(X509_verify_cert_error_string(row.error));
    const auto expected = [&] {
      switch (row.rank) {
        case Rank::Internal: return ResultCode::Internal;
        case Rank::Unreadable: return ResultCode::BadCert;
        case Rank::Expired: return ResultCode::CertExpired;
        case Rank::NotYetValid: return ResultCode::CertNotYetValid;
        case Rank::MissingIssuer: return ResultCode::NoRootCert;
        case Rank::UnknownRoot: return ResultCode::UnknownRootCert;
        case Rank::Status: return ResultCode::BadCertificateStatusResponse;
        case Rank::Name: return ResultCode::HostNameMismatch;
        case Rank::Structure:
        case Rank::PlatformRule: break;
        case Rank::AtsVersion:
        case Rank::AtsSuite:
        case Rank::AtsKeySize:
        case Rank::AtsLeafHash:
        case Rank::AtsHash:
        case Rank::AtsTrust:
        case Rank::AtsOther: ADD_FAILURE() << "the engine knows nothing of App Transport Security"; break;
      }
      return ResultCode::XCertChainInvalid;
    }();
    EXPECT_EQ(symbol_of(row.code), symbol_of(expected));
  }
}

}  // namespace
}  // namespace securetransport::trust
