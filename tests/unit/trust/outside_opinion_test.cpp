// SPDX-License-Identifier: Apache-2.0
// Asks `openssl verify` about the same chains: a program that shares no code of ours must agree.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "trust_case.hpp"

namespace securetransport::test {
namespace {

/// "trusted", or the error number that the command prints first.
std::string opinion_of_openssl(const Question& question) {
  const auto folder = std::filesystem::path(testing::TempDir()) / ("opinion-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const auto write = [&](const char* name, auto begin, auto end) {
    std::ofstream file(folder / name);
    for (auto at = begin; at != end; ++at) file << at->pem();
  };
  write("leaf.pem", question.sent.begin(), question.sent.begin() + 1);
  write("rest.pem", question.sent.begin() + 1, question.sent.end());
  write("roots.pem", question.anchors.begin(), question.anchors.end());
  const bool is_server = question.peer_role == PeerRole::Server;
  const std::string command =
      "cd " + folder.string() + " && openssl verify -no-CAfile -no-CApath -no-CAstore -partial_chain -auth_level 2" +
      " -attime " + std::to_string(question.time.time_since_epoch().count()) +
      (is_server ? " -purpose sslserver" : " -purpose sslclient") +
      (question.anchors.empty() ? "" : " -CAfile roots.pem") +
      (question.sent.size() > 1 ? " -untrusted rest.pem" : "") +
      (question.peer_name.empty() || !is_server ? "" : " -verify_hostname " + question.peer_name) +
      " leaf.pem > out.txt 2>&1";
  const bool is_trusted = std::system(command.c_str()) == 0;
  std::ifstream file(folder / "out.txt");
  const std::string output(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove_all(folder);
  if (is_trusted) return "trusted";
  const auto at = output.find("error ");
  return at == std::string::npos ? output : output.substr(at + 6, output.find(' ', at + 6) - at - 6);
}

struct Row {
  const char* what;
  const char* openssl;  ///< Its first objection; ours may be another of those it has.
  const char* ours;     ///< The decisive code.
  Question question;
};

TEST(OutsideOpinion, AgreesAboutTheseChains) {
  const Family family;
  const auto& [root, intermediate] = family;
  const auto own = self_signed(leaf_spec());
  const auto no_ca = family.other_intermediate([](auto& spec) { spec.is_ca = false; });
  const auto limited = family.other_intermediate([](auto& spec) { spec.path_length = 0; });
  const auto second = issued_by(limited, intermediate_spec("Second"));
  const auto strict =
      family.other_intermediate([](auto& spec) { spec.name_constraints = "permitted;DNS:example.org"; });
  const auto leaf_with = [&](auto change) { return family.leaf(change); };
  const std::vector<Row> rows{
      {"good", "trusted", "errSecSuccess", {{family.leaf(), intermediate}, {root}}},
      {"client",
       "trusted",
       "errSecSuccess",
       {{leaf_with([](auto& spec) { spec.extended_key_usage = "clientAuth"; }), intermediate},
        {root},
        "",
        PeerRole::Client}},
      {"anchored intermediate", "trusted", "errSecSuccess", {{family.leaf()}, {intermediate}}},
      {"anchored self-signed leaf", "trusted", "errSecSuccess", {{own}, {own}}},
      {"missing issuer", "20", "errSSLNoRootCert", {{family.leaf()}, {root}}},
      {"unknown root", "19", "errSSLUnknownRootCert", {{family.leaf(), intermediate, root}, {}}},
      {"self-signed leaf", "18", "errSSLUnknownRootCert", {{own}, {root}}},
      {"bad signature",
       "7",
       "errSSLXCertChainInvalid",
       {{leaf_with([](auto& spec) { spec.signature = Signature::Corrupt; }), intermediate}, {root}}},
      {"expired",
       "10",
       "errSSLCertExpired",
       {{leaf_with([](auto& spec) { spec.not_after = kNow - kDay; }), intermediate}, {root}}},
      {"not yet valid",
       "9",
       "errSSLCertNotYetValid",
       {{leaf_with([](auto& spec) { spec.not_before = kNow + kDay; }), intermediate}, {root}}},
      {"no CA", "79", "errSSLXCertChainInvalid", {{issued_by(no_ca, leaf_spec()), no_ca}, {root}}},
      {"path length", "25", "errSSLXCertChainInvalid", {{issued_by(second, leaf_spec()), second, limited}, {root}}},
      {"name constraints", "47", "errSSLXCertChainInvalid", {{issued_by(strict, leaf_spec()), strict}, {root}}},
      {"critical extension",
       "34",
       "errSSLXCertChainInvalid",
       {{leaf_with([](auto& spec) {
           spec.extensions = {{"1.3.6.1.4.1.55555.7", true, {5, 0}}};
         }),
         intermediate},
        {root}}},
      {"extended key usage",
       "26",
       "errSSLXCertChainInvalid",
       {{leaf_with([](auto& spec) { spec.extended_key_usage = "clientAuth"; }), intermediate}, {root}}},
      {"weak key",
       "66",
       "errSSLXCertChainInvalid",
       {{leaf_with([](auto& spec) { spec.key = KeyKind::Rsa1024; }), intermediate}, {root}}},
      {"weak hash",
       "68",
       "errSSLXCertChainInvalid",
       {{leaf_with([](auto& spec) { spec.digest = "SHA1"; }), intermediate}, {root}}},
      {"name", "62", "errSSLHostNameMismatch", {{family.leaf(), intermediate}, {root}, "other.example"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(opinion_of_openssl(row.question), row.openssl);
    EXPECT_EQ(symbol_of(judge(row.question).code()), row.ours);
  }
}

}  // namespace
}  // namespace securetransport::test
