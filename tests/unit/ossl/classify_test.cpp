// SPDX-License-Identifier: Apache-2.0
// Findings, alerts and the transport; and which of them decides when several speak.
#include "ossl/classify.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "unit/ossl/failure_builder.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

constexpr int kUnnamedCode = -36;  // A callback's own number, such as Apple's ioErr.

struct Row {
  const char* what;
  Failure failure;
  ResultCode code;
  DetectedBy detected_by = DetectedBy::Local;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const Verdict verdict = classify(row.failure);
    EXPECT_EQ(verdict.code, row.code);
    EXPECT_EQ(verdict.detected_by, row.detected_by);
    EXPECT_FALSE(verdict.detail.empty());
  }
}

TEST(Classify, GivesEveryFindingItsCode) {
  check({
      {"PlainTextPeer", Given().found(Finding::PlainTextPeer), ResultCode::RecordOverflow},
      {"NotTls", Given().found(Finding::NotTls), ResultCode::UnexpectedRecord},
      {"EmptyRecord", Given().found(Finding::EmptyRecord), ResultCode::Protocol},
      {"UnsolicitedExtension", Given().found(Finding::UnsolicitedExtension), ResultCode::UnsupportedExtension},
      {"MissingExtension", Given().found(Finding::MissingExtension), ResultCode::MissingExtension},
      {"UnofferedVersion", Given().found(Finding::UnofferedVersion), ResultCode::Negotiation},
      {"UnofferedScheme", Given().found(Finding::UnofferedScheme), ResultCode::Protocol},
      {"RepeatedExtension", Given().found(Finding::RepeatedExtension), ResultCode::Protocol},
      {"MisplacedExtension", Given().found(Finding::MisplacedExtension), ResultCode::Protocol},
      {"MalformedExtensions", Given().found(Finding::MalformedExtensions), ResultCode::DecodeError},
      {"EndingWarning", Given().found(Finding::EndingWarning).received(90, AlertLevel::Warning),
       ResultCode::PeerUserCancelled, DetectedBy::Peer},
      {"NoIdentity", Given().server().found(Finding::NoIdentity).r(234).a(80), ResultCode::BadConfiguration},
      {"PeerIdentityChanged", Given().found(Finding::PeerIdentityChanged), ResultCode::Protocol},
      {"ProtectionMissing", Given().found(Finding::ProtectionMissing).r(234).a(40), ResultCode::HandshakeFail},
      {"SessionNotFound", Given().found(Finding::SessionNotFound), ResultCode::SessionNotFound},
      {"UnknownPskIdentity", Given().server().found(Finding::UnknownPskIdentity).r(234).a(115),
       ResultCode::UnknownPSKIdentity},
      {"UnknownServerName", Given().server().found(Finding::UnknownServerName).r(234).a(112),
       ResultCode::UnrecognizedName},
      {"Unjudged", Given().found(Finding::Unjudged), ResultCode::Internal},
  });
}

TEST(Classify, SaysOfARefusedChainWhoNoticed) {
  check({
      {"expired", Given().rejected(ResultCode::CertExpired).a(45), ResultCode::CertExpired, DetectedBy::Trust},
      {"name", Given().rejected(ResultCode::HostNameMismatch), ResultCode::HostNameMismatch, DetectedBy::Trust},
      {"staple", Given().rejected(ResultCode::BadCertificateStatusResponse), ResultCode::BadCertificateStatusResponse,
       DetectedBy::Trust},
      {"unreadable certificate", Given().rejected(ResultCode::BadCert), ResultCode::BadCert, DetectedBy::Local},
      {"small key under ATS", Given().rejected(ResultCode::ATSMinimumKeySizeViolation),
       ResultCode::ATSMinimumKeySizeViolation, DetectedBy::Ats},
  });
}

