// SPDX-License-Identifier: Apache-2.0
#include "bogo/context.hpp"

#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bogo/credentials.hpp"
#include "bogo/hex.hpp"
#include "bogo/outcome.hpp"

namespace bogo {
namespace {

void must(OSStatus status, const char* what) {
  if (status != noErr) throw CannotHonour(std::string(what) + ": " + std::to_string(status));
}

struct Version {
  int wire;
  SSLProtocol protocol;
  bool Options::*is_off;
};
constexpr std::array<Version, 4> kStreamVersions = {{{0x0301, kTLSProtocol1, &Options::no_tls1},
                                                     {0x0302, kTLSProtocol11, &Options::no_tls11},
                                                     {0x0303, kTLSProtocol12, &Options::no_tls12},
                                                     {0x0304, kTLSProtocol13, &Options::no_tls13}}};
constexpr std::array<Version, 2> kDatagramVersions = {
    {{0xfeff, kDTLSProtocol1, &Options::no_tls1}, {0xfefd, kDTLSProtocol12, &Options::no_tls12}}};

/// A context has a range. Of versions with a gap between them the newer ones count.
template <std::size_t N>
void set_versions(SSLContextRef context, const Options& options, const std::array<Version, N>& versions) {
  const auto position = [&](int wire) {
    return std::find_if(versions.begin(), versions.end(), [&](const Version& v) { return v.wire == wire; });
  };
  auto oldest = options.min_version == 0 ? versions.begin() : position(options.min_version);
  auto newest = options.max_version == 0 ? versions.end() - 1 : position(options.max_version);
  if (oldest == versions.end() || newest == versions.end()) throw CannotHonour("a version that does not exist");
  while (newest > oldest && options.*newest->is_off) --newest;
  auto first = newest;
  while (first > oldest && !(options.*(first - 1)->is_off)) --first;
  if (options.*first->is_off) throw CannotHonour("no version at all");
  must(SSLSetProtocolVersionMax(context, newest->protocol), "maximum version");
  must(SSLSetProtocolVersionMin(context, first->protocol), "minimum version");
}

enum class Kind : std::uint8_t { Usual, Psk, Null };

struct Suite {
  SSLCipherSuite number;
  Kind kind;
  int aes_bits;  ///< 0: not AES.
};

/// What the runner knows, in its shim's order of preference. Those that the library lacks fall out.
constexpr std::array<Suite, 24> kSuites = {{
    {TLS_AES_128_GCM_SHA256, Kind::Usual, 128},
    {TLS_AES_256_GCM_SHA384, Kind::Usual, 256},
    {TLS_CHACHA20_POLY1305_SHA256, Kind::Usual, 0},
    {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, Kind::Usual, 128},
    {TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Kind::Usual, 128},
    {TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, Kind::Usual, 256},
    {TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, Kind::Usual, 256},
    {TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, Kind::Usual, 0},
    {TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, Kind::Usual, 0},
    {0xCCAC, Kind::Psk, 0},  // TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256 (RFC 7905), which Apple's headers lack
    {TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, Kind::Usual, 128},
    {TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, Kind::Usual, 128},
    {0xC035, Kind::Psk, 128},  // TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA (RFC 5489)
    {TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, Kind::Usual, 256},
    {TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, Kind::Usual, 256},
    {0xC036, Kind::Psk, 256},  // TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA
    {TLS_RSA_WITH_AES_128_GCM_SHA256, Kind::Usual, 128},
    {TLS_RSA_WITH_AES_256_GCM_SHA384, Kind::Usual, 256},
    {TLS_RSA_WITH_AES_128_CBC_SHA, Kind::Usual, 128},
    {TLS_PSK_WITH_AES_128_CBC_SHA, Kind::Psk, 128},
    {TLS_RSA_WITH_AES_256_CBC_SHA, Kind::Usual, 256},
    {TLS_PSK_WITH_AES_256_CBC_SHA, Kind::Psk, 256},
    {TLS_RSA_WITH_3DES_EDE_CBC_SHA, Kind::Usual, 0},
    {TLS_RSA_WITH_NULL_SHA, Kind::Null, 0},
}};

/// By the lists that the runner uses.
bool is_wanted(const Suite& suite, const Options& options) {
  if (suite.kind == Kind::Null) return options.cipher == "DEFAULT:NULL-SHA";
  if (suite.kind == Kind::Psk && options.psk.empty()) return false;
  const bool is_tls13 = suite.number >> 8 == 0x13;  // which no list of older suites touches
  if (options.cipher == "AES128") return is_tls13 || suite.aes_bits == 128;
  if (options.cipher == "DEFAULT:!AES") return is_tls13 || suite.aes_bits == 0;
  return true;
}

void set_cipher_suites(SSLContextRef context, const Options& options) {
  const std::array<const char*, 4> known = {"", "DEFAULT:NULL-SHA", "AES128", "DEFAULT:!AES"};
  if (std::find(known.begin(), known.end(), options.cipher) == known.end()) {
    throw CannotHonour("cipher list " + options.cipher);
  }
  std::vector<SSLCipherSuite> suites;
  for (const Suite& suite : kSuites) {
    if (is_wanted(suite, options)) suites.push_back(suite.number);
  }
  must(SSLSetEnabledCiphers(context, suites.data(), suites.size()), "cipher suites");
}

/// Of the runner's list, the curves that there are; without one, the library's own choice.
void set_curves(SSLContextRef context, const Options& options) {
  constexpr std::array<int, 4> kKnown = {23, 24, 25, 29};
  if (options.curves.empty()) return;
  std::vector<SSL_ECDSA_NamedCurve> curves;
  for (const int curve : options.curves) {
    if (std::find(kKnown.begin(), kKnown.end(), curve) == kKnown.end()) continue;
    curves.push_back(static_cast<SSL_ECDSA_NamedCurve>(curve));
  }
  if (curves.empty()) throw CannotHonour("none of the curves");
  must(SSLSetECDSACurves(context, curves.data(), static_cast<unsigned>(curves.size())), "curves");
}

void set_signature_algorithms(SSLContextRef context, const Options& options) {
  const bool verifies = !options.verify_prefs.empty();
  if (verifies && !options.signing_prefs.empty()) throw CannotHonour("two lists of signature algorithms");
  const std::vector<int>& wanted = verifies ? options.verify_prefs : options.signing_prefs;
  if (wanted.empty()) return;
  const std::vector<std::uint16_t> schemes(wanted.begin(), wanted.end());
  must(SSLSTSetSignatureAlgorithms(context, schemes.data(), schemes.size()), "signature algorithms");
}

void set_alpn(SSLContextRef context, const Options& options) {
  const std::string& list = options.advertise_alpn;
  std::vector<Ref<CFStringRef>> names;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t length = static_cast<unsigned char>(list[at]);
    names.push_back(make_string(list.substr(at + 1, length)));
    at += 1 + length;
  }
  if (options.is_server && !options.select_alpn.empty()) names.push_back(make_string(options.select_alpn));
  if (names.empty()) return;
  std::vector<CFTypeRef> values;
  for (const auto& name : names) values.push_back(name.get());
  must(SSLSetALPNProtocols(context, make_array(values).get()), "ALPN");
}

void set_authentication(SSLContextRef context, const Options& options) {
  // The runner's certificates are nobody's: the shim judges them at the break, as its flags say.
  must(SSLSetSessionOption(context, kSSLSessionOptionBreakOnServerAuth, true), "server authentication");
  must(SSLSetSessionOption(context, kSSLSessionOptionBreakOnClientAuth, true), "client authentication");
  if (options.is_server) {
    if (options.require_any_client_certificate) {
      must(SSLSetClientSideAuthenticate(context, kAlwaysAuthenticate), "client authentication");
    } else if (options.verify_peer) {
      must(SSLSetClientSideAuthenticate(context, kTryAuthenticate), "client authentication");
    }
    if (options.use_client_ca_list != "<EMPTY>" && options.use_client_ca_list != "<NULL>") {
      for (const std::string& name : bytes_of_hex_list(options.use_client_ca_list)) {
        must(SSLAddDistinguishedName(context, name.data(), name.size()), "client authorities");
      }
    }
    if (options.use_early_callback || !options.expect_advertised_alpn.empty()) {
      must(SSLSetSessionOption(context, kSSLSessionOptionBreakOnClientHello, true), "early callback");
    }
  } else if (options.use_old_client_cert_callback) {
    must(SSLSetSessionOption(context, kSSLSessionOptionBreakOnCertRequested, true), "client certificate callback");
  }
  // Otherwise it is shown when it is asked for.
  if (!options.use_early_callback && !options.use_old_client_cert_callback) use_identity(context, options);
}

}  // namespace

