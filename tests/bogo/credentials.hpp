// SPDX-License-Identifier: Apache-2.0
// Certificates and keys out of the runner's PEM files.
#pragma once

#include <Security/Security.h>

#include <string>

#include "bogo/cf.hpp"

namespace bogo {

/// The certificates of a PEM file in its order. Throws Failure if there is none.
[[nodiscard]] Ref<CFArrayRef> load_certificates(const std::string& path);

/// What SSLSetCertificate takes: the leaf with its key, then the rest of the file.
[[nodiscard]] Ref<CFArrayRef> load_identity(const std::string& cert_file, const std::string& key_file);

}  // namespace bogo
