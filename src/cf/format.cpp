// SPDX-License-Identifier: Apache-2.0
// Formatting as CFStringCreateWithFormat does it: the C library prints the numbers, we do the texts.
#include "cf/format.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>

#include "cf/describe.hpp"
#include "cf/encoding.hpp"

namespace securetransport::cf {
namespace {

/// One conversion, such as %-8.3ld.
struct Conversion {
  std::string flags;
  std::optional<int> width;
  std::optional<int> precision;
  std::string length;
  char16_t kind = 0;
};

class Formatter {
 public:
  Formatter(std::u16string_view text, Arguments& arguments) : text_(text), arguments_(arguments) {}

  std::u16string run() {
    while (!text_.empty()) {
      const std::u16string_view before = text_.substr(0, text_.find(u'%'));
      out_ += before;
      text_.remove_prefix(before.size());
      if (!text_.empty()) convert_one();
    }
    return std::move(out_);
  }

 private:
  void convert_one() {
    const std::u16string_view from = text_;
    text_.remove_prefix(1);
    const Conversion conversion = parse();
    if (!print(conversion)) out_ += from.substr(0, from.size() - text_.size());  // Unknown: it stays as written.
  }

  Conversion parse() {
    Conversion conversion;
    conversion.flags = take_any(u"-+ #0'");
    conversion.width = take_number();
    if (conversion.width && *conversion.width < 0) {  // C11 7.21.6.1: a negative width is a flag - and a width.
      conversion.flags += '-';
      conversion.width = -*conversion.width;
    }
    if (text_.starts_with(u'.')) {
      text_.remove_prefix(1);
      conversion.precision = take_number().value_or(0);
      if (*conversion.precision < 0) conversion.precision.reset();  // The same: taken as if omitted.
    }
    conversion.length = take_any(u"hlqLzjt");
    if (!text_.empty()) conversion.kind = text_.front();
    if (!text_.empty()) text_.remove_prefix(1);
    return conversion;
  }

  std::string take_any(std::u16string_view wanted) {
    std::string taken;
    while (!text_.empty() && wanted.find(text_.front()) != std::u16string_view::npos) {
      taken += static_cast<char>(text_.front());
      text_.remove_prefix(1);
    }
    return taken;
  }

  /// Digits, or a star for an argument.
  std::optional<int> take_number() {
    if (text_.starts_with(u'*')) {
      text_.remove_prefix(1);
      return std::max(va_arg(arguments_.list, int), -kMostColumns);
    }
    const std::string digits = take_any(u"0123456789");
    if (digits.empty()) return std::nullopt;
    return digits.size() > 6 ? kMostColumns : std::min(std::stoi(digits), kMostColumns);
  }

  bool print(const Conversion& conversion) {
    switch (conversion.kind) {
      case u'%': out_ += u'%'; return true;
      case u'@':
        print_text(conversion, decode_utf8_leniently(description_of(va_arg(arguments_.list, CFTypeRef))));
        return true;
      case u's': print_text(conversion, bytes_argument(conversion)); return true;
      case u'S': print_text(conversion, units_argument(conversion)); return true;
      case u'C':
        print_text(conversion, std::u16string(1, static_cast<char16_t>(va_arg(arguments_.list, int))));
        return true;
      case u'c': print_number(conversion, "", 'c', va_arg(arguments_.list, int)); return true;
      case u'd':
      case u'i': print_number(conversion, "ll", 'd', signed_argument(conversion.length)); return true;
      case u'D': print_number(conversion, "ll", 'd', va_arg(arguments_.list, long)); return true;
      case u'u':
      case u'x':
      case u'X':
      case u'o':
        print_number(conversion, "ll", static_cast<char>(conversion.kind), unsigned_argument(conversion.length));
        return true;
      case u'U':
      case u'O':
        print_number(conversion, "ll", conversion.kind == u'U' ? 'u' : 'o', va_arg(arguments_.list, unsigned long));
        return true;
      case u'p': print_number(conversion, "", 'p', va_arg(arguments_.list, void*)); return true;
      case u'e':
      case u'E':
      case u'f':
      case u'F':
      case u'g':
      case u'G':
      case u'a':
      case u'A': print_real(conversion); return true;
      default: return false;  // Above all %n: a format must not write to memory.
    }
  }

