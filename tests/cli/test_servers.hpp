// SPDX-License-Identifier: Apache-2.0
// Certificates in files, and other people's TLS servers that use them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "lab/pki.hpp"

namespace securetransport::test {

/// A folder of its own under the system's temporary one; gone with the object.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  std::string folder_;
};

/// Where the PEM files of one server are.
struct ServerFiles {
  std::string leaf;
  std::string chain;
  std::string key;
};

/// One PKI for all tests of a program, with files on demand.
class Certificates {
 public:
  static const Certificates& shared();

  [[nodiscard]] const std::string& roots() const noexcept { return roots_; }
  [[nodiscard]] const ServerFiles& good() const noexcept { return good_; }
  [[nodiscard]] ServerFiles issue(const std::string& name, const lab::CertificateSpec& spec) const;
  [[nodiscard]] ServerFiles write(const std::string& name, const lab::Issued& leaf, const std::string& chain) const;
  [[nodiscard]] const lab::Pki& pki() const noexcept { return pki_; }
  [[nodiscard]] const TempFolder& folder() const noexcept { return folder_; }

 private:
  Certificates();
  TempFolder folder_;
  lab::Pki pki_;
  std::string roots_;
  ServerFiles good_;
};

/// `openssl s_server` on a free port of 127.0.0.1, ready when the constructor returns; port 0 if it did not start.
class OpensslServer {
 public:
  explicit OpensslServer(const ServerFiles& files, const std::vector<std::string>& extra = {"-www"});
  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] std::string target() const { return "localhost:" + std::to_string(port_); }
  [[nodiscard]] Program& program() noexcept { return *program_; }

 private:
  std::unique_ptr<Program> program_;
  int port_ = 0;
};

/// `securetransport serve` on a free port of 127.0.0.1 with these options.
class OwnServer {
 public:
  explicit OwnServer(const std::vector<std::string>& options);
  [[nodiscard]] int port() const noexcept { return port_; }
  [[nodiscard]] std::string target() const { return "localhost:" + std::to_string(port_); }
  [[nodiscard]] Program& program() noexcept { return *program_; }

 private:
  std::unique_ptr<Program> program_;
  int port_ = 0;
};

}  // namespace securetransport::test
