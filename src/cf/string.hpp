// SPDX-License-Identifier: Apache-2.0
// CFString: text that counts in UTF-16 and is kept in ASCII wherever it can be.
#pragma once

#include <CoreFoundation/CFString.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "cf/object.hpp"
#include "cf/singleton.hpp"
#include "cf/type_ids.hpp"

struct __CFString final : securetransport::cf::Object {
 public:
  enum class Kind { Fixed, Mutable };

  /// Of ASCII that lives for ever; see constant_string.
  constexpr explicit __CFString(std::string_view ascii) noexcept
      : Object(securetransport::cf::kStringType, securetransport::cf::Immortal{}), literal_(ascii) {}
  explicit __CFString(std::u16string_view text, Kind kind = Kind::Fixed);
  /// Of anything, for ever; the caller keeps the object.
  __CFString(std::u16string_view text, securetransport::cf::Immortal mark);

  static CFTypeID type_id() noexcept { return securetransport::cf::kStringType; }

  bool is_mutable() const noexcept { return kind_ == Kind::Mutable; }
  std::size_t size() const noexcept { return is_ascii() ? ascii().size() : text_->wide.size(); }
  char16_t operator[](std::size_t index) const noexcept {
    return is_ascii() ? static_cast<char16_t>(ascii()[index]) : text_->wide[index];
  }
  bool is_ascii() const noexcept { return text_ == nullptr || text_->wide.empty(); }
  /// Only if is_ascii(); a zero follows.
  std::string_view ascii() const noexcept { return text_ == nullptr ? literal_ : std::string_view(text_->ascii); }
  /// Only if not is_ascii().
  std::u16string_view wide() const noexcept { return text_->wide; }

  std::u16string units() const;
  std::string utf8() const;
  void set(std::u16string_view text);
  void append(std::u16string_view text);

  bool equals(const Object& object) const override;
  CFHashCode hash() const override;
  /// The text itself.
  std::string describe() const override;

 private:
  struct Text {
    std::string ascii;    ///< The text, or empty if one unit is not ASCII;
    std::u16string wide;  ///< then it is here.
  };

  std::unique_ptr<Text> text_;
  std::string_view literal_;
  Kind kind_ = Kind::Fixed;
};

namespace securetransport::cf {

/// A literal as a template's argument.
template <std::size_t Size>
struct Literal {
  constexpr Literal(const char (&literal)[Size]) { std::copy_n(literal, Size, text); }  // NOLINT(*-explicit-*)
  constexpr std::string_view view() const noexcept { return {text, Size - 1}; }

  char text[Size] = {};
};

template <Literal Text>
struct ConstantString {
  static_assert(std::ranges::all_of(Text.view(), [](char c) { return c > 0; }), "only ASCII can be constant");

  static constexpr Literal kLiteral = Text;
  static inline constinit Eternal<__CFString> string{kLiteral.view()};
};

/// The immortal string of an ASCII literal, there before any code runs:
///     const CFStringRef kSecValueData = cf::constant_string<"v_Data">;
template <Literal Text>
inline constexpr CFStringRef constant_string =  // NOLINT(readability-identifier-naming): used like a function
    &ConstantString<Text>::string.value;

}  // namespace securetransport::cf
