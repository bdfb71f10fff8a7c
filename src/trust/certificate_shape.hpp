// SPDX-License-Identifier: Apache-2.0
// A certificate read without its key.
//
// OpenSSL 3.0 looks for a decoder of the key whenever it reads a certificate: a third of a millisecond each, for
// thousands that a peer may send and for every root of the system, of which one or none is ever used.
#pragma once

#include <openssl/x509.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ossl/handles.hpp"

namespace securetransport::trust {

struct CertificateShape;  ///< RFC 5280 section 4.1, the key as bits.

void free_shape(CertificateShape* shape) noexcept;
using CertificateShapePtr = std::unique_ptr<CertificateShape, ossl::Deleter<free_shape>>;

/// Null if d2i_X509() would not read it. Moves `at` behind the certificate.
[[nodiscard]] CertificateShapePtr read_shape(const unsigned char*& at, std::size_t size) noexcept;

/// Whether these bytes are what the certificate is in DER.
[[nodiscard]] bool is_encoding_of(const CertificateShape& shape, std::span<const std::uint8_t> der);

[[nodiscard]] const X509_NAME& subject_of(const CertificateShape& shape) noexcept;
[[nodiscard]] const X509_NAME& issuer_of(const CertificateShape& shape) noexcept;
[[nodiscard]] const X509_VAL& validity_of(const CertificateShape& shape) noexcept;

/// Null: there is none, or it cannot be read.
[[nodiscard]] ossl::OctetStringPtr subject_key_id_of(const CertificateShape& shape);
[[nodiscard]] ossl::OctetStringPtr authority_key_id_of(const CertificateShape& shape);

/// Its SubjectPublicKeyInfo in DER.
[[nodiscard]] std::vector<std::uint8_t> spki_of(const CertificateShape& shape);

/// As X509_get_signature_nid().
[[nodiscard]] int signature_nid_of(const CertificateShape& shape) noexcept;

/// As X509_verify().
[[nodiscard]] bool is_signed_by(const CertificateShape& shape, EVP_PKEY& key) noexcept;

}  // namespace securetransport::trust
