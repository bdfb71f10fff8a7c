// SPDX-License-Identifier: Apache-2.0
// Writes session keys to a file, for tools such as Wireshark.
#pragma once

#include <functional>
#include <string_view>

namespace securetransport {

/// A value for SessionConfig::key_log that appends each line to the file named by the environment variable
/// SSLKEYLOGFILE; empty if that is not set. The file is opened, and if need be made for its owner alone, by the first
/// line. Thread-safe; a line is written by one call, so that several processes may share a file.
[[nodiscard]] std::function<void(std::string_view)> key_log_file();

}  // namespace securetransport
