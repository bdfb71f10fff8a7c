// SPDX-License-Identifier: Apache-2.0
// The result table expanded from result_codes.def, its look-ups and its std::error_category.
#include "securetransport/core/result_code.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace securetransport {
namespace {

// The columns of result_codes.def as expressions; `using enum` lets the table use the bare names.
#define By(...) \
  ShortList<DetectedBy> { __VA_ARGS__ }
#define Sends(...) \
  ShortList<Alert> { __VA_ARGS__ }
#define On(Name) Alert::Name
#define NoAlert \
  {}
#define ST_ROW(value, Name, category, outcome, by, received, sent, message) \
  ResultInfo{ResultCode::Name, "errSSL" #Name, Category::category, Outcome::outcome, by, received, sent, message},

constexpr auto make_rows() {
  using enum Alert;
  using enum DetectedBy;
  return std::array{
#define ST_RESULT_CODE ST_ROW
#include "securetransport/core/result_codes.def"
  };
}

constexpr auto make_neighbours() {
  using enum Alert;
  using enum DetectedBy;
  return std::array{
#define ST_RESULT_NEIGHBOUR ST_ROW
#include "securetransport/core/result_codes.def"
  };
}

#undef ST_ROW
#undef NoAlert
#undef On
#undef Sends
#undef By

constexpr auto kRows = make_rows();
constexpr auto kNeighbours = make_neighbours();

static_assert(kRows.size() == 73, "the contract names 73 codes");
static_assert(std::is_sorted(kRows.begin(), kRows.end(),
                             [](const ResultInfo& a, const ResultInfo& b) { return a.code > b.code; }),
              "keep result_codes.def in numeric order");

struct Alias {
  std::string_view name;
  ResultCode code;
};

// Second names that Apple's headers give to a value.
constexpr std::array kAliases{
    Alias{"errSSLServerAuthCompleted", ResultCode::PeerAuthCompleted},
    Alias{"errSSLClientAuthCompleted", ResultCode::PeerAuthCompleted},
    Alias{"errSSLLast", ResultCode::UnexpectedRecord},
};

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool names(std::string_view symbol, std::string_view asked) noexcept {
  constexpr std::size_t kPrefixLength = std::string_view("errSSL").size();
  return equal_ignoring_case(symbol, asked) || equal_ignoring_case(symbol.substr(kPrefixLength), asked);
}

std::string os_status(ResultCode code) { return "OSStatus " + std::to_string(static_cast<std::int32_t>(code)); }

class ResultCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "securetransport"; }
  std::string message(int value) const override { return message_of(ResultCode{value}); }
};

}  // namespace

std::span<const ResultInfo> result_table() noexcept { return kRows; }

const ResultInfo* find_result(ResultCode code) noexcept {
  const auto row = std::lower_bound(kRows.begin(), kRows.end(), code,
                                    [](const ResultInfo& info, ResultCode wanted) { return info.code > wanted; });
  if (row != kRows.end() && row->code == code) return &*row;
  for (const ResultInfo& neighbour : kNeighbours) {
    if (neighbour.code == code) return &neighbour;
  }
  return nullptr;
}

const ResultInfo* find_result(std::string_view symbol) noexcept {
  for (const ResultInfo& info : kRows) {
    if (names(info.symbol, symbol)) return &info;
  }
  for (const ResultInfo& neighbour : kNeighbours) {
    if (names(neighbour.symbol, symbol)) return &neighbour;
  }
  for (const Alias& alias : kAliases) {
    if (names(alias.name, symbol)) return find_result(alias.code);
  }
  return nullptr;
}

std::string symbol_of(ResultCode code) {
  if (code == ResultCode::Success) return "errSecSuccess";
  const ResultInfo* const info = find_result(code);
  return info != nullptr ? std::string(info->symbol) : os_status(code);
}

std::string message_of(ResultCode code) {
  if (code == ResultCode::Success) return "no error";
  const ResultInfo* const info = find_result(code);
  return info != nullptr ? std::string(info->message) : os_status(code);
}

std::string_view to_string(Category category) noexcept {
  switch (category) {
    case Category::Connection: return "connection";
    case Category::Certificate: return "certificate";
    case Category::Cryptography: return "cryptography";
    case Category::Ats: return "ats";
    case Category::Other: return "other";
  }
  return "";
}

std::string_view to_string(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::Fatal: return "fatal";
    case Outcome::Closed: return "closed";
    case Outcome::Pause: return "pause";
    case Outcome::Caller: return "caller";
    case Outcome::FatalOrSkip: return "datagram: skip, stream: fatal";
  }
  return "";
}

std::string_view to_string(DetectedBy detector) noexcept {
  switch (detector) {
    case DetectedBy::Local: return "local";
    case DetectedBy::Peer: return "peer";
    case DetectedBy::Transport: return "transport";
    case DetectedBy::Trust: return "trust";
    case DetectedBy::Ats: return "ats";
    case DetectedBy::Api: return "api";
    case DetectedBy::Break: return "break";
  }
  return "";
}

const std::error_category& result_category() noexcept {
  static const ResultCategory category;
  return category;
}

}  // namespace securetransport
