// SPDX-License-Identifier: Apache-2.0
// What the engine's reasons mean, as measured: "rN" is the last entry of libssl, "aN" the alert it sent. The same
// reason stands for up to four codes; the rows that share one stand together.
#include <gtest/gtest.h>

#include <vector>

#include "unit/ossl/failure_builder.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

constexpr auto kAead = CipherKind::Aead;
constexpr auto kMac = CipherKind::MacAndEncrypt;

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

TEST(ClassifyEngine, ReadsAnUnexpectedMessageByTheTypeOfItsRecord) {
  check({
      {"application data in the handshake", Given().r(244).a(10).record(23), ResultCode::Protocol},
      {"early ChangeCipherSpec", Given().r(244).a(10).record(20), ResultCode::Protocol},
      {"alert record", Given().r(244).a(10).record(21), ResultCode::Protocol},
      {"handshake message", Given().r(244).a(10).record(22), ResultCode::UnexpectedMessage},
      {"handshake message inside TLS 1.3", Given().r(244).a(10).record(23).inner(22), ResultCode::UnexpectedMessage},
      {"data inside TLS 1.3", Given().r(244).a(10).record(23).inner(23), ResultCode::Protocol},
      {"heartbeat", Given().r(244).a(10).record(24), ResultCode::UnexpectedRecord},
      {"type 99", Given().r(244).a(10).record(99), ResultCode::UnexpectedRecord},
      {"TLS 1.3 record without protection", Given().r(443).a(10).record(22), ResultCode::UnexpectedRecord},
      {"TLS 1.3 alert without protection", Given().r(443).a(10).record(21), ResultCode::UnexpectedRecord},
      {"TLS 1.3 ChangeCipherSpec after the handshake", Given().r(443).a(10).record(20), ResultCode::UnexpectedRecord},
  });
}

TEST(ClassifyEngine, KnowsThatOneWarningEndsADatagramSessionOfOpenssl) {
  check({
      {"user_canceled, over datagrams", Given().r(409).a(10).record(21).datagrams().ignored_warning(90),
       ResultCode::PeerUserCancelled, DetectedBy::Peer},
      {"a warning of no RFC, over datagrams", Given().r(409).a(10).record(21).datagrams().ignored_warning(200),
       ResultCode::FatalAlert, DetectedBy::Peer},
      {"too many of them, over a stream", Given().r(409).a(10).record(21).ignored_warning(200), ResultCode::Protocol},
      {"a fragment of an impossible message", Given().r(271).a(47).record(22).datagrams(), ResultCode::DecodeError},
  });
}

TEST(ClassifyEngine, BlamesAKeyThatMayNotSignOnTheCertificate) {
  check(
      {{"key usage without digitalSignature", Given().r(318).a(40), ResultCode::XCertChainInvalid, DetectedBy::Trust}});
}

TEST(ClassifyEngine, CallsMalformedRecordsABrokenProtocol) {
  check({
      // RFC 8446 section 4.1.2: anything but the null method is illegal.
      {"ClientHello without the null compression", Given().server().r(187).a(50).record(22), ResultCode::Protocol},
      {"ChangeCipherSpec with a bad value", Given().r(103).a(10).record(20), ResultCode::Protocol},
      {"alert record that is not one alert", Given().r(205).a(10).record(21), ResultCode::Protocol},
      {"alert of level 3", Given().r(246).a(47).record(21), ResultCode::Protocol},
      {"five warnings in a row", Given().r(409).a(10).record(21), ResultCode::Protocol},
      {"wrong version in a later record", Given().r(267).a(70).record(22), ResultCode::Protocol},
      {"wrong version in a protected record", Given().r(267).a(50).record(23), ResultCode::Protocol},
  });
}

TEST(ClassifyEngine, CallsImpossibleValuesABrokenProtocol) {
  check({
      {"wrong Finished", Given().r(149).a(51), ResultCode::Protocol},
      {"session id echo", Given().r(999).a(47), ResultCode::Protocol},
      {"key share", Given().r(108).a(47), ResultCode::Protocol},
      {"zero point", Given().entry(kProviders, 164).r(108).a(47), ResultCode::Protocol},
      {"value of DHE out of range", Given().r(102).a(47), ResultCode::Protocol},
      {"bad extension, illegal value", Given().r(110).a(47), ResultCode::Protocol},
      {"downgrade sentinel", Given().r(373).a(47), ResultCode::Protocol},
  });
}

TEST(ClassifyEngine, TellsAFallbackFromADowngradeByTheRole) {
  check({
      {"server", Given().server().r(373).a(86), ResultCode::InappropriateFallback},
      {"client", Given().r(373).a(47), ResultCode::Protocol},
  });
}

TEST(ClassifyEngine, FindsNoCommonGround) {
  check({
      {"server: suite", Given().server().r(193).a(40), ResultCode::Negotiation},
      {"server: version", Given().server().r(258).a(70), ResultCode::Negotiation},
      {"client: version", Given().version(0x0302).r(258).a(70), ResultCode::Negotiation},
      {"client: suite", Given().r(248).a(47), ResultCode::Negotiation},
      {"client: unknown suite", Given().r(261).a(47), ResultCode::Negotiation},
      {"client: supported_versions", Given().r(116).a(47), ResultCode::Negotiation},
      {"contents of renegotiation_info", Given().r(337).a(47), ResultCode::Negotiation},
  });
}

TEST(ClassifyEngine, GivesUpTheHandshakeWhenOnlyParametersAreMissing) {
  check({
      {"server: a suite is shared", Given().server().suite_in_common().r(193).a(40), ResultCode::HandshakeFail},
      {"TLS 1.3: no group", Given().server().r(101).a(40), ResultCode::HandshakeFail},
      {"TLS 1.3: no signature algorithm", Given().server().r(118).a(40), ResultCode::HandshakeFail},
      {"no RFC 5746", Given().r(338).a(40), ResultCode::HandshakeFail},
  });
}

