// SPDX-License-Identifier: Apache-2.0
// `securetransport check --batch`: verdicts on cases made on the spot, and an answer to every line there can be.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "cli/test_servers.hpp"

namespace securetransport::test {
namespace {

using nlohmann::json;

/// The fields of one line of output.
struct Answer {
  std::string id;
  std::string verdict;
  std::string reason;
};

std::vector<Answer> answers_in(const std::string& out) {
  std::vector<Answer> answers;
  for (std::size_t start = 0; start < out.size();) {
    const std::size_t end = out.find('\n', start);
    const std::string line = out.substr(start, end - start);
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    answers.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    if (end == std::string::npos) break;
    start = end + 1;
  }
  return answers;
}

std::vector<Answer> batch(const std::string& input, const std::vector<std::string>& options = {}) {
  std::vector<std::string> words{"check", "--batch"};
  words.insert(words.end(), options.begin(), options.end());
  const Finished result = securetransport(words, input);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  return answers_in(result.out);
}

std::string verdicts(const std::string& input, const std::vector<std::string>& options = {}) {
  std::string out;
  for (const Answer& answer : batch(input, options)) {
    out += (out.empty() ? "" : " ") + answer.id + "=" + answer.verdict;
    if (answer.verdict == "FAILURE") out += ":" + answer.reason.substr(0, answer.reason.find(' '));
  }
  return out;
}

/// A server's chain that is good under every policy.
json good_case(const std::string& id) {
  const lab::Pki& pki = Certificates::shared().pki();
  return {{"id", id},
          {"validation_kind", "SERVER"},
          {"policy", "apple"},
          {"peer_certificate", pki.issue_server("www.example.com")->certificate_pem},
          {"untrusted_intermediates", {pki.intermediate.certificate_pem}},
          {"trusted_certs", {pki.root.certificate_pem}},
          {"crls", json::array()},
          {"validation_time", nullptr},
          {"expected_peer_name", {{"kind", "DNS"}, {"value", "www.example.com"}}},
          {"extended_key_usage", {"serverAuth"}},
          {"max_chain_depth", nullptr}};
}

json with(json value, const std::string& key, json field) {
  value[key] = std::move(field);
  return value;
}

std::string lines(const std::vector<json>& cases) {
  std::string out;
  for (const json& one : cases) out += one.dump() + "\n";
  return out;
}

TEST(BatchCommand, JudgesCases) {
  const json good = good_case("good");
  const json other_name{{"kind", "DNS"}, {"value", "other.example"}};
  EXPECT_EQ(verdicts(lines({good, with(good, "expected_peer_name", other_name),
                            with(good, "validation_time", "2001-01-01T00:00:00Z"),
                            with(good, "validation_time", "2099-01-01T00:00:00.5+01:00"),
                            with(good, "untrusted_intermediates", json::array()),
                            with(good, "trusted_certs", json::array()), with(good, "max_chain_depth", 1),
                            with(good, "max_chain_depth", 0), with(good, "peer_certificate", "no certificate")})),
            "good=SUCCESS good=FAILURE:-9843 good=FAILURE:-9815 good=FAILURE:-9814 good=FAILURE:-9813 "
            "good=FAILURE:-9813 good=SUCCESS good=FAILURE:-9807 good=FAILURE:-9808");
}

TEST(BatchCommand, JudgesClientsAndTheirMailboxes) {
  const lab::Pki& pki = Certificates::shared().pki();
  lab::CertificateSpec spec = lab::client_spec("Alice");
  spec.extra_extensions = {{"subjectAltName", "email:alice@example.com"}};
  json client = good_case("alice");
  client["validation_kind"] = "CLIENT";
  client["extended_key_usage"] = {"clientAuth"};
  client["peer_certificate"] = pki.issue(spec)->certificate_pem;
  client["expected_peer_name"] = nullptr;
  const auto named = [&](const std::string& address) {
    return with(client, "expected_peer_names", {{{"kind", "RFC822"}, {"value", address}}});
  };
  EXPECT_EQ(verdicts(lines({client, named("alice@example.com"), named("alice@EXAMPLE.com"), named("Alice@example.com"),
                            named("bob@example.com")})),
            "alice=SUCCESS alice=SUCCESS alice=SUCCESS alice=FAILURE:-9843 alice=FAILURE:-9843");
}

TEST(BatchCommand, SkipsWhatItCannotJudgeAndNeverGuesses) {
  const json good = good_case("x");
  json without_peer = good;
  without_peer.erase("peer_certificate");
  json without_roots = good;
  without_roots.erase("trusted_certs");
  const std::vector<std::pair<json, std::string>> rows{
      {without_peer, "peer_certificate is missing"},
      {without_roots, "trusted_certs is missing"},
      {with(good, "policy", "windows"), "policy 'windows'"},
      {with(good, "policy", 7), "policy is no string"},
      {with(good, "validation_kind", "ROUTER"), "validation_kind 'ROUTER'"},
      {with(good, "validation_time", "yesterday"), "validation_time 'yesterday'"},
      {with(good, "trusted_certs", "text"), "trusted_certs is no list"},
      {with(good, "trusted_certs", {1}), "trusted_certs is no list"},
      {with(good, "extended_key_usage", {"codeSigning"}), "codeSigning"},
      {with(good, "extended_key_usage", {"clientAuth"}), "clientAuth"},
      {with(good, "key_usage", {"cRLSign"}), "key_usage"},
      {with(good, "signature_algorithms", {"RSA_WITH_SHA256"}), "signature_algorithms"},
      {with(good, "max_chain_depth", -1), "max_chain_depth"},
      {with(good, "max_chain_depth", 1.5), "max_chain_depth"},
      {with(good, "expected_peer_name", {{"kind", "RFC822"}, {"value", "a@b"}}), "RFC822"},
      {with(good, "expected_peer_name", {{"kind", "DNS"}}), "expected_peer_name"},
      {with(good, "expected_peer_name", "www.example.com"), "expected_peer_name"},
      {with(good, "peer_certificate",
            good["peer_certificate"].get<std::string>() + good["trusted_certs"][0].get<std::string>()),
       "more than one"},
  };
  for (const auto& [question, part] : rows) {
    SCOPED_TRACE(part);
    const std::vector<Answer> answers = batch(question.dump() + "\n");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].verdict, "SKIPPED") << answers[0].reason;
    EXPECT_NE(answers[0].reason.find(part), std::string::npos) << answers[0].reason;
  }
}

