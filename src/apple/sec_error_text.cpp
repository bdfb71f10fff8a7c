// SPDX-License-Identifier: Apache-2.0
// SecCopyErrorMessageString: a text for every result code.
#include <Security/SecBase.h>
#include <Security/cssmapple.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

#include "apple/boundary.hpp"
#include "cf/object.hpp"
#include "securetransport/core/result_code.hpp"

namespace {

struct Row {
  OSStatus status;
  std::string_view text;
};

constexpr Row kRows[] = {
#define ST_SEC_ERROR(value, Name, text) Row{value, text},
#define ST_SEC_NAME(value, Name) Row{value, "errSec" #Name},
#include "apple/sec_errors.def"
#undef ST_SEC_ERROR
#undef ST_SEC_NAME
};
static_assert(std::is_sorted(std::begin(kRows), std::end(kRows),
                             [](const Row& a, const Row& b) { return a.status > b.status; }),
              "the table is searched by halves");

std::string text_of(OSStatus status) {
  const auto* const row = std::lower_bound(std::begin(kRows), std::end(kRows), status,
                                           [](const Row& each, OSStatus wanted) { return each.status > wanted; });
  if (row != std::end(kRows) && row->status == status) return std::string(row->text);
  if (status >= errSecErrnoBase && status <= errSecErrnoLimit) {
    return "UNIX[" + std::generic_category().message(status - errSecErrnoBase) + "]";
  }
  // Of Secure Transport, or "OSStatus N".
  return securetransport::message_of(static_cast<securetransport::ResultCode>(status));
}

}  // namespace

CFStringRef SecCopyErrorMessageString(OSStatus status, void* /*reserved*/) {
  return securetransport::apple::object_boundary(
      [&] { return securetransport::cf::make_string(text_of(status)).release(); });
}

void cssmPerror(const char* how, CSSM_RETURN error) {
  static_cast<void>(securetransport::apple::boundary([&]() -> OSStatus {
    std::fprintf(stderr, "%s: %s (%d)\n", how != nullptr ? how : "", text_of(error).c_str(), error);
    return errSecSuccess;
  }));
}
