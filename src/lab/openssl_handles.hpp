// SPDX-License-Identifier: Apache-2.0
// The lab's own handles for OpenSSL objects: it shares no code with the engine that it tests.
#pragma once

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace securetransport::lab {

/// Calls an OpenSSL free function; all of them accept null.
template <auto Free>
struct Release {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

using AltNames = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>>;
using AltName = std::unique_ptr<GENERAL_NAME, Release<GENERAL_NAME_free>>;
using AsnString = std::unique_ptr<ASN1_STRING, Release<ASN1_STRING_free>>;
using Bignum = std::unique_ptr<BIGNUM, Release<BN_free>>;
using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Release<BIO_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Tls = std::unique_ptr<SSL, Release<SSL_free>>;
using TlsContext = std::unique_ptr<SSL_CTX, Release<SSL_CTX_free>>;

}  // namespace securetransport::lab
