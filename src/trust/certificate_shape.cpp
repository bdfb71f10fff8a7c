// SPDX-License-Identifier: Apache-2.0
// The ASN.1 of RFC 5280 section 4.1 for OpenSSL's template decoder, field by field as in OpenSSL's own.
#include "trust/certificate_shape.hpp"

#include <openssl/asn1t.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

#include "trust/encoding.hpp"

namespace securetransport::trust {
namespace {

struct Key {
  X509_ALGOR* algorithm;
  ASN1_BIT_STRING* bits;
};

struct Tbs {
  ASN1_ENCODING encoding;  ///< As it was read: written again, it is what it was.
  ASN1_INTEGER* version;
  ASN1_INTEGER* serial;
  X509_ALGOR* signature;
  X509_NAME* issuer;
  X509_VAL* validity;
  X509_NAME* subject;
  Key* key;
  ASN1_BIT_STRING* issuer_id;
  ASN1_BIT_STRING* subject_id;
  STACK_OF(X509_EXTENSION) * extensions;
};

}  // namespace

struct CertificateShape {
  Tbs* tbs;
  X509_ALGOR* algorithm;
  ASN1_BIT_STRING* signature;
};

namespace {

// OpenSSL's macros are a language of their own.
// clang-format off
ASN1_SEQUENCE(Key) = {
  ASN1_SIMPLE(Key, algorithm, X509_ALGOR),
  ASN1_SIMPLE(Key, bits, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(Key)

ASN1_SEQUENCE_enc(Tbs, encoding, nullptr) = {
  ASN1_EXP_OPT(Tbs, version, ASN1_INTEGER, 0),
  ASN1_SIMPLE(Tbs, serial, ASN1_INTEGER),
  ASN1_SIMPLE(Tbs, signature, X509_ALGOR),
  ASN1_SIMPLE(Tbs, issuer, X509_NAME),
  ASN1_SIMPLE(Tbs, validity, X509_VAL),
  ASN1_SIMPLE(Tbs, subject, X509_NAME),
  ASN1_SIMPLE(Tbs, key, Key),
  ASN1_IMP_OPT(Tbs, issuer_id, ASN1_BIT_STRING, 1),
  ASN1_IMP_OPT(Tbs, subject_id, ASN1_BIT_STRING, 2),
  ASN1_EXP_SEQUENCE_OF_OPT(Tbs, extensions, X509_EXTENSION, 3),
} static_ASN1_SEQUENCE_END_cb(Tbs, Tbs)

ASN1_SEQUENCE(CertificateShape) = {
  ASN1_SIMPLE(CertificateShape, tbs, Tbs),
  ASN1_SIMPLE(CertificateShape, algorithm, X509_ALGOR),
  ASN1_SIMPLE(CertificateShape, signature, ASN1_BIT_STRING),
} static_ASN1_SEQUENCE_END(CertificateShape)
    // clang-format on

    int encode_key(const Key* key, unsigned char** out) {
  return ASN1_item_i2d(reinterpret_cast<const ASN1_VALUE*>(key), out, ASN1_ITEM_rptr(Key));
}

int encode_shape(const CertificateShape* shape, unsigned char** out) {
  return ASN1_item_i2d(reinterpret_cast<const ASN1_VALUE*>(shape), out, ASN1_ITEM_rptr(CertificateShape));
}

}  // namespace

void free_shape(CertificateShape* shape) noexcept {
  ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(shape), ASN1_ITEM_rptr(CertificateShape));
}

CertificateShapePtr read_shape(const unsigned char*& at, std::size_t size) noexcept {
  return CertificateShapePtr(reinterpret_cast<CertificateShape*>(
      ASN1_item_d2i(nullptr, &at, static_cast<long>(size), ASN1_ITEM_rptr(CertificateShape))));
}

bool is_encoding_of(const CertificateShape& shape, std::span<const std::uint8_t> der) {
  return std::ranges::equal(encoded(encode_shape, &shape), der);
}

const X509_NAME& subject_of(const CertificateShape& shape) noexcept { return *shape.tbs->subject; }
const X509_NAME& issuer_of(const CertificateShape& shape) noexcept { return *shape.tbs->issuer; }
const X509_VAL& validity_of(const CertificateShape& shape) noexcept { return *shape.tbs->validity; }

ossl::OctetStringPtr subject_key_id_of(const CertificateShape& shape) {
  return ossl::OctetStringPtr(static_cast<ASN1_OCTET_STRING*>(
      X509V3_get_d2i(shape.tbs->extensions, NID_subject_key_identifier, nullptr, nullptr)));
}

ossl::OctetStringPtr authority_key_id_of(const CertificateShape& shape) {
  const std::unique_ptr<AUTHORITY_KEYID, ossl::Deleter<AUTHORITY_KEYID_free>> id(static_cast<AUTHORITY_KEYID*>(
      X509V3_get_d2i(shape.tbs->extensions, NID_authority_key_identifier, nullptr, nullptr)));
  return ossl::OctetStringPtr(id ? std::exchange(id->keyid, nullptr) : nullptr);
}

std::vector<std::uint8_t> spki_of(const CertificateShape& shape) { return encoded(encode_key, shape.tbs->key); }

int signature_nid_of(const CertificateShape& shape) noexcept { return OBJ_obj2nid(shape.algorithm->algorithm); }

bool is_signed_by(const CertificateShape& shape, EVP_PKEY& key) noexcept {
  // RFC 5280 section 4.1.1.2: "This field MUST contain the same algorithm identifier as the signature field in the
  // sequence tbsCertificate".
  if (X509_ALGOR_cmp(shape.algorithm, shape.tbs->signature) != 0) return false;
  return ASN1_item_verify(ASN1_ITEM_rptr(Tbs), shape.algorithm, shape.signature, shape.tbs, &key) == 1;
}

}  // namespace securetransport::trust
