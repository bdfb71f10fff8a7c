// SPDX-License-Identifier: Apache-2.0
// Standard input line by line, whatever is in it, without waiting for more than the next line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace securetransport::cli {

class LineReader {
 public:
  LineReader(int descriptor, std::size_t longest) : descriptor_(descriptor), longest_(longest) {}

  struct Line {
    std::string text;  ///< Without its newline; empty if too long.
    bool is_too_long = false;
  };

  /// The next line, the last one with or without a newline; none at the end of input or on an error of it.
  [[nodiscard]] std::optional<Line> next();

  /// Whether another line is there already, so that output can wait.
  [[nodiscard]] bool has_line() const noexcept { return buffer_.find('\n', start_) != std::string::npos; }

  /// errno of the failure that ended the input; zero for its regular end.
  [[nodiscard]] int error() const noexcept { return error_; }

 private:
  bool fill();

  int descriptor_;
  std::size_t longest_;
  std::string buffer_;
  std::size_t start_ = 0;  ///< Of the next line in the buffer.
  bool is_at_end_ = false;
  int error_ = 0;
};

}  // namespace securetransport::cli
