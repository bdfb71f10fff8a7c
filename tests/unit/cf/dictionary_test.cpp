// SPDX-License-Identifier: Apache-2.0
// Dictionaries. Expected behaviour: Apple's CFDictionary and CFMutableDictionary references.
#include "cf/dictionary.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>

namespace securetransport::cf {
namespace {

using Dictionary = CFRef<CFDictionaryRef>;
using MutableDictionary = CFRef<CFMutableDictionaryRef>;

MutableDictionary objects() {
  return MutableDictionary::adopt(
      CFDictionaryCreateMutable(nullptr, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
}

const void* number(std::intptr_t value) { return reinterpret_cast<const void*>(value); }

TEST(Dictionary, FindsValuesByEqualKeys) {
  const void* keys[] = {CFSTR("one"), CFSTR("two")};
  const void* values[] = {kCFBooleanTrue, kCFBooleanFalse};
  const Dictionary dictionary = Dictionary::adopt(
      CFDictionaryCreate(nullptr, keys, values, 2, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  EXPECT_EQ(CFDictionaryGetCount(dictionary.get()), 2);
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), make_string("two").get()), kCFBooleanFalse);
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), CFSTR("three")), nullptr);
  EXPECT_TRUE(CFDictionaryContainsKey(dictionary.get(), make_string("one").get()));
  EXPECT_EQ(CFDictionaryGetCountOfKey(dictionary.get(), CFSTR("three")), 0);
  EXPECT_TRUE(CFDictionaryContainsValue(dictionary.get(), kCFBooleanTrue));
  EXPECT_EQ(CFDictionaryGetCountOfValue(dictionary.get(), kCFBooleanTrue), 1);
  EXPECT_FALSE(CFDictionaryContainsValue(dictionary.get(), kCFNull));
}

TEST(Dictionary, TellsANullValueFromNoValue) {
  const void* keys[] = {number(1)};
  const void* values[] = {nullptr};
  const Dictionary dictionary = Dictionary::adopt(CFDictionaryCreate(nullptr, keys, values, 1, nullptr, nullptr));
  const void* value = number(99);
  EXPECT_TRUE(CFDictionaryGetValueIfPresent(dictionary.get(), number(1), &value));
  EXPECT_EQ(value, nullptr);
  value = number(99);
  EXPECT_FALSE(CFDictionaryGetValueIfPresent(dictionary.get(), number(2), &value));
  EXPECT_EQ(value, number(99));
  EXPECT_TRUE(CFDictionaryGetValueIfPresent(dictionary.get(), number(1), nullptr));
}

TEST(Dictionary, RetainsItsKeysAndValuesAndReleasesThem) {
  const auto key = make_string("key");
  const auto value = make_string("value");
  {
    const MutableDictionary dictionary = objects();
    CFDictionarySetValue(dictionary.get(), key.get(), value.get());
    CFDictionarySetValue(dictionary.get(), key.get(), value.get());
    EXPECT_EQ(CFGetRetainCount(key.get()), 2);
    EXPECT_EQ(CFGetRetainCount(value.get()), 2);
    CFDictionaryRemoveValue(dictionary.get(), key.get());
    EXPECT_EQ(CFGetRetainCount(key.get()), 1);
    EXPECT_EQ(CFGetRetainCount(value.get()), 1);
    CFDictionarySetValue(dictionary.get(), key.get(), value.get());
    CFDictionaryRemoveAllValues(dictionary.get());
    EXPECT_EQ(CFGetRetainCount(value.get()), 1);
    EXPECT_EQ(CFDictionaryGetCount(dictionary.get()), 0);
    CFDictionarySetValue(dictionary.get(), key.get(), value.get());
  }
  EXPECT_EQ(CFGetRetainCount(key.get()), 1);
  EXPECT_EQ(CFGetRetainCount(value.get()), 1);
}

TEST(Dictionary, KeepsTheFirstOfEqualKeys) {
  const void* keys[] = {CFSTR("key"), CFSTR("key")};
  const void* values[] = {kCFBooleanTrue, kCFBooleanFalse};
  const Dictionary dictionary = Dictionary::adopt(
      CFDictionaryCreate(nullptr, keys, values, 2, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  EXPECT_EQ(CFDictionaryGetCount(dictionary.get()), 1);
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), CFSTR("key")), kCFBooleanTrue);
}

TEST(MutableDictionary, AddsOnlyNewKeysReplacesOnlyOldOnesAndSetsBoth) {
  const MutableDictionary dictionary = objects();
  const CFStringRef key = CFSTR("key");
  CFDictionaryReplaceValue(dictionary.get(), key, CFSTR("replaced"));
  EXPECT_EQ(CFDictionaryGetCount(dictionary.get()), 0);
  CFDictionaryAddValue(dictionary.get(), key, CFSTR("added"));
  CFDictionaryAddValue(dictionary.get(), key, CFSTR("added again"));
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), key), CFSTR("added"));
  CFDictionaryReplaceValue(dictionary.get(), key, CFSTR("replaced"));
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), key), CFSTR("replaced"));
  CFDictionarySetValue(dictionary.get(), key, CFSTR("set"));
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), key), CFSTR("set"));
  CFDictionaryRemoveValue(dictionary.get(), CFSTR("another"));
  EXPECT_EQ(CFDictionaryGetCount(dictionary.get()), 1);
}

