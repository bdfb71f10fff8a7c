// SPDX-License-Identifier: Apache-2.0
// Bundles, as programs use them: to ask for a function or a version at run time.
#include <CoreFoundation/CFBundle.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

TEST(Bundle, IsFoundByTheIdentifiersOfTheTwoFrameworks) {
  for (const char* const name : {"com.apple.security", "com.apple.CoreFoundation"}) {
    SCOPED_TRACE(name);
    const auto identifier = make_string(name);
    const CFBundleRef bundle = CFBundleGetBundleWithIdentifier(identifier.get());
    ASSERT_NE(bundle, nullptr);
    EXPECT_EQ(CFGetTypeID(bundle), CFBundleGetTypeID());
    EXPECT_TRUE(CFEqual(CFBundleGetIdentifier(bundle), identifier.get()));
    const CFDictionaryRef info = CFBundleGetInfoDictionary(bundle);
    EXPECT_TRUE(CFEqual(CFDictionaryGetValue(info, kCFBundleIdentifierKey), identifier.get()));
    EXPECT_GT(CFStringGetIntValue(static_cast<CFStringRef>(CFDictionaryGetValue(info, kCFBundleVersionKey))), 0);
  }
  EXPECT_EQ(CFBundleGetBundleWithIdentifier(CFSTR("com.example.other")), nullptr);
}

// SQLCipher tells its provider's version in this way, and takes the text for granted.
TEST(Bundle, HasAShortVersion) {
  for (const CFStringRef identifier : {CFSTR("com.apple.security"), CFSTR("com.apple.CoreFoundation")}) {
    const CFBundleRef bundle = CFBundleGetBundleWithIdentifier(identifier);
    const CFTypeRef version = CFBundleGetValueForInfoDictionaryKey(bundle, CFSTR("CFBundleShortVersionString"));
    ASSERT_NE(version, nullptr);
    EXPECT_NE(CFStringGetCStringPtr(static_cast<CFStringRef>(version), kCFStringEncodingUTF8), nullptr);
    EXPECT_EQ(CFBundleGetValueForInfoDictionaryKey(bundle, CFSTR("NoSuchKey")), nullptr);
  }
}

TEST(Bundle, FindsFunctionsThatAreThereAndNoOthers) {
  const CFBundleRef bundle = CFBundleGetBundleWithIdentifier(CFSTR("com.apple.security"));
  // A function of a shared library: this program has the library's own linked in statically.
  EXPECT_EQ(CFBundleGetFunctionPointerForName(bundle, CFSTR("malloc")), reinterpret_cast<void*>(&std::malloc));
  EXPECT_EQ(CFBundleGetFunctionPointerForName(bundle, CFSTR("SSLDoesNotExist")), nullptr);
}

}  // namespace
}  // namespace securetransport::cf
