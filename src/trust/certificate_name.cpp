// SPDX-License-Identifier: Apache-2.0
// Compares a certificate's names with names from elsewhere.
#include <openssl/x509.h>

#include "securetransport/trust/certificate_fields.hpp"
#include "trust/error_mark.hpp"
#include "trust/x509.hpp"

namespace securetransport {

bool has_name(const Certificate& certificate, NameOf whose, std::span<const std::uint8_t> der) {
  const trust::ErrorMark mark;
  const unsigned char* at = der.data();
  const std::unique_ptr<X509_NAME, ossl::Deleter<X509_NAME_free>> name(
      d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  if (!name || at != der.data() + der.size()) return false;
  const X509* const x509 = trust::x509_of(certificate);
  return X509_NAME_cmp(name.get(),
                       whose == NameOf::Subject ? X509_get_subject_name(x509) : X509_get_issuer_name(x509)) == 0;
}

}  // namespace securetransport
