// SPDX-License-Identifier: Apache-2.0
#include "cli/report_parts.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "cli/check_target.hpp"
#include "securetransport/trust/rule_help.hpp"

namespace securetransport::cli {
namespace {

std::string validity_of(const Certificate& certificate, std::chrono::sys_seconds now) {
  std::string out =
      fmt::format("valid {} to {} UTC", date_of(certificate.not_before()), date_of(certificate.not_after()));
  if (now > certificate.not_after()) {
    out += fmt::format(" (expired {} ago)", distance_in_words(now - certificate.not_after()));
  } else if (now < certificate.not_before()) {
    out += fmt::format(" (begins in {})", distance_in_words(certificate.not_before() - now));
  } else {
    out += fmt::format(" (ends in {})", distance_in_words(certificate.not_after() - now));
  }
  return out;
}

std::string subject_of(const Certificate& certificate) {
  const std::string subject = certificate.subject();
  return subject.empty() ? "(no subject)" : subject;
}

std::string names_of(const Certificate& certificate) {
  std::string names;
  for (const std::string& name : certificate.names()) names += (names.empty() ? "for " : ", ") + name;
  return names.empty() ? "for no name at all" : names;
}

std::optional<std::size_t> place_of(const Certificate& certificate, std::span<const Certificate> sent) {
  const auto found = std::find(sent.begin(), sent.end(), certificate);
  if (found == sent.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sent.begin());
}

std::string origin_of(const TrustResult& result, std::size_t index, std::span<const Certificate> sent) {
  const std::optional<std::size_t> place = place_of(result.path[index], sent);
  std::string origin = place ? fmt::format("certificate {} as sent", *place) : std::string();
  if (result.is_anchored && index + 1 == result.path.size()) {
    origin += origin.empty() ? "" : ", ";
    origin += result.has_system_root ? "a root of this system" : "one of the roots given";
  }
  return origin.empty() ? "not sent" : origin;
}

std::string path_in_words(std::span<const Certificate> path) {
  std::string out;
  for (const Certificate& certificate : path) out += (out.empty() ? "" : " < ") + subject_of(certificate);
  return out;
}

bool is_as_sent(std::span<const Certificate> sent, const TrustResult& result) {
  const auto& path = result.path;
  const std::size_t size = result.is_anchored && path.size() == sent.size() + 1 ? sent.size() : path.size();
  return size == sent.size() && std::equal(sent.begin(), sent.end(), path.begin());
}

std::string certificates_in_words(const ChainAdvice& advice, ChainRole role) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < advice.roles.size(); ++at) {
    if (advice.roles[at] == role) places.push_back(at);
  }
  return fmt::format("certificate{} {}", places.size() == 1 ? "" : "s", fmt::join(places, ", "));
}

std::string missing_in_words(const MissingIssuer& missing) {
  std::string out = fmt::format("Missing: the certificate of \"{}\"", missing.subject);
  if (!missing.key_id.empty()) out += fmt::format(", key identifier {}", missing.key_id);
  out += missing.url.empty() ? ". Its authority's web site has it." : fmt::format(". It is at {}", missing.url);
  return out;
}

}  // namespace

