// SPDX-License-Identifier: Apache-2.0
// What each result code means, why it happens, what to check and how to fix it: in words for people.
#pragma once

#include <string_view>
#include <vector>

#include "securetransport/core/result_code.hpp"

namespace securetransport {

/// The long text of one code, in static storage. `meaning`, `checks`, one of the two cause lists and one of the
/// two fix lists are never empty; a list is empty where that side has no part in it. Lists hold one item a
/// line, most likely first; no markup, no trailing newline.
///
/// For a code that stands for an alert "the other side" sent it. A server that reports such a code reads the
/// items "As seen by a server".
struct Explanation {
  ResultCode code;
  std::string_view meaning;        ///< The condition under which this code is returned, then how Apple's stacks differ.
  std::string_view client_causes;  ///< List. Why it happens by the client's doing.
  std::string_view server_causes;  ///< List. Why it happens by the server's or the network's doing.
  std::string_view checks;         ///< List. What to look at first.
  std::string_view client_fix;     ///< List. What the client's author or user does.
  std::string_view server_fix;     ///< List. What the server's operator does.
};

/// The explanation of a code of the 73 or of the neighbour -9890; nullptr for any other number.
[[nodiscard]] const Explanation* explain(ResultCode code) noexcept;

/// Splits a list field into its items; an empty field has none.
[[nodiscard]] std::vector<std::string_view> items_of(std::string_view list);

}  // namespace securetransport
