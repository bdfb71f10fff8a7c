// SPDX-License-Identifier: Apache-2.0
#include "trust/keyless_x509.hpp"

#include <openssl/provider.h>
#include <openssl/x509.h>

#include <new>

namespace securetransport::trust {
namespace {

/// OpenSSL reads a key if it finds a decoder for it, and is content without: here it finds none. Never freed, since
/// certificates that refer to it may live as long as the program.
OSSL_LIB_CTX* without_decoders() {
  static OSSL_LIB_CTX* const context = [] {
    OSSL_LIB_CTX* const made = OSSL_LIB_CTX_new();
    // Without any provider, OpenSSL would load its default one.
    if (made == nullptr || OSSL_PROVIDER_load(made, "null") == nullptr) throw std::bad_alloc();
    return made;
  }();
  return context;
}

}  // namespace

ossl::X509Ptr read_keyless_x509(const unsigned char*& at, std::size_t size) {
  return ossl::X509Ptr(reinterpret_cast<X509*>(
      ASN1_item_d2i_ex(nullptr, &at, static_cast<long>(size), ASN1_ITEM_rptr(X509), without_decoders(), nullptr)));
}

}  // namespace securetransport::trust
