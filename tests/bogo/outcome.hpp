// SPDX-License-Identifier: Apache-2.0
// How the shim ends: exceptions inside, exit codes outside.
#pragma once

#include <stdexcept>
#include <string>

namespace bogo {

// What the runner understands.
inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kCannotHonour = 89;  ///< The runner counts the test as not implemented.

/// The connection failed, or is not as the runner expects it.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A flag, or the value of one, that Secure Transport has no way to honour.
struct CannotHonour : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// For what must hold once the handshake is complete.
inline void expect(bool condition, const std::string& complaint) {
  if (!condition) throw Failure(complaint);
}

}  // namespace bogo
