// SPDX-License-Identifier: Apache-2.0
// Our session on a TCP connection: every call waits until it is done, for ten seconds at most.
#include "interop/our_side.hpp"

#include <array>
#include <random>
#include <stdexcept>
#include <utility>

#include "support/loopback.hpp"
#include "support/session_pair.hpp"

namespace securetransport::interop {
namespace {

Session made(Result<Session> session) {
  if (!session) throw std::runtime_error("no session: " + session.error().detail);
  return std::move(session).value();
}

}  // namespace

ClientConfig client_config() {
  ClientConfig config;
  config.peer_name = "localhost";
  config.roots = PemFiles::shared().roots();
  config.alpn = {"h2", "http/1.1"};
  return config;
}

ServerConfig server_config(lab::KeyKind key) {
  ServerConfig config;
  config.identities = {PemFiles::shared().server(key).identity};
  config.roots = PemFiles::shared().roots();
  config.alpn = {"http/1.1"};
  return config;
}

void use_version(SessionConfig& config, ProtocolVersion version) {
  config.versions = {version, version};
  if (version >= ProtocolVersion::Tls12) return;
  for (const unsigned suite : {0xC013U, 0xC009U, 0x002FU}) config.cipher_suites.push_back(CipherSuite(suite));
}

OurSide::OurSide(net::TcpStream stream, const ClientConfig& config)
    : stream_(std::move(stream)),
      transport_(stream_, net::within(test::kStepLimit)),
      session_(made(Session::client(config, transport_, lab::now()))) {}

OurSide::OurSide(net::TcpStream stream, const ServerConfig& config)
    : stream_(std::move(stream)),
      transport_(stream_, net::within(test::kStepLimit)),
      session_(made(Session::server(config, transport_, lab::now()))) {}

void OurSide::extend() { transport_.wait_until(net::within(test::kStepLimit)); }

ResultCode OurSide::handshake() {
  extend();
  return test::code_of(session_.handshake());
}

ResultCode OurSide::send(std::string_view data) {
  extend();
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(data.data());
  return test::code_of(session_.write({bytes, data.size()}));
}

ResultCode OurSide::close() {
  extend();
  return test::code_of(session_.close());
}

ResultCode OurSide::read_some(std::string& received) {
  extend();
  std::array<std::uint8_t, 5000> buffer{};  // No divisor of a record's size: remainders must come out too.
  const Result<Transfer> got = session_.read(buffer);
  if (!got) return got.error().code;
  if (got->bytes == 0 && got->progress == Progress::Done) saw_empty_success_ = true;
  received.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got->bytes));
  return result_of(got->progress);
}

std::string OurSide::receive(std::size_t count) {
  std::string received;
  while (received.size() < count && read_some(received) == ResultCode::Success) {
  }
  return received;
}

std::string OurSide::receive_through(std::string_view mark) {
  std::string received;
  while (received.find(mark) == std::string::npos && read_some(received) == ResultCode::Success) {
  }
  return received;
}

ResultCode OurSide::receive_end() {
  std::string received;
  ResultCode code = ResultCode::Success;
  while (code == ResultCode::Success) code = read_some(received);
  return code;
}

net::TcpListener listen() {
  net::NetResult<net::TcpListener> listener = net::TcpListener::bind("127.0.0.1", 0);
  if (!listener) throw std::runtime_error(listener.error().detail);
  return *std::move(listener);
}

std::string some_text(std::size_t size, unsigned seed) {
  std::minstd_rand random(seed + 1);
  std::string text(size, 'x');
  for (char& letter : text) letter = static_cast<char>('a' + static_cast<int>(random() >> 8U) % 26);
  return text;
}

}  // namespace securetransport::interop
