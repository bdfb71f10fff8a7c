// SPDX-License-Identifier: Apache-2.0
#include "cli/cert_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

namespace securetransport::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 8;
constexpr std::size_t kMaxFiles = 10'000;

bool has_certificate_ending(const fs::path& path) {
  constexpr std::array<std::string_view, 10> kEndings{".pem", ".crt", ".cer", ".cert", ".der",
                                                      ".p7b", ".p7c", ".p7s", ".p12",  ".pfx"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

Complaint cannot_read(const std::string& path, const std::string& reason) {
  return {ExitCode::Unavailable, fmt::format("cannot read '{}': {}", path, reason)};
}

}  // namespace

bool is_folder(const std::string& path) {
  std::error_code error;
  return path != "-" && fs::is_directory(path, error);
}

bool is_file(const std::string& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

std::optional<Complaint> list_files(const std::string& path, std::vector<CertFile>& files) {
  if (!is_folder(path)) {
    files.push_back({path, true, true});
    return std::nullopt;
  }
  std::error_code error;
  std::vector<CertFile> found;
  fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    if (at.depth() >= kMaxDepth) at.disable_recursion_pending();
    std::error_code ignored;  // A link into nothing is no file.
    const fs::path& file = at->path();
    if (file.filename().string().starts_with('.') || !fs::is_regular_file(file, ignored)) continue;
    if (found.size() == kMaxFiles) return cannot_read(path, "more than 10,000 files");
    found.push_back({file.string(), false, has_certificate_ending(file)});
  }
  if (error) return cannot_read(path, error.message());
  std::sort(found.begin(), found.end(), [](const CertFile& a, const CertFile& b) { return a.path < b.path; });
  files.insert(files.end(), found.begin(), found.end());
  return std::nullopt;
}

}  // namespace securetransport::cli
