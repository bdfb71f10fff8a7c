// SPDX-License-Identifier: Apache-2.0
// Who signed an OCSP response, and whether they may speak for the issuer (RFC 6960 section 4.2.2.2).
#pragma once

#include <openssl/ocsp.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/trust/certificate.hpp"

namespace securetransport::trust {

struct ResponderFault {
  std::string detail;
  std::string_view rule;
};

/// Every reason why the response's signature does not count for certificates of `issuer`; empty if it does.
[[nodiscard]] std::vector<ResponderFault> responder_faults(OCSP_BASICRESP& response, const Certificate& issuer,
                                                           std::chrono::sys_seconds now);

}  // namespace securetransport::trust
