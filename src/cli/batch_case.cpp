// SPDX-License-Identifier: Apache-2.0
#include "cli/batch_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cli/batch_json.hpp"
#include "cli/cert_report.hpp"
#include "cli/moment.hpp"
#include "cli/terminal.hpp"
#include "securetransport/trust/mailbox.hpp"

namespace securetransport::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kMostKeptBytes = std::size_t{64} << 20U;
constexpr std::size_t kMostKeptStores = 256;
constexpr std::size_t kLongestId = 1000;

/// Reads the fields of one case into a request. The first thing that cannot be judged ends it.
class Case {
 public:
  Case(const json& object, BatchJudge& judge) : object_(object), judge_(judge) {}

  std::pair<BatchVerdict, std::string> verdict() {
    read_kind();
    read_policy();
    read_usages();
    read_names();
    read_time_and_depth();
    read_certificates();
    read_crls();
    if (!skipped_.empty()) return {BatchVerdict::Skipped, skipped_};
    if (!refusal_.empty()) return {BatchVerdict::Failure, refusal_};
    if (!unreadable_.empty()) return {BatchVerdict::Failure, coded(ResultCode::BadCert, unreadable_)};
    return evaluated();
  }

 private:
  static std::string coded(ResultCode code, std::string_view reason) {
    return fmt::format("{} {}: {}", static_cast<std::int32_t>(code), symbol_of(code), reason);
  }

  void skip(std::string why) {
    if (skipped_.empty()) skipped_ = std::move(why);
  }

  void call_unreadable(std::string what) {
    if (unreadable_.empty()) unreadable_ = std::move(what);
  }

