// SPDX-License-Identifier: Apache-2.0
// Tables about cipher suites and versions, as the private functions of Apple's print them.
#include <Security/SecureTransportPriv.h>

#include <algorithm>
#include <array>
#include <span>

namespace {

constexpr std::array<SSLCipherSuite, 13> kDefault{0x1301, 0x1302, 0x1303, 0xC02C, 0xC02B, 0xCCA9, 0xC030,
                                                  0xC02F, 0xCCA8, 0xC00A, 0xC009, 0xC014, 0xC013};
constexpr std::array<SSLCipherSuite, 13> kCompatibility{0x009D, 0x009C, 0x0035, 0x002F, 0xC009, 0xC00A, 0xC013,
                                                        0xC014, 0x0035, 0x002F, 0xC008, 0xC012, 0x000A};
constexpr std::array<SSLCipherSuite, 7> kLegacy{0x009F, 0x009E, 0x006B, 0x0067, 0x0039, 0x0033, 0x0016};
constexpr std::array<SSLCipherSuite, 4> kAtsCompatibility{0x009D, 0x009C, 0x0035, 0x002F};

std::span<const SSLCipherSuite> suites_of(SSLCiphersuiteGroup group) noexcept {
  switch (group) {
    case kSSLCiphersuiteGroupCompatibility: return kCompatibility;
    case kSSLCiphersuiteGroupLegacy: return kLegacy;
    case kSSLCiphersuiteGroupATSCompatibility: return kAtsCompatibility;
    case kSSLCiphersuiteGroupDefault:
    case kSSLCiphersuiteGroupATS: break;
  }
  return kDefault;  // For a group that nobody knows as well.
}

/// Two suites with 3DES stand in Apple's table as suites of TLS 1.2.
enum class Era { Tls13, Tls12, Older };

struct SuiteRow {
  SSLCipherSuite suite;
  Era era;
  const char* name;
};

#define ROW(name, era) \
  { name, Era::era, #name }
constexpr std::array kSuites{
    SuiteRow ROW(TLS_AES_128_GCM_SHA256, Tls13),
    SuiteRow ROW(TLS_AES_256_GCM_SHA384, Tls13),
    SuiteRow ROW(TLS_CHACHA20_POLY1305_SHA256, Tls13),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, Tls12),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, Tls12),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, Tls12),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, Tls12),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, Tls12),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, Tls12),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, Tls12),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Tls12),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, Tls12),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, Tls12),
    SuiteRow ROW(TLS_RSA_WITH_AES_256_GCM_SHA384, Tls12),
    SuiteRow ROW(TLS_RSA_WITH_AES_128_GCM_SHA256, Tls12),
    SuiteRow ROW(TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, Tls12),
    SuiteRow ROW(TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, Tls12),
    SuiteRow ROW(TLS_RSA_WITH_AES_256_CBC_SHA256, Tls12),
    SuiteRow ROW(TLS_RSA_WITH_AES_128_CBC_SHA256, Tls12),
    SuiteRow ROW(TLS_DHE_RSA_WITH_AES_256_CBC_SHA256, Tls12),
    SuiteRow ROW(TLS_DHE_RSA_WITH_AES_128_CBC_SHA256, Tls12),
    SuiteRow ROW(SSL_DHE_RSA_WITH_3DES_EDE_CBC_SHA, Tls12),
    SuiteRow ROW(SSL_RSA_WITH_3DES_EDE_CBC_SHA, Tls12),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, Older),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, Older),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, Older),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, Older),
    SuiteRow ROW(TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA, Older),
    SuiteRow ROW(TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, Older),
    SuiteRow ROW(TLS_RSA_WITH_AES_256_CBC_SHA, Older),
    SuiteRow ROW(TLS_RSA_WITH_AES_128_CBC_SHA, Older),
    SuiteRow ROW(TLS_DHE_RSA_WITH_AES_256_CBC_SHA, Older),
    SuiteRow ROW(TLS_DHE_RSA_WITH_AES_128_CBC_SHA, Older),
};
#undef ROW

const SuiteRow* find_suite(SSLCipherSuite suite) noexcept {
  const auto* const found =
      std::find_if(kSuites.begin(), kSuites.end(), [&](const SuiteRow& row) { return row.suite == suite; });
  return found != kSuites.end() ? found : nullptr;
}

struct Codepoint {
  SSLProtocol protocol;
  uint16_t number;
};
constexpr std::array kCodepoints{
    Codepoint{kTLSProtocol13, 0x0304}, Codepoint{kTLSProtocol12, 0x0303}, Codepoint{kTLSProtocol11, 0x0302},
    Codepoint{kTLSProtocol1, 0x0301},  Codepoint{kSSLProtocol3, 0x0300},  Codepoint{kDTLSProtocol12, 0xFEFD},
    Codepoint{kDTLSProtocol1, 0xFEFF}, Codepoint{kSSLProtocol2, 0},
};

}  // namespace

const SSLCipherSuite* SSLCiphersuiteGroupToCiphersuiteList(SSLCiphersuiteGroup group, size_t* size) {
  if (size == nullptr) return nullptr;
  const std::span<const SSLCipherSuite> suites = suites_of(group);
  *size = suites.size();
  return suites.data();
}

bool SSLCiphersuiteGroupContainsCiphersuite(SSLCiphersuiteGroup group, SSLCipherSuite suite) {
  const std::span<const SSLCipherSuite> suites = suites_of(group);
  return std::find(suites.begin(), suites.end(), suite) != suites.end();
}

SSLProtocol SSLCiphersuiteMinimumTLSVersion(SSLCipherSuite suite) {
  const SuiteRow* const row = find_suite(suite);
  if (row == nullptr) return kSSLProtocol2;
  switch (row->era) {
    case Era::Tls13: return kTLSProtocol13;
    case Era::Tls12: return kTLSProtocol12;
    case Era::Older: break;
  }
  return kTLSProtocol1;
}

SSLProtocol SSLCiphersuiteMaximumTLSVersion(SSLCipherSuite suite) {
  const SuiteRow* const row = find_suite(suite);
  if (row == nullptr) return kSSLProtocol2;
  switch (row->era) {
    case Era::Tls13: return kTLSProtocol13;
    case Era::Tls12: return kTLSProtocol12;
    case Era::Older: break;
  }
  return kTLSProtocol11;
}

const char* SSLCiphersuiteGetName(SSLCipherSuite suite) {
  const SuiteRow* const row = find_suite(suite);
  return row != nullptr ? row->name : nullptr;
}

uint16_t SSLProtocolGetVersionCodepoint(SSLProtocol protocol) {
  const auto* const found = std::find_if(kCodepoints.begin(), kCodepoints.end(),
                                         [&](const Codepoint& row) { return row.protocol == protocol; });
  return found != kCodepoints.end() ? found->number : uint16_t{0};
}

SSLProtocol SSLProtocolFromVersionCodepoint(uint16_t number) {
  const auto* const found =
      std::find_if(kCodepoints.begin(), kCodepoints.end(), [&](const Codepoint& row) { return row.number == number; });
  return found != kCodepoints.end() ? found->protocol : kSSLProtocolUnknown;
}

tls_protocol_version _SSLProtocolVersionToWireFormatValue(SSLProtocol protocol) {
  return SSLProtocolGetVersionCodepoint(protocol == kTLSProtocolMaxSupported ? kTLSProtocol13 : protocol);
}
