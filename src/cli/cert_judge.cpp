// SPDX-License-Identifier: Apache-2.0
// From the bytes of a file to the judgement of the chains in it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/cert_report.hpp"

namespace securetransport::cli {
namespace {

using Chain = std::vector<Certificate>;

/// Only PEM has an order that a server would send.
bool has_order(const ImportedItems& items) { return items.form == ImportForm::Pem; }

/// Where the certificates stand in no order: the one of the key, else one that is no authority's, else one that
/// issued no other.
std::size_t leaf_of(const ImportedItems& items) {
  const Chain& all = items.certificates;
  if (!items.identities.empty()) return items.identities.front().certificate;
  const auto own = std::find_if(all.begin(), all.end(), [](const Certificate& at) { return !at.is_ca(); });
  if (own != all.end()) return static_cast<std::size_t>(own - all.begin());
  for (std::size_t at = 0; at < all.size(); ++at) {
    const auto is_below = [&](const Certificate& other) {
      return !(other == all[at]) && other.issuer() == all[at].subject();
    };
    if (std::none_of(all.begin(), all.end(), is_below)) return at;
  }
  return 0;
}

Chain chain_in(const ImportedItems& items) {
  Chain chain = items.certificates;
  if (!has_order(items))
    std::rotate(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(leaf_of(items)), chain.end());
  return chain;
}

/// Authorities side by side instead of one above the other: a file of roots.
bool is_bundle(const Chain& all) {
  if (all.size() < 2 || !std::all_of(all.begin(), all.end(), [](const Certificate& at) { return at.is_ca(); })) {
    return false;
  }
  for (std::size_t at = 1; at < all.size(); ++at) {
    if (all[at - 1].issuer() != all[at].subject()) return true;
  }
  return false;
}

TrustRequest request_for(const Chain& chain, const CertDemand& demand) {
  TrustRequest request;
  request.chain = chain;
  request.peer_name = demand.name;
  // An authority's certificate is held to what is said of paths, not to what is said of servers.
  if (chain.front().is_ca() && demand.name.empty()) request.peer_role = PeerRole::Any;
  request.roots = demand.roots;
  request.time = demand.time;
  request.policy = demand.policy;
  request.stapled_ocsp = demand.staple;
  request.staple_possible = !demand.staple.empty();
  request.crls = demand.crls;
  return request;
}

void add_violation(CertReport& report, ResultCode code, std::string detail, std::string rule) {
  report.trust.violations.push_back(
      {code, 0, report.chain.front().subject(), std::move(detail), std::move(rule), {}, {}});
}

/// A server with the wrong certificate in front does not start, or shows an authority's certificate as its own.
void check_first(CertReport& report, const ImportedItems& items) {
  if (!has_order(items) || !report.advice.better_leaf) return;
  add_violation(report, ResultCode::XCertChainInvalid,
                fmt::format("it is an authority's; the server's own is certificate {} of the file and must stand first",
                            *report.advice.better_leaf),
                "RFC 8446 section 4.4.2");
}

void check_key(CertReport& report, const ImportedItems& items, const CertDemand& demand) {
  const auto belongs = [&](const PrivateKey& key) { return Identity::from(key, {report.chain.front()}).has_value(); };
  const auto refuse = [&](const char* whose) {
    add_violation(report, ResultCode::ConfigurationFailed,
                  fmt::format("the private key {} does not belong to it", whose), "RFC 8446 section 4.4.3");
  };
  if (demand.key) {
    if (!belongs(*demand.key)) return refuse("of --key");
    report.notes.emplace_back("The private key of --key belongs to the first certificate.");
  } else if (!items.keys.empty()) {
    if (std::none_of(items.keys.begin(), items.keys.end(), belongs)) return refuse("in the same file");
    report.notes.emplace_back("The private key in the same file belongs to the first certificate.");
  }
}

void advise(CertReport& report, const ImportedItems& items, const CertDemand& demand) {
  TrustResult with_help = report.trust;
  if (!report.trust.is_anchored && !demand.intermediates.empty()) {
    TrustRequest request = request_for(report.chain, demand);
    request.intermediates = demand.intermediates;
    TrustResult found = evaluate(request);
    if (found.is_anchored) with_help = std::move(found);
  }
  report.advice = advise_on_chain(report.chain, with_help);
  if (has_order(items)) return;
  report.advice.is_ordered = true;
  report.advice.better_leaf.reset();
}

CertReport judge_chain(std::string source, Chain chain, const ImportedItems& items, const CertDemand& demand) {
  CertReport report;
  report.source = std::move(source);
  report.form = to_string(items.form);
  report.time = demand.time;
  report.chain = std::move(chain);
  report.trust = evaluate(request_for(report.chain, demand));
  advise(report, items, demand);
  check_first(report, items);
  check_key(report, items, demand);
  report.code = report.trust.code();
  report.warnings = warnings_about(report.chain, report.trust, demand);
  for (const std::string& other : items.ignored) report.notes.push_back("Not read: " + other + ".");
  if (report.chain.front().is_ca() && demand.name.empty()) {
    report.notes.emplace_back("An authority's certificate: no name and no usage was asked for.");
  } else if (demand.name.empty()) {
    report.notes.emplace_back("No name was compared; --name HOST does.");
  }
  const bool is_good = report.trust.trusted() && (!demand.is_strict || !report.has_warning());
  report.exit = is_good ? ExitCode::Ok : ExitCode::Rejected;
  return report;
}

}  // namespace

CertReport report_of_unreadable(std::string source, std::string problem) {
  CertReport report;
  report.source = std::move(source);
  report.problem = std::move(problem);
  report.exit = ExitCode::Unavailable;
  return report;
}

std::vector<CertReport> judge_input(const std::string& source, std::string_view bytes, const CertDemand& demand) {
  ImportRequest request{{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
  if (demand.has_passphrase) request.passphrase = demand.passphrase;
  // A locked key that nobody can open is no reason not to look at the certificates beside it.
  request.wants_keys = demand.has_passphrase;
  ImportResult imported = import_items(request);
  if (!imported) return {report_of_unreadable(source, imported.error->detail)};
  const ImportedItems& items = imported.items;
  if (items.certificates.empty()) return {};
  if (!is_bundle(items.certificates)) return {judge_chain(source, chain_in(items), items, demand)};
  std::vector<CertReport> reports;
  for (const Certificate& certificate : items.certificates) {
    reports.push_back(
        judge_chain(fmt::format("{}, certificate {}", source, reports.size() + 1), {certificate}, items, demand));
  }
  return reports;
}

std::string_view word_for(TrustPolicy policy) noexcept {
  switch (policy) {
    case TrustPolicy::Apple: return "apple";
    case TrustPolicy::WebPki: return "webpki";
    case TrustPolicy::Rfc5280: return "rfc5280";
  }
  return "";
}

std::optional<TrustPolicy> parse_policy(std::string_view word) noexcept {
  for (const TrustPolicy policy : {TrustPolicy::Apple, TrustPolicy::WebPki, TrustPolicy::Rfc5280}) {
    if (word == word_for(policy)) return policy;
  }
  return std::nullopt;
}

}  // namespace securetransport::cli
