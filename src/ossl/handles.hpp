// SPDX-License-Identifier: Apache-2.0
// Owning handles for OpenSSL objects. Raw owning pointers never leave the line that made them.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace securetransport::ossl {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

inline void free_x509_stack(STACK_OF(X509) * stack) noexcept { sk_X509_pop_free(stack, X509_free); }
inline void free_borrowed_x509_stack(STACK_OF(X509) * stack) noexcept { sk_X509_free(stack); }
inline void free_openssl_memory(void* memory) noexcept { OPENSSL_free(memory); }

using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free>>;
using BioMethodPtr = std::unique_ptr<BIO_METHOD, Deleter<BIO_meth_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using PkeyCtxPtr = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Deleter<SSL_free>>;
using SslCtxPtr = std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>>;
using SslSessionPtr = std::unique_ptr<SSL_SESSION, Deleter<SSL_SESSION_free>>;
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;
using X509CrlPtr = std::unique_ptr<X509_CRL, Deleter<X509_CRL_free>>;
using X509StorePtr = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using X509StoreCtxPtr = std::unique_ptr<X509_STORE_CTX, Deleter<X509_STORE_CTX_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;
using NameConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, Deleter<NAME_CONSTRAINTS_free>>;
using OctetStringPtr = std::unique_ptr<ASN1_OCTET_STRING, Deleter<ASN1_OCTET_STRING_free>>;
using X509StackPtr = std::unique_ptr<STACK_OF(X509), Deleter<free_x509_stack>>;          ///< Owns its members.
using X509ViewPtr = std::unique_ptr<STACK_OF(X509), Deleter<free_borrowed_x509_stack>>;  ///< Members are borrowed.
using OpensslString = std::unique_ptr<char, Deleter<free_openssl_memory>>;

/// Takes another reference to a borrowed ("get0") certificate.
[[nodiscard]] inline X509Ptr retain(X509& borrowed) noexcept {
  X509_up_ref(&borrowed);
  return X509Ptr(&borrowed);
}

/// Takes another reference to a borrowed key.
[[nodiscard]] inline PkeyPtr retain(EVP_PKEY& borrowed) noexcept {
  EVP_PKEY_up_ref(&borrowed);
  return PkeyPtr(&borrowed);
}

}  // namespace securetransport::ossl
