// SPDX-License-Identifier: Apache-2.0
// CFURL: a path of the file system, and the URL that stands for it.
#pragma once

#include <CoreFoundation/CFURL.h>

#include "cf/object.hpp"
#include "cf/type_ids.hpp"

struct __CFURL final : securetransport::cf::Object {
 public:
  /// `path` and `base` are bytes of UTF-8; `base` is empty for an absolute path.
  __CFURL(std::string path, std::string base, bool is_directory);

  static CFTypeID type_id() noexcept { return securetransport::cf::kUrlType; }

  /// As it was given, without slashes at its end.
  const std::string& path() const noexcept { return path_; }
  const std::string& base() const noexcept { return base_; }
  std::string absolute_path() const;
  CFStringRef text() const noexcept { return text_.get(); }

  bool equals(const Object& object) const override;
  CFHashCode hash() const override { return CFHash(text()); }
  std::string describe() const override { return securetransport::cf::string_of(text()); }

 private:
  const std::string path_;
  const std::string base_;
  const securetransport::cf::CFRef<CFStringRef> text_;
};
