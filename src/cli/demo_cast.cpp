// SPDX-License-Identifier: Apache-2.0
// Who appears in the demo: servers of three makers, right or wrong in one way each, and what each must provoke.
#include "cli/demo_cast.hpp"

#include <fmt/format.h>

#include "lab/plain_peers.hpp"

namespace securetransport::cli {
namespace {

using std::chrono::days;

/// Paths of the PEM files that a server is given.
struct Files {
  std::string leaf;   ///< The leaf alone.
  std::string chain;  ///< What the server sends.
  std::string key;
};

/// Carries the first error through a row of steps, so that the steps read as a list.
class Assembly {
 public:
  Assembly(const DemoPrograms& programs, DemoStage& stage, DemoCast& cast)
      : programs_(programs), stage_(stage), cast_(cast), ports_(free_ports(kPorts)) {}

  std::optional<Complaint> run() {
    if (ports_.size() < kPorts) return Complaint{ExitCode::Internal, "no free ports on 127.0.0.1"};
    lab_ = value_of(lab::Pki::make("Demo"));
    stranger_ = value_of(lab::Pki::make("Stranger"));
    if (complaint_) return complaint_;
    cast_.root_pem = lab_.root.certificate_pem;
    root_ = file("root.pem", cast_.root_pem);
    certificate_troubles();
    protocol_troubles();
    client_certificate_troubles();
    connection_troubles();
    add_nginx();
    return complaint_;
  }

 private:
  static constexpr std::size_t kPorts = 16;

  void certificate_troubles() {
    const lab::CertificateSpec right = lab::server_spec("localhost");
    lab::CertificateSpec expired = right;
    expired.not_before = lab::now() - days(100);
    expired.not_after = lab::now() - days(10);
    lab::CertificateSpec early = right;
    early.not_before = lab::now() + days(10);
    early.not_after = lab::now() + days(100);
    const lab::Issued good = value_of(lab_.issue(right));
    good_ = files("good", good, lab_.chain_pem(good));

    nginx("all in order", good_, "", ResultCode::Success);
    nginx("expired", issued("expired", expired), "", ResultCode::CertExpired);
    nginx("not yet valid", issued("early", early), "", ResultCode::CertNotYetValid);
    openssl("wrong host", issued("other", lab::server_spec("other.example")), {}, ResultCode::HostNameMismatch);
    const lab::Issued alone = value_of(lab::self_sign(right));
    openssl("self-signed", files("alone", alone, alone.certificate_pem), {}, ResultCode::UnknownRootCert);
    nginx("missing intermediate", files("leaf", good, good.certificate_pem), "", ResultCode::NoRootCert);
    const lab::Issued strange = value_of(stranger_.issue(right));
    gnutls("unknown root", files("strange", strange, stranger_.full_chain_pem(strange)), {},
           ResultCode::UnknownRootCert);
  }

  void protocol_troubles() {
    openssl("TLS 1.1 at most", good_, {"-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"}, ResultCode::PeerProtocolVersion);
    lab::CertificateSpec rsa = lab::server_spec("localhost");
    rsa.key = lab::KeyKind::Rsa2048;
    nginx("static RSA only", issued("rsa", rsa), "ssl_protocols TLSv1.2; ssl_ciphers AES128-GCM-SHA256;",
          ResultCode::PeerHandshakeFail);
  }

  void client_certificate_troubles() {
    gnutls("client certificate, TLS 1.3", good_,
           {"--require-client-cert", "--x509cafile", root_, "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.3"},
           ResultCode::CertificateRequired);
    openssl("client certificate, TLS 1.2", good_, {"-tls1_2", "-Verify", "1", "-CAfile", root_},
            ResultCode::PeerHandshakeFail);
  }

  void connection_troubles() {
    plain("HTTP on the port", lab::says(lab::kHttpBadRequest), ResultCode::RecordOverflow);
    target("nothing listening", "nobody", next_port(), ResultCode::ConnectionRefused);
    plain("closes without a word", lab::closes_without_a_word(), ResultCode::ConnectionRefused);
    plain("resets", lab::resets(), ResultCode::TransportReset);
    plain("hangs", lab::hangs(), ResultCode::NetworkTimeout);
    cast_.targets.back().timeout = std::chrono::seconds(2);
  }

  void target(std::string_view label, std::string_view maker, std::uint16_t port, ResultCode expected) {
    cast_.targets.push_back({label, maker, port, expected});
  }

  void nginx(std::string_view label, const Files& files, std::string_view extra, ResultCode expected) {
    const std::uint16_t port = next_port();
    nginx_ports_.push_back(port);
    nginx_servers_ += fmt::format(
        "  server {{\n    listen 127.0.0.1:{} ssl;\n    ssl_certificate \"{}\";\n    ssl_certificate_key \"{}\";\n"
        "    {}\n    return 200 \"hello\\n\";\n  }}\n",
        port, files.chain, files.key, extra.empty() ? "ssl_protocols TLSv1.2 TLSv1.3;" : extra);
    target(label, "nginx", port, expected);
  }

