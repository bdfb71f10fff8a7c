// SPDX-License-Identifier: Apache-2.0
// CFReadStream: a file, read piece by piece; and the way to read a whole one.
#include <CoreFoundation/CFStream.h>
#include <CoreFoundation/CFURLAccess.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "cf/object.hpp"
#include "cf/range.hpp"
#include "cf/type_ids.hpp"
#include "cf/url.hpp"

using namespace securetransport::cf;

struct __CFReadStream final : Object {
 public:
  explicit __CFReadStream(std::string path) : Object(kReadStreamType), path_(std::move(path)) {}
  ~__CFReadStream() override { close(); }

  static CFTypeID type_id() noexcept { return kReadStreamType; }

  CFStreamStatus status() const noexcept { return status_; }
  /// The errno of what failed, or 0.
  int error() const noexcept { return error_; }

  bool open() {
    if (status_ != kCFStreamStatusNotOpen) return false;
    do {
      file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    } while (file_ < 0 && errno == EINTR);
    if (file_ < 0) return fail(errno);
    status_ = kCFStreamStatusOpen;
    return true;
  }

  CFIndex read(std::span<UInt8> buffer) {
    if (status_ == kCFStreamStatusAtEnd) return 0;
    if (status_ != kCFStreamStatusOpen) return -1;
    ssize_t size = -1;
    do {
      size = ::read(file_, buffer.data(), buffer.size());
    } while (size < 0 && errno == EINTR);
    if (size < 0) fail(errno);
    if (size == 0 && !buffer.empty()) status_ = kCFStreamStatusAtEnd;
    return size;
  }

  void close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
    if (status_ != kCFStreamStatusNotOpen) status_ = kCFStreamStatusClosed;
  }

 private:
  bool fail(int error) {
    error_ = error;
    status_ = kCFStreamStatusError;
    return false;
  }

  const std::string path_;
  int file_ = -1;
  int error_ = 0;
  CFStreamStatus status_ = kCFStreamStatusNotOpen;
};

CFTypeID CFReadStreamGetTypeID() { return kReadStreamType; }

CFReadStreamRef CFReadStreamCreateWithFile(CFAllocatorRef /*allocator*/, CFURLRef url) {
  return new __CFReadStream(expect<__CFURL>(url).absolute_path());
}

CFStreamStatus CFReadStreamGetStatus(CFReadStreamRef stream) { return expect<__CFReadStream>(stream).status(); }

CFErrorRef CFReadStreamCopyError(CFReadStreamRef stream) {
  const int error = expect<__CFReadStream>(stream).error();
  return error == 0 ? nullptr : make_error(kCFErrorDomainPOSIX, error, "").release();
}

CFStreamError CFReadStreamGetError(CFReadStreamRef stream) {
  const int error = expect<__CFReadStream>(stream).error();
  return {error == 0 ? 0 : static_cast<CFIndex>(kCFStreamErrorDomainPOSIX), error};
}

Boolean CFReadStreamOpen(CFReadStreamRef stream) { return expect<__CFReadStream>(stream).open(); }

void CFReadStreamClose(CFReadStreamRef stream) { expect<__CFReadStream>(stream).close(); }

Boolean CFReadStreamHasBytesAvailable(CFReadStreamRef stream) {
  return expect<__CFReadStream>(stream).status() == kCFStreamStatusOpen;
}

CFIndex CFReadStreamRead(CFReadStreamRef stream, UInt8* buffer, CFIndex size) {
  return expect<__CFReadStream>(stream).read(span_of(buffer, size));
}

Boolean CFURLCreateDataAndPropertiesFromResource(CFAllocatorRef allocator, CFURLRef url, CFDataRef* data,
                                                 CFDictionaryRef* properties, CFArrayRef /*wanted_properties*/,
                                                 SInt32* error) {
  if (data != nullptr) *data = nullptr;
  if (properties != nullptr) *properties = nullptr;
  const auto owner = CFRef<CFReadStreamRef>::adopt(CFReadStreamCreateWithFile(allocator, url));
  __CFReadStream& stream = *owner.get();
  std::vector<UInt8> content;
  std::array<UInt8, 4096> piece;
  CFIndex size = stream.open() ? 1 : -1;
  while (size > 0) {
    size = stream.read(piece);
    if (size > 0) content.insert(content.end(), piece.begin(), piece.begin() + size);
  }
  if (error != nullptr) {
    *error = stream.error() == 0        ? 0
             : stream.error() == ENOENT ? kCFURLResourceNotFoundError
             : stream.error() == EACCES ? kCFURLResourceAccessViolationError
                                        : kCFURLUnknownError;
  }
  if (size < 0) return false;
  if (data != nullptr) *data = make_data(content).release();
  if (properties != nullptr) *properties = make_dictionary({}).release();
  return true;
}
