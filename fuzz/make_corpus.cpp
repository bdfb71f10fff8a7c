// SPDX-License-Identifier: Apache-2.0
// Writes the seed corpora: what real handshakes of several kinds put on the wire, and certificates.
// Usage: fuzz_make_corpus FOLDER
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "session_input.hpp"

namespace securetransport::fuzz {
namespace {

void write(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  for (const std::uint8_t byte : bytes) file.put(static_cast<char>(byte));
}

void append(std::vector<std::uint8_t>& all, std::span<const std::uint8_t> more) {
  all.insert(all.end(), more.begin(), more.end());
}

struct Recording {
  std::string_view name;
  ProtocolVersion version;
  ClientAuthentication client_authentication = ClientAuthentication::Never;
  std::uint8_t client_options = 0;  ///< With which fuzz_client_records shall start on it.
  std::uint8_t server_options = 0;
};

/// Both directions of one connection, each with its option byte in front.
void record(const Recording& recording, const std::filesystem::path& folder) {
  ClientConfig client_config;
  ServerConfig server_config;
  client_config.versions = server_config.versions = {recording.version, recording.version};
  client_config.peer_name = "www.example.com";
  client_config.alpn = server_config.alpn = {"h2", "http/1.1"};
  client_config.roots = server_config.roots = fixed_roots();
  client_config.identity = fixed_identity();
  client_config.break_on_server_auth = true;  // The fixed identity is no client's: the program accepts it.
  server_config.identities = {fixed_identity()};
  server_config.client_authentication = recording.client_authentication;
  server_config.break_on_client_auth = true;
  BufferTransport client_wire;
  BufferTransport server_wire;
  Session client = Session::client(client_config, client_wire, kNow).value();
  Session server = Session::server(server_config, server_wire, kNow).value();
  std::vector<std::uint8_t> from_server{recording.client_options};
  std::vector<std::uint8_t> from_client{recording.server_options};
  const auto exchange = [&] {
    const std::vector<std::uint8_t> question = client_wire.take();
    const std::vector<std::uint8_t> answer = server_wire.take();
    append(from_client, question);
    append(from_server, answer);
    server_wire.feed(question);
    client_wire.feed(answer);
  };
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds; ++round) {
    static_cast<void>(client.handshake());
    static_cast<void>(server.handshake());
    exchange();
  }
  if (client.state() != SessionState::Connected) std::printf("%s: not connected\n", recording.name.data());
  const std::vector<std::uint8_t> data(100, 'x');
  static_cast<void>(client.write(data));
  static_cast<void>(server.write(data));
  static_cast<void>(client.close());
  static_cast<void>(server.close());
  exchange();
  write(folder / "client_records" / recording.name, from_server);
  write(folder / "server_records" / recording.name, from_client);
}

void write_certificates(const std::filesystem::path& folder) {
  std::string pem;
  int number = 0;
  for (const Certificate& certificate : fixed_identity().chain()) {
    pem += certificate.pem();
    write(folder / ("chain" + std::to_string(number++)), certificate.der());
  }
  write(folder / "pem", {reinterpret_cast<const std::uint8_t*>(pem.data()), pem.size()});
}

}  // namespace
}  // namespace securetransport::fuzz

int main(int count, char** arguments) {
  using namespace securetransport;
  using namespace securetransport::fuzz;
  if (count != 2) {
    std::fputs("usage: fuzz_make_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  record({"tls10", ProtocolVersion::Tls10, ClientAuthentication::Never, 0x10, 0x10}, folder);
  record({"tls12", ProtocolVersion::Tls12}, folder);
  record({"tls12-breaks", ProtocolVersion::Tls12, ClientAuthentication::Always, 0x03, 0x0b}, folder);
  record({"tls12-identity", ProtocolVersion::Tls12, ClientAuthentication::Try, 0x4c, 0x44}, folder);
  record({"tls13", ProtocolVersion::Tls13}, folder);
  record({"tls13-breaks", ProtocolVersion::Tls13, ClientAuthentication::Always, 0x03, 0x0b}, folder);
  record({"tls13-alone", ProtocolVersion::Tls13, ClientAuthentication::Try, 0x2d, 0x24}, folder);
  const std::string_view http = "\x01HTTP/1.1 400 Bad Request\r\n\r\n";
  const std::vector<std::uint8_t> foreign(http.begin(), http.end());
  write(folder / "client_records" / "http", foreign);
  write(folder / "server_records" / "http", foreign);
  write_certificates(folder / "certificate");
  return 0;
}
