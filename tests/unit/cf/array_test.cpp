// SPDX-License-Identifier: Apache-2.0
// Arrays. Expected behaviour: Apple's CFArray and CFMutableArray references.
#include "cf/array.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace securetransport::cf {
namespace {

using Array = CFRef<CFArrayRef>;
using MutableArray = CFRef<CFMutableArrayRef>;

const void* number(std::intptr_t value) { return reinterpret_cast<const void*>(value); }
std::intptr_t value_of(const void* value) { return reinterpret_cast<std::intptr_t>(value); }

/// An array of plain numbers instead of pointers.
MutableArray numbers(std::vector<std::intptr_t> values, const CFArrayCallBacks* callbacks = nullptr) {
  auto array = MutableArray::adopt(CFArrayCreateMutable(nullptr, 0, callbacks));
  for (const std::intptr_t value : values) CFArrayAppendValue(array.get(), number(value));
  return array;
}

std::vector<std::intptr_t> content(CFArrayRef array) {
  std::vector<std::intptr_t> values;
  for (CFIndex i = 0; i < CFArrayGetCount(array); ++i) values.push_back(value_of(CFArrayGetValueAtIndex(array, i)));
  return values;
}

using Numbers = std::vector<std::intptr_t>;

TEST(Array, RetainsItsObjectsAndReleasesThem) {
  const auto text = make_string("text");
  const CFTypeRef values[] = {text.get(), text.get(), kCFNull};
  {
    const Array array =
        Array::adopt(CFArrayCreate(nullptr, const_cast<const void**>(values), 3, &kCFTypeArrayCallBacks));
    EXPECT_EQ(CFArrayGetCount(array.get()), 3);
    EXPECT_EQ(CFArrayGetValueAtIndex(array.get(), 0), text.get());
    EXPECT_EQ(CFGetRetainCount(text.get()), 3);
  }
  EXPECT_EQ(CFGetRetainCount(text.get()), 1);
}

TEST(Array, WithoutCallbacksHoldsPointersOfAnyKind) {
  const void* values[] = {number(1), number(2), nullptr};
  const Array array = Array::adopt(CFArrayCreate(nullptr, values, 3, nullptr));
  EXPECT_EQ(content(array.get()), (Numbers{1, 2, 0}));
  EXPECT_TRUE(CFArrayContainsValue(array.get(), CFRangeMake(0, 3), number(2)));
  EXPECT_FALSE(CFArrayContainsValue(array.get(), CFRangeMake(0, 1), number(2)));
}

int retained = 0;
int released = 0;

TEST(Array, CallsTheProgramsCallbacks) {
  const CFArrayCallBacks callbacks{
      0,
      [](CFAllocatorRef, const void* value) {
        ++retained;
        return number(value_of(value) + 100);  // What is kept may be another than what was given.
      },
      [](CFAllocatorRef, const void*) { ++released; },
      [](const void*) { return static_cast<CFStringRef>(CFRetain(CFSTR("a number"))); },
      [](const void* a, const void* b) { return Boolean{value_of(a) % 10 == value_of(b) % 10}; },
  };
  retained = released = 0;
  {
    const MutableArray array = numbers({1, 2, 3}, &callbacks);
    EXPECT_EQ(content(array.get()), (Numbers{101, 102, 103}));
    EXPECT_EQ(CFArrayGetFirstIndexOfValue(array.get(), CFRangeMake(0, 3), number(42)), 1);
    CFArrayRemoveValueAtIndex(array.get(), 0);
    EXPECT_EQ(released, 1);
    const auto text = CFRef<CFStringRef>::adopt(CFCopyDescription(array.get()));
    EXPECT_NE(string_of(text.get()).find("a number"), std::string::npos);
  }
  EXPECT_EQ(retained, 3);
  EXPECT_EQ(released, 3);
}

TEST(Array, IsSharedInsteadOfCopiedIfItCannotChange) {
  const CFTypeRef values[] = {kCFNull};
  const Array array = make_array(values);
  const Array copy = Array::adopt(CFArrayCreateCopy(nullptr, array.get()));
  EXPECT_EQ(copy.get(), array.get());

  const MutableArray changing = MutableArray::adopt(CFArrayCreateMutableCopy(nullptr, 0, array.get()));
  const Array snapshot = Array::adopt(CFArrayCreateCopy(nullptr, changing.get()));
  CFArrayRemoveAllValues(changing.get());
  EXPECT_EQ(CFArrayGetCount(snapshot.get()), 1);
  EXPECT_EQ(CFArrayGetCount(changing.get()), 0);
}

TEST(Array, EqualsAnotherOfEqualValues) {
  const auto one = make_string("x");
  const auto other = make_string("x");
  const CFTypeRef first[] = {one.get()};
  const CFTypeRef second[] = {other.get()};
  EXPECT_TRUE(CFEqual(make_array(first).get(), make_array(second).get()));
  EXPECT_EQ(CFHash(make_array(first).get()), CFHash(make_array(second).get()));
  EXPECT_FALSE(CFEqual(make_array(first).get(), make_array({}).get()));
}

TEST(MutableArray, ChangesAtEveryPlace) {
  const MutableArray array = numbers({1, 2, 3});
  CFArrayInsertValueAtIndex(array.get(), 0, number(0));
  CFArrayInsertValueAtIndex(array.get(), 4, number(4));
  EXPECT_EQ(content(array.get()), (Numbers{0, 1, 2, 3, 4}));
  CFArraySetValueAtIndex(array.get(), 2, number(20));
  CFArraySetValueAtIndex(array.get(), 5, number(5));  // Apple: an index equal to the count appends.
  EXPECT_EQ(content(array.get()), (Numbers{0, 1, 20, 3, 4, 5}));
  CFArrayRemoveValueAtIndex(array.get(), 1);
  CFArrayExchangeValuesAtIndices(array.get(), 0, 4);
  EXPECT_EQ(content(array.get()), (Numbers{5, 20, 3, 4, 0}));
  const void* added[] = {number(7), number(8), number(9)};
  CFArrayReplaceValues(array.get(), CFRangeMake(1, 1), added, 3);
  EXPECT_EQ(content(array.get()), (Numbers{5, 7, 8, 9, 3, 4, 0}));
  CFArrayAppendArray(array.get(), array.get(), CFRangeMake(0, 2));
  EXPECT_EQ(content(array.get()), (Numbers{5, 7, 8, 9, 3, 4, 0, 5, 7}));
  EXPECT_EQ(CFArrayGetCountOfValue(array.get(), CFRangeMake(0, 9), number(7)), 2);
  EXPECT_EQ(CFArrayGetFirstIndexOfValue(array.get(), CFRangeMake(2, 7), number(7)), 8);
  EXPECT_EQ(CFArrayGetLastIndexOfValue(array.get(), CFRangeMake(0, 8), number(7)), 1);
  EXPECT_EQ(CFArrayGetFirstIndexOfValue(array.get(), CFRangeMake(0, 9), number(99)), kCFNotFound);
}

TEST(MutableArray, MayBeGivenTheLastReferenceOfItsOwnValue) {
  const auto array = MutableArray::adopt(CFArrayCreateMutable(nullptr, 0, &kCFTypeArrayCallBacks));
  CFArrayAppendValue(array.get(), make_string("only here").get());
  CFArraySetValueAtIndex(array.get(), 0, CFArrayGetValueAtIndex(array.get(), 0));
  EXPECT_EQ(string_of(static_cast<CFStringRef>(CFArrayGetValueAtIndex(array.get(), 0))), "only here");
}

CFComparisonResult by_size(const void* a, const void* b, void* context) {
  ++*static_cast<int*>(context);
  return value_of(a) < value_of(b)   ? kCFCompareLessThan
         : value_of(a) > value_of(b) ? kCFCompareGreaterThan
                                     : kCFCompareEqualTo;
}

TEST(MutableArray, IsSortedInARangeAndSearched) {
  const MutableArray array = numbers({9, 5, 3, 8, 1});
  int calls = 0;
  CFArraySortValues(array.get(), CFRangeMake(1, 4), by_size, &calls);
  EXPECT_EQ(content(array.get()), (Numbers{9, 1, 3, 5, 8}));
  EXPECT_GT(calls, 0);
  EXPECT_EQ(CFArrayBSearchValues(array.get(), CFRangeMake(1, 4), number(5), by_size, &calls), 3);
  EXPECT_EQ(CFArrayBSearchValues(array.get(), CFRangeMake(1, 4), number(4), by_size, &calls), 3);
  EXPECT_EQ(CFArrayBSearchValues(array.get(), CFRangeMake(1, 4), number(99), by_size, &calls), 5);
}

TEST(Array, HandsItsValuesToAFunctionOrABuffer) {
  const MutableArray array = numbers({1, 2, 3, 4});
  std::intptr_t sum = 0;
  const auto add = [](const void* value, void* context) { *static_cast<std::intptr_t*>(context) += value_of(value); };
  CFArrayApplyFunction(array.get(), CFRangeMake(1, 2), add, &sum);
  EXPECT_EQ(sum, 5);
  std::array<const void*, 2> values{};
  CFArrayGetValues(array.get(), CFRangeMake(2, 2), values.data());
  EXPECT_EQ(values, (std::array{number(3), number(4)}));
}

TEST(Array, ShowsItsObjectsInItsDescription) {
  const CFTypeRef values[] = {CFSTR("a"), kCFBooleanTrue};
  const auto text = CFRef<CFStringRef>::adopt(CFCopyDescription(make_array(values).get()));
  EXPECT_EQ(string_of(text.get()), "(\n    a,\n    true\n)");
}

TEST(ArrayDeathTest, WhatIsOutOfBoundsOrFixedEndsTheProgram) {
  const MutableArray array = numbers({1});
  EXPECT_DEATH(CFArrayGetValueAtIndex(array.get(), 1), "");
  EXPECT_DEATH(CFArrayGetValueAtIndex(array.get(), -1), "");
  EXPECT_DEATH(CFArraySetValueAtIndex(array.get(), 2, nullptr), "");
  EXPECT_DEATH(CFArrayRemoveValueAtIndex(array.get(), 1), "");
  EXPECT_DEATH(CFArrayCreate(nullptr, nullptr, 1, nullptr), "");
  EXPECT_DEATH(CFArrayCreate(nullptr, nullptr, -1, nullptr), "");
  EXPECT_DEATH(CFArrayAppendValue(const_cast<CFMutableArrayRef>(make_array({}).get()), kCFNull), "");
}

}  // namespace
}  // namespace securetransport::cf