TEST(Classify, TranslatesEveryAlertNumberAtBothLevels) {
  // The column alert_received of the table of codes; every other number is errSSLFatalAlert.
  const std::map<int, int> kOfAlert{{0, -9805},   {10, -9819},  {20, -9820},  {21, -9821},  {22, -9822},  {30, -9823},
                                    {40, -9824},  {42, -9825},  {43, -9826},  {44, -9827},  {45, -9828},  {46, -9829},
                                    {47, -9830},  {48, -9831},  {49, -9832},  {50, -9833},  {51, -9834},  {60, -9835},
                                    {70, -9836},  {71, -9837},  {80, -9838},  {86, -9860},  {90, -9839},  {100, -9840},
                                    {109, -9861}, {110, -9855}, {112, -9865}, {113, -9862}, {115, -9864}, {116, -9863}};
  for (int number = 0; number <= 255; ++number) {
    for (const AlertLevel level : {AlertLevel::Warning, AlertLevel::Fatal}) {
      SCOPED_TRACE("alert " + std::to_string(number) + ", level " + std::to_string(static_cast<int>(level)));
      const auto named = kOfAlert.find(number);
      const Verdict verdict = classify(Given().received(number, level));
      EXPECT_EQ(verdict.code, ResultCode{named != kOfAlert.end() ? named->second : -9802});
      EXPECT_EQ(verdict.detected_by, DetectedBy::Peer);
      EXPECT_NE(verdict.detail.find(number == 0 ? "close_notify" : std::to_string(number)), std::string::npos);
    }
  }
}

struct Stage {
  const char* name;
  Given given;
  ResultCode at_end_of_stream;
};

std::vector<Stage> stages() {
  return {
      {"before the first byte", Given().nothing_received().in_header(), ResultCode::ConnectionRefused},
      {"inside the first header", Given().in_header().missing(2), ResultCode::ClosedAbort},
      {"in the handshake, between records", Given().in_header(), ResultCode::ClosedAbort},
      {"in the handshake, inside a body", Given().missing(17), ResultCode::ClosedAbort},
      {"after the handshake, between records", Given().connected().in_header(), ResultCode::ClosedNoNotify},
      {"after the handshake, inside a header", Given().connected().in_header().missing(4), ResultCode::ClosedAbort},
      {"after the handshake, inside a body", Given().connected().missing(1), ResultCode::ClosedAbort},
  };
}

TEST(Classify, NamesTheEndOfTheTransportByItsStage) {
  for (Stage& stage : stages()) {
    check({{stage.name, stage.given.transport(IoStatus::EndOfStream), stage.at_end_of_stream, DetectedBy::Transport}});
    check({{stage.name, stage.given.transport(IoStatus::Reset), ResultCode::TransportReset, DetectedBy::Transport}});
    check({{stage.name, stage.given.transport(IoStatus::TimedOut), ResultCode::NetworkTimeout, DetectedBy::Transport}});
  }
}

TEST(Classify, PassesACallbacksOwnCodeExceptWhereAHeaderIsRead) {
  const ResultCode own{kUnnamedCode};
  const auto failed = IoStatus::Failed;
  check({
      {"header", Given().in_header().transport(failed, kUnnamedCode), ResultCode::ClosedAbort, DetectedBy::Transport},
      {"body", Given().missing(9).transport(failed, kUnnamedCode), own, DetectedBy::Transport},
      {"write", Given().on_write().transport(failed, kUnnamedCode), own, DetectedBy::Transport},
      {"write, flags of an earlier read", Given().in_header().on_write().transport(failed, kUnnamedCode), own,
       DetectedBy::Transport},
  });
}