  long long signed_argument(std::string_view length) {
    if (length == "hh") return static_cast<signed char>(va_arg(arguments_.list, int));
    if (length == "h") return static_cast<short>(va_arg(arguments_.list, int));
    if (length == "ll" || length == "q") return va_arg(arguments_.list, long long);
    if (length.empty()) return va_arg(arguments_.list, int);
    return va_arg(arguments_.list, long);  // l, z, t, j: all of one width here.
  }

  unsigned long long unsigned_argument(std::string_view length) {
    if (length == "hh") return static_cast<unsigned char>(va_arg(arguments_.list, int));
    if (length == "h") return static_cast<unsigned short>(va_arg(arguments_.list, int));
    if (length == "ll" || length == "q") return va_arg(arguments_.list, unsigned long long);
    if (length.empty()) return va_arg(arguments_.list, unsigned int);
    return va_arg(arguments_.list, unsigned long);
  }
  static_assert(sizeof(long) == sizeof(std::size_t) && sizeof(long) == sizeof(std::intmax_t) &&
                sizeof(long) == sizeof(std::ptrdiff_t));

  std::u16string bytes_argument(const Conversion& conversion) {
    const char* const bytes = va_arg(arguments_.list, const char*);
    if (bytes == nullptr) return u"(null)";
    // With a precision there need not be a zero.
    const std::size_t most = conversion.precision ? static_cast<std::size_t>(*conversion.precision) : SIZE_MAX;
    return decode_utf8_leniently({bytes, most == SIZE_MAX ? std::strlen(bytes) : strnlen(bytes, most)});
  }

  std::u16string units_argument(const Conversion& conversion) {
    const auto* const units = va_arg(arguments_.list, const char16_t*);
    if (units == nullptr) return u"(null)";
    const std::size_t most = conversion.precision ? static_cast<std::size_t>(*conversion.precision) : SIZE_MAX;
    std::size_t size = 0;
    while (size < most && units[size] != 0) ++size;
    return {units, size};
  }

  void print_text(const Conversion& conversion, std::u16string text) {
    if (conversion.precision) text.resize(std::min(text.size(), static_cast<std::size_t>(*conversion.precision)));
    const auto width = static_cast<std::size_t>(conversion.width.value_or(0));
    const std::u16string padding(width > text.size() ? width - text.size() : 0, u' ');
    const bool is_left = conversion.flags.find('-') != std::string::npos;
    out_ += is_left ? text + padding : padding + text;
  }

  void print_real(const Conversion& conversion) {
    const auto kind = static_cast<char>(conversion.kind);
    if (conversion.length == "L") {
      print_number(conversion, "L", kind, va_arg(arguments_.list, long double));
    } else {
      print_number(conversion, "", kind, va_arg(arguments_.list, double));
    }
  }

  template <class T>
  void print_number(const Conversion& conversion, const char* length, char kind, T value) {
    std::string pattern = "%" + conversion.flags;
    if (conversion.width) pattern += std::to_string(*conversion.width);
    if (conversion.precision) pattern += "." + std::to_string(*conversion.precision);
    pattern += length;
    pattern += kind;
    const int size = std::snprintf(nullptr, 0, pattern.c_str(), value);
    if (size <= 0) return;
    std::string text(static_cast<std::size_t>(size) + 1, '\0');
    std::snprintf(text.data(), text.size(), pattern.c_str(), value);
    text.pop_back();
    out_ += decode_utf8_leniently(text);
  }

  // More than any text needs, and too few to exhaust the memory by a width from outside.
  static constexpr int kMostColumns = 999'999;

  std::u16string_view text_;
  Arguments& arguments_;
  std::u16string out_;
};

}  // namespace

std::u16string format(std::u16string_view text, Arguments& arguments) { return Formatter(text, arguments).run(); }

}  // namespace securetransport::cf
