// SPDX-License-Identifier: Apache-2.0
#include "ssl_pki.h"

#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509.h>

#include <array>
#include <map>
#include <string>
#include <vector>

#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"
#include "ossl/handles.hpp"
#include "support/test_certificates.hpp"

namespace {

using namespace securetransport;
using namespace securetransport::test;

/// The C functions judge by the clock of the machine.
CertificateSpec today(CertificateSpec spec) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  spec.not_before = now - 30 * kDay;
  spec.not_after = now + 60 * kDay;
  return spec;
}

struct Pki {
  TestCertificate root = self_signed(today(root_spec()));
  TestCertificate intermediate = issued_by(root, today(intermediate_spec()));
  TestCertificate strange_root = self_signed(today(root_spec("Strange Root")));
  std::map<Leaf, TestCertificate> leaves;
};

Pki& pki() {
  static Pki& the_pki = *new Pki;
  return the_pki;
}

CertificateSpec spec_of(Leaf leaf) {
  CertificateSpec spec = today(leaf_spec(leaf == kOtherNameLeaf ? std::vector<std::string>{"DNS:other.example.com"}
                                                                : std::vector<std::string>{"DNS:www.example.com"}));
  switch (leaf) {
    case kServerLeaf:
    case kOtherServer:
    case kOtherNameLeaf:
    case kStrangerLeaf: break;
    case kRsaLeaf:
      spec.key = KeyKind::Rsa2048;
      spec.key_usage = "critical,digitalSignature,keyEncipherment";
      break;
    case kWeakKeyLeaf: spec.key = KeyKind::Rsa1024; break;
    case kWeakHashLeaf: spec.digest = "SHA1"; break;
    case kExpiredLeaf: spec.not_after = spec.not_before + 10 * kDay; break;
    case kFutureLeaf: spec.not_before = spec.not_after - 10 * kDay; break;
    case kEd25519Leaf: spec.key = KeyKind::Ed25519; break;
    case kEd448Leaf: spec.key = KeyKind::Ed448; break;
    case kRsaPssLeaf: spec.key = KeyKind::RsaPss2048; break;
    case kClientLeaf:
    case kEd25519Client:
      if (leaf == kEd25519Client) spec.key = KeyKind::Ed25519;
      spec.names = {};
      spec.subject = "a client";
      spec.extended_key_usage = "clientAuth";
      break;
  }
  return spec;
}

const TestCertificate& issuer_of(Leaf leaf) { return leaf == kStrangerLeaf ? pki().strange_root : pki().intermediate; }

const TestCertificate& certificate_of(Leaf leaf) {
  const auto found = pki().leaves.find(leaf);
  if (found != pki().leaves.end()) return found->second;
  return pki().leaves.emplace(leaf, issued_by(issuer_of(leaf), spec_of(leaf))).first->second;
}

SecCertificateRef object_of(const TestCertificate& certificate) {
  return apple::make_certificate(Certificate::from_pem(certificate.pem()).value().front()).release();
}

ossl::X509Ptr x509_of(const TestCertificate& certificate) {
  const unsigned char* at = certificate.der.data();
  return ossl::X509Ptr(d2i_X509(nullptr, &at, static_cast<long>(certificate.der.size())));
}

template <class T, auto Free>
using Owned = std::unique_ptr<T, ossl::Deleter<Free>>;

}  // namespace

SecCertificateRef pki_root() {
  static const SecCertificateRef root = object_of(pki().root);
  return root;
}

SecCertificateRef pki_intermediate() {
  static const SecCertificateRef intermediate = object_of(pki().intermediate);
  return intermediate;
}

SecCertificateRef pki_certificate(Leaf leaf) {
  static std::map<Leaf, SecCertificateRef>& made = *new std::map<Leaf, SecCertificateRef>;
  SecCertificateRef& certificate = made[leaf];
  if (certificate == nullptr) certificate = object_of(certificate_of(leaf));
  return certificate;
}

SecIdentityRef pki_identity(Leaf leaf) {
  static std::map<Leaf, SecIdentityRef>& made = *new std::map<Leaf, SecIdentityRef>;
  SecIdentityRef& identity = made[leaf];
  if (identity == nullptr) {
    const TestCertificate& certificate = certificate_of(leaf);
    identity = apple::make_identity(Identity::from_pem(certificate.pem(), key_pem(certificate.key)).value()).release();
  }
  return identity;
}

CFArrayRef pki_chain(Leaf leaf) {
  static std::map<Leaf, CFArrayRef>& made = *new std::map<Leaf, CFArrayRef>;
  CFArrayRef& chain = made[leaf];
  if (chain == nullptr) {
    static const SecCertificateRef strange_root = object_of(pki().strange_root);
    const std::array<CFTypeRef, 2> values{pki_identity(leaf),
                                          leaf == kStrangerLeaf ? strange_root : pki_intermediate()};
    chain = cf::make_array(values).release();
  }
  return chain;
}

CFArrayRef pki_roots() {
  static const CFArrayRef roots = [] {
    const std::array<CFTypeRef, 1> values{pki_root()};
    return cf::make_array(values).release();
  }();
  return roots;
}

CFDataRef pki_staple(Leaf leaf, bool is_revoked) {
  const TestCertificate& issuer = issuer_of(leaf);
  const ossl::X509Ptr signer = x509_of(issuer);
  const Owned<OCSP_BASICRESP, OCSP_BASICRESP_free> basic(OCSP_BASICRESP_new());
  const Owned<OCSP_CERTID, OCSP_CERTID_free> id(
      OCSP_cert_to_id(nullptr, x509_of(certificate_of(leaf)).get(), signer.get()));
  const Owned<ASN1_TIME, ASN1_TIME_free> before(X509_gmtime_adj(nullptr, -3600));
  const Owned<ASN1_TIME, ASN1_TIME_free> after(X509_gmtime_adj(nullptr, 24 * 3600));
  OCSP_basic_add1_status(basic.get(), id.get(), is_revoked ? V_OCSP_CERTSTATUS_REVOKED : V_OCSP_CERTSTATUS_GOOD,
                         OCSP_REVOKED_STATUS_NOSTATUS, before.get(), before.get(), after.get());
  OCSP_basic_sign(basic.get(), signer.get(), issuer.key.get(), EVP_sha256(), nullptr, OCSP_NOCERTS);
  const Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
      OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  std::vector<unsigned char> der(static_cast<std::size_t>(i2d_OCSP_RESPONSE(response.get(), nullptr)));
  unsigned char* at = der.data();
  i2d_OCSP_RESPONSE(response.get(), &at);
  return cf::make_data(der).release();
}

const void* pki_dh_parameters(size_t* size) {
  static const std::vector<unsigned char>& der = *[] {
    EVP_PKEY_CTX* const context = EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr);
    EVP_PKEY* group = nullptr;
    EVP_PKEY_paramgen_init(context);
    EVP_PKEY_CTX_set_group_name(context, "ffdhe2048");
    EVP_PKEY_paramgen(context, &group);
    EVP_PKEY_CTX_free(context);
    unsigned char* bytes = nullptr;
    const int length = i2d_KeyParams(group, &bytes);
    auto* const copy = new std::vector<unsigned char>(bytes, bytes + length);
    OPENSSL_free(bytes);
    EVP_PKEY_free(group);
    return copy;
  }();
  *size = der.size();
  return der.data();
}