std::string date_of(std::chrono::sys_seconds time) {
  // Far dates are legal in certificates ("no well-defined expiration date", RFC 5280 section 4.1.2.5).
  return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::string distance_in_words(std::chrono::seconds distance) {
  using std::chrono::duration_cast;
  const auto days = std::chrono::abs(duration_cast<std::chrono::days>(distance)).count();
  if (days >= 2) return fmt::format("{} days", days);
  const auto hours = std::chrono::abs(duration_cast<std::chrono::hours>(distance)).count();
  if (hours >= 2) return fmt::format("{} hours", hours);
  return fmt::format("{} minutes", std::chrono::abs(duration_cast<std::chrono::minutes>(distance)).count());
}

void append_field(std::string& out, std::string_view name, std::string_view value, const Terminal& terminal) {
  if (!value.empty()) append_paragraph(out, fmt::format("  {:<14} ", name), escaped(value), terminal);
}

void append_title(std::string& out, std::string_view title, const Terminal& terminal) {
  out += fmt::format("\n  {}\n", paint(title, Style::Bold, terminal));
}

void append_list(std::string& out, std::string_view title, const std::vector<std::string>& items,
                 const Terminal& terminal) {
  if (items.empty()) return;
  append_title(out, title, terminal);
  for (const std::string& item : items) append_paragraph(out, "    - ", escaped(item), terminal);
}

void append_chain(std::string& out, std::string_view title, std::span<const Certificate> chain,
                  std::chrono::sys_seconds now, const Terminal& terminal) {
  if (chain.empty()) return;
  append_title(out, title, terminal);
  std::size_t index = 0;
  for (const Certificate& certificate : chain) {
    append_paragraph(out, fmt::format("    {:<2} ", index), escaped(subject_of(certificate)), terminal);
    const std::string issuer = "issued by " + (certificate.is_self_issued() ? "itself" : certificate.issuer());
    append_paragraph(out, "       ", escaped(issuer), terminal);
    if (index == 0) append_paragraph(out, "       ", escaped(names_of(certificate)), terminal);
    append_paragraph(out, "       ", validity_of(certificate, now), terminal);
    append_paragraph(out, "       ",
                     escaped(fmt::format("{}, signed with {}", certificate.key(), certificate.signature_algorithm())),
                     terminal);
    ++index;
  }
}

std::string rule_and_date(const Violation& violation) {
  const RuleSource source = source_of_rule(violation.rule);
  return source.date.empty() ? violation.rule : fmt::format("{} ({})", violation.rule, source.date);
}

void append_violations(std::string& out, const std::vector<Violation>& violations, const Terminal& terminal) {
  if (violations.empty()) return;
  append_title(out, "Rules broken by the chain", terminal);
  for (const Violation& violation : violations) {
    std::string head = fmt::format("{} {}, ", static_cast<std::int32_t>(violation.code), symbol_of(violation.code));
    head += violation.chain_index ? fmt::format("certificate {} of the path", *violation.chain_index)
                                  : "the chain as a whole";
    if (violation.check) head += fmt::format(" ({})", trust_check_info(*violation.check).name);
    append_paragraph(out, "    ", head, terminal);
    append_paragraph(out, "      ", escaped(sentence_of(violation)), terminal);
    if (!violation.rule.empty()) append_paragraph(out, "      ", escaped(rule_and_date(violation)), terminal);
    append_paragraph(out, "      To mend it: ", fix_for(violation), terminal);
  }
}

void append_paths(std::string& out, std::span<const Certificate> sent, const TrustResult& result,
                  const Terminal& terminal) {
  if (!result.path.empty() && (!is_as_sent(sent, result) || result.is_anchored)) {
    append_title(out, result.is_anchored ? "Path to a trusted root" : "Path, as far as it leads", terminal);
    for (std::size_t at = 0; at < result.path.size(); ++at) {
      append_paragraph(out, fmt::format("    {:<2} ", at),
                       escaped(fmt::format("{} ({})", subject_of(result.path[at]), origin_of(result, at, sent))),
                       terminal);
    }
  }
  if (result.attempts.empty()) return;
  append_title(out, "Other paths, and why they were given up", terminal);
  for (const TrustAttempt& attempt : result.attempts) {
    append_paragraph(out, "    - ", escaped(path_in_words(attempt.path)), terminal);
    append_paragraph(out, "      ", escaped(attempt.reason), terminal);
  }
}

std::vector<std::string> sentences_of(std::span<const Certificate> sent, const ChainAdvice& advice) {
  std::vector<std::string> out;
  if (advice.better_leaf) {
    out.push_back(fmt::format("The server's own certificate is certificate {} (\"{}\"); it must stand first.",
                              *advice.better_leaf, sent[*advice.better_leaf].subject()));
  }
  for (const Certificate& certificate : advice.to_add) {
    out.push_back(fmt::format("Add the certificate \"{}\" (SHA-256 {}).", certificate.subject(), certificate.sha256()));
  }
  if (advice.missing) out.push_back(missing_in_words(*advice.missing));
  if (!advice.is_ordered) {
    std::string order;
    for (const Certificate& certificate : advice.to_send) {
      const std::optional<std::size_t> place = place_of(certificate, sent);
      order += (order.empty() ? "" : ", ") + (place ? fmt::to_string(*place) : "the one to add");
    }
    out.push_back(fmt::format("Put the certificates into the order of issue: {}.", order));
  }
  if (advice.has(ChainRole::Duplicate)) {
    out.push_back(fmt::format("Leave out {}: sent before.", certificates_in_words(advice, ChainRole::Duplicate)));
  }
  if (advice.has(ChainRole::Surplus)) {
    out.push_back(fmt::format("Leave out {}: on no way from the first certificate to a root.",
                              certificates_in_words(advice, ChainRole::Surplus)));
  }
  if (advice.has(ChainRole::Root)) {
    out.push_back(fmt::format("Root sent as {}: not needed, clients that trust it have it.",
                              certificates_in_words(advice, ChainRole::Root)));
  }
  return out;
}

void append_advice(std::string& out, std::span<const Certificate> sent, const ChainAdvice& advice,
                   const Terminal& terminal) {
  append_list(out, "What to change about the certificates sent", sentences_of(sent, advice), terminal);
}

std::string table_of(std::span<const TableRow> rows, const Terminal& terminal) {
  std::size_t label_width = 0;
  std::size_t name_width = 0;
  std::size_t reason_width = 0;
  for (const TableRow& row : rows) {
    label_width = std::max(label_width, columns_of(escaped(row.label)));
    name_width = std::max(name_width, columns_of(row.name));
    reason_width = std::max(reason_width, columns_of(escaped(row.reason)));
  }
  // A pipe has no width: scripts get one line a target, nothing cut.
  const bool is_wide = !terminal.is_interactive || label_width + name_width + reason_width + 11 <= terminal.width;
  std::string out;
  for (const TableRow& row : rows) {
    const std::string name = is_wide ? padded(row.name, name_width) : row.name;
    out += fmt::format("{}  {:>5}  {}", padded(escaped(row.label), label_width), row.code,
                       paint(name, row.style, terminal));
    if (is_wide) {
      out += fmt::format("  {}\n", escaped(row.reason));
    } else {
      out += '\n';
      append_paragraph(out, "      ", escaped(row.reason), terminal);
    }
  }
  return out;
}

}  // namespace securetransport::cli
