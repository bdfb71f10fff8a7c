// SPDX-License-Identifier: Apache-2.0
// Other makers' TLS clients, started for one test each.
#include "interop/client_program.hpp"

#include <algorithm>

#include "interop/program_words.hpp"

namespace securetransport::interop {
namespace {

std::string text_of(ClientMaker maker) {
  switch (maker) {
    case ClientMaker::OpensslClient: return "OpensslClient";
    case ClientMaker::GnutlsClient: return "GnutlsClient";
    case ClientMaker::Curl: return "Curl";
  }
  return {};
}

const std::string& trusted_file(const ClientSpec& spec) {
  return spec.trusted_file ? *spec.trusted_file : PemFiles::shared().root_file();
}

}  // namespace

std::string name_of(const ClientSpec& spec) {
  return text_of(spec.maker) + short_name(spec.version) + short_name(spec.key);
}

void PrintTo(const ClientSpec& spec, std::ostream* out) { *out << name_of(spec); }

ClientProgram::ClientProgram(const ClientSpec& spec, std::uint16_t port) : spec_(spec) {
  std::vector<std::string> words;
  switch (spec_.maker) {
    case ClientMaker::OpensslClient: words = openssl_words(std::to_string(port)); break;
    case ClientMaker::GnutlsClient: words = gnutls_words(std::to_string(port)); break;
    case ClientMaker::Curl: words = curl_words(std::to_string(port)); break;
  }
  append(words, spec_.extra);
  process_ = std::make_unique<test::ChildProcess>(std::move(words));
}

std::vector<std::string> ClientProgram::openssl_words(const std::string& port) const {
  std::vector<std::string> words{"openssl", "s_client", "-connect", "127.0.0.1:" + port};
  append(words, {"-servername", "localhost", "-verify_hostname", "localhost", "-verify_return_error"});
  append(words, {"-CAfile", trusted_file(spec_), "-alpn", "http/1.1", "-msg", "-msgfile", log_file(folder_)});
  append(words, openssl_version(spec_.version));
  if (std::find(spec_.extra.begin(), spec_.extra.end(), "-no_ign_eof") == spec_.extra.end()) append(words, {"-quiet"});
  if (spec_.credentials) {
    append(words, {"-cert", spec_.credentials->leaf_file, "-key", spec_.credentials->key_file});
    append(words, {"-cert_chain", PemFiles::shared().intermediate_file()});
  }
  return words;
}

std::vector<std::string> ClientProgram::gnutls_words(const std::string& port) const {
  std::vector<std::string> words{"gnutls-cli", "--port", port, "--x509cafile", trusted_file(spec_), "--alpn"};
  append(words, {"http/1.1", "--priority", gnutls_priority(spec_.version), "--debug=5"});
  append(words, {"--logfile", folder_.path("talk"), "--sni-hostname=localhost", "--verify-hostname=localhost"});
  if (spec_.credentials) {
    append(words, {"--x509certfile", spec_.credentials->chain_file, "--x509keyfile", spec_.credentials->key_file});
  }
  append(words, {"127.0.0.1"});
  return words;
}

std::vector<std::string> ClientProgram::curl_words(const std::string& port) const {
  std::vector<std::string> words{"curl", "--verbose", "--silent", "--show-error", "--max-time", "10", "--http1.1"};
  append(words, {"--noproxy", "*", "--resolve", "localhost:" + port + ":127.0.0.1", "--cacert", trusted_file(spec_)});
  append(words, curl_version(spec_.version));
  if (!spec_.body_file.empty()) append(words, {"--header", "Expect:", "--data-binary", "@" + spec_.body_file});
  if (spec_.credentials) {
    append(words, {"--cert", spec_.credentials->chain_file, "--key", spec_.credentials->key_file});
  }
  append(words, {"https://localhost:" + port + "/"});
  return words;
}

std::string ClientProgram::log() const {
  return spec_.maker == ClientMaker::OpensslClient ? TempFolder::read(log_file(folder_)) : process_->err();
}

bool ClientProgram::logged(const std::vector<std::string>& parts) const {
  return awaits_line([this] { return log(); }, parts);
}

bool ClientProgram::received(Alert alert) const {
  switch (spec_.maker) {
    case ClientMaker::OpensslClient: return logged(alert_line(LogStyle::Openssl, alert));
    case ClientMaker::GnutlsClient: return logged(alert_line(LogStyle::Gnutls, alert));
    case ClientMaker::Curl: return logged(alert_line(LogStyle::Curl, alert));
  }
  return false;
}

std::string ClientProgram::story() const { return process_->story(); }

}  // namespace securetransport::interop
