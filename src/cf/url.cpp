// SPDX-License-Identifier: Apache-2.0
// CFURL: URLs of files.
#include "cf/url.hpp"

#include <cstring>
#include <filesystem>
#include <system_error>

#include "cf/encoding.hpp"
#include "cf/range.hpp"

using namespace securetransport::cf;

namespace {

std::string without_last_slashes(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

/// RFC 3986 section 2.1: what has no place in a path is written as a percent sign and two hexadecimal digits. The colon
/// has a place, but not in the first segment of a relative path (section 4.2), so it is escaped everywhere.
std::string escaped(std::string_view path) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,=@";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += '%';
    text += kHex[byte >> 4U];
    text += kHex[byte & 0x0FU];
  }
  return text;
}

std::string url_text(const std::string& path, bool is_directory) {
  const std::string text = (path.starts_with('/') ? "file://" : "") + escaped(path);
  return is_directory && !text.ends_with('/') ? text + '/' : text;
}

CFURLRef create(const std::string& path, bool is_directory) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(path.data()), path.size());
  const bool is_path = !path.empty() && path.find('\0') == std::string::npos;
  if (!is_path || !decode(bytes, kCFStringEncodingUTF8)) return nullptr;
  if (path.starts_with('/')) return new __CFURL(path, "", is_directory);
  std::error_code error;
  const std::string base = std::filesystem::current_path(error).string();
  return error ? nullptr : new __CFURL(path, base, is_directory);
}

}  // namespace

__CFURL::__CFURL(std::string path, std::string base, bool is_directory)
    : Object(kUrlType),
      path_(without_last_slashes(std::move(path))),
      base_(std::move(base)),
      text_(make_string(url_text(path_, is_directory))) {}

std::string __CFURL::absolute_path() const { return base_.empty() ? path_ : base_ + "/" + path_; }

bool __CFURL::equals(const Object& object) const {
  const auto& other = static_cast<const __CFURL&>(object);
  return base_ == other.base_ && CFEqual(text(), other.text());
}

CFTypeID CFURLGetTypeID() { return kUrlType; }

CFURLRef CFURLCreateFromFileSystemRepresentation(CFAllocatorRef /*allocator*/, const UInt8* path, CFIndex length,
                                                 Boolean is_directory) {
  const auto bytes = span_of(path, length);
  return create(std::string(bytes.begin(), bytes.end()), is_directory != 0);
}

CFURLRef CFURLCreateWithFileSystemPath(CFAllocatorRef /*allocator*/, CFStringRef path, CFURLPathStyle style,
                                       Boolean is_directory) {
  return style == kCFURLPOSIXPathStyle ? create(string_of(path), is_directory != 0) : nullptr;
}

CFURLRef CFURLCreateCopyAppendingPathComponent(CFAllocatorRef /*allocator*/, CFURLRef url, CFStringRef component,
                                               Boolean is_directory) {
  const auto& self = expect<__CFURL>(url);
  const std::string between = self.path().ends_with('/') ? "" : "/";
  return new __CFURL(self.path() + between + string_of(component), self.base(), is_directory != 0);
}

CFStringRef CFURLGetString(CFURLRef url) { return expect<__CFURL>(url).text(); }

CFStringRef CFURLCopyFileSystemPath(CFURLRef url, CFURLPathStyle style) {
  return style == kCFURLPOSIXPathStyle ? make_string(expect<__CFURL>(url).path()).release() : nullptr;
}

Boolean CFURLGetFileSystemRepresentation(CFURLRef url, Boolean resolve_against_base, UInt8* buffer, CFIndex size) {
  const auto& self = expect<__CFURL>(url);
  const std::string path = resolve_against_base != 0 ? self.absolute_path() : self.path();
  if (buffer == nullptr || size < 1 || path.size() >= static_cast<std::size_t>(size)) return false;
  std::memcpy(buffer, path.c_str(), path.size() + 1);
  return true;
}