TEST(MutableDictionary, MayBeGivenTheLastReferenceOfItsOwnValue) {
  const MutableDictionary dictionary = objects();
  CFDictionarySetValue(dictionary.get(), CFSTR("key"), make_string("only here").get());
  CFDictionarySetValue(dictionary.get(), CFSTR("key"), CFDictionaryGetValue(dictionary.get(), CFSTR("key")));
  EXPECT_EQ(string_of(static_cast<CFStringRef>(CFDictionaryGetValue(dictionary.get(), CFSTR("key")))), "only here");
}

TEST(Dictionary, CopiesItsKeysWhereTheCallbacksSaySo) {
  const auto key = CFRef<CFMutableStringRef>::adopt(CFStringCreateMutableCopy(nullptr, 0, CFSTR("key")));
  const auto dictionary = MutableDictionary::adopt(
      CFDictionaryCreateMutable(nullptr, 0, &kCFCopyStringDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  CFDictionarySetValue(dictionary.get(), key.get(), kCFNull);
  CFStringAppend(key.get(), CFSTR(" changed"));
  EXPECT_EQ(CFDictionaryGetValue(dictionary.get(), CFSTR("key")), kCFNull);
}

TEST(Dictionary, HandsOutKeysAndValuesInTheSameOrder) {
  const void* keys[] = {number(1), number(2), number(3)};
  const void* values[] = {number(10), number(20), number(30)};
  const Dictionary dictionary = Dictionary::adopt(CFDictionaryCreate(nullptr, keys, values, 3, nullptr, nullptr));
  std::array<const void*, 3> found_keys{};
  std::array<const void*, 3> found_values{};
  CFDictionaryGetKeysAndValues(dictionary.get(), found_keys.data(), found_values.data());
  std::map<const void*, const void*> found;
  for (std::size_t i = 0; i < 3; ++i) found[found_keys[i]] = found_values[i];
  const std::map<const void*, const void*> expected{
      {number(1), number(10)}, {number(2), number(20)}, {number(3), number(30)}};
  EXPECT_EQ(found, expected);

  std::map<const void*, const void*> applied;
  const auto note = [](const void* key, const void* value, void* context) {
    (*static_cast<std::map<const void*, const void*>*>(context))[key] = value;
  };
  CFDictionaryApplyFunction(dictionary.get(), note, &applied);
  EXPECT_EQ(applied, expected);
}

TEST(Dictionary, EqualsAnotherOfEqualEntries) {
  const std::pair<CFTypeRef, CFTypeRef> entry{CFSTR("a"), make_number(1).release()};
  const auto owner = CFRef<CFTypeRef>::adopt(entry.second);
  const Dictionary one = make_dictionary({&entry, 1});
  const MutableDictionary other = MutableDictionary::adopt(CFDictionaryCreateMutableCopy(nullptr, 0, one.get()));
  EXPECT_TRUE(CFEqual(one.get(), other.get()));
  EXPECT_EQ(CFHash(one.get()), CFHash(other.get()));
  CFDictionarySetValue(other.get(), CFSTR("a"), kCFNull);
  EXPECT_FALSE(CFEqual(one.get(), other.get()));
  CFDictionaryRemoveAllValues(other.get());
  EXPECT_FALSE(CFEqual(one.get(), other.get()));
}

TEST(Dictionary, IsSharedInsteadOfCopiedIfItCannotChange) {
  const Dictionary fixed = make_dictionary({});
  EXPECT_EQ(Dictionary::adopt(CFDictionaryCreateCopy(nullptr, fixed.get())).get(), fixed.get());
  const MutableDictionary changing = objects();
  const Dictionary snapshot = Dictionary::adopt(CFDictionaryCreateCopy(nullptr, changing.get()));
  CFDictionarySetValue(changing.get(), CFSTR("key"), kCFNull);
  EXPECT_EQ(CFDictionaryGetCount(snapshot.get()), 0);
}

TEST(Dictionary, ShowsItsEntriesInTheOrderOfTheirText) {
  const std::array<std::pair<CFTypeRef, CFTypeRef>, 2> entries{{{CFSTR("b"), kCFNull}, {CFSTR("a"), CFSTR("x")}}};
  EXPECT_EQ(make_dictionary(entries).get()->describe(), "{\n    a = x;\n    b = <null>;\n}");
}

TEST(DictionaryDeathTest, AFixedOneOrMissingValuesEndTheProgram) {
  EXPECT_DEATH(CFDictionarySetValue(const_cast<CFMutableDictionaryRef>(make_dictionary({}).get()), kCFNull, kCFNull),
               "");
  const void* keys[] = {number(1)};
  EXPECT_DEATH(CFDictionaryCreate(nullptr, keys, nullptr, 1, nullptr, nullptr), "");
  EXPECT_DEATH(CFDictionarySetValue(objects().get(), nullptr, kCFNull), "");
}

}  // namespace
}  // namespace securetransport::cf
