// SPDX-License-Identifier: Apache-2.0
// The same headers in C++: enumerations are types there.
#define __ASSERT_MACROS_DEFINE_VERSIONS_WITHOUT_UNDERSCORES 0
#include <AssertMacros.h>
#include <CoreServices/CoreServices.h>

#include <type_traits>

#if defined(check) || defined(verify) || defined(require)
#error "a program can do without the short names"
#endif

namespace {

typedef CF_ENUM(CFIndex, Named) { kNamedOne = 1 };
typedef CF_OPTIONS(UInt32, Flags) { kFlagOne = 1, kFlagTwo = 2 };
CF_ENUM(UInt16){kNameless = 65535};

static_assert(std::is_enum<Named>::value && sizeof(Named) == sizeof(CFIndex), "an enumeration of that width");
static_assert(std::is_same<Flags, UInt32>::value, "flags can be or-ed");
static_assert(std::is_enum<CFComparisonResult>::value, "an enumeration can be overloaded on");
static_assert(kNameless == 65535, "the nameless kind has constants too");
static_assert(std::is_same<decltype(SecTrustGetTypeID()), CFTypeID>::value, "CoreServices brings Security along");

}  // namespace

extern "C" int platform_in_cpp() {
  const Flags flags = kFlagOne | kFlagTwo;
  __Require_Quiet(flags == 3, out);
  __Require_noErr_Quiet(noErr, out);
  return 0;
out:
  return 10;
}
