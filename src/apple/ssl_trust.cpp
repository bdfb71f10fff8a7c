// SPDX-License-Identifier: Apache-2.0
// The peer's certificates, and what decides whether they are trusted.
#include "apple/sec_objects.hpp"
#include "apple/ssl_context.hpp"

using namespace securetransport;
using namespace securetransport::apple;

SecTrustRef SSLContext::peer_trust() {
  if (!session_) return nullptr;
  const std::vector<Certificate> chain = session_->peer_chain();
  if (chain.empty()) return nullptr;
  if (peer_trust_ && trusted_chain_ == chain) return peer_trust_.get();
  TrustQuestion question;
  question.chain = chain;
  question.policies = {PolicyTerms{.kind = PolicyTerms::Kind::Tls,
                                   .peer_role = is_server_ ? PeerRole::Client : PeerRole::Server,
                                   .peer_name = is_server_ ? std::string() : client.peer_name}};
  if (!settings.trusted_roots.empty() || settings.has_only_trusted_roots) {
    question.anchors = settings.trusted_roots;
    question.has_anchors_only = settings.has_only_trusted_roots;
  }
  question.stapled_ocsp = session_->stapled_ocsp();
  question.staple_possible = !is_server_ && client.request_ocsp_staple;
  question.rules = common().trust_policy;
  peer_trust_ = cf::CFRef<SecTrustRef>::adopt(new __SecTrust(std::move(question)));
  trusted_chain_ = chain;
  return peer_trust_.get();
}

OSStatus SSLCopyPeerTrust(SSLContextRef ref, SecTrustRef* trust) {
  if (trust == nullptr) return errSecParam;
  *trust = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    *trust = cf::CFRef<SecTrustRef>::retain(context.peer_trust()).release();
    return errSecSuccess;
  });
}

OSStatus SSLGetPeerSecTrust(SSLContextRef ref, SecTrustRef* trust) {
  return get(ref, trust, [](SSLContext& context) { return context.peer_trust(); });
}

OSStatus SSLCopyPeerCertificates(SSLContextRef ref, CFArrayRef* certificates) {
  if (certificates == nullptr) return errSecParam;
  *certificates = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    const SecTrustRef trust = context.peer_trust();
    if (trust == nullptr) return errSecBadReq;
    *certificates = array_of(trust->path()).release();
    return errSecSuccess;
  });
}

// Exported by Apple's library, and emptied long ago.
OSStatus SSLGetPeerCertificates(SSLContextRef ref, CFArrayRef* /*certificates*/) {
  return with_context(ref, [](SSLContext&) { return OSStatus{errSecUnimplemented}; });
}

OSStatus SSLSetTrustedRoots(SSLContextRef ref, CFArrayRef array, Boolean replace) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    const std::optional<std::vector<Certificate>> roots = certificates_of(array);
    if (!roots) return errSecParam;
    ContextSettings& settings = context.settings;
    std::vector<CFTypeRef> objects;
    if (replace != 0) {
      settings.trusted_roots.clear();
      settings.has_only_trusted_roots = true;
    } else {
      const std::span<const CFTypeRef> before = cf::values_of(settings.trusted_root_objects.get());
      objects.assign(before.begin(), before.end());
    }
    const std::span<const CFTypeRef> added = cf::values_of(array);
    objects.insert(objects.end(), added.begin(), added.end());
    settings.trusted_roots.insert(settings.trusted_roots.end(), roots->begin(), roots->end());
    settings.trusted_root_objects = cf::make_array(objects);
    return errSecSuccess;
  });
}

OSStatus SSLCopyTrustedRoots(SSLContextRef ref, CFArrayRef* array) {
  if (array == nullptr) return errSecParam;
  *array = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (!context.settings.trusted_root_objects) return SecTrustCopyAnchorCertificates(array);
    *array = cf::CFRef<CFArrayRef>(context.settings.trusted_root_objects).release();
    return errSecSuccess;
  });
}

OSStatus SSLSetTrustedLeafCertificates(SSLContextRef ref, CFArrayRef array) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    std::optional<std::vector<Certificate>> leaves;
    if (array != nullptr) leaves = certificates_of(array);
    if (array != nullptr && !leaves) return errSecParam;
    context.settings.trusted_leaves = cf::CFRef<CFArrayRef>::retain(array);
    context.common().trusted_leaves = leaves.value_or(std::vector<Certificate>());
    return errSecSuccess;
  });
}

OSStatus SSLCopyTrustedLeafCertificates(SSLContextRef ref, CFArrayRef* array) {
  if (array == nullptr) return errSecParam;
  *array = nullptr;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    *array = cf::CFRef<CFArrayRef>(context.settings.trusted_leaves).release();
    return errSecSuccess;
  });
}
