// SPDX-License-Identifier: Apache-2.0
// The stapled OCSP response: is it a good and current answer about the leaf, by somebody who may give it?
#pragma once

#include <openssl/x509.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "securetransport/trust/evaluate.hpp"
#include "trust/violation.hpp"

namespace securetransport::trust {

/// Appends what the staple says against the leaf, what is wrong with the staple, or that a demanded one is missing.
/// @param path  The path that was found, leaf first; the second certificate is the leaf's issuer.
/// @return Whether there is a staple that says the leaf is not revoked, and may say so.
[[nodiscard]] bool check_staple(std::span<const Certificate> path, const TrustRequest& request, Violations& violations);

/// The earliest nextUpdate of its answers; none if there is no staple or it cannot be read. An answer without one is
/// good for seven days from its thisUpdate.
[[nodiscard]] std::optional<std::chrono::sys_seconds> end_of_staple(std::span<const std::uint8_t> der);

/// The notAfter of the first to expire of the certificates that it brings along; none if there are none.
[[nodiscard]] std::optional<std::chrono::sys_seconds> end_of_responders(std::span<const std::uint8_t> der);

/// The SignedCertificateTimestampLists in its answers (RFC 6962 section 3.3), whoever signed it: timestamps carry
/// signatures of their own.
[[nodiscard]] std::vector<std::vector<std::uint8_t>> timestamp_lists_of_staple(std::span<const std::uint8_t> der);

/// The list in an extension that holds one, in a certificate or an answer; empty if it cannot be read.
[[nodiscard]] std::vector<std::uint8_t> timestamp_list_in(const X509_EXTENSION& extension);

}  // namespace securetransport::trust
