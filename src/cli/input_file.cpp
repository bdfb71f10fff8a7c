// SPDX-License-Identifier: Apache-2.0
// Reads the files that a command line names.
#include "cli/input_file.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace securetransport::cli {
namespace {

constexpr std::size_t kLargest = std::size_t{16} << 20U;

struct FileCloser {
  void operator()(std::FILE* file) const noexcept {
    if (file != stdin) std::fclose(file);
  }
};

Complaint cannot_read(const std::string& path, std::string_view reason) {
  return {ExitCode::Unavailable, fmt::format("cannot read '{}': {}", path, reason)};
}

}  // namespace

std::optional<Complaint> read_input(const std::string& path, std::string& text) {
  const std::unique_ptr<std::FILE, FileCloser> file(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"));
  if (!file) return cannot_read(path, std::generic_category().message(errno));
  text.clear();
  std::array<char, 65536> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    text.append(buffer.data(), count);
    if (text.size() > kLargest) return cannot_read(path, "it is larger than 16 MiB");
  }
  if (std::ferror(file.get()) != 0) return cannot_read(path, std::generic_category().message(errno));
  return std::nullopt;
}

}  // namespace securetransport::cli
