// SPDX-License-Identifier: Apache-2.0
// The numbers of TLS, as plain integers: a peer that lies has to be able to send any of them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace securetransport::lab {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a literal: bytes_of("\x01\x02").
[[nodiscard]] inline Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

inline constexpr std::uint16_t kTls10 = 0x0301;
inline constexpr std::uint16_t kTls11 = 0x0302;
inline constexpr std::uint16_t kTls12 = 0x0303;
inline constexpr std::uint16_t kTls13 = 0x0304;
inline constexpr std::uint16_t kDtls10 = 0xfeff;
inline constexpr std::uint16_t kDtls12 = 0xfefd;

/// ContentType, RFC 8446 section 5.1.
namespace content {
inline constexpr std::uint8_t kChangeCipherSpec = 20;
inline constexpr std::uint8_t kAlert = 21;
inline constexpr std::uint8_t kHandshake = 22;
inline constexpr std::uint8_t kApplicationData = 23;
}  // namespace content

/// HandshakeType, RFC 8446 section 4 and RFC 5246 section 7.4.
namespace handshake {
inline constexpr std::uint8_t kHelloRequest = 0;
inline constexpr std::uint8_t kClientHello = 1;
inline constexpr std::uint8_t kServerHello = 2;
inline constexpr std::uint8_t kHelloVerifyRequest = 3;
inline constexpr std::uint8_t kNewSessionTicket = 4;
inline constexpr std::uint8_t kEncryptedExtensions = 8;
inline constexpr std::uint8_t kCertificate = 11;
inline constexpr std::uint8_t kServerKeyExchange = 12;
inline constexpr std::uint8_t kCertificateRequest = 13;
inline constexpr std::uint8_t kServerHelloDone = 14;
inline constexpr std::uint8_t kCertificateVerify = 15;
inline constexpr std::uint8_t kClientKeyExchange = 16;
inline constexpr std::uint8_t kFinished = 20;
inline constexpr std::uint8_t kCertificateStatus = 22;
inline constexpr std::uint8_t kKeyUpdate = 24;
inline constexpr std::uint8_t kCompressedCertificate = 25;  ///< RFC 8879.
inline constexpr std::uint8_t kMessageHash = 254;
}  // namespace handshake

namespace extension {
inline constexpr std::uint16_t kServerName = 0;
inline constexpr std::uint16_t kStatusRequest = 5;
inline constexpr std::uint16_t kSupportedGroups = 10;
inline constexpr std::uint16_t kPointFormats = 11;
inline constexpr std::uint16_t kSignatureAlgorithms = 13;
inline constexpr std::uint16_t kUseSrtp = 14;
inline constexpr std::uint16_t kHeartbeat = 15;
inline constexpr std::uint16_t kAlpn = 16;
inline constexpr std::uint16_t kEncryptThenMac = 22;
inline constexpr std::uint16_t kExtendedMasterSecret = 23;
inline constexpr std::uint16_t kPreSharedKey = 41;
inline constexpr std::uint16_t kSupportedVersions = 43;
inline constexpr std::uint16_t kCookie = 44;
inline constexpr std::uint16_t kPskModes = 45;
inline constexpr std::uint16_t kKeyShare = 51;
inline constexpr std::uint16_t kRenegotiationInfo = 0xff01;
}  // namespace extension

/// The cipher suites that the lab speaks; in a message any other number may stand.
namespace suite {
inline constexpr std::uint16_t kRsaAes128Sha = 0x002f;
inline constexpr std::uint16_t kDheRsaAes128Sha = 0x0033;
inline constexpr std::uint16_t kRsaAes128Sha256 = 0x003c;
inline constexpr std::uint16_t kRsaAes128Gcm = 0x009c;
inline constexpr std::uint16_t kDheRsaAes128Gcm = 0x009e;
inline constexpr std::uint16_t kPskAes128Gcm = 0x00a8;
inline constexpr std::uint16_t kEmptyRenegotiationScsv = 0x00ff;
inline constexpr std::uint16_t kAes128GcmSha256 = 0x1301;  ///< The one of TLS 1.3.
inline constexpr std::uint16_t kFallbackScsv = 0x5600;
inline constexpr std::uint16_t kEcdheEcdsaAes128Sha = 0xc009;
inline constexpr std::uint16_t kEcdheRsaAes128Sha = 0xc013;
inline constexpr std::uint16_t kEcdheEcdsaAes128Sha256 = 0xc023;
inline constexpr std::uint16_t kEcdheRsaAes128Sha256 = 0xc027;
inline constexpr std::uint16_t kEcdheEcdsaAes128Gcm = 0xc02b;
inline constexpr std::uint16_t kEcdheRsaAes128Gcm = 0xc02f;
}  // namespace suite

namespace group {
inline constexpr std::uint16_t kP256 = 23;
inline constexpr std::uint16_t kX25519 = 29;
}  // namespace group

namespace scheme {
inline constexpr std::uint16_t kRsaPkcs1Sha256 = 0x0401;
inline constexpr std::uint16_t kEcdsaP256Sha256 = 0x0403;
inline constexpr std::uint16_t kEcdsaP384Sha384 = 0x0503;
inline constexpr std::uint16_t kRsaPssSha256 = 0x0804;
inline constexpr std::uint16_t kEd25519 = 0x0807;
}  // namespace scheme

}  // namespace securetransport::lab
