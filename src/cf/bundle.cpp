// SPDX-License-Identifier: Apache-2.0
// CFBundle: the two frameworks that programs look up by name.
#include <CoreFoundation/CFBundle.h>
#include <dlfcn.h>

#include <array>

#include "cf/singleton.hpp"
#include "cf/string.hpp"

struct __CFBundle final : securetransport::cf::Singleton<securetransport::cf::kBundleType> {
  constexpr __CFBundle(CFStringRef own_identifier, CFStringRef own_name, CFStringRef own_version,
                       CFStringRef own_short_version, std::string_view text) noexcept
      : Singleton(text),
        identifier(own_identifier),
        name(own_name),
        version(own_version),
        short_version(own_short_version) {}

  const CFStringRef identifier;
  const CFStringRef name;
  const CFStringRef version;
  const CFStringRef short_version;
};

using namespace securetransport::cf;

const CFStringRef kCFBundleIdentifierKey = constant_string<"CFBundleIdentifier">;
const CFStringRef kCFBundleNameKey = constant_string<"CFBundleName">;
const CFStringRef kCFBundleVersionKey = constant_string<"CFBundleVersion">;

namespace {

constinit Eternal<__CFBundle> security{constant_string<"com.apple.security">, constant_string<"Security">,
                                       constant_string<"59306">, constant_string<"9.0">,
                                       "<CFBundle com.apple.security>"};
constinit Eternal<__CFBundle> core_foundation{constant_string<"com.apple.CoreFoundation">,
                                              constant_string<"CoreFoundation">, constant_string<"1673">,
                                              constant_string<"6.9">, "<CFBundle com.apple.CoreFoundation>"};

CFRef<CFDictionaryRef> information(const __CFBundle& bundle) {
  const std::array<std::pair<CFTypeRef, CFTypeRef>, 4> entries{{
      {kCFBundleIdentifierKey, bundle.identifier},
      {kCFBundleNameKey, bundle.name},
      {kCFBundleVersionKey, bundle.version},
      {constant_string<"CFBundleShortVersionString">, bundle.short_version},
  }};
  return make_dictionary(entries);
}

}  // namespace

CFTypeID CFBundleGetTypeID() { return kBundleType; }

CFBundleRef CFBundleGetBundleWithIdentifier(CFStringRef identifier) {
  for (__CFBundle* const bundle : {&security.value, &core_foundation.value}) {
    if (CFEqual(bundle->identifier, identifier)) return bundle;
  }
  return nullptr;
}

CFStringRef CFBundleGetIdentifier(CFBundleRef bundle) { return expect<__CFBundle>(bundle).identifier; }

CFDictionaryRef CFBundleGetInfoDictionary(CFBundleRef bundle) {
  // Never released: what a Get function gives lives as long as the bundle.
  static const CFDictionaryRef kSecurity = information(security.value).release();
  static const CFDictionaryRef kCoreFoundation = information(core_foundation.value).release();
  return &expect<__CFBundle>(bundle) == &security.value ? kSecurity : kCoreFoundation;
}

CFTypeRef CFBundleGetValueForInfoDictionaryKey(CFBundleRef bundle, CFStringRef key) {
  return CFDictionaryGetValue(CFBundleGetInfoDictionary(bundle), key);
}

void* CFBundleGetFunctionPointerForName(CFBundleRef bundle, CFStringRef name) {
  expect<__CFBundle>(bundle);
  return dlsym(RTLD_DEFAULT, string_of(name).c_str());
}