void use_identity(SSLContextRef context, const Options& options) {
  if (options.cert_file.empty()) return;
  const OSStatus status = SSLSetCertificate(context, load_identity(options.cert_file, options.key_file).get());
  if (status != noErr) throw Failure("SSLSetCertificate: " + std::to_string(status));
}

Ref<SSLContextRef> make_context(const Options& options) {
  Ref<SSLContextRef> owned(SSLCreateContext(kCFAllocatorDefault, options.is_server ? kSSLServerSide : kSSLClientSide,
                                            options.is_datagram ? kSSLDatagramType : kSSLStreamType));
  SSLContextRef context = owned.get();
  if (!context) throw Failure("no context");

  if (options.is_datagram) {
    set_versions(context, options, kDatagramVersions);
    if (options.mtu != 0) must(SSLSetMaxDatagramRecordSize(context, static_cast<size_t>(options.mtu)), "mtu");
  } else {
    set_versions(context, options, kStreamVersions);
  }
  set_cipher_suites(context, options);
  set_curves(context, options);
  set_signature_algorithms(context, options);
  set_alpn(context, options);
  set_authentication(context, options);

  // Any id will do: it is what turns resumption on.
  must(SSLSetPeerID(context, "bogo", 4), "peer id");
  must(SSLSetSessionTicketsEnabled(context, !options.no_ticket), "tickets");
  must(SSLSetSessionOption(context, kSSLSessionOptionSendOneByteRecord, options.cbc_record_splitting), "splitting");
  if (options.false_start) must(SSLSetSessionOption(context, kSSLSessionOptionFalseStart, true), "false start");
  if (options.fallback_scsv) must(SSLSetSessionOption(context, kSSLSessionOptionFallback, true), "fallback");
  must(SSLSetSessionOption(context, kSSLSessionOptionAllowRenegotiation, options.renegotiate_freely), "renegotiation");
  if (!options.host_name.empty()) {
    must(SSLSetPeerDomainName(context, options.host_name.data(), options.host_name.size()), "host name");
  }
  if (!options.psk.empty()) {
    must(SSLSetPSKSharedSecret(context, options.psk.data(), options.psk.size()), "pre-shared key");
    const std::string& identity = options.psk_identity;
    if (!identity.empty()) must(SSLSetPSKIdentity(context, identity.data(), identity.size()), "its identity");
    if (!identity.empty() && options.is_server) {
      must(SSLSTSetPSKIdentityHint(context, identity.data(), identity.size()), "hint");
    }
  }
  if (options.is_server && !options.ocsp_response.empty() && !options.decline_ocsp_callback) {
    must(SSLSetOCSPResponse(context, make_data(options.ocsp_response).get()), "OCSP response");
  }
  return owned;
}

}  // namespace bogo
