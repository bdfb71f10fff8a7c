// SPDX-License-Identifier: Apache-2.0
// The line between the C functions and the C++ behind them: nothing is thrown across it.
#pragma once

#include <Security/SecBase.h>

#include <new>
#include <type_traits>

#include "cf/object.hpp"
#include "securetransport/core/result.hpp"

namespace securetransport::apple {

inline OSStatus status_of(OSStatus status) noexcept { return status; }
inline OSStatus status_of(ResultCode code) noexcept { return static_cast<OSStatus>(code); }
inline OSStatus status_of(const Error& error) noexcept { return status_of(error.code); }
inline OSStatus status_of(const Result<void>& result) noexcept {
  return result ? OSStatus{errSecSuccess} : status_of(result.error());
}

/// Runs what a C function does: a status, a code or a Result comes out as the status of C. The only catch (...) of the
/// project, because nobody above could catch anything.
template <class Call>
[[nodiscard]] OSStatus boundary(Call&& call) noexcept {
  try {
    return status_of(call());
  } catch (const std::bad_alloc&) {
    return errSecAllocate;
  } catch (...) {
    return errSSLInternal;
  }
}

/// As boundary(), for a function that returns an object or nothing.
template <class Call>
[[nodiscard]] auto object_boundary(Call&& call) noexcept -> std::invoke_result_t<Call> {
  try {
    return call();
  } catch (...) {
    return nullptr;
  }
}

}  // namespace securetransport::apple
