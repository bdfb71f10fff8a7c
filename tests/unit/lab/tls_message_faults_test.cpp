// SPDX-License-Identifier: Apache-2.0
// Handshake messages of the server that are out of place or malformed, and bad keys and signatures.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lab/tls/identity.hpp"
#include "unit/lab/tls_server_fault.hpp"

namespace securetransport::lab {
namespace {

using test::ecdsa;
using test::identities;
using test::name_of;
using test::rsa;
using test::zeros;
using Row = test::ServerFaultRow;

const PeerOptions& v12() {
  static const PeerOptions kOptions = ecdsa(kTls12);
  return kOptions;
}
const PeerOptions& v13() {
  static const PeerOptions kOptions = ecdsa(kTls13);
  return kOptions;
}

PeerOptions dhe(DhGroup group) {
  PeerOptions options = rsa(suite::kDheRsaAes128Gcm);
  options.dh_group = group;
  return options;
}

PeerOptions stapling() {
  PeerOptions options = ecdsa(kTls12);
  options.staple = {1, 2, 3};
  return options;
}

std::vector<Row> message_rows() {
  constexpr auto kCert = Step::Certificate;
  const Bytes no_list = zeros(3);
  return {
      {"DoneBeforeCertificate",
       v12(),
       {.step = kCert, .action = Action::SendMessage, .number = handshake::kServerHelloDone},
       "unexpected message",
       10},
      {"FinishedEarly",
       v12(),
       {.step = kCert, .action = Action::SendMessage, .number = handshake::kFinished, .bytes = zeros(12)},
       "unexpected message",
       10},
      {"FinishedEarly13",
       v13(),
       {.step = kCert, .action = Action::SendMessage, .number = handshake::kFinished, .bytes = zeros(32)},
       "unexpected message",
       10},
      {"UnknownMessage", v12(), {.step = kCert, .action = Action::SendMessage, .number = 77}, "unexpected message", 10},
      {"UnknownMessage13",
       v13(),
       {.step = kCert, .action = Action::ReplaceType, .number = 77},
       "unexpected message",
       10},
      {"SecondServerHello", v12(), {.step = Step::ServerHello, .action = Action::Duplicate}, "unexpected message", 10},
      {"SecondServerHello13", v13(), {.step = Step::ServerHello, .action = Action::Duplicate}, "bad record type", 10},
      {"SecondCertificate", v13(), {.step = kCert, .action = Action::Duplicate}, "unexpected message", 10},
      {"NoCertificate", v12(), {.step = kCert, .action = Action::Omit}, "unexpected message", 10},
      {"NoKeyExchange", v12(), {.step = Step::ServerKeyExchange, .action = Action::Omit}, "unexpected message", 10},
      {"NoCertificateVerify",
       v13(),
       {.step = Step::CertificateVerify, .action = Action::Omit},
       "unexpected message",
       10},
      {"NoEncryptedExtensions",
       v13(),
       {.step = Step::EncryptedExtensions, .action = Action::Omit},
       "unexpected message",
       10},
      {"Swapped", v12(), {.step = kCert, .action = Action::SwapWithNext}, "unexpected message", 10},
      {"Swapped13", v13(), {.step = kCert, .action = Action::SwapWithNext}, "unexpected message", 10},
      {"FinishedBeforeChangeCipherSpec",
       v12(),
       {.step = Step::ChangeCipherSpec, .action = Action::SwapWithNext},
       "unexpected message",
       10},
      {"HelloRequestInHandshakeIsIgnored", v12(), {.step = kCert, .action = Action::SendMessage, .number = 0}, ""},
      {"HelloRequestAfterwards", v12(), {.step = Step::AfterHandshake, .action = Action::SendMessage, .number = 0}, ""},
      {"TruncatedServerHello",
       v12(),
       {.step = Step::ServerHello, .action = Action::Truncate, .size = 3},
       "bad length",
       50},
      {"TruncatedCertificate", v12(), {.step = kCert, .action = Action::Truncate, .size = 5}, "length mismatch", 50},
      {"TruncatedCertificate13", v13(), {.step = kCert, .action = Action::Truncate, .size = 5}, "length mismatch", 50},
      {"TrailingByte",
       v12(),
       {.step = Step::ServerKeyExchange, .action = Action::Append, .bytes = {0}},
       "length mismatch",
       50},
      {"TrailingByteDone",
       v12(),
       {.step = Step::ServerHelloDone, .action = Action::Append, .bytes = {0}},
       "excessive message size",
       47},
      {"TrailingByte13",
       v13(),
       {.step = Step::EncryptedExtensions, .action = Action::Append, .bytes = {0}},
       "length mismatch",
       50},
      {"SixteenMebibytes",
       v12(),
       {.step = kCert, .action = Action::ClaimLength, .number = 0xffffff},
       "excessive message size",
       47},
      {"InnerLength", v12(), {.step = kCert, .action = Action::Flip, .number = 1, .offset = 2}, "length mismatch", 50},
      {"EmptyCertificateList",
       v12(),
       {.step = kCert, .action = Action::ReplaceBody, .bytes = no_list},
       "length mismatch",
       50},
      {"EmptyCertificateList13",
       v13(),
       {.step = kCert, .action = Action::ReplaceBody, .bytes = zeros(4)},
       "length mismatch",
       50},
      {"NotDer", v12(), {.step = kCert, .lie = Lie::LeafBytes, .bytes = bytes_of("not DER at all")}, "ASN1 lib", 42},
      {"NotDer13", v13(), {.step = kCert, .lie = Lie::LeafBytes, .bytes = bytes_of("not DER at all")}, "ASN1 lib", 42},
      {"UnreadableKey",
       v12(),
       {.step = kCert, .lie = Lie::LeafBytes, .bytes = with_unreadable_key(identities().ecdsa.certificate_der)},
       "unable to find public key parameters",
       80},
      {"UnreadableRsaKey",
       rsa(suite::kEcdheRsaAes128Gcm),
       {.step = kCert, .lie = Lie::LeafBytes, .bytes = with_unreadable_key(identities().rsa.certificate_der)},
       "unable to find public key parameters",
       80},
      {"WrongFinished12",
       v12(),
       {.step = Step::Finished, .action = Action::Flip, .number = 1},
       "digest check failed",
       51},
      {"WrongFinished13",
       v13(),
       {.step = Step::Finished, .action = Action::Flip, .number = 1},
       "digest check failed",
       51},
      {"ShortFinished",
       v12(),
       {.step = Step::Finished, .action = Action::Truncate, .size = 1},
       "bad digest length",
       50},
      {"UnsolicitedStatus",
       v12(),
       {.step = Step::ServerKeyExchange,
        .action = Action::SendMessage,
        .number = handshake::kCertificateStatus,
        .bytes = {1, 0, 0, 1, 0}},
       "unexpected message",
       10},
      {"StatusType",
       stapling(),
       {.step = Step::CertificateStatus, .lie = Lie::StapleType, .number = 7},
       "unsupported status type",
       50,
       {.wants_staple = true}},
  };
}

std::vector<Row> key_exchange_rows() {
  constexpr auto kKeys = Step::ServerKeyExchange;
  constexpr auto kVerify = Step::CertificateVerify;
  const PeerOptions ecdhe_rsa = rsa(suite::kEcdheRsaAes128Gcm);
  const PeerOptions field = dhe(DhGroup::Bits2048);
  return {
      {"BadSignature", v12(), {.step = kKeys, .action = Action::Flip, .number = 1, .offset = -1}, "bad signature", 51},
      {"BadRsaSignature",
       ecdhe_rsa,
       {.step = kKeys, .action = Action::Flip, .number = 1, .offset = -1},
       "bad signature",
       51},
      {"BadSignature13",
       v13(),
       {.step = kVerify, .action = Action::Flip, .number = 1, .offset = -1},
       "bad signature",
       51},
      {"SchemeNotOffered",
       v12(),
       {.step = kKeys, .lie = Lie::SignatureScheme, .number = 0x0101},
       "wrong signature type",
       47},
      {"SchemeNotOffered13",
       v13(),
       {.step = kVerify, .lie = Lie::SignatureScheme, .number = 0x0101},
       "wrong signature type",
       47},
      {"SchemeOfOtherKey13",
       v13(),
       {.step = kVerify, .lie = Lie::SignatureScheme, .number = scheme::kRsaPssSha256},
       "wrong signature type",
       47},
      {"CurveNotOffered", v12(), {.step = kKeys, .lie = Lie::Group, .number = 19}, "wrong curve", 47},
      {"ZeroPoint12", v12(), {.step = kKeys, .lie = Lie::PublicValue, .bytes = zeros(32)}, "bad key share", 47},
      {"PointLength", v12(), {.step = kKeys, .lie = Lie::PublicValueLength, .number = 255}, "length mismatch", 50},
      {"Dh512",
       dhe(DhGroup::Bits512),
       {.step = kKeys, .action = Action::SendMessage, .number = 0},
       "dh key too small",
       40},
      {"Dh768",
       dhe(DhGroup::Bits768),
       {.step = kKeys, .action = Action::SendMessage, .number = 0},
       "dh key too small",
       40},
      {"Dh1024AtLevel2",
       dhe(DhGroup::Bits1024),
       {.step = kKeys, .action = Action::SendMessage, .number = 0},
       "dh key too small",
       40,
       {.suites = "DHE:@SECLEVEL=2"}},
      {"DhPrimeEven", field, {.step = kKeys, .lie = Lie::DhPrimeEven}, "bad dh value", 47},
      {"DhPublicOne", field, {.step = kKeys, .lie = Lie::PublicValue, .bytes = {1}}, "bad dh value", 47},
      {"DhPublicIsPrime", field, {.step = kKeys, .lie = Lie::DhPublicIsPrime}, "bad dh value", 47},
      {"DhPublicZero", field, {.step = kKeys, .lie = Lie::PublicValue, .bytes = {0}}, "bad dh value", 47},
      {"DhPrimeLength", field, {.step = kKeys, .lie = Lie::DhPrimeLength, .number = 0xffff}, "length mismatch", 50},
      {"DhPublicLength",
       field,
       {.step = kKeys, .lie = Lie::PublicValueLength, .number = 0xffff},
       "length mismatch",
       50},
      {"DhPrimeShort", field, {.step = kKeys, .lie = Lie::DhPrime, .bytes = {23}}, "bad dh value", 47},
  };
}

class MessageFault : public testing::TestWithParam<Row> {};

TEST_P(MessageFault, IsNoticedByOpenSsl) { test::expect_noticed(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Messages, MessageFault, testing::ValuesIn(message_rows()), name_of);
INSTANTIATE_TEST_SUITE_P(KeyExchange, MessageFault, testing::ValuesIn(key_exchange_rows()), name_of);

}  // namespace
}  // namespace securetransport::lab
