// SPDX-License-Identifier: Apache-2.0
#include "bogo/checks.hpp"

#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bogo/cf.hpp"
#include "bogo/credentials.hpp"
#include "bogo/hex.hpp"
#include "bogo/outcome.hpp"

namespace bogo {
namespace {

std::vector<std::string> encodings(const Ref<CFArrayRef>& certificates) {
  std::vector<std::string> list;
  for (CFIndex i = 0; certificates && i < CFArrayGetCount(certificates.get()); ++i) {
    const auto* value = CFArrayGetValueAtIndex(certificates.get(), i);
    const Ref<CFDataRef> data(SecCertificateCopyData(static_cast<SecCertificateRef>(const_cast<void*>(value))));
    list.push_back(bytes_of(data.get()));
  }
  return list;
}

void check_version(SSLContextRef context, const Options& options) {
  SSLProtocol version = kSSLProtocolUnknown;
  SSLGetNegotiatedProtocolVersion(context, &version);
  const int wire = SSLProtocolGetVersionCodepoint(version);
  expect(wire != 0, "no version was negotiated");
  expect(options.expect_version == 0 || wire == options.expect_version, "version " + std::to_string(wire));
}

void check_algorithms(SSLContextRef context, const Options& options, bool is_resumed) {
  SSLCipherSuite suite = 0;
  expect(SSLGetNegotiatedCipher(context, &suite) == noErr, "no cipher suite was negotiated");
  expect(options.expect_cipher == 0 || suite == options.expect_cipher, "cipher suite " + std::to_string(suite));
  if (is_resumed) return;  // A resumed session remembers neither signature nor curve.
  if (options.expect_peer_signature_algorithm != 0) {
    std::uint16_t scheme = 0;
    SSLSTGetPeerSignatureAlgorithm(context, &scheme);
    expect(scheme == options.expect_peer_signature_algorithm, "signature algorithm " + std::to_string(scheme));
  }
  if (options.expect_curve_id == 0) return;
  SSL_ECDSA_NamedCurve curve = SSL_Curve_None;
  SSLGetNegotiatedCurve(context, &curve);
  expect(static_cast<int>(curve) == options.expect_curve_id, "curve " + std::to_string(static_cast<int>(curve)));
}

void check_resumption(SSLContextRef context, const Options& options, bool is_resumed) {
  Boolean resumed = false;
  UInt8 id[MAX_SESSION_ID_LENGTH];
  size_t length = sizeof id;
  SSLGetResumableSessionInfo(context, &resumed, id, &length);
  const bool wanted = is_resumed && !options.expect_session_miss;
  expect((resumed != 0) == wanted, resumed ? "a session was resumed" : "no session was resumed");
}

void check_names(SSLContextRef context, const Options& options) {
  if (!options.expect_server_name.empty()) {
    size_t length = 0;
    SSLCopyRequestedPeerNameLength(context, &length);
    std::string name(length, '\0');
    if (length > 0) SSLCopyRequestedPeerName(context, name.data(), &length);
    name.resize(std::min(name.find('\0'), name.size()));
    expect(name == options.expect_server_name, "the client asks for '" + name + "'");
  }
  const std::string& wanted = options.is_server ? options.select_alpn : options.expect_alpn;
  Ref<CFArrayRef> protocols;
  SSLCopyALPNProtocols(context, protocols.out());
  std::string protocol;
  // A server that agreed on none still shows what the client offered.
  if (protocols && CFArrayGetCount(protocols.get()) == 1 && !(options.is_server && wanted.empty())) {
    protocol = text_of(static_cast<CFStringRef>(CFArrayGetValueAtIndex(protocols.get(), 0)));
  }
  expect(protocol == wanted, "ALPN agreed on '" + protocol + "'");
}

void check_peer(SSLContextRef context, const Options& options) {
  Ref<CFArrayRef> certificates;
  if (!options.expect_peer_cert_file.empty() || options.expect_no_peer_cert) {
    SSLCopyPeerCertificates(context, certificates.out());
  }
  if (!options.expect_peer_cert_file.empty()) {
    expect(encodings(certificates) == encodings(load_certificates(options.expect_peer_cert_file)),
           "another certificate chain than expected");
  }
  expect(!options.expect_no_peer_cert || !certificates || CFArrayGetCount(certificates.get()) == 0,
         "the peer has a certificate");
}

void check_staple(SSLContextRef context, const Options& options, bool is_resumed) {
  if (options.is_server || is_resumed) return;  // A resumed session has no certificate that it could be about.
  Ref<CFDataRef> response;
  SSLSTCopyOCSPResponse(context, response.out());
  const std::string bytes = response ? bytes_of(response.get()) : "";
  expect(options.expect_ocsp_response.empty() || bytes == options.expect_ocsp_response, "another OCSP response");
}

}  // namespace

void check_handshake(SSLContextRef context, const Options& options, bool is_resumed) {
  check_version(context, options);
  check_algorithms(context, options, is_resumed);
  check_resumption(context, options, is_resumed);
  check_names(context, options);
  check_peer(context, options);
  check_staple(context, options, is_resumed);
  if (!options.is_server) check_certificate_request(context, options);
}

void check_certificate_request(SSLContextRef context, const Options& options) {
  if (options.expect_client_ca_list.empty()) return;
  std::vector<std::string> wanted;
  if (options.expect_client_ca_list != "<EMPTY>") wanted = bytes_of_hex_list(options.expect_client_ca_list);
  Ref<CFArrayRef> names;
  SSLCopyDistinguishedNames(context, names.out());
  std::vector<std::string> found;
  for (CFIndex i = 0; names && i < CFArrayGetCount(names.get()); ++i) {
    found.push_back(bytes_of(static_cast<CFDataRef>(CFArrayGetValueAtIndex(names.get(), i))));
  }
  std::reverse(found.begin(), found.end());  // the last one comes first
  expect(found == wanted, "the server names other authorities");
}

void check_client_hello(SSLContextRef context, const Options& options) {
  if (options.expect_advertised_alpn.empty()) return;
  Ref<CFArrayRef> protocols;
  SSLCopyALPNProtocols(context, protocols.out());
  std::string offered;
  for (CFIndex i = 0; protocols && i < CFArrayGetCount(protocols.get()); ++i) {
    const std::string name = text_of(static_cast<CFStringRef>(CFArrayGetValueAtIndex(protocols.get(), i)));
    offered += static_cast<char>(name.size()) + name;
  }
  expect(offered == options.expect_advertised_alpn, "the client offers other protocols");
}

}  // namespace bogo
