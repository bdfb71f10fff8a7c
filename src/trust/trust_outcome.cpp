// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/trust_outcome.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>

namespace securetransport {
namespace {

// A text, so that people can read what a program has stored: the first line, the leaf, then "check certificate" lines.
constexpr std::string_view kFirstLine = "securetransport trust exceptions 1";
constexpr std::size_t kDigestLength = 64;

TrustSeverity severity_of(const Violation& violation) noexcept {
  return violation.check ? trust_check_info(*violation.check).severity : TrustSeverity::Recoverable;
}

bool any_of_severity(std::span<const Violation> violations, TrustSeverity severity) noexcept {
  return std::any_of(violations.begin(), violations.end(),
                     [&](const Violation& violation) { return severity_of(violation) == severity; });
}

constexpr std::array kChecks{
#define ST_TRUST_CHECK(Name, text, status, severity) TrustCheck::Name,
#include "securetransport/core/trust_checks.def"
#undef ST_TRUST_CHECK
};

std::optional<TrustCheck> check_called(std::string_view name) noexcept {
  const auto* const found = std::find_if(kChecks.begin(), kChecks.end(),
                                         [&](TrustCheck check) { return trust_check_info(check).name == name; });
  return found == kChecks.end() ? std::nullopt : std::optional(*found);
}

void add_exceptions(const TrustResult& result, std::span<const Violation> violations,
                    std::vector<TrustException>& exceptions) {
  for (const Violation& violation : violations) {
    if (!violation.check || severity_of(violation) == TrustSeverity::Fatal) continue;
    const std::size_t index = violation.chain_index.value_or(0);
    if (index >= result.path.size()) continue;
    TrustException exception{*violation.check, result.path[index].sha256()};
    if (std::find(exceptions.begin(), exceptions.end(), exception) == exceptions.end()) {
      exceptions.push_back(std::move(exception));
    }
  }
}

/// Takes the next line, which must end with a line feed, off the text.
std::optional<std::string_view> next_line(std::string_view& text) noexcept {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

bool is_digest(std::string_view text) noexcept {
  return text.size() == kDigestLength && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

TrustOutcome outcome_of(const TrustResult& result) noexcept {
  if (result.trusted()) return result.accepted.empty() ? TrustOutcome::Unspecified : TrustOutcome::Proceed;
  if (any_of_severity(result.violations, TrustSeverity::Fatal)) return TrustOutcome::FatalFailure;
  if (any_of_severity(result.violations, TrustSeverity::Deny)) return TrustOutcome::Deny;
  return TrustOutcome::RecoverableFailure;
}

std::vector<Violation> most_serious_first(std::span<const Violation> violations) {
  std::vector<Violation> ordered(violations.begin(), violations.end());
  const auto seriousness = [](const Violation& violation) {
    return violation.check ? static_cast<int>(*violation.check) : std::numeric_limits<int>::max();
  };
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](const Violation& a, const Violation& b) { return seriousness(a) < seriousness(b); });
  return ordered;
}

std::int32_t status_of(const Violation& violation) noexcept {
  return violation.check ? trust_check_info(*violation.check).status : static_cast<std::int32_t>(violation.code);
}

std::vector<TrustException> exceptions_for(const TrustResult& result) {
  std::vector<TrustException> exceptions;
  add_exceptions(result, result.accepted, exceptions);
  add_exceptions(result, result.violations, exceptions);
  return exceptions;
}

std::vector<std::uint8_t> encode_exceptions(const Certificate& leaf, std::span<const TrustException> exceptions) {
  std::string text = std::string(kFirstLine) + "\n" + leaf.sha256() + "\n";
  for (const TrustException& exception : exceptions) {
    text += trust_check_info(exception.check).name;
    text += " " + exception.certificate_sha256 + "\n";
  }
  return {text.begin(), text.end()};
}

std::optional<std::vector<TrustException>> decode_exceptions(const Certificate& leaf,
                                                             std::span<const std::uint8_t> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (next_line(text) != kFirstLine || next_line(text) != leaf.sha256()) return std::nullopt;
  std::vector<TrustException> exceptions;
  while (!text.empty()) {
    const auto line = next_line(text);
    if (!line) return std::nullopt;
    const auto blank = line->find(' ');
    const auto check = check_called(line->substr(0, blank));
    if (!check || blank == std::string_view::npos || !is_digest(line->substr(blank + 1))) return std::nullopt;
    exceptions.push_back({*check, std::string(line->substr(blank + 1))});
  }
  return exceptions;
}

}  // namespace securetransport
