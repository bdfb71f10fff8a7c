// SPDX-License-Identifier: Apache-2.0
// Certificates that both sides of an interoperability test know: as files for programs, as values for us.
#include "interop/pem_files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace securetransport::interop {
namespace {

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}

}  // namespace

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "securetransport-interop-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  folder_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string TempFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
  return path(name);
}

std::string TempFolder::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

PemFiles::PemFiles(const std::string& name)
    : pki_(value_of(lab::Pki::make(name))),
      root_file_(folder_.write("root.pem", pki_.root.certificate_pem)),
      intermediate_file_(folder_.write("intermediate.pem", pki_.intermediate.certificate_pem)),
      roots_(RootStore::of(value_of(Certificate::from_pem(pki_.root.certificate_pem)))) {}

const PemFiles& PemFiles::shared() {
  static const PemFiles files;
  return files;
}

Credentials PemFiles::issue(const std::string& file_name, const lab::CertificateSpec& spec) const {
  const lab::Issued leaf = value_of(pki_.issue(spec));
  const std::string chain = pki_.chain_pem(leaf);
  return {folder_.write(file_name + "-leaf.pem", leaf.certificate_pem), folder_.write(file_name + "-chain.pem", chain),
          folder_.write(file_name + "-key.pem", leaf.key_pem), value_of(Identity::from_pem(chain, leaf.key_pem))};
}

Credentials PemFiles::server(lab::KeyKind key) const {
  lab::CertificateSpec spec = lab::server_spec("localhost");
  spec.key = key;
  return issue("server", spec);
}

Credentials PemFiles::expired_server() const {
  lab::CertificateSpec spec = lab::server_spec("localhost");
  spec.not_before = lab::now() - std::chrono::days(30);
  spec.not_after = lab::now() - std::chrono::days(1);
  return issue("expired", spec);
}

Credentials PemFiles::client(lab::KeyKind key) const {
  lab::CertificateSpec spec = lab::client_spec("a client");
  spec.key = key;
  return issue("client", spec);
}

}  // namespace securetransport::interop
