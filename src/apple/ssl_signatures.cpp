// SPDX-License-Identifier: Apache-2.0
// What the peer says it accepts of us: kinds of certificates, and pairs of hash and signature.
#include <algorithm>

#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

/// What a client may sign with. TLS 1.3 has no such list; the signature algorithms say it.
std::vector<SSLClientAuthenticationType> authentication_types(Session& session) {
  std::vector<SSLClientAuthenticationType> types;
  for (const std::uint8_t type : session.certificate_types()) {
    types.push_back(static_cast<SSLClientAuthenticationType>(type));
  }
  return types;
}

/// RFC 5246 section 7.4.1.4.1: the first byte is the hash, the second the signature. Schemes of RFC 8446 that are no
/// such pair (RSA-PSS, Ed25519) begin with 8.
std::vector<SSLSignatureAndHashAlgorithm> signature_pairs(SSLContext& context) {
  std::vector<SSLSignatureAndHashAlgorithm> pairs;
  if (context.session() == nullptr) return pairs;
  for (const SignatureScheme scheme : context.session()->peer_signature_schemes()) {
    const auto number = static_cast<unsigned>(scheme);
    const unsigned hash = number >> 8;
    const unsigned signature = number & 0xff;
    if (hash > SSL_HashAlgorithmSHA512 || signature > SSL_SignatureAlgorithmECDSA) continue;
    pairs.push_back({static_cast<SSL_HashAlgorithm>(hash), static_cast<SSL_SignatureAlgorithm>(signature)});
  }
  return pairs;
}

bool was_asked(SSLContext& context) {
  return !context.is_server() && context.session() != nullptr && context.session()->info().client_certificate_requested;
}

template <class Item>
OSStatus copy_out(const std::vector<Item>& items, Item* buffer, unsigned* count) noexcept {
  if (*count < items.size()) return errSecParam;
  std::copy(items.begin(), items.end(), buffer);
  *count = static_cast<unsigned>(items.size());
  return errSecSuccess;
}

}  // namespace

OSStatus SSLGetNumberOfClientAuthTypes(SSLContextRef ref, unsigned* count) {
  if (count == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!was_asked(context)) return errSecParam;
    *count = static_cast<unsigned>(authentication_types(*context.session()).size());
    return errSecSuccess;
  });
}

OSStatus SSLGetClientAuthTypes(SSLContextRef ref, SSLClientAuthenticationType* types, unsigned* count) {
  if (types == nullptr || count == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!was_asked(context)) return errSecParam;
    return copy_out(authentication_types(*context.session()), types, count);
  });
}

OSStatus SSLGetNegotiatedClientAuthType(SSLContextRef ref, SSLClientAuthenticationType* /*type*/) {
  return with_context(ref, [](SSLContext&) { return OSStatus{errSecUnimplemented}; });
}

OSStatus SSLGetNumberOfSignatureAlgorithms(SSLContextRef ref, unsigned* count) {
  return get(ref, count, [](SSLContext& context) { return static_cast<unsigned>(signature_pairs(context).size()); });
}

OSStatus SSLGetSignatureAlgorithms(SSLContextRef ref, SSLSignatureAndHashAlgorithm* algorithms, unsigned* count) {
  if (algorithms == nullptr || count == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) { return copy_out(signature_pairs(context), algorithms, count); });
}
