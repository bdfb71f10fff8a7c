// SPDX-License-Identifier: Apache-2.0
// Puts the extensions of a spec into a certificate. Private to the lab.
#pragma once

#include "lab/openssl_handles.hpp"
#include "lab/pki.hpp"

namespace securetransport::lab {

/// Adds what the spec asks for. `issuer` is the certificate itself where it signs itself; the subject's key is
/// already set.
[[nodiscard]] Result<void> add_extensions(X509& certificate, X509& issuer, const CertificateSpec& spec);

/// errSSLConfigurationFailed with the words of OpenSSL's last error; empties its queue.
[[nodiscard]] Error openssl_error(const std::string& what);

}  // namespace securetransport::lab
