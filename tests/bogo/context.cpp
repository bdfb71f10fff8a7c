// SPDX-License-Identifier: Apache-2.0
#include "bogo/context.hpp"

#include <Security/SecureTransportPriv.h>

#include <algorithm>
#include <array>
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

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

/// The runner's shim has every suite on by default, but those without authentication or encryption, and those with
/// a pre-shared key only together with one.
bool is_wanted(const std::string& name, const Options& options) {
  if (contains(name, "_anon_") || contains(name, "RSA_PSK") || contains(name, "DHE_PSK_WITH_NULL")) return false;
  if (contains(name, "_NULL_SHA")) return options.cipher == "DEFAULT:NULL-SHA" && name == "TLS_RSA_WITH_NULL_SHA";
  if (contains(name, "PSK")) return !options.psk.empty();
  // TLS 1.3 names no key exchange, and no list of older suites touches its own.
  if (!contains(name, "_WITH_")) return true;
  // Suites that the runner's peer does not have either.
  if (contains(name, "CCM") || contains(name, "CAMELLIA") || contains(name, "ARIA") || contains(name, "TLS_DHE_")) {
    return false;
  }
  if (options.cipher == "AES128") return contains(name, "AES_128");
  if (options.cipher == "DEFAULT:!AES") return !contains(name, "_AES_");
  return true;
}

void set_cipher_suites(SSLContextRef context, const Options& options) {
  const std::array<const char*, 4> known = {"", "DEFAULT:NULL-SHA", "AES128", "DEFAULT:!AES"};
  if (std::find(known.begin(), known.end(), options.cipher) == known.end()) {
    throw CannotHonour("cipher list " + options.cipher);
  }
  size_t count = 0;
  must(SSLGetNumberSupportedCiphers(context, &count), "suites");
  std::vector<SSLCipherSuite> suites(count);
  must(SSLGetSupportedCiphers(context, suites.data(), &count), "suites");
  suites.resize(count);
  suites.erase(std::remove_if(suites.begin(), suites.end(),
                              [&](SSLCipherSuite suite) {
                                const char* name = SSLCiphersuiteGetName(suite);
                                return !name || !is_wanted(name, options);
                              }),
               suites.end());
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
    if (options.use_early_callback) {
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
    must(SSLSetPSKIdentity(context, options.psk_identity.data(), options.psk_identity.size()), "its identity");
  }
  if (options.is_server && !options.ocsp_response.empty()) {
    must(SSLSetOCSPResponse(context, make_data(options.ocsp_response).get()), "OCSP response");
  }
  return owned;
}

}  // namespace bogo
