// SPDX-License-Identifier: Apache-2.0
// The two alert maps, both read off the result table.
#include "securetransport/core/alert.hpp"

namespace securetransport {
namespace {

const ResultInfo* row_of(Alert received) noexcept {
  for (const ResultInfo& info : result_table()) {
    if (info.alert_received == received) return &info;
  }
  return nullptr;
}

}  // namespace

std::optional<std::string_view> alert_name(Alert alert) noexcept {
  switch (alert) {
// clang-format off
#define ST_ALERT(number, Name, rfc_name) case Alert::Name: return rfc_name;
#include "securetransport/core/alerts.def"
    // clang-format on
  }
  return std::nullopt;
}

std::string describe(Alert alert) {
  const std::string number = std::to_string(static_cast<unsigned>(alert));
  const std::optional<std::string_view> name = alert_name(alert);
  return name ? std::string(*name) + " (" + number + ")" : "alert " + number;
}

ResultCode result_of_alert(Alert received) noexcept {
  const ResultInfo* const info = row_of(received);
  return info != nullptr ? info->code : ResultCode::FatalAlert;
}

bool has_row_of_its_own(Alert received) noexcept { return row_of(received) != nullptr; }

std::optional<Alert> alert_to_send(ResultCode code) noexcept {
  const ResultInfo* const info = find_result(code);
  if (info == nullptr || info->alerts_sent.empty()) return std::nullopt;
  return info->alerts_sent.front();
}

}  // namespace securetransport
