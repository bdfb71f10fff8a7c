/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates for tests in C, made on the spot: a root, an intermediate, leaves. All live as long as the program. */
#ifndef SECURETRANSPORT_TESTS_C_SSL_PKI_H
#define SECURETRANSPORT_TESTS_C_SSL_PKI_H

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecBase.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  kServerLeaf,  /* www.example.com, P-256, good for years around today */
  kRsaLeaf,     /* the same with an RSA key, which may decrypt as well */
  kOtherServer, /* another leaf for the same name */
  kExpiredLeaf,
  kFutureLeaf,
  kOtherNameLeaf, /* other.example.com */
  kWeakHashLeaf,  /* signed with SHA-1 */
  kWeakKeyLeaf,   /* RSA 1024 */
  kClientLeaf,
  kStrangerLeaf, /* below a root of its own, which is sent along */
  kEd25519Leaf,  /* as kServerLeaf, with keys of other kinds */
  kEd448Leaf,
  kRsaPssLeaf,
  kEd25519Client, /* as kClientLeaf */
} Leaf;

/* [SecIdentity, intermediate], for SSLSetCertificate. */
CFArrayRef pki_chain(Leaf leaf);
SecIdentityRef pki_identity(Leaf leaf);
SecCertificateRef pki_certificate(Leaf leaf);
SecCertificateRef pki_intermediate(void);
SecCertificateRef pki_root(void);
/* [root], for SSLSetTrustedRoots. */
CFArrayRef pki_roots(void);

/* An OCSPResponse in DER about a leaf, signed by its issuer, of now and good until tomorrow. To be released. */
CFDataRef pki_staple(Leaf leaf, bool is_revoked);

/* A DHParameter of PKCS #3 with the group ffdhe2048, and its size. */
const void* pki_dh_parameters(size_t* size);

#ifdef __cplusplus
}
#endif

#endif
