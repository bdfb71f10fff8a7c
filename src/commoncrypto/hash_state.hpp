// SPDX-License-Identifier: Apache-2.0
// Hash states that lie in the caller's memory.
#pragma once

#include <openssl/md5.h>
#include <openssl/sha.h>

#include <cstddef>
#include <cstring>
#include <type_traits>

namespace securetransport::commoncrypto {

// Programs put CC_SHA256_CTX on their stack, copy it by assignment and abandon it without CC_SHA256_Final. An
// EVP_MD_CTX behind it would leak or be freed twice, and EVP cannot store a state elsewhere: so these are OpenSSL's
// older hash functions, which OpenSSL 3 keeps and marks as deprecated. The build of this room says that we know.

/// Runs `use` on the state inside a context of the C API, without assuming that the memory holds such an object yet.
template <class State, class Context, class Use>
int with_state(Context& context, Use use) noexcept {
  static_assert(sizeof(State) <= sizeof(Context) && std::is_trivially_copyable_v<State>);
  State state;
  std::memcpy(&state, &context, sizeof state);
  const int done = use(state);
  std::memcpy(&context, &state, sizeof state);
  OPENSSL_cleanse(&state, sizeof state);
  return done;
}

}  // namespace securetransport::commoncrypto
