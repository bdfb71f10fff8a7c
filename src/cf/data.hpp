// SPDX-License-Identifier: Apache-2.0
// CFData: bytes of its own, or bytes it took over together with the way to free them.
#pragma once

#include <CoreFoundation/CFData.h>

#include <vector>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

struct __CFData final : securetransport::cf::Object {
 public:
  enum class Kind { Fixed, Mutable };

  __CFData(std::span<const std::uint8_t> bytes, Kind kind)
      : Object(securetransport::cf::kDataType), own_(bytes.begin(), bytes.end()), kind_(kind) {}
  /// Takes over `bytes`; `deallocator` frees them.
  __CFData(std::span<const std::uint8_t> bytes, CFAllocatorRef deallocator)
      : Object(securetransport::cf::kDataType), taken_(bytes), deallocator_(deallocator) {}
  ~__CFData() override;

  static CFTypeID type_id() noexcept { return securetransport::cf::kDataType; }

  bool is_mutable() const noexcept { return kind_ == Kind::Mutable; }
  std::span<const std::uint8_t> bytes() const noexcept { return taken_.data() != nullptr ? taken_ : own_; }
  /// Only of mutable data.
  std::vector<std::uint8_t>& own() noexcept { return own_; }

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

 private:
  std::vector<std::uint8_t> own_;
  std::span<const std::uint8_t> taken_;
  CFAllocatorRef deallocator_ = nullptr;
  const Kind kind_ = Kind::Fixed;
};
