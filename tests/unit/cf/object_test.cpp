// SPDX-License-Identifier: Apache-2.0
// Counts, types and equality of objects. Expected behaviour: Apple's "Memory Management Programming Guide for Core
// Foundation", and the CFType reference.
#include "cf/object.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

#include "cf/describe.hpp"

namespace securetransport::cf {
namespace {

struct Thing final : Object {
  explicit Thing(bool& is_gone) : Object(type_id()), is_gone_(is_gone) {}
  ~Thing() override { is_gone_ = true; }

  static CFTypeID type_id() {
    static const CFTypeID kId = register_type("Thing");
    return kId;
  }

 private:
  bool& is_gone_;
};

TEST(Object, LivesAsLongAsItsLastOwner) {
  bool is_gone = false;
  const CFTypeRef thing = new Thing(is_gone);
  EXPECT_EQ(CFGetRetainCount(thing), 1);
  EXPECT_EQ(CFRetain(thing), thing);
  EXPECT_EQ(CFGetRetainCount(thing), 2);
  CFRelease(thing);
  EXPECT_FALSE(is_gone);
  CFRelease(thing);
  EXPECT_TRUE(is_gone);
}

TEST(Object, CountsOwnersInManyThreadsAtOnce) {
  bool is_gone = false;
  const CFTypeRef thing = new Thing(is_gone);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([thing] {
      for (int round = 0; round < 10'000; ++round) CFRetain(thing);
      for (int round = 0; round < 10'000; ++round) CFRelease(thing);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(CFGetRetainCount(thing), 1);
  CFRelease(thing);
  EXPECT_TRUE(is_gone);
}

TEST(Object, IsFoundByItsTypeOnly) {
  bool is_gone = false;
  const auto thing = CFRef<CFTypeRef>::adopt(new Thing(is_gone));
  EXPECT_EQ(CFGetTypeID(thing.get()), Thing::type_id());
  EXPECT_EQ(checked<Thing>(thing.get()), thing.get());
  EXPECT_EQ(checked<Thing>(kCFBooleanTrue), nullptr);
  EXPECT_EQ(checked<Thing>(nullptr), nullptr);
}

TEST(Object, IsEqualToItselfOnlyUnlessItsTypeSaysOtherwise) {
  bool is_gone = false;
  const auto one = CFRef<CFTypeRef>::adopt(new Thing(is_gone));
  const auto other = CFRef<CFTypeRef>::adopt(new Thing(is_gone));
  EXPECT_TRUE(CFEqual(one.get(), one.get()));
  EXPECT_FALSE(CFEqual(one.get(), other.get()));
  EXPECT_FALSE(CFEqual(one.get(), kCFNull));
}

TEST(Object, NamesItsTypeInItsDescription) {
  bool is_gone = false;
  const auto thing = CFRef<CFTypeRef>::adopt(new Thing(is_gone));
  const auto text = CFRef<CFStringRef>::adopt(CFCopyDescription(thing.get()));
  EXPECT_TRUE(string_of(text.get()).starts_with("<Thing 0x")) << string_of(text.get());
  EXPECT_EQ(CFCopyDescription(nullptr), nullptr);
}

TEST(Object, IsShownOnStandardError) {
  testing::internal::CaptureStderr();
  CFShow(CFSTR("text"));
  CFShow(nullptr);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "text\n(null)\n");
}

TEST(TypeIds, AreDifferentAndHaveNames) {
  const std::vector<std::pair<CFTypeID, std::string>> types{
      {CFAllocatorGetTypeID(), "CFAllocator"},
      {CFArrayGetTypeID(), "CFArray"},
      {CFBooleanGetTypeID(), "CFBoolean"},
      {CFDataGetTypeID(), "CFData"},
      {CFDateGetTypeID(), "CFDate"},
      {CFDictionaryGetTypeID(), "CFDictionary"},
      {CFErrorGetTypeID(), "CFError"},
      {CFNullGetTypeID(), "CFNull"},
      {CFNumberGetTypeID(), "CFNumber"},
      {CFStringGetTypeID(), "CFString"},
      {Thing::type_id(), "Thing"},
  };
  for (const auto& [type, name] : types) {
    SCOPED_TRACE(name);
    const auto text = CFRef<CFStringRef>::adopt(CFCopyTypeIDDescription(type));
    EXPECT_EQ(string_of(text.get()), name);
  }
  EXPECT_EQ(CFCopyTypeIDDescription(1'000'000), nullptr);
}

TEST(Singletons, AreNeverDestroyed) {
  const std::array<CFTypeRef, 6> singletons{
      kCFNull, kCFBooleanTrue, kCFBooleanFalse, kCFAllocatorNull, kCFAllocatorSystemDefault, kCFNumberNaN};
  for (const CFTypeRef singleton : singletons) {
    SCOPED_TRACE(description_of(singleton));
    const CFIndex owners = CFGetRetainCount(singleton);
    EXPECT_GT(owners, 1'000'000);
    CFRelease(singleton);
    CFRelease(singleton);
    EXPECT_EQ(CFRetain(singleton), singleton);
    EXPECT_EQ(CFGetRetainCount(singleton), owners);
  }
}

TEST(Reference, AdoptsWithoutAndRetainsWithAnotherOwner) {
  auto adopted = CFRef<CFStringRef>::adopt(CFStringCreateWithCString(nullptr, "text", kCFStringEncodingUTF8));
  EXPECT_EQ(CFGetRetainCount(adopted.get()), 1);
  {
    const auto retained = CFRef<CFStringRef>::retain(adopted.get());
    const CFRef<CFStringRef> copied = retained;
    EXPECT_EQ(CFGetRetainCount(adopted.get()), 3);
  }
  EXPECT_EQ(CFGetRetainCount(adopted.get()), 1);
  CFRef<CFStringRef> moved = std::move(adopted);
  EXPECT_EQ(CFGetRetainCount(moved.get()), 1);
  CFRelease(moved.release());
  EXPECT_FALSE(moved);
}

TEST(Allocator, GivesAndTakesMemory) {
  void* memory = CFAllocatorAllocate(kCFAllocatorDefault, 16, 0);
  ASSERT_NE(memory, nullptr);
  memory = CFAllocatorReallocate(kCFAllocatorDefault, memory, 32, 0);
  ASSERT_NE(memory, nullptr);
  CFAllocatorDeallocate(kCFAllocatorDefault, memory);
  EXPECT_EQ(CFAllocatorAllocate(kCFAllocatorDefault, 0, 0), nullptr);
  EXPECT_EQ(CFAllocatorAllocate(kCFAllocatorNull, 16, 0), nullptr);
  EXPECT_EQ(CFAllocatorGetDefault(), CFGetAllocator(kCFNull));
}

TEST(ObjectDeathTest, NullEndsTheProgram) {
  EXPECT_DEATH(CFRelease(nullptr), "");
  EXPECT_DEATH(CFRetain(nullptr), "");
  EXPECT_DEATH(CFGetTypeID(nullptr), "");
  EXPECT_DEATH(CFEqual(nullptr, kCFNull), "");
  EXPECT_DEATH(CFHash(nullptr), "");
}

TEST(ObjectDeathTest, AnObjectOfAnotherTypeEndsTheProgram) {
  const auto wrong = static_cast<CFStringRef>(static_cast<CFTypeRef>(kCFNull));
  EXPECT_DEATH(CFStringGetLength(wrong), "");
  EXPECT_DEATH(CFArrayGetCount(nullptr), "");
}

}  // namespace
}  // namespace securetransport::cf
