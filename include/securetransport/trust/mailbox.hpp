// SPDX-License-Identifier: Apache-2.0
// Whether a certificate is for a mail address.
#pragma once

#include <string_view>

#include "securetransport/trust/certificate.hpp"

namespace securetransport {

/// Whether the subject alternative name has this rfc822Name: the part before the "@" must be the same, the host may
/// differ in case (RFC 5280 section 7.5). No wildcards; the subject does not count.
[[nodiscard]] bool is_for_mailbox(const Certificate& certificate, std::string_view address);

}  // namespace securetransport
