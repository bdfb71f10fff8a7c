// SPDX-License-Identifier: Apache-2.0
// OpenSSL's values as DER.
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <vector>

#include "ossl/handles.hpp"

namespace securetransport::trust {

/// DER, by the i2d function of the value's type.
template <class Encode, class Value>
std::vector<std::uint8_t> encoded(Encode encode, const Value* value) {
  unsigned char* bytes = nullptr;
  const int size = encode(value, &bytes);
  if (size < 0) throw std::bad_alloc();  // What was decoded can be encoded; only memory can be missing.
  const std::unique_ptr<unsigned char, ossl::Deleter<ossl::free_openssl_memory>> owner(bytes);
  return {bytes, bytes + size};
}

}  // namespace securetransport::trust
