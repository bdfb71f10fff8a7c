// SPDX-License-Identifier: Apache-2.0
// Errors. Expected behaviour: Apple's CFError reference and published CFError.
#include <CoreFoundation/CFError.h>
#include <gtest/gtest.h>

#include <array>
#include <cerrno>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

using Error = CFRef<CFErrorRef>;
using Entries = std::vector<std::pair<CFTypeRef, CFTypeRef>>;

Error with(CFStringRef domain, CFIndex code, const Entries& entries) {
  return Error::adopt(CFErrorCreate(nullptr, domain, code, make_dictionary(entries).get()));
}

std::string description(const Error& error) {
  return string_of(CFRef<CFStringRef>::adopt(CFErrorCopyDescription(error.get())).get());
}

TEST(Error, HasADomainACodeAndUserInfo) {
  const Error error = with(kCFErrorDomainOSStatus, -9807, {{CFSTR("key"), kCFNull}});
  EXPECT_TRUE(CFEqual(CFErrorGetDomain(error.get()), kCFErrorDomainOSStatus));
  EXPECT_EQ(CFErrorGetCode(error.get()), -9807);
  const auto info = CFRef<CFDictionaryRef>::adopt(CFErrorCopyUserInfo(error.get()));
  EXPECT_EQ(CFDictionaryGetValue(info.get(), CFSTR("key")), kCFNull);
}

TEST(Error, HasEmptyUserInfoIfNoneWasGiven) {
  const Error error = Error::adopt(CFErrorCreate(nullptr, kCFErrorDomainOSStatus, 1, nullptr));
  const auto info = CFRef<CFDictionaryRef>::adopt(CFErrorCopyUserInfo(error.get()));
  ASSERT_TRUE(info);
  EXPECT_EQ(CFDictionaryGetCount(info.get()), 0);
}

TEST(Error, DescribesItselfWithTheBestWordsItHas) {
  const CFStringRef domain = CFSTR("domain");
  struct Row {
    const char* name;
    Error error;
    std::string text;
  };
  const Row rows[] = {
      {"description",
       with(domain, 5,
            {{kCFErrorLocalizedDescriptionKey, CFSTR("D")}, {kCFErrorLocalizedFailureReasonKey, CFSTR("R")}}),
       "D"},
      {"failure and reason",
       with(domain, 5, {{kCFErrorLocalizedFailureKey, CFSTR("F.")}, {kCFErrorLocalizedFailureReasonKey, CFSTR("R.")}}),
       "F. R."},
      {"failure", with(domain, 5, {{kCFErrorLocalizedFailureKey, CFSTR("F.")}}), "F."},
      {"reason", with(domain, 5, {{kCFErrorLocalizedFailureReasonKey, CFSTR("R.")}}),
       "The operation couldn\u2019t be completed. R."},
      {"technical", with(domain, 5, {{kCFErrorDescriptionKey, CFSTR("T")}}),
       "The operation couldn\u2019t be completed. (domain error 5 - T)"},
      {"none", with(domain, 5, {}), "The operation couldn\u2019t be completed. (domain error 5.)"},
      {"a known domain", with(kCFErrorDomainOSStatus, -9807, {}),
       "The operation couldn\u2019t be completed. (OSStatus error -9807.)"},
      {"errno", with(kCFErrorDomainPOSIX, ENOENT, {}),
       "The operation couldn\u2019t be completed. No such file or directory"},
      {"a description that is no text", with(domain, 5, {{kCFErrorLocalizedDescriptionKey, kCFNull}}),
       "The operation couldn\u2019t be completed. (domain error 5.)"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(description(row.error), row.text);
  }
}

TEST(Error, HasNoReasonOrSuggestionUnlessGiven) {
  const Error bare = with(CFSTR("domain"), 1, {});
  EXPECT_EQ(CFErrorCopyFailureReason(bare.get()), nullptr);
  EXPECT_EQ(CFErrorCopyRecoverySuggestion(bare.get()), nullptr);
  const Error full =
      with(CFSTR("domain"), 1,
           {{kCFErrorLocalizedFailureReasonKey, CFSTR("R")}, {kCFErrorLocalizedRecoverySuggestionKey, CFSTR("S")}});
  EXPECT_EQ(string_of(CFRef<CFStringRef>::adopt(CFErrorCopyFailureReason(full.get())).get()), "R");
  EXPECT_EQ(string_of(CFRef<CFStringRef>::adopt(CFErrorCopyRecoverySuggestion(full.get())).get()), "S");
}

TEST(Error, EqualsAnotherOfTheSameDomainCodeAndUserInfo) {
  EXPECT_TRUE(CFEqual(with(CFSTR("d"), 1, {}).get(), with(CFSTR("d"), 1, {}).get()));
  EXPECT_EQ(CFHash(with(CFSTR("d"), 1, {}).get()), CFHash(with(CFSTR("d"), 1, {}).get()));
  EXPECT_FALSE(CFEqual(with(CFSTR("d"), 1, {}).get(), with(CFSTR("d"), 2, {}).get()));
  EXPECT_FALSE(CFEqual(with(CFSTR("d"), 1, {}).get(), with(CFSTR("e"), 1, {}).get()));
  EXPECT_FALSE(CFEqual(with(CFSTR("d"), 1, {}).get(), with(CFSTR("d"), 1, {{CFSTR("k"), kCFNull}}).get()));
}

TEST(Error, IsMadeOfListsToo) {
  const std::array<const void*, 1> keys{kCFErrorUnderlyingErrorKey};
  const Error cause = with(CFSTR("cause"), 1, {});
  const std::array<const void*, 1> values{cause.get()};
  const Error error =
      Error::adopt(CFErrorCreateWithUserInfoKeysAndValues(nullptr, CFSTR("d"), 2, keys.data(), values.data(), 1));
  const auto info = CFRef<CFDictionaryRef>::adopt(CFErrorCopyUserInfo(error.get()));
  EXPECT_EQ(CFDictionaryGetValue(info.get(), kCFErrorUnderlyingErrorKey), cause.get());
}

TEST(Error, IsMadeOfACppText) {
  EXPECT_EQ(description(make_error(kCFErrorDomainOSStatus, -50, "words")), "words");
  EXPECT_EQ(description(make_error(kCFErrorDomainOSStatus, -50, "")),
            "The operation couldn\u2019t be completed. (OSStatus error -50.)");
}

}  // namespace
}  // namespace securetransport::cf
