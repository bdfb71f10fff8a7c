// SPDX-License-Identifier: Apache-2.0
// What the contract says of the 73 codes, typed once more: the expectations of the tests in this folder.
#pragma once

#include <string_view>
#include <vector>

namespace securetransport::test {

inline constexpr int kNone = -1;

/// One row of the contract's table of codes, in numbers and words only: nothing here is derived from the library.
struct ExpectedResult {
  int value;
  std::string_view symbol;
  std::string_view category;
  std::string_view outcome;
  std::string_view detected_by;             ///< Joined by '/', most usual first.
  int alert_received = kNone;               ///< The alert of the peer that the code stands for.
  std::vector<int> alerts_sent{};           ///< Usual one first.
  std::vector<std::string_view> instead{};  ///< What Apple's last published Secure Transport reports instead.
};

inline const std::vector<ExpectedResult>& expected_results() {
  // The contract leaves the alerts of -9800 to its conditions: an illegal value 47, a wrong Finished 51 (RFC 8446
  // section 4.4.4), a bad ChangeCipherSpec 10 (RFC 8446 section 5).
  static const std::vector<ExpectedResult> kExpected{
      {-9800, "errSSLProtocol", "other", "fatal", "local", kNone, {47, 51, 10}},
      {-9801, "errSSLNegotiation", "other", "fatal", "local", kNone, {40, 47, 70}},
      {-9802, "errSSLFatalAlert", "other", "fatal", "peer"},
      {-9803, "errSSLWouldBlock", "connection", "pause", "transport"},
      {-9804, "errSSLSessionNotFound", "other", "fatal", "local"},
      {-9805, "errSSLClosedGraceful", "connection", "closed", "peer", 0},
      {-9806, "errSSLClosedAbort", "connection", "fatal", "transport/local"},
      {-9807, "errSSLXCertChainInvalid", "certificate", "fatal", "trust", kNone, {46, 42, 44}},
      {-9808, "errSSLBadCert", "certificate", "fatal", "local", kNone, {42}, {"-9810", "-9807"}},
      {-9809, "errSSLCrypto", "cryptography", "fatal", "local", kNone, {51, 40}},
      {-9810, "errSSLInternal", "other", "fatal", "local", kNone, {80}},
      {-9811, "errSSLModuleAttach", "other", "fatal", "local"},
      {-9812, "errSSLUnknownRootCert", "certificate", "fatal", "trust", kNone, {48}, {"-9807"}},
      {-9813, "errSSLNoRootCert", "certificate", "fatal", "trust", kNone, {48}, {"-9807"}},
      {-9814, "errSSLCertExpired", "certificate", "fatal", "trust", kNone, {45}, {"-9807"}},
      {-9815, "errSSLCertNotYetValid", "certificate", "fatal", "trust", kNone, {45}, {"-9807"}},
      {-9816, "errSSLClosedNoNotify", "connection", "closed", "transport", kNone, {}, {"-9806"}},
      {-9817, "errSSLBufferOverflow", "other", "caller", "api"},
      {-9818, "errSSLBadCipherSuite", "other", "caller", "api", kNone, {}, {"-50"}},
      {-9819, "errSSLPeerUnexpectedMsg", "other", "fatal", "peer", 10},
      {-9820, "errSSLPeerBadRecordMac", "other", "fatal", "peer", 20},
      {-9821, "errSSLPeerDecryptionFail", "cryptography", "fatal", "peer", 21},
      {-9822, "errSSLPeerRecordOverflow", "other", "fatal", "peer", 22},
      {-9823, "errSSLPeerDecompressFail", "other", "fatal", "peer", 30},
      {-9824, "errSSLPeerHandshakeFail", "other", "fatal", "peer", 40},
      {-9825, "errSSLPeerBadCert", "certificate", "fatal", "peer", 42},
      {-9826, "errSSLPeerUnsupportedCert", "certificate", "fatal", "peer", 43},
      {-9827, "errSSLPeerCertRevoked", "certificate", "fatal", "peer", 44},
      {-9828, "errSSLPeerCertExpired", "certificate", "fatal", "peer", 45},
      {-9829, "errSSLPeerCertUnknown", "certificate", "fatal", "peer", 46},
      {-9830, "errSSLIllegalParam", "other", "fatal", "peer/api", 47},
      {-9831, "errSSLPeerUnknownCA", "certificate", "fatal", "peer", 48},
      {-9832, "errSSLPeerAccessDenied", "other", "fatal", "peer", 49},
      {-9833, "errSSLPeerDecodeError", "other", "fatal", "peer", 50},
      {-9834, "errSSLPeerDecryptError", "cryptography", "fatal", "peer", 51},
      {-9835, "errSSLPeerExportRestriction", "other", "fatal", "peer", 60},
      {-9836, "errSSLPeerProtocolVersion", "other", "fatal", "peer", 70},
      {-9837, "errSSLPeerInsufficientSecurity", "other", "fatal", "peer", 71},
      {-9838, "errSSLPeerInternalError", "other", "fatal", "peer", 80},
      {-9839, "errSSLPeerUserCancelled", "other", "fatal", "peer", 90},
      {-9840, "errSSLPeerNoRenegotiation", "other", "fatal", "peer", 100},
      {-9841, "errSSLPeerAuthCompleted", "connection", "pause", "break"},
      {-9842, "errSSLClientCertRequested", "certificate", "pause", "break"},
      {-9843, "errSSLHostNameMismatch", "certificate", "fatal", "trust", kNone, {46}, {"-9807"}},
      {-9844, "errSSLConnectionRefused", "connection", "fatal", "transport", kNone, {}, {"-9806"}},
      {-9845, "errSSLDecryptionFail", "cryptography", "fatal", "local", kNone, {20}},
      {-9846, "errSSLBadRecordMac", "other", "fatal", "local", kNone, {20}},
      {-9847, "errSSLRecordOverflow", "other", "fatal", "local", kNone, {22}},
      {-9848, "errSSLBadConfiguration", "other", "fatal", "local", kNone, {80}, {"-9801"}},
      {-9849, "errSSLUnexpectedRecord", "other", "datagram: skip, stream: fatal", "local", kNone, {10}, {"-9800"}},
      {-9850, "errSSLWeakPeerEphemeralDHKey", "cryptography", "fatal", "local", kNone, {40}},
      {-9851, "errSSLClientHelloReceived", "connection", "pause", "break"},
      {-9852, "errSSLTransportReset", "other", "fatal", "transport", kNone, {}, {"-9806"}},
      {-9853, "errSSLNetworkTimeout", "other", "fatal", "transport", kNone, {}, {"-9806"}},
      {-9854, "errSSLConfigurationFailed", "other", "fatal", "api/local", kNone, {}, {"-9830", "-50", "-9809"}},
      {-9855, "errSSLUnsupportedExtension", "other", "fatal", "local/peer", 110, {110}, {"-9800", "-9802"}},
      {-9856, "errSSLUnexpectedMessage", "other", "fatal", "local", kNone, {10}, {"-9800"}},
      {-9857, "errSSLDecompressFail", "other", "fatal", "local", kNone, {30, 47, 42}, {"-4", "-9800"}},
      {-9858, "errSSLHandshakeFail", "other", "fatal", "local", kNone, {40}, {"-9800"}},
      {-9859, "errSSLDecodeError", "other", "fatal", "local", kNone, {50}, {"-9800"}},
      {-9860, "errSSLInappropriateFallback", "other", "fatal", "local/peer", 86, {86}, {"-9836", "-9802"}},
      {-9861, "errSSLMissingExtension", "other", "fatal", "local/peer", 109, {109}, {"-9802"}},
      {-9862, "errSSLBadCertificateStatusResponse", "certificate", "fatal", "trust/peer", 113, {113}, {"-9802"}},
      {-9863, "errSSLCertificateRequired", "certificate", "fatal", "local/peer", 116, {116, 40}, {"-9807", "-9802"}},
      {-9864, "errSSLUnknownPSKIdentity", "other", "fatal", "local/peer", 115, {115}, {"-9802"}},
      {-9865, "errSSLUnrecognizedName", "other", "fatal", "local/peer", 112, {112}, {"-9802"}},
      {-9880, "errSSLATSViolation", "ats", "fatal", "ats", kNone, {46}},
      {-9881, "errSSLATSMinimumVersionViolation", "ats", "fatal", "ats", kNone, {70}, {"-9801"}},
      {-9882, "errSSLATSCiphersuiteViolation", "ats", "fatal", "ats", kNone, {47}, {"-9801"}},
      {-9883, "errSSLATSMinimumKeySizeViolation", "ats", "fatal", "ats", kNone, {46}, {"-9807"}},
      {-9884, "errSSLATSLeafCertificateHashAlgorithmViolation", "ats", "fatal", "ats", kNone, {46}, {"-9807"}},
      {-9885, "errSSLATSCertificateHashAlgorithmViolation", "ats", "fatal", "ats", kNone, {46}, {"-9807"}},
      {-9886, "errSSLATSCertificateTrustViolation", "ats", "fatal", "ats", kNone, {46}, {"-9807"}},
  };
  return kExpected;
}

}  // namespace securetransport::test
