// SPDX-License-Identifier: Apache-2.0
// Certificates in files, and other people's TLS servers that use them.
#include "cli/test_servers.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace securetransport::test {
namespace {

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(result).value();
}

/// The number after the last colon of the line that contains `mark`.
int port_after(Program& program, const std::string& mark) {
  if (!program.wait_for_output(mark)) return 0;
  const std::size_t start = program.output().find(mark);
  for (;;) {
    const std::size_t end = program.output().find('\n', start);
    if (end != std::string::npos) {
      const std::size_t colon = program.output().rfind(':', end);
      return std::stoi(program.output().substr(colon + 1, end - colon - 1));
    }
    if (!program.wait_for_output("\n")) return 0;
  }
}

}  // namespace

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "securetransport-test-XXXXXX").string();
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

std::string TempFolder::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const Certificates& Certificates::shared() {
  static const Certificates certificates;
  return certificates;
}

Certificates::Certificates() : pki_(value_of(lab::Pki::make("Test"))) {
  roots_ = folder_.write("roots.pem", pki_.root.certificate_pem);
  good_ = issue("good", lab::server_spec("localhost"));
}

ServerFiles Certificates::issue(const std::string& name, const lab::CertificateSpec& spec) const {
  const lab::Issued leaf = value_of(pki_.issue(spec));
  return write(name, leaf, pki_.chain_pem(leaf));
}

ServerFiles Certificates::write(const std::string& name, const lab::Issued& leaf, const std::string& chain) const {
  return {folder_.write(name + "-leaf.pem", leaf.certificate_pem), folder_.write(name + "-chain.pem", chain),
          folder_.write(name + "-key.pem", leaf.key_pem)};
}

OpensslServer::OpensslServer(const ServerFiles& files, const std::vector<std::string>& extra) {
  std::vector<std::string> words{"openssl",  "s_server", "-accept", "127.0.0.1:0", "-cert",
                                 files.leaf, "-key",     files.key, "-cert_chain", files.chain};
  words.insert(words.end(), extra.begin(), extra.end());
  program_ = std::make_unique<Program>(std::move(words));
  port_ = port_after(*program_, "ACCEPT ");
}

OwnServer::OwnServer(const std::vector<std::string>& options) {
  std::vector<std::string> words = securetransport_words({"serve", "--port", "0"});
  words.insert(words.end(), options.begin(), options.end());
  program_ = std::make_unique<Program>(std::move(words));
  port_ = port_after(*program_, "listening on ");
}

}  // namespace securetransport::test
