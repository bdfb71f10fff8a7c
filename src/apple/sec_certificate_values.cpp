// SPDX-License-Identifier: Apache-2.0
// SecCertificateCopyValues: the listing of a certificate as dictionaries.
#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecCertificate.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"
#include "apple/sec_time.hpp"
#include "securetransport/trust/certificate_listing.hpp"

using namespace securetransport::apple;
using securetransport::ListedDate;
using securetransport::ListedField;
using securetransport::ListedUrl;
using securetransport::ListedValue;
using securetransport::cf::CFRef;
using securetransport::cf::make_string;

namespace {

CFRef<CFDictionaryRef> dictionary_of(const ListedValue& value);

/// A value as an object, with the type that the dictionary names.
struct Typed {
  CFStringRef type;
  CFRef<CFTypeRef> object;
};

template <class Ref>
Typed typed(CFStringRef type, CFRef<Ref> object) {
  return {type, CFRef<CFTypeRef>::adopt(object.release())};
}

template <class Items, class Make>
CFRef<CFArrayRef> array_of_each(const Items& items, Make&& make) {
  std::vector<CFRef<CFTypeRef>> objects;
  std::vector<CFTypeRef> values;
  for (const auto& item : items) {
    values.push_back(objects.emplace_back(CFRef<CFTypeRef>::adopt(make(item).release())).get());
  }
  return securetransport::cf::make_array(values);
}

struct Typist {
  Typed operator()(const std::string& text) const { return typed(kSecPropertyTypeString, make_string(text)); }
  Typed operator()(const std::vector<std::uint8_t>& bytes) const {
    return typed(kSecPropertyTypeData, securetransport::cf::make_data(bytes));
  }
  Typed operator()(std::int64_t number) const {
    return typed(kSecPropertyTypeNumber, securetransport::cf::make_number(number));
  }
  Typed operator()(std::chrono::sys_seconds moment) const {
    const CFAbsoluteTime time = absolute_time(moment);
    return typed(kSecPropertyTypeNumber,
                 CFRef<CFNumberRef>::adopt(CFNumberCreate(nullptr, kCFNumberDoubleType, &time)));
  }
  Typed operator()(const ListedDate& date) const { return typed(kSecPropertyTypeDate, make_date(date.moment)); }
  /// As a string: CFURL knows the URLs of files alone.
  Typed operator()(const ListedUrl& url) const { return (*this)(url.text); }
  Typed operator()(const ListedValue::Section& section) const {
    return typed(kSecPropertyTypeSection, array_of_each(section, dictionary_of));
  }
  Typed operator()(const ListedValue::Texts& texts) const {
    return typed(kSecPropertyTypeArray, array_of_each(texts, [](const auto& text) { return make_string(text); }));
  }
  Typed operator()(const ListedValue::Blobs& blobs) const {
    return typed(kSecPropertyTypeArray,
                 array_of_each(blobs, [](const auto& blob) { return securetransport::cf::make_data(blob); }));
  }
};

CFRef<CFDictionaryRef> dictionary_of(const ListedValue& value) {
  const CFRef<CFStringRef> label = make_string(value.label);
  const Typed typed = std::visit(Typist{}, value.value);
  const std::array<std::pair<CFTypeRef, CFTypeRef>, 4> entries{{{kSecPropertyKeyType, typed.type},
                                                                {kSecPropertyKeyLabel, label.get()},
                                                                {kSecPropertyKeyLocalizedLabel, label.get()},
                                                                {kSecPropertyKeyValue, typed.object.get()}}};
  return securetransport::cf::make_dictionary(entries);
}

bool is_wanted(const std::string& key, CFArrayRef keys) {
  if (keys == nullptr) return true;
  const CFRef<CFStringRef> text = make_string(key);
  const auto wanted = securetransport::cf::values_of(keys);
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](CFTypeRef each) { return each != nullptr && CFEqual(each, text.get()); });
}

CFRef<CFDictionaryRef> values_of(const __SecCertificate& certificate, CFArrayRef keys) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::vector<CFRef<CFTypeRef>> owners;
  std::vector<std::pair<CFTypeRef, CFTypeRef>> entries;
  for (const ListedField& field : securetransport::list_certificate(certificate.certificate, now)) {
    if (!is_wanted(field.key, keys)) continue;
    const CFTypeRef key = owners.emplace_back(CFRef<CFTypeRef>::adopt(make_string(field.key).release())).get();
    const CFTypeRef value = owners.emplace_back(CFRef<CFTypeRef>::adopt(dictionary_of(field.value).release())).get();
    entries.emplace_back(key, value);
  }
  return securetransport::cf::make_dictionary(entries);
}

}  // namespace

CFDictionaryRef SecCertificateCopyValues(SecCertificateRef certificate, CFArrayRef keys, CFErrorRef* error) {
  return object_boundary([&]() -> CFDictionaryRef {
    const auto* const self = securetransport::cf::checked<__SecCertificate>(certificate);
    const bool has_keys = keys == nullptr || CFGetTypeID(keys) == CFArrayGetTypeID();
    if (error != nullptr) *error = nullptr;
    if (self != nullptr && has_keys) return values_of(*self, keys).release();
    if (error != nullptr) {
      *error = securetransport::cf::make_error(kCFErrorDomainOSStatus,
                                               self == nullptr ? errSecInvalidCertificateRef : errSecParam, {})
                   .release();
    }
    return nullptr;
  });
}
