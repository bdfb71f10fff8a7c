// SPDX-License-Identifier: Apache-2.0
// Certificates that both sides of an interoperability test know: as files for programs, as values for us.
#pragma once

#include <memory>
#include <string>

#include "lab/pki.hpp"
#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/evaluate.hpp"

namespace securetransport::interop {

/// A folder of its own under the system's temporary one; gone with the object.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const;  ///< Returns the path.
  [[nodiscard]] static std::string read(const std::string& path);             ///< Empty if there is no such file.

 private:
  std::string folder_;
};

/// One end's certificate in both forms.
struct Credentials {
  std::string leaf_file;
  std::string chain_file;  ///< Leaf and intermediate.
  std::string key_file;
  Identity identity;
};

/// A PKI of its own with its files.
class PemFiles {
 public:
  /// `name` goes into the subjects, so that two PKIs have nothing in common.
  explicit PemFiles(const std::string& name = "Interop");

  /// The one that all tests of a process use.
  static const PemFiles& shared();

  [[nodiscard]] const std::string& root_file() const noexcept { return root_file_; }
  [[nodiscard]] const std::string& intermediate_file() const noexcept { return intermediate_file_; }
  [[nodiscard]] const std::shared_ptr<const RootStore>& roots() const noexcept { return roots_; }
  [[nodiscard]] Credentials issue(const std::string& file_name, const lab::CertificateSpec& spec) const;
  [[nodiscard]] Credentials server(lab::KeyKind key) const;  ///< For "localhost".
  [[nodiscard]] Credentials expired_server() const;
  [[nodiscard]] Credentials client(lab::KeyKind key = lab::KeyKind::P256) const;
  [[nodiscard]] const TempFolder& folder() const noexcept { return folder_; }

 private:
  TempFolder folder_;
  lab::Pki pki_;
  std::string root_file_;
  std::string intermediate_file_;
  std::shared_ptr<const RootStore> roots_;
};

}  // namespace securetransport::interop
