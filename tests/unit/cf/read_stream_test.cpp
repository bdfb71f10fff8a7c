// SPDX-License-Identifier: Apache-2.0
// Reading files. Expected behaviour: Apple's CFReadStream and CFURLAccess references.
#include <CoreFoundation/CFStream.h>
#include <CoreFoundation/CFURLAccess.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "cf/object.hpp"

namespace securetransport::cf {
namespace {

using Url = CFRef<CFURLRef>;
using Stream = CFRef<CFReadStreamRef>;

Url url_of(const std::string& path) {
  return Url::adopt(CFURLCreateWithFileSystemPath(nullptr, make_string(path).get(), kCFURLPOSIXPathStyle, false));
}

/// A file of this content, for as long as the object lives.
class File {
 public:
  explicit File(std::string_view content) {
    std::string pattern = testing::TempDir() + "/read_stream_test.XXXXXX";
    ::close(::mkstemp(pattern.data()));
    path_ = pattern;
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  Url url() const { return url_of(path_); }

 private:
  std::string path_;
};

Stream stream_of(const Url& url) { return Stream::adopt(CFReadStreamCreateWithFile(nullptr, url.get())); }

TEST(ReadStream, GivesAFilePieceByPieceUntilItsEnd) {
  const File file("abcde");
  const Stream stream = stream_of(file.url());
  std::array<UInt8, 3> buffer{};
  EXPECT_EQ(CFGetTypeID(stream.get()), CFReadStreamGetTypeID());
  EXPECT_EQ(CFReadStreamGetStatus(stream.get()), kCFStreamStatusNotOpen);
  EXPECT_EQ(CFReadStreamRead(stream.get(), buffer.data(), 3), -1);
  EXPECT_FALSE(CFReadStreamHasBytesAvailable(stream.get()));

  ASSERT_TRUE(CFReadStreamOpen(stream.get()));
  EXPECT_FALSE(CFReadStreamOpen(stream.get()));
  EXPECT_EQ(CFReadStreamGetStatus(stream.get()), kCFStreamStatusOpen);
  EXPECT_TRUE(CFReadStreamHasBytesAvailable(stream.get()));
  EXPECT_EQ(CFReadStreamRead(stream.get(), buffer.data(), 3), 3);
  EXPECT_EQ(buffer, (std::array<UInt8, 3>{'a', 'b', 'c'}));
  EXPECT_EQ(CFReadStreamRead(stream.get(), buffer.data(), 3), 2);
  EXPECT_EQ(CFReadStreamRead(stream.get(), buffer.data(), 3), 0);
  EXPECT_EQ(CFReadStreamGetStatus(stream.get()), kCFStreamStatusAtEnd);
  EXPECT_FALSE(CFReadStreamHasBytesAvailable(stream.get()));
  EXPECT_EQ(CFReadStreamCopyError(stream.get()), nullptr);

  CFReadStreamClose(stream.get());
  EXPECT_EQ(CFReadStreamGetStatus(stream.get()), kCFStreamStatusClosed);
  EXPECT_FALSE(CFReadStreamOpen(stream.get()));
  EXPECT_EQ(CFReadStreamRead(stream.get(), buffer.data(), 3), -1);
}

TEST(ReadStream, SaysWhyAFileCannotBeOpened) {
  const Stream stream = stream_of(url_of("/does/not/exist"));
  EXPECT_EQ(CFReadStreamGetError(stream.get()).domain, 0);
  EXPECT_FALSE(CFReadStreamOpen(stream.get()));
  EXPECT_EQ(CFReadStreamGetStatus(stream.get()), kCFStreamStatusError);
  EXPECT_EQ(CFReadStreamGetError(stream.get()).domain, kCFStreamErrorDomainPOSIX);
  EXPECT_EQ(CFReadStreamGetError(stream.get()).error, ENOENT);
  const auto error = CFRef<CFErrorRef>::adopt(CFReadStreamCopyError(stream.get()));
  ASSERT_TRUE(error);
  EXPECT_TRUE(CFEqual(CFErrorGetDomain(error.get()), kCFErrorDomainPOSIX));
  EXPECT_EQ(CFErrorGetCode(error.get()), ENOENT);
}

TEST(ReadStream, FailsToReadADirectory) {
  const Stream stream = stream_of(url_of("/"));
  ASSERT_TRUE(CFReadStreamOpen(stream.get()));
  std::array<UInt8, 3> buffer{};
  EXPECT_EQ(CFReadStreamRead(stream.get(), buffer.data(), 3), -1);
  EXPECT_EQ(CFReadStreamGetStatus(stream.get()), kCFStreamStatusError);
}

TEST(Resource, IsReadAsAWhole) {
  const std::string content(10'000, 'x');
  const File file(content);
  CFDataRef data = nullptr;
  CFDictionaryRef properties = nullptr;
  SInt32 error = 1;
  ASSERT_TRUE(CFURLCreateDataAndPropertiesFromResource(nullptr, file.url().get(), &data, &properties, nullptr, &error));
  const auto data_owner = CFRef<CFDataRef>::adopt(data);
  const auto properties_owner = CFRef<CFDictionaryRef>::adopt(properties);
  EXPECT_EQ(std::string(bytes_of(data).begin(), bytes_of(data).end()), content);
  EXPECT_EQ(CFDictionaryGetCount(properties), 0);
  EXPECT_EQ(error, 0);
  EXPECT_TRUE(CFURLCreateDataAndPropertiesFromResource(nullptr, file.url().get(), nullptr, nullptr, nullptr, nullptr));
}

TEST(Resource, ThatIsNotThereIsAnError) {
  CFDataRef data = reinterpret_cast<CFDataRef>(1);
  SInt32 error = 0;
  EXPECT_FALSE(CFURLCreateDataAndPropertiesFromResource(nullptr, url_of("/does/not/exist").get(), &data, nullptr,
                                                        nullptr, &error));
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(error, kCFURLResourceNotFoundError);
  EXPECT_FALSE(CFURLCreateDataAndPropertiesFromResource(nullptr, url_of("/").get(), &data, nullptr, nullptr, &error));
  EXPECT_EQ(error, kCFURLUnknownError);
}

}  // namespace
}  // namespace securetransport::cf
