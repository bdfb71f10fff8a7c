// SPDX-License-Identifier: Apache-2.0
// Other makers' TLS servers, started for one test each.
#include "interop/server_program.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "interop/program_words.hpp"
#include "support/loopback.hpp"

namespace securetransport::interop {
namespace {

constexpr std::chrono::milliseconds kGlance(5);

std::string text_of(Maker maker) {
  switch (maker) {
    case Maker::OpensslServer: return "OpensslServer";
    case Maker::GnutlsServer: return "GnutlsServer";
    case Maker::Nginx: return "Nginx";
  }
  return {};
}

}  // namespace

std::string name_of(const ServerSpec& spec) {
  return text_of(spec.maker) + short_name(spec.version) + short_name(spec.key);
}

void PrintTo(const ServerSpec& spec, std::ostream* out) { *out << name_of(spec); }

ServerProgram::ServerProgram(const ServerSpec& spec)
    : spec_(spec), credentials_(spec.credentials ? *spec.credentials : PemFiles::shared().server(spec.key)) {
  start();
}

void ServerProgram::start() {
  process_.reset();
  port_ = test::candidate_port();
  std::vector<std::string> words;
  switch (spec_.maker) {
    case Maker::OpensslServer: words = openssl_words(); break;
    case Maker::GnutlsServer: words = gnutls_words(); break;
    case Maker::Nginx: words = nginx_words(); break;
  }
  process_ = std::make_unique<test::ChildProcess>(std::move(words));
}

std::vector<std::string> ServerProgram::openssl_words() const {
  std::vector<std::string> words{"openssl",        "s_server",
                                 "-accept",        "127.0.0.1:" + std::to_string(port_),
                                 "-cert",          credentials_.leaf_file,
                                 "-key",           credentials_.key_file,
                                 "-alpn",          "http/1.1",
                                 "-msg",           "-msgfile",
                                 log_file(folder_)};
  append(words, {"-cert_chain", PemFiles::shared().intermediate_file()});
  append(words, openssl_version(spec_.version));
  switch (spec_.service) {
    case Service::Lines: append(words, {"-rev"}); break;
    case Service::Http: append(words, {"-www"}); break;
    case Service::Pipe: break;
  }
  if (spec_.demands_client_certificate) {
    append(words, {"-Verify", "2", "-verify_return_error", "-CAfile", PemFiles::shared().root_file()});
  }
  append(words, spec_.extra);
  return words;
}

std::vector<std::string> ServerProgram::gnutls_words() const {
  std::vector<std::string> words{"gnutls-serv",
                                 "--port",
                                 std::to_string(port_),
                                 "--x509certfile",
                                 credentials_.chain_file,
                                 "--x509keyfile",
                                 credentials_.key_file,
                                 "--priority",
                                 gnutls_priority(spec_.version),
                                 "--alpn",
                                 "http/1.1",
                                 "--debug=5"};
  append(words, {spec_.service == Service::Http ? "--http" : "--echo"});
  if (spec_.demands_client_certificate) {
    append(words, {"--require-client-cert", "--verify-client-cert", "--x509cafile", PemFiles::shared().root_file()});
  } else {
    append(words, {"--disable-client-cert"});
  }
  append(words, spec_.extra);
  return words;
}

std::vector<std::string> ServerProgram::nginx_words() const {
  const std::string folder = folder_.path("");
  const std::string log = log_file(folder_);
  std::filesystem::create_directories(folder_.path("files"));
  std::string text = "daemon off;\nmaster_process off;\npid \"" + folder_.path("pid") + "\";\nerror_log \"" + log +
                     "\" info;\nevents { worker_connections 64; }\nhttp {\n  access_log off;\n";
  for (const char* const kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    text += std::string("  ") + kind + "_temp_path \"" + folder_.path(kind) + "\";\n";
  }
  text += "  server {\n    listen 127.0.0.1:" + std::to_string(port_) + " ssl;\n    root \"" + folder_.path("files") +
          "\";\n    dav_methods PUT;\n    client_max_body_size 10m;\n    ssl_certificate \"" + credentials_.chain_file +
          "\";\n    ssl_certificate_key \"" + credentials_.key_file + "\";\n    ssl_protocols " +
          nginx_version(spec_.version) + ";\n    ssl_ciphers ALL:@SECLEVEL=0;\n";
  if (spec_.demands_client_certificate) {
    text += "    ssl_verify_client on;\n    ssl_verify_depth 2;\n    ssl_client_certificate \"" +
            PemFiles::shared().root_file() + "\";\n";
  }
  for (const std::string& directive : spec_.extra) text += "    " + directive + "\n";
  text += "  }\n}\n";
  return {"nginx", "-p", folder, "-e", log, "-c", folder_.write("nginx.conf", text)};
}

net::TcpStream ServerProgram::connect() {
  const net::Deadline deadline = net::within(test::kStepLimit);
  constexpr int kPorts = 5;
  for (int port = 0; port < kPorts; ++port) {
    while (process_->is_running() && net::remaining(deadline) > std::chrono::seconds::zero()) {
      net::NetResult<net::TcpStream> stream = test::connect_loopback(port_);
      if (stream) return *std::move(stream);
      if (stream.error().what != net::NetError::Refused) throw std::runtime_error(stream.error().detail);
      std::this_thread::sleep_for(kGlance);
    }
    if (port + 1 < kPorts) start();
  }
  throw std::runtime_error("no server to connect to; " + story());
}

std::string ServerProgram::log() const {
  return spec_.maker == Maker::GnutlsServer ? process_->err() : TempFolder::read(log_file(folder_));
}

bool ServerProgram::logged(const std::vector<std::string>& parts) const {
  return awaits_line([this] { return log(); }, parts);
}

bool ServerProgram::received(Alert alert) const {
  switch (spec_.maker) {
    case Maker::OpensslServer: return logged(alert_line(LogStyle::Openssl, alert));
    case Maker::GnutlsServer: return logged(alert_line(LogStyle::Gnutls, alert));
    case Maker::Nginx: return logged(alert_line(LogStyle::Nginx, alert));
  }
  return false;
}

bool ServerProgram::was_refused_with(Alert alert) const {
  const bool wants_encrypted_alerts = spec_.maker == Maker::GnutlsServer && spec_.version == ProtocolVersion::Tls13;
  return wants_encrypted_alerts ? logged({"Error in handshake: Decryption has failed."}) : received(alert);
}

std::string ServerProgram::stored(const std::string& name) const {
  return TempFolder::read(folder_.path("files/" + name));
}

std::string ServerProgram::story() const {
  constexpr std::size_t kEnough = 6000;
  std::string story = process_->story();
  if (spec_.maker == Maker::GnutlsServer) return story;  // Its log is what it complained.
  const std::string text = log();
  return story + "\nIts log:\n" + text.substr(text.size() - std::min(text.size(), kEnough));
}

}  // namespace securetransport::interop
