// SPDX-License-Identifier: Apache-2.0
// What stands behind a broken rule: which document, since when, and what would mend it.
#pragma once

#include <string>
#include <string_view>

#include "securetransport/core/diagnosis.hpp"

namespace securetransport {

/// A document that rules come from.
struct RuleSource {
  std::string_view title;  ///< Empty for a limit of this library.
  std::string_view date;   ///< "2008-05" (published), or "since 2020-09-01" where the rule names certificates by date.
};

/// The document of Violation::rule. Total: what is not known gives two empty texts.
[[nodiscard]] RuleSource source_of_rule(std::string_view rule) noexcept;

/// What the owner of the certificate can do about it, as one sentence; never empty.
[[nodiscard]] std::string_view fix_for(const Violation& violation) noexcept;

}  // namespace securetransport
