// SPDX-License-Identifier: Apache-2.0
// Times of certificates against values computed from the calendar.
#include "trust/asn1_time.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace securetransport::trust {
namespace {

struct Row {
  int type;
  const char* text;
  const char* expected;  ///< ISO 8601; nullptr if the text is no time of RFC 5280.
};

// RFC 5280 section 4.1.2.5.1: "Where YY is greater than or equal to 50, the year SHALL be interpreted as 19YY".
constexpr Row kRows[] = {
    {V_ASN1_UTCTIME, "700101000000Z", "1970-01-01T00:00:00Z"},
    {V_ASN1_UTCTIME, "491231235959Z", "2049-12-31T23:59:59Z"},
    {V_ASN1_UTCTIME, "500101000000Z", "1950-01-01T00:00:00Z"},
    {V_ASN1_UTCTIME, "240229120000Z", "2024-02-29T12:00:00Z"},
    {V_ASN1_GENERALIZEDTIME, "20500101000000Z", "2050-01-01T00:00:00Z"},
    {V_ASN1_GENERALIZEDTIME, "00000101000000Z", "0000-01-01T00:00:00Z"},
    {V_ASN1_GENERALIZEDTIME, "99991231235959Z", "9999-12-31T23:59:59Z"},
    {V_ASN1_UTCTIME, "230229120000Z", nullptr},
    {V_ASN1_UTCTIME, "7001010000Z", nullptr},
    {V_ASN1_UTCTIME, "700101000000+0100", nullptr},
    {V_ASN1_UTCTIME, "", nullptr},
    {V_ASN1_GENERALIZEDTIME, "20501301000000Z", nullptr},
    {V_ASN1_GENERALIZEDTIME, "20500101000000.5Z", nullptr},
    {V_ASN1_GENERALIZEDTIME, "20500101000000", nullptr},
    {V_ASN1_GENERALIZEDTIME, "2050010100000xZ", nullptr},
};

TEST(Asn1Time, ReadsExactlyTheFormsOfRfc5280) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.text);
    const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> time(ASN1_STRING_type_new(row.type), ASN1_TIME_free);
    ASN1_STRING_set(time.get(), row.text, -1);
    const auto seconds = seconds_of(*time);
    EXPECT_EQ(seconds ? iso8601(*seconds) : "unreadable", row.expected != nullptr ? row.expected : "unreadable");
  }
}

TEST(Asn1Time, DoesNotDependOnTheTimeZone) {
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> time(ASN1_STRING_type_new(V_ASN1_UTCTIME),
                                                                   ASN1_TIME_free);
  ASN1_STRING_set(time.get(), "260701120000Z", -1);
  setenv("TZ", "Pacific/Kiritimati", 1);
  tzset();
  EXPECT_EQ(seconds_of(*time)->time_since_epoch().count(), 1782907200);  // date -u -d 2026-07-01T12:00Z +%s
  unsetenv("TZ");
  tzset();
}

}  // namespace
}  // namespace securetransport::trust