TEST(ClassifyEngine, CallsAnExtensionMissingIfAndOnlyIfTheAlertSaysSo) {
  check({
      {"r101 with 109", Given().r(101).a(109), ResultCode::MissingExtension},
      {"r101 with 40", Given().r(101).a(40), ResultCode::HandshakeFail},
      {"r112 with 109", Given().server().r(112).a(109), ResultCode::MissingExtension},
      {"r209 with 109", Given().server().r(209).a(109), ResultCode::MissingExtension},
  });
}

TEST(ClassifyEngine, ReadsABadExtensionByTheAlert) {
  check({
      {"not offered", Given().r(217).a(110), ResultCode::UnsupportedExtension},
      {"r110 with 110", Given().r(110).a(110), ResultCode::UnsupportedExtension},
      {"r110 with 47", Given().r(110).a(47), ResultCode::Protocol},
      {"r110 with 50", Given().r(110).a(50), ResultCode::DecodeError},
      {"r110 with 80", Given().r(110).a(80), ResultCode::Internal},
  });
}

TEST(ClassifyEngine, TellsAeadFromMacByTheCipherThatWasRead) {
  check({
      {"AEAD", Given().cipher(kAead).r(281).a(20), ResultCode::DecryptionFail},
      {"AEAD with the provider's words before", Given().cipher(kAead).entry(kProviders, 102).r(281).a(20),
       ResultCode::DecryptionFail},
      {"MAC", Given().cipher(kMac).r(281).a(20), ResultCode::BadRecordMac},
      {"padding", Given().cipher(kMac).r(129).a(20), ResultCode::BadRecordMac},
      {"encrypt-then-MAC, shorter than its MAC", Given().cipher(kMac).r(160).a(50), ResultCode::BadRecordMac},
  });
}

TEST(ClassifyEngine, NamesWhatCannotBeDecoded) {
  check({
      {"r159", Given().r(159).a(50), ResultCode::DecodeError},
      {"r360 with 80", Given().r(360).a(80), ResultCode::DecodeError},
      {"r160", Given().r(160).a(50), ResultCode::DecodeError},
      {"r271", Given().r(271).a(50), ResultCode::DecodeError},
      {"longer than any message may be", Given().r(152).a(47), ResultCode::DecodeError},
      {"certificate", Given().entry(kLibAsn1, 104).r(524301).a(42), ResultCode::BadCert},
      {"public key of the certificate", Given().r(239).a(80), ResultCode::BadCert},
      {"certificate of a client, for which a server sends decode_error",
       Given().server().entry(20, 0x8000d).a(50).with([](Failure& f) { f.last_received = HandshakeType::Certificate; }),
       ResultCode::BadCert},
  });
}

TEST(ClassifyEngine, NamesRecordsThatAreTooLong) {
  check({
      {"header", Given().r(198).a(22), ResultCode::RecordOverflow},
      {"plaintext", Given().r(146).a(22), ResultCode::RecordOverflow},
      {"ciphertext", Given().r(150).a(22), ResultCode::RecordOverflow},
  });
}

TEST(ClassifyEngine, NamesWhatHasARowOfItsOwn) {
  check({
      {"signature", Given().entry(4, 2).entry(kProviders, 2).r(123).a(51), ResultCode::Crypto},
      {"key of an unsupported kind", Given().r(247).a(43), ResultCode::Crypto},
      {"key that does not fit the suite", Given().r(383).a(47), ResultCode::Crypto},
      {"small group", Given().r(394).a(40), ResultCode::WeakPeerEphemeralDHKey},
      {"compression", Given().r(343).a(47), ResultCode::DecompressFail},
      {"compression in TLS 1.3", Given().r(341).a(47), ResultCode::DecompressFail},
      {"staple", Given().r(328).a(113), ResultCode::BadCertificateStatusResponse, DetectedBy::Trust},
      {"staple, refused by the callback", Given().r(305).a(80), ResultCode::BadCertificateStatusResponse,
       DetectedBy::Trust},
      {"no client certificate, TLS 1.2", Given().server().r(199).a(40), ResultCode::CertificateRequired},
      {"no client certificate, TLS 1.3", Given().server().r(199).a(116), ResultCode::CertificateRequired},
      {"PSK identity", Given().server().r(223).a(115), ResultCode::UnknownPSKIdentity},
      {"name refused by the callback", Given().server().r(234).a(112), ResultCode::UnrecognizedName},
      {"engine error without a cause", Given().r(524356).a(80), ResultCode::Internal},
      {"failure without any word", Given(), ResultCode::Internal},
  });
}

TEST(ClassifyEngine, BlamesAtsWhereAnAtsSessionDidNotOfferIt) {
  const AtsLimits limits{0x0303, {0x1301, 0xC02F}};
  const auto under_ats = [&](Failure& failure) { failure.ats = limits; };
  check({
      {"version", Given().with(under_ats).version(0x0302).suite(0xC02F).r(258).a(70),
       ResultCode::ATSMinimumVersionViolation, DetectedBy::Ats},
      {"suite", Given().with(under_ats).version(0x0303).suite(0x002F).r(248).a(47), ResultCode::ATSCiphersuiteViolation,
       DetectedBy::Ats},
      {"version above the offer", Given().with(under_ats).version(0x0305).suite(0xC02F).r(258).a(70),
       ResultCode::Negotiation},
  });
}

}  // namespace
}  // namespace securetransport::ossl
