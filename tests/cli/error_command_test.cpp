// SPDX-License-Identifier: Apache-2.0
// `securetransport error` as its users run it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace securetransport::test {
namespace {

constexpr const char* kChainLine = "Error: 0xFFFFD9B1 -9807 the certificate chain is not valid";

TEST(ErrorCommand, BeginsWithTheLineThatMacOsPrints) {
  for (const char* const form : {"-9807", "9807", "0xFFFFD9B1", "0xffffd9b1", "errSSLXCertChainInvalid",
                                 "xcertchaininvalid", "kCFStreamErrorCodeKey=-9807", "(errSSLXCertChainInvalid)"}) {
    SCOPED_TRACE(form);
    const Finished result = securetransport({"error", form});
    EXPECT_EQ(result.first_line(), kChainLine);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.err, "");
  }
}

TEST(ErrorCommand, ExplainsCausesChecksAndRemedies) {
  const std::string out = securetransport({"error", "-9814"}).out;
  for (const char* const part : {"errSSLCertExpired", "certificate", "certificate_expired (45)", "What to check",
                                 "How to fix it on the server"}) {
    EXPECT_NE(out.find(part), std::string::npos) << part;
  }
}

TEST(ErrorCommand, TakesSeveralCodesAndOptionsInAnyOrder) {
  const Finished result = securetransport({"error", "-9814", "--brief", "-9815"});
  EXPECT_EQ(result.out,
            "Error: 0xFFFFD9AA -9814 a certificate of the chain has expired\n"
            "Error: 0xFFFFD9A9 -9815 a certificate of the chain is not valid yet\n");
  EXPECT_EQ(result.exit_code, 0);
}

TEST(ErrorCommand, ReadsTextFromStandardInput) {
  const Finished result = securetransport({"error", "--brief", "-"}, "CFNetwork SSLHandshake failed (-9807)\nother\n");
  EXPECT_EQ(result.out, std::string(kChainLine) + "\n");
  EXPECT_EQ(result.exit_code, 0);
}

TEST(ErrorCommand, SaysWhichNumberIsUnknownAndStillExplainsTheOthers) {
  const Finished result = securetransport({"error", "--brief", "-50", "-9807"});
  EXPECT_EQ(result.out, std::string(kChainLine) + "\n");
  EXPECT_EQ(result.err,
            "securetransport: OSStatus -50 is not one of the 73 codes (-9800 to -9865 and -9880 to -9886)\n");
  EXPECT_EQ(result.exit_code, 2);
}

TEST(ErrorCommand, KnowsTheSuccessAndTheNeighbour) {
  EXPECT_EQ(securetransport({"error", "0", "--brief"}).out, "Error: 0x00000000 0 no error\n");
  EXPECT_EQ(securetransport({"error", "-9890"}).exit_code, 0);
}

TEST(ErrorCommand, GivesJsonThatNamesTheUnknownToo) {
  const Finished result = securetransport({"error", "--json", "-9807", "nonsense"});
  const auto document = nlohmann::json::parse(result.out);
  EXPECT_EQ(document["version"], 1);
  EXPECT_EQ(document["codes"][0]["code"], -9807);
  EXPECT_EQ(document["codes"][0]["alerts_sent"][0]["name"], "certificate_unknown");
  EXPECT_EQ(document["unknown"][0], "nonsense");
  EXPECT_EQ(result.exit_code, 2);
}

TEST(ErrorCommand, StaysWithin80ColumnsInAPipe) {
  const std::string out = securetransport({"error", "-9807"}).out;
  for (std::size_t start = 0; start < out.size();) {
    const std::size_t end = out.find('\n', start);
    EXPECT_LE(end - start, 80U) << out.substr(start, end - start);
    start = end + 1;
  }
}

}  // namespace
}  // namespace securetransport::test
