// SPDX-License-Identifier: Apache-2.0
// The files that --cert stands for: a file, standard input, or what lies in a folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_line.hpp"

namespace securetransport::cli {

struct CertFile {
  std::string path;       ///< "-": standard input.
  bool is_named = false;  ///< By the command line; else found in a folder, where keys lie as well.
  bool must_be = false;   ///< Named, or with the ending of a certificate: else it may be anything.

  [[nodiscard]] std::string source() const { return path == "-" ? "standard input" : path; }
};

/// Appends the file, or every file below the folder, sorted by name: eight levels deep, at most 10,000. Files whose
/// name begins with a dot are left out.
[[nodiscard]] std::optional<Complaint> list_files(const std::string& path, std::vector<CertFile>& files);

[[nodiscard]] bool is_folder(const std::string& path);
[[nodiscard]] bool is_file(const std::string& path);

}  // namespace securetransport::cli
