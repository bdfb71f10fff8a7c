// SPDX-License-Identifier: Apache-2.0
#include "securetransport/trust/random.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <climits>

#include "trust/error_mark.hpp"

namespace securetransport {

bool fill_with_random(std::span<std::uint8_t> bytes) noexcept {
  const trust::ErrorMark mark;
  while (!bytes.empty()) {
    const std::size_t size = std::min<std::size_t>(bytes.size(), INT_MAX);
    if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1) return false;
    bytes = bytes.subspan(size);
  }
  return true;
}

}  // namespace securetransport
