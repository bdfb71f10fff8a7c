// SPDX-License-Identifier: Apache-2.0
// Strings that live for ever: CFSTR, and the constants of the headers.
#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

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

TEST(CFSTR, IsImmortal) {
  const CFStringRef one = CFSTR("text");
  for (int time = 0; time < 3; ++time) CFRelease(one);
  EXPECT_EQ(string_of(one), "text");
  EXPECT_EQ(CFRetain(one), one);
}

TEST(CFSTR, IsTheStringOfItsLiteral) {
  EXPECT_TRUE(CFEqual(CFSTR("text"), CFSTR("te"
                                           "xt")));
  EXPECT_FALSE(CFEqual(CFSTR("text"), CFSTR("other")));
  EXPECT_TRUE(CFEqual(CFSTR("text"), __CFStringMakeConstantString("text")));
  EXPECT_EQ(CFHash(CFSTR("text")), CFHash(make_string("text").get()));
  EXPECT_EQ(CFGetTypeID(CFSTR("text")), CFStringGetTypeID());
}

TEST(CFSTR, TakesUtf8) {
  EXPECT_EQ(CFStringGetLength(CFSTR("gr\xC3\xBC\xC3\x9F")), 4);
  EXPECT_EQ(CFStringGetLength(CFSTR("")), 0);
}

TEST(CFSTR, IsTheSameInEveryThread) {
  std::array<const char*, 4> texts{};
  {
    std::vector<std::jthread> threads;
    for (const char*& text : texts) {
      threads.emplace_back(
          [&text] { text = CFStringGetCStringPtr(CFSTR("first seen by several threads"), kCFStringEncodingUTF8); });
    }
  }
  for (const char* const text : texts) EXPECT_EQ(text, texts.front());
  EXPECT_STREQ(texts.front(), "first seen by several threads");
}

}  // namespace
}  // namespace securetransport::cf
