// SPDX-License-Identifier: Apache-2.0
// A judgement in the terms of Apple's SecTrust: its result, its failures in that order, and exceptions from them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "securetransport/trust/evaluate.hpp"

namespace securetransport {

/// What SecTrust makes of a judgement.
enum class TrustOutcome : std::uint8_t {
  Proceed,             ///< Trusted because the program accepts what fails.
  Unspecified,         ///< Trusted, nothing fails.
  Deny,                ///< Something is forbidden.
  RecoverableFailure,  ///< Not trusted; a program may accept it.
  FatalFailure,        ///< Not trusted; nobody may accept it.
};

[[nodiscard]] TrustOutcome outcome_of(const TrustResult& result) noexcept;

/// The violations, the most serious first: revoked, key size, hash, denied, compliance, pinning, trust, usage, name,
/// dates (the order of TrustCheck); equals as before. Those that are no matter of SecTrust come last.
[[nodiscard]] std::vector<Violation> most_serious_first(std::span<const Violation> violations);

/// The OSStatus that SecTrust reports a violation by: its check's, or its result code.
[[nodiscard]] std::int32_t status_of(const Violation& violation) noexcept;

/// Exceptions for everything that failed or was accepted, each for its certificate alone. Fatal failures have none.
[[nodiscard]] std::vector<TrustException> exceptions_for(const TrustResult& result);

/// Exceptions as bytes that fit only this leaf.
[[nodiscard]] std::vector<std::uint8_t> encode_exceptions(const Certificate& leaf,
                                                          std::span<const TrustException> exceptions);

/// None if the bytes are not of encode_exceptions(), or of another leaf.
[[nodiscard]] std::optional<std::vector<TrustException>> decode_exceptions(const Certificate& leaf,
                                                                           std::span<const std::uint8_t> bytes);

}  // namespace securetransport
