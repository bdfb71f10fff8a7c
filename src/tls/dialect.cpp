// SPDX-License-Identifier: Apache-2.0
#include "securetransport/tls/dialect.hpp"

namespace securetransport {
namespace {

// General OSStatus numbers that stand in for codes of the table.
constexpr ResultCode kErrSecUnimplemented{-4};
constexpr ResultCode kErrSecParam{-50};

/// HTTP's "HTTP/" reads as a header with a length over the limit. Other text may read as a length that is allowed:
/// then the published implementation waits for the rest of the record, until the stream ends.
ResultCode of_plain_text(const Circumstances& circumstances) noexcept {
  constexpr unsigned kMaxRecord = 16384 + 2048;
  if (circumstances.first_header.size() < 5) return ResultCode::RecordOverflow;
  const unsigned length = static_cast<unsigned>(circumstances.first_header[3]) << 8 | circumstances.first_header[4];
  return length > kMaxRecord ? ResultCode::RecordOverflow : ResultCode::ClosedAbort;
}

/// In a header every failure of the read function is the same; elsewhere its own code comes out.
ResultCode of_transport(const Diagnosis& diagnosis) noexcept {
  const Circumstances& circumstances = diagnosis.circumstances;
  if (circumstances.failed_in_header && !circumstances.failed_on_write) return ResultCode::ClosedAbort;
  return circumstances.transport_code != 0 ? ResultCode{circumstances.transport_code} : diagnosis.code;
}

}  // namespace

ResultCode published_code(const Diagnosis& diagnosis) noexcept {
  const Circumstances& circumstances = diagnosis.circumstances;
  const bool by_peer = diagnosis.detected_by == DetectedBy::Peer;
  const bool by_transport = diagnosis.detected_by == DetectedBy::Transport;
  const bool by_api = diagnosis.detected_by == DetectedBy::Api;
  switch (diagnosis.code) {
    // Every trust failure is the same there.
    case ResultCode::UnknownRootCert:
    case ResultCode::NoRootCert:
    case ResultCode::CertExpired:
    case ResultCode::CertNotYetValid:
    case ResultCode::HostNameMismatch:
    case ResultCode::ATSMinimumKeySizeViolation:
    case ResultCode::ATSLeafCertificateHashAlgorithmViolation:
    case ResultCode::ATSCertificateHashAlgorithmViolation:
    case ResultCode::ATSCertificateTrustViolation: return ResultCode::XCertChainInvalid;
    case ResultCode::ATSMinimumVersionViolation:
    case ResultCode::ATSCiphersuiteViolation: return ResultCode::Negotiation;

    case ResultCode::BadCert:
      if (by_api) return diagnosis.code;
      return circumstances.has_static_rsa ? ResultCode::XCertChainInvalid : ResultCode::Internal;

    case ResultCode::ClosedAbort: return by_transport ? of_transport(diagnosis) : diagnosis.code;
    case ResultCode::ClosedNoNotify: return ResultCode::ClosedAbort;
    case ResultCode::ConnectionRefused: return circumstances.is_datagram ? diagnosis.code : ResultCode::ClosedAbort;
    case ResultCode::TransportReset:
    case ResultCode::NetworkTimeout: return of_transport(diagnosis);
    case ResultCode::RecordOverflow:
      return circumstances.first_header.empty() ? diagnosis.code : of_plain_text(circumstances);
    case ResultCode::UnexpectedRecord: return circumstances.is_datagram ? diagnosis.code : ResultCode::Protocol;

    case ResultCode::BadCipherSuite: return kErrSecParam;
    case ResultCode::ConfigurationFailed: return circumstances.is_key_mismatch ? ResultCode::Crypto : kErrSecParam;
    case ResultCode::BadConfiguration: return by_api ? diagnosis.code : ResultCode::Negotiation;
    case ResultCode::DecompressFail:
      return diagnosis.phase == Phase::ServerHello ? kErrSecUnimplemented : ResultCode::Protocol;
    case ResultCode::UnexpectedMessage:
    case ResultCode::HandshakeFail:
    case ResultCode::DecodeError: return ResultCode::Protocol;

    // The alerts that came after the published implementation are unknown to it.
    case ResultCode::UnsupportedExtension: return by_peer ? ResultCode::FatalAlert : ResultCode::Protocol;
    case ResultCode::InappropriateFallback: return by_peer ? ResultCode::FatalAlert : ResultCode::PeerProtocolVersion;
    case ResultCode::CertificateRequired: return by_peer ? ResultCode::FatalAlert : ResultCode::XCertChainInvalid;
    case ResultCode::MissingExtension: return by_peer ? ResultCode::FatalAlert : ResultCode::Protocol;
    case ResultCode::BadCertificateStatusResponse:
    case ResultCode::UnknownPSKIdentity:
    case ResultCode::UnrecognizedName: return by_peer ? ResultCode::FatalAlert : diagnosis.code;

    default: return diagnosis.code;
  }
}

}  // namespace securetransport
