// SPDX-License-Identifier: Apache-2.0
// CFError: domain, code, and a dictionary of words for people.
#include <CoreFoundation/CFError.h>

#include <array>
#include <system_error>

#include "cf/callbacks.hpp"
#include "cf/dictionary.hpp"
#include "cf/range.hpp"
#include "cf/string.hpp"

using namespace securetransport::cf;

struct __CFError final : Object {
 public:
  __CFError(CFRef<CFStringRef> domain, CFIndex code, CFRef<CFDictionaryRef> user_info) noexcept
      : Object(kErrorType), domain_(std::move(domain)), code_(code), user_info_(std::move(user_info)) {}

  static CFTypeID type_id() noexcept { return kErrorType; }

  CFStringRef domain() const noexcept { return domain_.get(); }
  CFIndex code() const noexcept { return code_; }
  CFDictionaryRef user_info() const noexcept { return user_info_.get(); }

  /// A string of the user info; empty if it is not there.
  CFRef<CFStringRef> text(CFStringRef key) const;
  CFRef<CFStringRef> failure_reason() const;
  CFRef<CFStringRef> description() const;

  bool equals(const Object& object) const override;
  CFHashCode hash() const override { return CFHash(domain()) + static_cast<CFHashCode>(code_); }
  std::string describe() const override;

 private:
  const CFRef<CFStringRef> domain_;
  const CFIndex code_;
  const CFRef<CFDictionaryRef> user_info_;
};

const CFErrorDomain kCFErrorDomainPOSIX = constant_string<"NSPOSIXErrorDomain">;
const CFErrorDomain kCFErrorDomainOSStatus = constant_string<"NSOSStatusErrorDomain">;
const CFErrorDomain kCFErrorDomainMach = constant_string<"NSMachErrorDomain">;
const CFErrorDomain kCFErrorDomainCocoa = constant_string<"NSCocoaErrorDomain">;

const CFStringRef kCFErrorLocalizedDescriptionKey = constant_string<"NSLocalizedDescription">;
const CFStringRef kCFErrorLocalizedFailureKey = constant_string<"NSLocalizedFailure">;
const CFStringRef kCFErrorLocalizedFailureReasonKey = constant_string<"NSLocalizedFailureReason">;
const CFStringRef kCFErrorLocalizedRecoverySuggestionKey = constant_string<"NSLocalizedRecoverySuggestion">;
const CFStringRef kCFErrorDescriptionKey = constant_string<"NSDescription">;
const CFStringRef kCFErrorUnderlyingErrorKey = constant_string<"NSUnderlyingError">;
const CFStringRef kCFErrorURLKey = constant_string<"NSURL">;
const CFStringRef kCFErrorFilePathKey = constant_string<"NSFilePath">;

namespace {

/// The words by which people call a domain.
std::string name_of(CFStringRef domain) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNames{{
      {"NSPOSIXErrorDomain", "POSIX"},
      {"NSOSStatusErrorDomain", "OSStatus"},
      {"NSMachErrorDomain", "Mach"},
      {"NSCocoaErrorDomain", "Cocoa"},
  }};
  const std::string text = string_of(domain);
  for (const auto& [domain_text, name] : kNames) {
    if (text == domain_text) return std::string(name);
  }
  return text;
}

}  // namespace

CFRef<CFStringRef> __CFError::text(CFStringRef key) const {
  const void* const* const value = expect<__CFDictionary>(user_info()).find(key);
  return CFRef<CFStringRef>::retain(value == nullptr ? nullptr : checked<__CFString>(*value));
}

CFRef<CFStringRef> __CFError::failure_reason() const {
  auto reason = text(kCFErrorLocalizedFailureReasonKey);
  if (reason || !CFEqual(domain(), kCFErrorDomainPOSIX)) return reason;
  return make_string(std::generic_category().message(static_cast<int>(code_)));
}

CFRef<CFStringRef> __CFError::description() const {
  if (auto given = text(kCFErrorLocalizedDescriptionKey)) return given;
  const auto reason = failure_reason();
  if (const auto failure = text(kCFErrorLocalizedFailureKey)) {
    return reason ? make_string(string_of(failure.get()) + " " + string_of(reason.get())) : failure;
  }
  const std::string sentence = "The operation couldn\u2019t be completed. ";
  if (reason) return make_string(sentence + string_of(reason.get()));
  const auto technical = text(kCFErrorDescriptionKey);
  const std::string number = "(" + name_of(domain()) + " error " + std::to_string(code_);
  return make_string(sentence + number + (technical ? " - " + string_of(technical.get()) + ")" : ".)"));
}

bool __CFError::equals(const Object& object) const {
  const auto& other = static_cast<const __CFError&>(object);
  return code_ == other.code_ && CFEqual(domain(), other.domain()) && CFEqual(user_info(), other.user_info());
}

std::string __CFError::describe() const {
  return "Error Domain=" + string_of(domain()) + " Code=" + std::to_string(code_) + " \"" +
         string_of(description().get()) + "\"";
}

namespace securetransport::cf {

CFRef<CFErrorRef> make_error(CFStringRef domain, CFIndex code, std::string_view description) {
  if (description.empty()) return CFRef<CFErrorRef>::adopt(CFErrorCreate(nullptr, domain, code, nullptr));
  const auto text = make_string(description);
  const std::pair<CFTypeRef, CFTypeRef> entry{kCFErrorLocalizedDescriptionKey, text.get()};
  return CFRef<CFErrorRef>::adopt(CFErrorCreate(nullptr, domain, code, make_dictionary({&entry, 1}).get()));
}

}  // namespace securetransport::cf

CFTypeID CFErrorGetTypeID() { return kErrorType; }

CFErrorRef CFErrorCreate(CFAllocatorRef allocator, CFErrorDomain domain, CFIndex code, CFDictionaryRef user_info) {
  auto own_domain = CFRef<CFStringRef>::adopt(CFStringCreateCopy(allocator, domain));
  auto own_info = user_info == nullptr ? make_dictionary({})
                                       : CFRef<CFDictionaryRef>::adopt(CFDictionaryCreateCopy(allocator, user_info));
  return new __CFError(std::move(own_domain), code, std::move(own_info));
}

CFErrorRef CFErrorCreateWithUserInfoKeysAndValues(CFAllocatorRef allocator, CFErrorDomain domain, CFIndex code,
                                                  const void* const* keys, const void* const* values, CFIndex count) {
  const auto all_keys = span_of(keys, count);
  const auto all_values = span_of(values, count);
  std::vector<std::pair<CFTypeRef, CFTypeRef>> entries;
  for (std::size_t i = 0; i < all_keys.size(); ++i) entries.emplace_back(all_keys[i], all_values[i]);
  return CFErrorCreate(allocator, domain, code, make_dictionary(entries).get());
}

CFErrorDomain CFErrorGetDomain(CFErrorRef error) { return expect<__CFError>(error).domain(); }

CFIndex CFErrorGetCode(CFErrorRef error) { return expect<__CFError>(error).code(); }

CFDictionaryRef CFErrorCopyUserInfo(CFErrorRef error) {
  return CFRef<CFDictionaryRef>::retain(expect<__CFError>(error).user_info()).release();
}

CFStringRef CFErrorCopyDescription(CFErrorRef error) { return expect<__CFError>(error).description().release(); }

CFStringRef CFErrorCopyFailureReason(CFErrorRef error) { return expect<__CFError>(error).failure_reason().release(); }

CFStringRef CFErrorCopyRecoverySuggestion(CFErrorRef error) {
  return expect<__CFError>(error).text(kCFErrorLocalizedRecoverySuggestionKey).release();
}
