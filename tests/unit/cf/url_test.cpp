// SPDX-License-Identifier: Apache-2.0
// URLs of files. Expected values: RFC 3986 and RFC 8089, and Apple's CFURL reference.
#include "cf/url.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <filesystem>

namespace securetransport::cf {
namespace {

using Url = CFRef<CFURLRef>;

Url from(std::string_view path, bool is_directory = false) {
  return Url::adopt(CFURLCreateFromFileSystemRepresentation(nullptr, reinterpret_cast<const UInt8*>(path.data()),
                                                            static_cast<CFIndex>(path.size()), is_directory));
}

struct Row {
  const char* path;
  bool is_directory;
  const char* text;
};

TEST(Url, OfAFileIsItsPathEscaped) {
  const Row rows[] = {
      {"/", true, "file:///"},
      {"/etc/ssl/cert.pem", false, "file:///etc/ssl/cert.pem"},
      {"/etc/ssl", true, "file:///etc/ssl/"},
      {"/etc/ssl/", true, "file:///etc/ssl/"},
      {"/a b%c?d#e", false, "file:///a%20b%25c%3Fd%23e"},
      {"/gr\xC3\xBC", false, "file:///gr%C3%BC"},
      {"relative/file", false, "relative/file"},
      {"c:d", false, "c%3Ad"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.path);
    EXPECT_EQ(string_of(CFURLGetString(from(row.path, row.is_directory).get())), row.text);
    const auto path = CFRef<CFStringRef>::adopt(CFStringCreateWithCString(nullptr, row.path, kCFStringEncodingUTF8));
    const auto same =
        Url::adopt(CFURLCreateWithFileSystemPath(nullptr, path.get(), kCFURLPOSIXPathStyle, row.is_directory));
    EXPECT_TRUE(CFEqual(same.get(), from(row.path, row.is_directory).get()));
  }
}

TEST(Url, HasATypeOfItsOwn) { EXPECT_EQ(CFGetTypeID(from("/").get()), CFURLGetTypeID()); }

TEST(Url, IsNotMadeOfWhatIsNoPath) {
  EXPECT_FALSE(from(""));
  EXPECT_FALSE(from("/\xFF"));
  EXPECT_FALSE(from(std::string_view("/a\0b", 4)));
  EXPECT_EQ(CFURLCreateWithFileSystemPath(nullptr, CFSTR("/a"), kCFURLWindowsPathStyle, false), nullptr);
}

TEST(Url, GivesItsPathBack) {
  std::array<UInt8, 4096> buffer{};
  const auto* const text = reinterpret_cast<const char*>(buffer.data());
  ASSERT_TRUE(CFURLGetFileSystemRepresentation(from("/a b/").get(), true, buffer.data(), 4096));
  EXPECT_STREQ(text, "/a b");
  EXPECT_FALSE(CFURLGetFileSystemRepresentation(from("/abc").get(), true, buffer.data(), 4));
  EXPECT_TRUE(CFURLGetFileSystemRepresentation(from("/abc").get(), true, buffer.data(), 5));

  ASSERT_TRUE(CFURLGetFileSystemRepresentation(from("a/b").get(), false, buffer.data(), 4096));
  EXPECT_STREQ(text, "a/b");
  ASSERT_TRUE(CFURLGetFileSystemRepresentation(from("a/b").get(), true, buffer.data(), 4096));
  EXPECT_EQ(text, (std::filesystem::current_path() / "a/b").string());

  const auto path = CFRef<CFStringRef>::adopt(CFURLCopyFileSystemPath(from("/a b").get(), kCFURLPOSIXPathStyle));
  EXPECT_EQ(string_of(path.get()), "/a b");
  EXPECT_EQ(CFURLCopyFileSystemPath(from("/a b").get(), kCFURLHFSPathStyle), nullptr);
}

TEST(Url, IsExtendedByAComponent) {
  const auto extended = [](const Url& url, CFStringRef component, bool is_directory) {
    return string_of(CFURLGetString(
        Url::adopt(CFURLCreateCopyAppendingPathComponent(nullptr, url.get(), component, is_directory)).get()));
  };
  EXPECT_EQ(extended(from("/etc", true), CFSTR("ssl"), false), "file:///etc/ssl");
  EXPECT_EQ(extended(from("/", true), CFSTR("e t"), true), "file:///e%20t/");
  EXPECT_EQ(extended(from("a"), CFSTR("b"), false), "a/b");
}

TEST(Url, EqualsAnotherOfTheSameTextAndBase) {
  EXPECT_EQ(CFHash(from("/a").get()), CFHash(from("/a").get()));
  EXPECT_FALSE(CFEqual(from("/a").get(), from("/b").get()));
  EXPECT_FALSE(CFEqual(from("/a").get(), from("/a", true).get()));
}

}  // namespace
}  // namespace securetransport::cf
