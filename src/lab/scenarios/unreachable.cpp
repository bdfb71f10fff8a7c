// SPDX-License-Identifier: Apache-2.0
// What cannot be: codes that a victim in some role or version never comes to, each with the reason. Codes that a
// program scenario shows come from settings and calls, whatever the role and the version.
#include "lab/scenarios/scenario.hpp"

namespace securetransport::lab {

const std::vector<Unreachable>& unreachable() {
  constexpr std::string_view kOnlyClients = "App Transport Security judges servers.";
  constexpr std::string_view kSkipped =
      "RFC 6347 section 4.1.2.7: invalid records are silently discarded; otherwise anybody could end any session.";
  constexpr std::string_view kNoEnd = "Datagrams have no end of stream: without close_notify it is -9853.";
  constexpr std::string_view kNoReset = "UDP knows no reset.";
  constexpr Side kClientVictim = Side::Server;
  constexpr Side kServerVictim = Side::Client;
  static const std::vector<Unreachable> kRows{
      {ResultCode::Internal, kClientVictim, kTls13,
       "A failing key would do it; TLS 1.3 has no scheme that a key is chosen for and then too small for."},
      {ResultCode::Internal, kServerVictim, kTls13,
       "A failing key would do it; TLS 1.3 has no scheme that a key is chosen for and then too small for."},
      {ResultCode::HostNameMismatch, kServerVictim, kAnyVersion, "The names of a client are not compared."},
      {ResultCode::BadRecordMac, kClientVictim, kTls13, "All suites of TLS 1.3 are AEAD: it is -9845 there."},
      {ResultCode::BadRecordMac, kServerVictim, kTls13, "All suites of TLS 1.3 are AEAD: it is -9845 there."},
      {ResultCode::WeakPeerEphemeralDHKey, kClientVictim, kTls13,
       "The groups of TLS 1.3 are named; the smallest for DHE has 2048 bits."},
      {ResultCode::WeakPeerEphemeralDHKey, kServerVictim, kAnyVersion, "The server chooses the group."},
      {ResultCode::DecompressFail, kServerVictim, kAnyVersion,
       "A client selects nothing. An offer without null is illegal_parameter, -9800."},
      {ResultCode::HandshakeFail, kClientVictim, kTls13,
       "The server has chosen; what is outside of the offer is illegal (-9800, -9801), not a lack of agreement."},
      {ResultCode::DecryptionFail, kClientVictim, kDtls12, kSkipped},
      {ResultCode::DecryptionFail, kServerVictim, kDtls12, kSkipped},
      {ResultCode::BadRecordMac, kClientVictim, kDtls12, kSkipped},
      {ResultCode::BadRecordMac, kServerVictim, kDtls12, kSkipped},
      {ResultCode::UnexpectedRecord, kClientVictim, kDtls12, kSkipped},
      {ResultCode::UnexpectedRecord, kServerVictim, kDtls12, kSkipped},
      {ResultCode::ClosedNoNotify, kClientVictim, kDtls12, kNoEnd},
      {ResultCode::ClosedNoNotify, kServerVictim, kDtls12, kNoEnd},
      {ResultCode::TransportReset, kClientVictim, kDtls12, kNoReset},
      {ResultCode::TransportReset, kServerVictim, kDtls12, kNoReset},
      {ResultCode::ATSViolation, kClientVictim, kTls13, "Extended master secret is part of TLS 1.3."},
      {ResultCode::ATSViolation, kServerVictim, kAnyVersion, kOnlyClients},
      {ResultCode::ATSMinimumVersionViolation, kServerVictim, kAnyVersion, kOnlyClients},
      {ResultCode::ATSCiphersuiteViolation, kServerVictim, kAnyVersion, kOnlyClients},
      {ResultCode::ATSMinimumKeySizeViolation, kServerVictim, kAnyVersion, kOnlyClients},
      {ResultCode::ATSLeafCertificateHashAlgorithmViolation, kServerVictim, kAnyVersion, kOnlyClients},
      {ResultCode::ATSCertificateHashAlgorithmViolation, kServerVictim, kAnyVersion, kOnlyClients},
      {ResultCode::ATSCertificateTrustViolation, kServerVictim, kAnyVersion, kOnlyClients},
  };
  return kRows;
}

}  // namespace securetransport::lab
