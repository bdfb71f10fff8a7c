// SPDX-License-Identifier: Apache-2.0
// ASN.1 times as seconds of UTC, without the C library's time zones.
#include "trust/asn1_time.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace securetransport::trust {
namespace {

// RFC 5280 section 4.1.2.5.1: "UTCTime values MUST be expressed in Greenwich Mean Time (Zulu) and MUST include
// seconds (i.e., times are YYMMDDHHMMSSZ)"; 4.1.2.5.2 says the same of GeneralizedTime with four digits of year.
bool has_rfc5280_form(const ASN1_TIME& time) {
  const int length = ASN1_STRING_length(&time);
  const int expected = ASN1_STRING_type(&time) == V_ASN1_UTCTIME ? 13 : 15;
  return length == expected && ASN1_STRING_get0_data(&time)[length - 1] == 'Z';
}

}  // namespace

std::optional<std::chrono::sys_seconds> seconds_of(const ASN1_TIME& time) {
  std::tm parts{};
  if (!has_rfc5280_form(time) || ASN1_TIME_to_tm(&time, &parts) != 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(parts.tm_year + 1900),
                                         std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                         std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(parts.tm_hour) + std::chrono::minutes(parts.tm_min) +
         std::chrono::seconds(parts.tm_sec);
}

std::string iso8601(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

}  // namespace securetransport::trust
