// SPDX-License-Identifier: Apache-2.0
// Asks `openssl ocsp` about the same responses: a program that shares no code of ours must agree. For dates it
// has no clock but the system's, so it is told not to mind them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "staple_case.hpp"

namespace securetransport::test {
namespace {

/// What the command prints about the response and the leaf.
std::string opinion_of_openssl(const StapleCase& the, const std::vector<std::uint8_t>& staple) {
  const auto folder = std::filesystem::path(testing::TempDir()) / ("ocsp-opinion-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const auto write = [&](const char* name, const std::string& text) { std::ofstream(folder / name) << text; };
  write("leaf.pem", the.leaf.pem());
  write("issuer.pem", the.family.intermediate.pem());
  write("root.pem", the.family.root.pem());
  write("staple.der", {staple.begin(), staple.end()});
  const std::string command =
      "cd " + folder.string() +
      " && openssl ocsp -respin staple.der -issuer issuer.pem -cert leaf.pem -CAfile root.pem" +
      " -no-CApath -no-CAstore -verify_other issuer.pem -no_nonce -validity_period 4000000000 -attime " +
      std::to_string(kNow.time_since_epoch().count()) + " > out.txt 2>&1";
  [[maybe_unused]] const int status = std::system(command.c_str());
  std::ifstream file(folder / "out.txt");
  std::string output(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove_all(folder);
  return output;
}

struct Row {
  const char* what;
  std::vector<std::uint8_t> staple;
  std::vector<const char*> openssl;  ///< What its output must contain.
  const char* ours;
};

TEST(OcspOpinion, AgreesAboutTheseResponses) {
  const StapleCase the;
  const auto& [root, issuer] = the.family;
  CertificateSpec no_usage = responder_spec();
  no_usage.extended_key_usage = "serverAuth";
  CertificateSpec expired = responder_spec();
  expired.not_after = kNow - kDay;
  StapleSpec corrupt = the.good();
  corrupt.signature = Signature::Corrupt;
  const char* const good = "leaf.pem: good";
  const char* const right = "Response verify OK";
  const char* const wrong = "Response Verify Failure";
  const char* const bad = "errSSLBadCertificateStatusResponse";
  const std::vector<Row> rows{
      {"by the issuer", staple_of(the.good()), {right, good}, "errSecSuccess"},
      {"by a delegate", the.signed_by(the.responder), {right, good}, "errSecSuccess"},
      {"revoked",
       the.answer([](Answer& a) {
         a.status = V_OCSP_CERTSTATUS_REVOKED;
         a.reason = OCSP_REVOKED_STATUS_SUPERSEDED;
       }),
       {right, "leaf.pem: revoked", "Reason: superseded"},
       "errSSLXCertChainInvalid"},
      {"unknown",
       the.answer([](Answer& a) { a.status = V_OCSP_CERTSTATUS_UNKNOWN; }),
       {right, "leaf.pem: unknown"},
       bad},
      {"about another",
       the.answer([&](Answer& a) { a.certificate = the.family.leaf(); }),
       {right, "No Status found"},
       bad},
      {"broken signature", staple_of(corrupt), {wrong}, bad},
      {"delegate without the usage", the.signed_by(issued_by(issuer, no_usage)), {wrong}, bad},
      {"expired delegate", the.signed_by(issued_by(issuer, expired)), {wrong}, bad},
      {"delegate of a stranger",
       the.signed_by(issued_by(self_signed(root_spec("Stranger")), responder_spec())),
       {wrong},
       bad},
      {"an error", error_staple(OCSP_RESPONSE_STATUS_TRYLATER), {"Responder Error: trylater (3)"}, bad},
      {"malformed", {1, 2, 3}, {"Error reading OCSP response"}, bad},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const std::string opinion = opinion_of_openssl(the, row.staple);
    for (const char* const part : row.openssl) EXPECT_NE(opinion.find(part), std::string::npos) << opinion;
    EXPECT_EQ(symbol_of(the.judge_staple(row.staple).code()), row.ours);
  }
}

}  // namespace
}  // namespace securetransport::test
