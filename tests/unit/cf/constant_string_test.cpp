// SPDX-License-Identifier: Apache-2.0
// Strings that live for ever: CFSTR, and the constants of the headers.
#include <gtest/gtest.h>

#include <thread>

#include "cf/string.hpp"

namespace securetransport::cf {
namespace {

// Used before main: constants are there before any code runs.
const CFIndex kLengthBeforeMain = CFStringGetLength(kCFErrorDomainPOSIX);

TEST(ConstantString, IsThereBeforeMain) { EXPECT_EQ(kLengthBeforeMain, 18); }

TEST(ConstantString, IsTheSameForTheSameLiteral) {
  EXPECT_EQ(constant_string<"one">, constant_string<"one">);
  EXPECT_NE(constant_string<"one">, constant_string<"two">);
}

TEST(ConstantString, EqualsAStringMadeAtRunTimeAndHasItsHash) {
  const auto made = make_string("NSPOSIXErrorDomain");
  EXPECT_TRUE(CFEqual(kCFErrorDomainPOSIX, made.get()));
  EXPECT_EQ(CFHash(kCFErrorDomainPOSIX), CFHash(made.get()));
}

TEST(CFSTR, IsOneImmortalStringForEqualLiterals) {
  const CFStringRef one = CFSTR("text");
  EXPECT_EQ(one, CFSTR("te"
                       "xt"));
  EXPECT_NE(one, CFSTR("other"));
  CFRelease(one);
  CFRelease(one);
  EXPECT_EQ(string_of(one), "text");
}

TEST(CFSTR, TakesUtf8) {
  EXPECT_EQ(CFStringGetLength(CFSTR("gr\xC3\xBC\xC3\x9F")), 4);
  EXPECT_EQ(CFStringGetLength(CFSTR("")), 0);
}

TEST(CFSTR, IsTheSameInEveryThread) {
  CFStringRef other = nullptr;
  std::thread([&other] { other = CFSTR("made in two threads"); }).join();
  EXPECT_EQ(CFSTR("made in two threads"), other);
}

}  // namespace
}  // namespace securetransport::cf