  /// One nginx serves all its rows: a single process that needs no rights and writes nowhere but on the stage.
  void add_nginx() {
    std::string text = fmt::format(
        "daemon off;\nmaster_process off;\npid \"{0}/nginx.pid\";\nerror_log \"{0}/nginx.log\" warn;\n"
        "events {{ worker_connections 64; }}\nhttp {{\n  access_log off;\n",
        stage_.folder());
    for (const std::string_view kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      text += fmt::format("  {0}_temp_path \"{1}/{0}\";\n", kind, stage_.folder());
    }
    text += nginx_servers_ + "}\n";
    const std::string path = file("nginx.conf", text);
    cast_.performers.push_back({programs_.nginx,
                                {"-p", stage_.folder(), "-e", stage_.folder() + "/nginx.log", "-c", path},
                                "nginx",
                                nginx_ports_});
  }

  void openssl(std::string_view label, const Files& files, const std::vector<std::string>& extra, ResultCode expected) {
    const std::uint16_t port = next_port();
    // -www: without it, s_server ends with its standard input.
    std::vector<std::string> args{
        "s_server",    "-accept",  fmt::format("127.0.0.1:{}", port), "-www", "-cert", files.leaf, "-key", files.key,
        "-cert_chain", files.chain};
    args.insert(args.end(), extra.begin(), extra.end());
    cast_.performers.push_back({programs_.openssl, args, fmt::format("openssl-{}", port), {port}});
    target(label, "openssl", port, expected);
  }

  void gnutls(std::string_view label, const Files& files, const std::vector<std::string>& extra, ResultCode expected) {
    const std::uint16_t port = next_port();
    std::vector<std::string> args{"--echo",        "--port", fmt::to_string(port), "--x509certfile", files.chain,
                                  "--x509keyfile", files.key};
    args.insert(args.end(), extra.begin(), extra.end());
    cast_.performers.push_back({programs_.gnutls, args, fmt::format("gnutls-{}", port), {port}});
    target(label, "gnutls", port, expected);
  }

  void plain(std::string_view label, lab::PlainScript script, ResultCode expected) {
    auto peer = lab::start_plain_peer(std::move(script));
    if (!peer) {
      complaint_ = Complaint{ExitCode::Internal, peer.error().detail};
      return;
    }
    target(label, "plain TCP", peer->port(), expected);
    cast_.plain_peers.push_back(std::move(peer).value());
  }

  Files issued(std::string_view name, const lab::CertificateSpec& spec) {
    const lab::Issued leaf = value_of(lab_.issue(spec));
    return files(name, leaf, lab_.chain_pem(leaf));
  }

  Files files(std::string_view name, const lab::Issued& leaf, const std::string& chain) {
    return {file(fmt::format("{}-leaf.pem", name), leaf.certificate_pem),
            file(fmt::format("{}-chain.pem", name), chain), file(fmt::format("{}-key.pem", name), leaf.key_pem)};
  }

  std::string file(std::string_view name, std::string_view text) {
    std::string path = stage_.write(name, text);
    if (path.empty()) complaint_ = Complaint{ExitCode::Unavailable, fmt::format("{} cannot be written", name)};
    return path;
  }

  template <class T>
  T value_of(Result<T> result) {
    if (result) return std::move(result).value();
    complaint_ = Complaint{ExitCode::Internal, result.error().detail};
    return {};
  }

  std::uint16_t next_port() { return ports_.at(next_port_++); }

  const DemoPrograms& programs_;
  DemoStage& stage_;
  DemoCast& cast_;
  std::vector<std::uint16_t> ports_;
  std::size_t next_port_ = 0;
  std::optional<Complaint> complaint_;
  lab::Pki lab_;
  lab::Pki stranger_;
  std::string root_;
  Files good_;
  std::string nginx_servers_;
  std::vector<std::uint16_t> nginx_ports_;
};

}  // namespace

std::optional<Complaint> find_programs(DemoPrograms& programs) {
  std::string missing;
  const auto find = [&](std::string& path, const std::string& name, std::string_view package) {
    path = find_program(name);
    if (path.empty()) missing += fmt::format("{}{} (Debian package {})", missing.empty() ? "" : ", ", name, package);
  };
  find(programs.nginx, "nginx", "nginx-light");
  find(programs.openssl, "openssl", "openssl");
  find(programs.gnutls, "gnutls-serv", "gnutls-bin");
  if (missing.empty()) return std::nullopt;
  return Complaint{ExitCode::Unavailable, "the demo needs " + missing};
}

std::optional<Complaint> assemble(const DemoPrograms& programs, DemoStage& stage, DemoCast& cast) {
  return Assembly(programs, stage, cast).run();
}

}  // namespace securetransport::cli
