// SPDX-License-Identifier: Apache-2.0
// What a SecKeyAlgorithm means.
#pragma once

#include <Security/SecKey.h>

#include <variant>

#include "securetransport/trust/key.hpp"

namespace securetransport::apple {

struct Agreement {};

/// monostate: not one of ours.
using KeyAlgorithm = std::variant<std::monostate, SignatureAlgorithm, EncryptionAlgorithm, Agreement>;

[[nodiscard]] KeyAlgorithm algorithm_of(SecKeyAlgorithm algorithm);

/// The meaning of a SecPadding; monostate if it has none for that use.
[[nodiscard]] KeyAlgorithm signature_of(SecPadding padding, KeyType type) noexcept;
[[nodiscard]] KeyAlgorithm encryption_of(SecPadding padding) noexcept;

/// The status of C for an error of the key values.
[[nodiscard]] OSStatus key_status(const Error& error) noexcept;

}  // namespace securetransport::apple
