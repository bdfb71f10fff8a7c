// SPDX-License-Identifier: Apache-2.0
// Gathers the explanations of all files below explanations/ in the order of the result table.
#include "securetransport/core/explanation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/explanations/ats.hpp"
#include "core/explanations/certificate.hpp"
#include "core/explanations/connection.hpp"
#include "core/explanations/cryptography.hpp"
#include "core/explanations/peer_alerts.hpp"
#include "core/explanations/peer_certificate_alerts.hpp"
#include "core/explanations/protocol.hpp"
#include "core/explanations/setup.hpp"

namespace securetransport {
namespace {

// The rows of the result table and their neighbour, highest number first.
constexpr std::array kCodes{
#define ST_RESULT_CODE(value, Name, ...) ResultCode::Name,
#define ST_RESULT_NEIGHBOUR(value, Name, ...) ResultCode::Name,
#include "securetransport/core/result_codes.def"
};

template <std::size_t... Sizes>
constexpr auto gather(const std::array<Explanation, Sizes>&... groups) {
  std::array<Explanation, (Sizes + ...)> all{};
  auto end = all.begin();
  ((end = std::copy(groups.begin(), groups.end(), end)), ...);
  std::sort(all.begin(), all.end(), [](const Explanation& a, const Explanation& b) { return a.code > b.code; });
  return all;
}

constexpr auto kExplanations = gather(
    explanations::kConnection, explanations::kProtocol, explanations::kSetup, explanations::kCertificate,
    explanations::kCryptography, explanations::kPeerAlerts, explanations::kPeerCertificateAlerts, explanations::kAts);

static_assert(std::equal(kExplanations.begin(), kExplanations.end(), kCodes.begin(), kCodes.end(),
                         [](const Explanation& explanation, ResultCode code) { return explanation.code == code; }),
              "each code of result_codes.def needs exactly one explanation");

}  // namespace

const Explanation* explain(ResultCode code) noexcept {
  const auto found = std::lower_bound(kExplanations.begin(), kExplanations.end(), code,
                                      [](const Explanation& held, ResultCode wanted) { return held.code > wanted; });
  return found != kExplanations.end() && found->code == code ? &*found : nullptr;
}

std::vector<std::string_view> items_of(std::string_view list) {
  std::vector<std::string_view> items;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\n'), list.size());
    items.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return items;
}

}  // namespace securetransport
