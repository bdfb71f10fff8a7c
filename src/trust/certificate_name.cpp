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
  const X509_NAME& own = whose == NameOf::Subject ? trust::subject_of(certificate) : trust::issuer_of(certificate);
  return X509_NAME_cmp(name.get(), &own) == 0;
}

}  // namespace securetransport
