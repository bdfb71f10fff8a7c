// SPDX-License-Identifier: Apache-2.0
// How memory is freed that a function with NoCopy in its name has taken over.
#pragma once

#include <CoreFoundation/CFBase.h>

namespace securetransport::cf {

/// As the allocator says; nothing for kCFAllocatorNull.
void deallocate(CFAllocatorRef allocator, const void* memory) noexcept;

}  // namespace securetransport::cf
