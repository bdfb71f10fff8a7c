// SPDX-License-Identifier: Apache-2.0
#include "securetransport/core/alert.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "unit/core/expected_results.hpp"
#include "unit/core/print.hpp"

namespace securetransport {
namespace {

using test::expected_results;
using test::ExpectedResult;
using test::kNone;

constexpr int kFatalAlert = -9802;

struct AlertRow {
  int number;
  std::string_view name;
  int code;
};

// Names: RFC 5246 section 7.2, RFC 8446 section 6, RFC 6066 section 9, RFC 7507, RFC 7301, RFC 9146, and
// RFC 2246 for the retired ones. Codes: the contract; -9802 where it names none.
constexpr AlertRow kAssigned[] = {
    {0, "close_notify", -9805},
    {10, "unexpected_message", -9819},
    {20, "bad_record_mac", -9820},
    {21, "decryption_failed", -9821},
    {22, "record_overflow", -9822},
    {30, "decompression_failure", -9823},
    {40, "handshake_failure", -9824},
    {41, "no_certificate", kFatalAlert},
    {42, "bad_certificate", -9825},
    {43, "unsupported_certificate", -9826},
    {44, "certificate_revoked", -9827},
    {45, "certificate_expired", -9828},
    {46, "certificate_unknown", -9829},
    {47, "illegal_parameter", -9830},
    {48, "unknown_ca", -9831},
    {49, "access_denied", -9832},
    {50, "decode_error", -9833},
    {51, "decrypt_error", -9834},
    {52, "too_many_cids_requested", kFatalAlert},
    {60, "export_restriction", -9835},
    {70, "protocol_version", -9836},
    {71, "insufficient_security", -9837},
    {80, "internal_error", -9838},
    {86, "inappropriate_fallback", -9860},
    {90, "user_canceled", -9839},
    {100, "no_renegotiation", -9840},
    {109, "missing_extension", -9861},
    {110, "unsupported_extension", -9855},
    {111, "certificate_unobtainable", kFatalAlert},
    {112, "unrecognized_name", -9865},
    {113, "bad_certificate_status_response", -9862},
    {114, "bad_certificate_hash_value", kFatalAlert},
    {115, "unknown_psk_identity", -9864},
    {116, "certificate_required", -9863},
    {120, "no_application_protocol", kFatalAlert},
};

const AlertRow* assigned(int number) {
  const auto* const row = std::find_if(std::begin(kAssigned), std::end(kAssigned),
                                       [number](const AlertRow& candidate) { return candidate.number == number; });
  return row != std::end(kAssigned) ? row : nullptr;
}

/// Calls check(alert, row) for every byte an alert can hold; row is null for a number that no RFC assigns.
template <class Check>
void for_every_number(Check check) {
  for (int number = 0; number <= 255; ++number) {
    SCOPED_TRACE("alert " + std::to_string(number));
    check(Alert{static_cast<std::uint8_t>(number)}, assigned(number));
  }
}

TEST(AlertMap, GivesEveryNumberItsCode) {
  for_every_number([](Alert alert, const AlertRow* row) {
    EXPECT_EQ(result_of_alert(alert), ResultCode{row != nullptr ? row->code : kFatalAlert});
  });
}

TEST(AlertMap, GivesEachCodeOfTheContractFromItsAlert) {
  for (const ExpectedResult& expected : expected_results()) {
    if (expected.alert_received == kNone) continue;
    SCOPED_TRACE(expected.symbol);
    EXPECT_EQ(result_of_alert(Alert{static_cast<std::uint8_t>(expected.alert_received)}), ResultCode{expected.value});
  }
}

TEST(AlertMap, KnowsWhichAlertsHaveARowOfTheirOwn) {
  for_every_number([](Alert alert, const AlertRow* row) {
    EXPECT_EQ(has_row_of_its_own(alert), row != nullptr && row->code != kFatalAlert);
  });
}

TEST(AlertName, IsTheRfcsNameOrNothing) {
  for_every_number([](Alert alert, const AlertRow* row) {
    const std::optional<std::string_view> name = alert_name(alert);
    EXPECT_EQ(name, row != nullptr ? std::optional(row->name) : std::nullopt);
  });
}

TEST(AlertName, IsDescribedTogetherWithItsNumber) {
  EXPECT_EQ(describe(Alert::UnknownCa), "unknown_ca (48)");
  EXPECT_EQ(describe(Alert::CloseNotify), "close_notify (0)");
  EXPECT_EQ(describe(Alert{200}), "alert 200");
  EXPECT_EQ(describe(Alert{255}), "alert 255");
}

TEST(AlertToSend, IsTheUsualAlertOfTheContract) {
  for (const ExpectedResult& expected : expected_results()) {
    SCOPED_TRACE(expected.symbol);
    const std::optional<Alert> alert = alert_to_send(ResultCode{expected.value});
    const int usual = expected.alerts_sent.empty() ? kNone : expected.alerts_sent.front();
    EXPECT_EQ(alert ? static_cast<int>(*alert) : kNone, usual);
  }
}

TEST(AlertToSend, NeverAnswersAnAlertWithAnAlert) {
  for (const ResultInfo& row : result_table()) {
    if (row.detected_by.front() != DetectedBy::Peer) continue;
    SCOPED_TRACE(row.symbol);
    EXPECT_EQ(alert_to_send(row.code), std::nullopt);
  }
}

TEST(AlertToSend, SaysNothingWhereNobodyListensOrNothingIsWrong) {
  for (const ResultInfo& row : result_table()) {
    const DetectedBy detector = row.detected_by.front();
    if (row.outcome == Outcome::Fatal && detector != DetectedBy::Transport && detector != DetectedBy::Api) continue;
    if (row.outcome == Outcome::FatalOrSkip) continue;
    SCOPED_TRACE(row.symbol);
    EXPECT_EQ(alert_to_send(row.code), std::nullopt);
  }
}

TEST(AlertToSend, IsTheOneReceivedWhereBothSidesUseTheSameCode) {
  int codes_for_both = 0;
  for (const ResultInfo& row : result_table()) {
    if (!row.alert_received || row.alerts_sent.empty()) continue;
    SCOPED_TRACE(row.symbol);
    EXPECT_EQ(alert_to_send(row.code), row.alert_received);
    ++codes_for_both;
  }
  EXPECT_EQ(codes_for_both, 7);  // 86, 109, 110, 112, 113, 115 and 116
}

TEST(AlertToSend, IsNoneForSuccessNeighbourAndUnknownNumbers) {
  for (const int number : {0, -50, -9866, -9890, 1}) {
    EXPECT_EQ(alert_to_send(ResultCode{number}), std::nullopt) << number;
  }
}

}  // namespace
}  // namespace securetransport
