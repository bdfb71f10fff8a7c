// SPDX-License-Identifier: Apache-2.0
// SecRandomCopyBytes.
#include <Security/SecRandom.h>

#include <cerrno>
#include <cstdint>

#include "securetransport/trust/random.hpp"

int SecRandomCopyBytes(SecRandomRef rnd, size_t count, void* bytes) {
  if (rnd != kSecRandomDefault || (bytes == nullptr && count != 0)) return errSecParam;
  if (securetransport::fill_with_random({static_cast<std::uint8_t*>(bytes), count})) return errSecSuccess;
  errno = EIO;
  return -1;
}