TEST(BatchCommand, HasADefaultPolicyForEachKindOfPeer) {
  // A leaf without a subject alternative name is against the Baseline Requirements, not against RFC 5280.
  json bare = good_case("bare");
  bare.erase("policy");
  bare["expected_peer_name"] = nullptr;
  lab::CertificateSpec spec;
  spec.common_name = "bare";
  bare["peer_certificate"] = Certificates::shared().pki().issue(spec)->certificate_pem;
  EXPECT_EQ(verdicts(lines({bare, with(bare, "policy", "rfc5280")})), "bare=FAILURE:-9807 bare=SUCCESS");
  EXPECT_EQ(verdicts(lines({bare}), {"--policy", "rfc5280"}), "bare=SUCCESS");
}

TEST(BatchCommand, TakesTheDateForCasesWithoutOne) {
  EXPECT_EQ(verdicts(lines({good_case("late")}), {"--date", "+4000d"}), "late=FAILURE:-9814");
}

TEST(BatchCommand, SurvivesAnyLine) {
  const std::string good = good_case("good").dump();
  const std::vector<std::string> garbage{
      "hello",
      "{",
      "[]",
      "null",
      "17",
      "\"text\"",
      "{}",
      "{\"id\": 7}",
      "{\"id\": \"\"}",
      "{\"id\": \"a\", \"id\": \"b\"}",
      "{\"id\": \"a\", \"expected_peer_name\": {\"kind\": \"DNS\", \"kind\": \"IP\"}}",
      "{\"id\": \"\xff\xfe\"}",
      "{\"id\": \"\xc0\xaf\"}",
      "{\"id\": \"\\ud800\"}",
      std::string("{\"id\": \"a\0b\"}", 13),
      "{\"max_chain_depth\": 1e999}",
      "{\"max_chain_depth\": 99999999999999999999999999}",
      std::string(200'000, '['),
      std::string(100'000, '[') + std::string(100'000, ']'),
      "{\"a\":" + std::string(100'000, '[') + "}",
      good + good,
      good.substr(0, good.size() / 2),
  };
  std::string input;
  for (const std::string& line : garbage) input += line + "\n" + good + "\n";
  const std::vector<Answer> answers = batch(input);
  ASSERT_EQ(answers.size(), 2 * garbage.size());
  for (std::size_t at = 0; at < garbage.size(); ++at) {
    SCOPED_TRACE(garbage[at].substr(0, 60));
    EXPECT_EQ(answers[2 * at].verdict, "SKIPPED") << answers[2 * at].reason;
    EXPECT_NE(answers[2 * at].reason, "");
    EXPECT_EQ(answers[2 * at + 1].verdict, "SUCCESS");
  }
}

TEST(BatchCommand, LeavesBlankLinesOutAndReadsTheLastLineWithoutItsEnd) {
  const std::vector<Answer> answers = batch("\n  \r\n{}\n\n[]");
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].id, "line 3");
  EXPECT_EQ(answers[1].id, "line 5");
}

TEST(BatchCommand, AnswersALineOfMoreThan32MiBAndGoesOn) {
  const std::vector<Answer> answers =
      batch(std::string((std::size_t{33} << 20U), 'x') + "\n" + good_case("next").dump() + "\n");
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].id, "line 1");
  EXPECT_EQ(answers[0].verdict, "SKIPPED");
  EXPECT_EQ(answers[1].verdict, "SUCCESS") << answers[1].reason;
}

TEST(BatchCommand, KeepsEveryAnswerOnOneLine) {
  json odd = good_case("a\tb\nc\x1b[2J");
  odd["expected_peer_name"]["value"] = "x\n\ty";
  const std::vector<Answer> answers = batch(odd.dump() + "\n");
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].id, "a\\tb\\nc\\x1b[2J");
  EXPECT_EQ(answers[0].verdict, "FAILURE");
}

TEST(BatchCommand, AnswersBeforeItsInputEnds) {
  Program program(securetransport_words({"check", "--batch"}));
  program.write(good_case("first").dump() + "\n");
  EXPECT_TRUE(program.wait_for_output("first\tSUCCESS"));
  program.write("{}\n");
  EXPECT_TRUE(program.wait_for_output("line 2\tSKIPPED"));
  EXPECT_EQ(program.finish().exit_code, 0);
}

TEST(BatchCommand, TakesNothingElse) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"check", "--batch", "example.com"}, {"check", "--batch", "--json"}, {"check", "--batch", "--cert", "x"}}) {
    const Finished result = securetransport(words);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.err.find("--batch"), std::string::npos) << result.err;
  }
}

}  // namespace
}  // namespace securetransport::test
