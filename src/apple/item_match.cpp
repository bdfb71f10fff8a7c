// SPDX-License-Identifier: Apache-2.0
// Whether a candidate fits a query: by reference, by its attributes, and by what its certificate says.
#include "apple/item_match.hpp"

#include <Security/SecItem.h>
#include <Security/SecPolicy.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "apple/cf_values.hpp"
#include "apple/item_attributes.hpp"
#include "apple/sec_objects.hpp"
#include "securetransport/trust/certificate_fields.hpp"
#include "securetransport/trust/trust_outcome.hpp"
#include "securetransport/trust/trust_question.hpp"

namespace securetransport::apple {
namespace {

/// Numbers and their decimal text are the same attribute, as programs write key types both ways.
bool same_value(CFTypeRef a, CFTypeRef b) {
  if (CFEqual(a, b) != 0) return true;
  const auto text_of = [](CFTypeRef value) {
    if (const auto number = as_number(value)) return std::to_string(*number);
    return cf::string_of(as_string(value));
  };
  const std::string left = text_of(a);
  return !left.empty() && left == text_of(b);
}

bool has_attributes(const Candidate& candidate, CFDictionaryRef wanted) {
  std::vector<cf::CFRef<CFDictionaryRef>> all;
  for (const FoundItem& each : candidate.items) all.push_back(attributes_of(each.item));
  std::vector<CFTypeRef> keys(static_cast<std::size_t>(CFDictionaryGetCount(wanted)));
  CFDictionaryGetKeysAndValues(wanted, keys.data(), nullptr);
  return std::ranges::all_of(keys, [&](CFTypeRef key) {
    if (!is_attribute(key)) return true;
    const CFTypeRef value = CFDictionaryGetValue(wanted, key);
    return std::ranges::any_of(all, [&](const auto& attributes) {
      const CFTypeRef held = CFDictionaryGetValue(attributes.get(), key);
      return held != nullptr && same_value(held, value);
    });
  });
}

bool is_in(const Candidate& candidate, CFArrayRef list) {
  return std::ranges::any_of(cf::values_of(list),
                             [&](CFTypeRef each) { return CFEqual(each, candidate.object.get()); });
}

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// Compares the texts of the subject: each attribute by itself, and the summary.
template <class Compare>
bool subject_fits(const Certificate& certificate, const ItemQuery& query, CFStringRef key, Compare compare) {
  const CFStringRef wanted = as_string(value_in(query.dictionary, key));
  if (wanted == nullptr) return true;
  const bool ignores_case = is_true(query.dictionary, kSecMatchCaseInsensitive);
  const auto folded = [&](std::string text) { return ignores_case ? lowered(std::move(text)) : text; };
  const std::string part = folded(cf::string_of(wanted));
  std::vector<std::string> texts{summary_of(certificate)};
  for (const NameAttribute& attribute : fields_of(certificate).subject) texts.push_back(attribute.text);
  return std::ranges::any_of(texts, [&](const std::string& text) { return compare(folded(text), part); });
}

bool subject_fits(const Certificate& certificate, const ItemQuery& query) {
  using Text = std::string_view;
  return subject_fits(certificate, query, kSecMatchSubjectContains,
                      [](Text text, Text part) { return text.find(part) != Text::npos; }) &&
         subject_fits(certificate, query, kSecMatchSubjectStartsWith,
                      [](Text text, Text part) { return text.starts_with(part); }) &&
         subject_fits(certificate, query, kSecMatchSubjectEndsWith,
                      [](Text text, Text part) { return text.ends_with(part); }) &&
         subject_fits(certificate, query, kSecMatchSubjectWholeString,
                      [](Text text, Text part) { return text == part; });
}

/// Whether the certificate, or one above it in the keychains, was issued under one of the names.
bool issuer_fits(const Certificate& certificate, const ItemQuery& query) {
  constexpr int kLongest = 10;
  const CFArrayRef issuers = as_array(value_in(query.dictionary, kSecMatchIssuers));
  if (issuers == nullptr || CFArrayGetCount(issuers) == 0) return true;
  const std::vector<FoundItem> all = items_in(query.keychains);
  Certificate at = certificate;
  for (int depth = 0; depth < kLongest; ++depth) {
    const bool is_named = std::ranges::any_of(cf::values_of(issuers), [&](CFTypeRef name) {
      return as_data(name) != nullptr && has_name(at, NameOf::Issuer, cf::bytes_of(as_data(name)));
    });
    if (is_named) return true;
    const auto above = std::ranges::find_if(all, [&](const FoundItem& each) {
      const auto* const other = std::get_if<Certificate>(&each.item.content);
      return other != nullptr && *other != at && other->subject() == at.issuer();
    });
    if (above == all.end()) return false;
    at = std::get<Certificate>(above->item.content);
  }
  return false;
}

std::chrono::system_clock::time_point moment_in(CFTypeRef value) {
  return as_date(value) != nullptr ? cf::time_of(as_date(value)) : std::chrono::system_clock::now();
}

bool date_fits(const Certificate& certificate, const ItemQuery& query) {
  const CFTypeRef wanted = value_in(query.dictionary, kSecMatchValidOnDate);
  if (wanted == nullptr) return true;
  const auto moment = moment_in(wanted);
  return certificate.not_before() <= moment && moment <= certificate.not_after();
}

bool email_fits(const Certificate& certificate, const ItemQuery& query) {
  const CFStringRef wanted = as_string(value_in(query.dictionary, kSecMatchEmailAddressIfPresent));
  if (wanted == nullptr) return true;
  const auto addresses = email_addresses(certificate);
  return addresses.empty() || std::ranges::find(addresses, cf::string_of(wanted)) != addresses.end();
}

TrustResult judged(const Certificate& certificate, const ItemQuery& query, std::vector<PolicyTerms> policies) {
  TrustQuestion question{.chain = {certificate}};
  question.policies = std::move(policies);
  for (const FoundItem& each : items_in(query.keychains)) {
    if (const auto* const other = std::get_if<Certificate>(&each.item.content)) question.chain.push_back(*other);
  }
  const auto now = moment_in(value_in(query.dictionary, kSecMatchValidOnDate));
  return answer(question, std::chrono::floor<std::chrono::seconds>(now));
}

/// Of a policy only the name matters here: whom a server trusts is its own affair, and dates have a key of their own.
bool policy_fits(const Certificate& certificate, const ItemQuery& query) {
  const auto* const policy = cf::checked<__SecPolicy>(value_in(query.dictionary, kSecMatchPolicy));
  if (policy == nullptr || policy->terms.peer_name.empty()) return true;
  const TrustResult result = judged(certificate, query, {policy->terms});
  return std::ranges::none_of(
      result.violations, [](const Violation& violation) { return violation.code == ResultCode::HostNameMismatch; });
}

bool trust_fits(const Certificate& certificate, const ItemQuery& query) {
  if (!is_true(query.dictionary, kSecMatchTrustedOnly)) return true;
  const TrustOutcome outcome = outcome_of(judged(certificate, query, {}));
  return outcome == TrustOutcome::Proceed || outcome == TrustOutcome::Unspecified;
}

bool certificate_fits(const Certificate& certificate, const ItemQuery& query) {
  return subject_fits(certificate, query) && issuer_fits(certificate, query) && date_fits(certificate, query) &&
         email_fits(certificate, query) && policy_fits(certificate, query) && trust_fits(certificate, query);
}

}  // namespace

bool fits(const Candidate& candidate, const ItemQuery& query) {
  const CFTypeRef reference = value_in(query.dictionary, kSecValueRef);
  if (reference != nullptr && CFEqual(reference, candidate.object.get()) == 0) return false;
  for (const CFStringRef key : {kSecMatchItemList, kSecUseItemList}) {
    const CFArrayRef list = as_array(value_in(query.dictionary, key));
    if (list != nullptr && !is_in(candidate, list)) return false;
  }
  const CFDataRef persistent = as_data(value_in(query.dictionary, kSecValuePersistentRef));
  if (persistent != nullptr && CFEqual(persistent, persistent_reference(candidate.items.front()).get()) == 0)
    return false;
  if (!has_attributes(candidate, query.dictionary)) return false;
  return !candidate.certificate || certificate_fits(*candidate.certificate, query);
}

}  // namespace securetransport::apple
