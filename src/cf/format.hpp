// SPDX-License-Identifier: Apache-2.0
// Formatting as CFStringCreateWithFormat does it.
#pragma once

#include <cstdarg>
#include <string>
#include <string_view>

namespace securetransport::cf {

/// A list of arguments that can be handed on by reference.
struct Arguments {
  va_list list;
};

std::u16string format(std::u16string_view text, Arguments& arguments);

}  // namespace securetransport::cf