TEST(Classify, UnderstandsACallbackThatSpeaksInResultCodes) {
  // Contract 1: reset and timeout come out unchanged wherever a read meets them; the codes for an end of stream,
  // and a failure without a number, are an end of stream.
  for (Stage& stage : stages()) {
    const auto given = [&](std::int32_t code) { return Failure(stage.given.transport(IoStatus::Failed, code)); };
    check({{stage.name, given(-9852), ResultCode::TransportReset, DetectedBy::Transport},
           {stage.name, given(-9853), ResultCode::NetworkTimeout, DetectedBy::Transport},
           {stage.name, given(-9805), stage.at_end_of_stream, DetectedBy::Transport},
           {stage.name, given(-9806), stage.at_end_of_stream, DetectedBy::Transport},
           {stage.name, given(-9816), stage.at_end_of_stream, DetectedBy::Transport},
           {stage.name, given(0), stage.at_end_of_stream, DetectedBy::Transport}});
  }
}

TEST(Classify, NeverCallsAFailedWriteASuccess) {
  check({{"failed without a code", Given().on_write().transport(IoStatus::Failed, 0), ResultCode::ClosedAbort,
          DetectedBy::Transport}});
}

TEST(Classify, LetsTheFirstSourceDecide) {
  const Given everything = Given().connected().received(48).transport(IoStatus::Reset).r(149).a(51);
  check({
      {"a finding beats all", Given(everything).found(Finding::NoIdentity), ResultCode::BadConfiguration},
      {"an alert beats transport and engine", everything, ResultCode::PeerUnknownCA, DetectedBy::Peer},
      {"the transport beats the engine", Given().transport(IoStatus::Reset).r(149).a(51), ResultCode::TransportReset,
       DetectedBy::Transport},
      {"an ending warning leaves it to the alert", Given(everything).found(Finding::EndingWarning),
       ResultCode::PeerUnknownCA, DetectedBy::Peer},
  });
}

TEST(Classify, ListensToTheLastWordOfLibsslOnly) {
  check({
      {"not to the first", Given().r(123).r(149).a(51), ResultCode::Protocol},
      {"not to what other libraries add", Given().r(123).entry(kProviders, 149).entry(kLibX509, 394).a(51),
       ResultCode::Crypto},
      // 394 is "dh key too small" in libssl, 102 "bad dh value": numbers mean nothing without their library.
      {"not to a number without its library", Given().entry(kProviders, 394).a(47), ResultCode::Protocol},
      {"the alert decides where libssl is silent", Given().entry(kProviders, 102).a(50), ResultCode::DecodeError},
  });
}

TEST(Classify, QuotesTheEntryThatDecides) {
  EXPECT_EQ(engine_reason(Given().entry(kLibssl, 1, "first").entry(kLibssl, 2, "last").entry(kProviders, 3, "other")),
            "last");
  EXPECT_EQ(engine_reason(Given().entry(kLibAsn1, 1, "first").entry(kProviders, 2, "second")), "second");
  EXPECT_EQ(engine_reason(Given()), "");
}

TEST(Classify, KeepsOnlyTheFirstFinding) {
  const Failure failure = Given().found(Finding::NotTls).found(Finding::TrustRejected);
  EXPECT_EQ(failure.finding, Finding::NotTls);
}

TEST(Classify, AnswersEveryReasonWithACodeThatKnowsItsDetector) {
  for (int reason = 100; reason <= 450; ++reason) {
    for (int alert = -1; alert <= 120; ++alert) {
      for (const CipherKind cipher : {CipherKind::None, CipherKind::Aead, CipherKind::MacAndEncrypt}) {
        for (const bool is_server : {false, true}) {
          Given given = Given().r(reason).cipher(cipher);
          if (alert >= 0) given.a(alert);
          if (is_server) given.server();
          const Verdict verdict = classify(given);
          const ResultInfo* const row = find_result(verdict.code);
          ASSERT_NE(row, nullptr) << "reason " << reason << ", alert " << alert;
          ASSERT_EQ(std::count(row->detected_by.begin(), row->detected_by.end(), verdict.detected_by), 1)
              << row->symbol << " by " << to_string(verdict.detected_by) << ", reason " << reason;
          ASSERT_NE(row->outcome, Outcome::Pause);
        }
      }
    }
  }
}

}  // namespace
}  // namespace securetransport::ossl