  /// The field if it is there and not null.
  const json* field(const char* name) const {
    const auto found = object_.find(name);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  std::string text(const char* name) {
    const json* const value = field(name);
    if (value == nullptr) return {};
    if (value->is_string()) return value->get<std::string>();
    skip(fmt::format("{} is no string", name));
    return {};
  }

  std::vector<std::string> texts(const char* name) {
    std::vector<std::string> out;
    const json* const value = field(name);
    if (value == nullptr) return out;
    const bool is_good =
        value->is_array() && std::all_of(value->begin(), value->end(), [](const json& one) { return one.is_string(); });
    if (!is_good) skip(fmt::format("{} is no list of strings", name));
    if (is_good) out = value->get<std::vector<std::string>>();
    return out;
  }

  void read_kind() {
    const std::string kind = text("validation_kind");
    if (kind == "CLIENT") {
      request_.peer_role = PeerRole::Client;
    } else if (!kind.empty() && kind != "SERVER") {
      skip(fmt::format("validation_kind '{}' is neither SERVER nor CLIENT", shortened(kind, 40)));
    }
  }

  [[nodiscard]] bool is_client() const noexcept { return request_.peer_role == PeerRole::Client; }

  void read_policy() {
    const std::string word = text("policy");
    request_.policy = judge_.defaults().policy.value_or(is_client() ? TrustPolicy::Rfc5280 : TrustPolicy::WebPki);
    if (word.empty()) return;
    const std::optional<TrustPolicy> policy = parse_policy(word);
    if (!policy) return skip(fmt::format("policy '{}' is not apple, webpki or rfc5280", shortened(word, 40)));
    request_.policy = *policy;
  }

  void read_usages() {
    const std::string own = is_client() ? "clientAuth" : "serverAuth";
    for (const std::string& usage : texts("extended_key_usage")) {
      if (usage == own) continue;
      skip(fmt::format("extended_key_usage '{}' is not asked of a {}", shortened(usage, 40),
                       is_client() ? "client" : "server"));
    }
    const std::vector<std::string> usages = texts("key_usage");
    if (usages == std::vector<std::string>{"keyEncipherment"}) {
      request_.key_signs = false;
    } else if (!usages.empty() && usages != std::vector<std::string>{"digitalSignature"}) {
      skip("this key_usage is not judged; only digitalSignature or keyEncipherment alone");
    }
    if (!texts("signature_algorithms").empty()) skip("signature_algorithms are not judged");
  }

  void read_name(const json& name, const char* field_name) {
    const auto part = [&](const char* key) -> std::string {
      const auto found = name.is_object() ? name.find(key) : name.end();
      return name.is_object() && found != name.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const std::string kind = part("kind");
    const std::string value = part("value");
    if (kind.empty() || value.empty()) return skip(fmt::format("{} has no kind or no value", field_name));
    if (kind == "RFC822" && is_client()) {
      mailboxes_.push_back(value);
    } else if ((kind == "DNS" || kind == "IP") && !is_client() && request_.peer_name.empty()) {
      request_.peer_name = value;
    } else {
      skip(fmt::format("{} of kind '{}' is not compared for a {}", field_name, shortened(kind, 40),
                       is_client() ? "client" : "server"));
    }
  }

  void read_names() {
    if (const json* const name = field("expected_peer_name")) read_name(*name, "expected_peer_name");
    const json* const names = field("expected_peer_names");
    if (names == nullptr) return;
    if (!names->is_array()) return skip("expected_peer_names is no list");
    for (const json& name : *names) read_name(name, "expected_peer_names");
  }

  void read_time_and_depth() {
    request_.time = judge_.defaults().time;
    const std::string time = text("validation_time");
    if (!time.empty()) {
      const auto moment = parse_rfc3339(time);
      if (!moment) return skip(fmt::format("validation_time '{}' is not RFC 3339", shortened(time, 60)));
      request_.time = *moment;
    }
    const json* const depth = field("max_chain_depth");
    if (depth == nullptr) return;
    if (!depth->is_number_unsigned()) return skip("max_chain_depth is no number from 0 up");
    request_.max_intermediates = depth->get<std::uint64_t>();
  }

  void append(const std::vector<std::string>& pems, const char* name, std::vector<Certificate>& out) {
    for (std::size_t at = 0; at < pems.size(); ++at) {
      const Result<std::vector<Certificate>>& found = judge_.certificates_in(pems[at]);
      if (!found) return call_unreadable(fmt::format("{}[{}]: {}", name, at, found.error().detail));
      out.insert(out.end(), found->begin(), found->end());
    }
  }

  void read_certificates() {
    const std::string peer = text("peer_certificate");
    if (field("peer_certificate") == nullptr) skip("peer_certificate is missing");
    if (field("trusted_certs") == nullptr) skip("trusted_certs is missing");
    const std::vector<std::string> untrusted = texts("untrusted_intermediates");
    const std::vector<std::string> trusted = texts("trusted_certs");
    if (!skipped_.empty()) return;
    // Before they are read, which is most of the work: evaluate() would refuse so many.
    if (untrusted.size() > kMaxGivenIntermediates) {
      refusal_ = coded(ResultCode::XCertChainInvalid,
                       fmt::format("{} intermediates are too many to search; at most {} are accepted (limit of this "
                                   "library)",
                                   untrusted.size(), kMaxGivenIntermediates));
      return;
    }
    append({peer}, "peer_certificate", chain_);
    if (chain_.size() > 1) return skip("peer_certificate holds more than one certificate");
    append(untrusted, "untrusted_intermediates", intermediates_);
    append(trusted, "trusted_certs", anchors_);
  }

  void read_crls() {
    for (const std::string& pem : texts("crls")) {
      auto lists = RevocationList::from_pem(pem);
      if (!lists) return call_unreadable("crls: " + lists.error().detail);
      crls_.insert(crls_.end(), lists->begin(), lists->end());
    }
  }

  [[nodiscard]] bool has_list_about_an_authority(const std::vector<Certificate>& path) const {
    for (std::size_t at = 1; at + 1 < path.size(); ++at) {
      const std::string issuer = path[at].issuer();
      const auto is_about = [&](const RevocationList& list) { return list.issuer() == issuer; };
      if (std::any_of(crls_.begin(), crls_.end(), is_about)) return true;
    }
    return false;
  }

  std::pair<BatchVerdict, std::string> evaluated() {
    request_.chain = chain_;
    request_.intermediates = intermediates_;
    request_.crls = crls_;
    request_.roots = judge_.roots_of(anchors_);
    request_.staple_possible = false;
    TrustResult result = evaluate(request_);
    // Lists about the authorities of a path and none about its leaf: the case is about the missing one.
    if (result.trusted() && !result.is_revocation_checked && has_list_about_an_authority(result.path)) {
      request_.requires_revocation_check = true;
      result = evaluate(request_);
    }
    if (!result.trusted()) {
      const Violation& decisive = result.violations.front();
      return {BatchVerdict::Failure, coded(decisive.code, decisive.detail + " (" + decisive.rule + ")")};
    }
    for (const std::string& mailbox : mailboxes_) {
      if (is_for_mailbox(chain_.front(), mailbox)) continue;
      return {BatchVerdict::Failure,
              coded(ResultCode::HostNameMismatch, "the certificate is not for " + shortened(mailbox, 100))};
    }
    return {BatchVerdict::Success, coded(ResultCode::Success, message_of(ResultCode::Success))};
  }

  const json& object_;
  BatchJudge& judge_;
  TrustRequest request_;
  std::vector<Certificate> chain_;
  std::vector<Certificate> intermediates_;
  std::vector<Certificate> anchors_;
  std::vector<RevocationList> crls_;
  std::vector<std::string> mailboxes_;
  std::string skipped_;
  std::string unreadable_;
  std::string refusal_;
};

std::string id_of(const json& object, std::size_t number) {
  const auto found = object.find("id");
  if (found != object.end() && found->is_string() && !found->get_ref<const std::string&>().empty()) {
    return shortened(found->get_ref<const std::string&>(), kLongestId);
  }
  return fmt::format("line {}", number);
}

}  // namespace

std::string line_of(const BatchAnswer& answer) {
  constexpr std::array<std::string_view, 3> kWords{"SUCCESS", "FAILURE", "SKIPPED"};
  return fmt::format("{}\t{}\t{}\n", escaped(answer.id), kWords.at(static_cast<std::size_t>(answer.verdict)),
                     escaped(answer.reason));
}

BatchAnswer BatchJudge::judge(std::string_view line, std::size_t number) {
  forget_if_full();
  BatchAnswer answer{fmt::format("line {}", number), BatchVerdict::Skipped, {}};
  const BatchObject parsed = parse_batch_line(line);
  if (!parsed.problem.empty()) {
    answer.reason = parsed.problem;
    return answer;
  }
  answer.id = id_of(parsed.object, number);
  std::tie(answer.verdict, answer.reason) = Case(parsed.object, *this).verdict();
  return answer;
}

const Result<std::vector<Certificate>>& BatchJudge::certificates_in(const std::string& pem) {
  const auto known = parsed_.find(pem);
  if (known != parsed_.end()) return known->second;
  parsed_bytes_ += pem.size();
  return parsed_.emplace(pem, Certificate::from_pem(pem)).first->second;
}

std::shared_ptr<const RootStore> BatchJudge::roots_of(const std::vector<Certificate>& anchors) {
  std::string key;
  for (const Certificate& anchor : anchors) key += anchor.sha256();
  std::shared_ptr<const RootStore>& store = stores_[key];
  if (!store) store = RootStore::of(anchors);
  return store;
}

void BatchJudge::forget_if_full() {
  if (parsed_bytes_ > kMostKeptBytes) {
    parsed_.clear();
    parsed_bytes_ = 0;
  }
  if (stores_.size() > kMostKeptStores) stores_.clear();
}

}  // namespace securetransport::cli
