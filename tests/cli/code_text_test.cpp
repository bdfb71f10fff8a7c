// SPDX-License-Identifier: Apache-2.0
// From what people type or paste to result codes.
#include "cli/code_text.hpp"

#include <gtest/gtest.h>

namespace securetransport::cli {
namespace {

using Codes = std::vector<ResultCode>;

std::string symbols(const Codes& codes) {
  std::string out;
  for (const ResultCode code : codes) out += symbol_of(code) + " ";
  return out;
}

struct Row {
  std::string_view text;
  Codes codes;
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const CodesInText found = codes_in(row.text);
    EXPECT_EQ(symbols(found.codes), symbols(row.codes));
    EXPECT_EQ(found.complaint.empty(), !row.codes.empty()) << found.complaint;
  }
}

TEST(CodeText, UnderstandsEveryWayToWriteOneCode) {
  const Codes chain{ResultCode::XCertChainInvalid};
  expect_rows({{"-9807", chain},
               {"9807", chain},
               {" -9807\n", chain},
               {"0xFFFFD9B1", chain},
               {"0xffffd9b1", chain},
               {"0Xffffd9b1", chain},
               {"4294957489", chain},
               {"\u22129807", chain},
               {"errSSLXCertChainInvalid", chain},
               {"ERRSSLXCERTCHAININVALID", chain},
               {"xcertchaininvalid", chain},
               {"errSSLServerAuthCompleted", {ResultCode::PeerAuthCompleted}},
               {"errSSLClientAuthCompleted", {ResultCode::PeerAuthCompleted}},
               {"errSSLLast", {ResultCode::UnexpectedRecord}},
               {"-9890", {ResultCode::EarlyDataRejected}},
               {"0", {ResultCode::Success}},
               {"errSecSuccess", {ResultCode::Success}}});
}

TEST(CodeText, FindsTheCodesOfPastedText) {
  expect_rows({
      {"(-9824)", {ResultCode::PeerHandshakeFail}},
      {"kCFStreamErrorCodeKey=-9807", {ResultCode::XCertChainInvalid}},
      {"Error Domain=NSURLErrorDomain Code=-1200 \"An SSL error\" UserInfo={_kCFStreamErrorCodeKey=-9802, "
       "_kCFStreamErrorDomainKey=3, NSErrorFailingURLKey=https://example.com:9807/}",
       {ResultCode::FatalAlert}},
      {"CFNetwork SSLHandshake failed (-9836)", {ResultCode::PeerProtocolVersion}},
      {"default TLS Trust evaluation failed(-9807)", {ResultCode::XCertChainInvalid}},
      {"boringssl: errSSLClosedAbort (-9806), then errSSLPeerBadCert",
       {ResultCode::ClosedAbort, ResultCode::PeerBadCert}},
      {"-9807 -9807 -9814", {ResultCode::XCertChainInvalid, ResultCode::CertExpired}},
      {"OSStatus error 9843", {ResultCode::HostNameMismatch}},
      {"status: 0xFFFFD9B1.", {ResultCode::XCertChainInvalid}},
      {"SSL error:\n\t-9844", {ResultCode::ConnectionRefused}},
  });
}

TEST(CodeText, TakesNoPartOfAnotherNumberOrWordForACode) {
  for (const std::string_view text :
       {"port 9807", "10-9807", "2026-9807-11", "-98070", "1.9807", "-9807.5", "a-9807-b", "x9807y", "0xFFFFD9B1FF",
        "NSURLErrorDomain Code=-1200", "--9807 files", "protocol internal crypto", "errSSLNothing at all"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(symbols(codes_in(text).codes), "");
    EXPECT_FALSE(codes_in(text).complaint.empty());
  }
}

TEST(CodeText, NamesTheKnownRangesForANumberOutside) {
  EXPECT_EQ(codes_in("-50").complaint, "OSStatus -50 is not one of the 73 codes (-9800 to -9865 and -9880 to -9886)");
}

TEST(CodeText, SuggestsTheNearestNameForAMistypedOne) {
  EXPECT_EQ(codes_in("errSSLBadCrt").complaint, "'errSSLBadCrt' is not a result code: did you mean errSSLBadCert?");
  EXPECT_EQ(codes_in("hostnamemismach").complaint,
            "'hostnamemismach' is not a result code: did you mean errSSLHostNameMismatch?");
}

TEST(CodeText, SurvivesNumbersOfAnyLength) {
  EXPECT_TRUE(codes_in(std::string(5000, '9')).codes.empty());
  EXPECT_TRUE(codes_in("-9223372036854775808").codes.empty());
  EXPECT_TRUE(codes_in("-18446744073709551615").codes.empty());
  EXPECT_TRUE(codes_in("0x").codes.empty());
  EXPECT_TRUE(codes_in("-").codes.empty());
  EXPECT_TRUE(codes_in("").codes.empty());
}

TEST(CodeText, KnowsAllOfTheTableByNumberAndByName) {
  for (const ResultInfo& info : result_table()) {
    SCOPED_TRACE(info.symbol);
    EXPECT_EQ(codes_in(std::to_string(static_cast<int>(info.code))).codes, Codes{info.code});
    EXPECT_EQ(codes_in(info.symbol).codes, Codes{info.code});
    EXPECT_EQ(codes_in("failed: " + std::string(info.symbol) + ".").codes, Codes{info.code});
  }
}

}  // namespace
}  // namespace securetransport::cli
