// SPDX-License-Identifier: Apache-2.0
// Bytes of a client, in the clear, into a server session. The first byte chooses break points and versions.
#include "session_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace securetransport;
  if (size == 0) return 0;
  const fuzz::Options options(data[0]);
  ServerConfig config;
  config.identities = {fuzz::fixed_identity()};
  config.alpn = {"h2", "http/1.1"};
  config.roots = fuzz::fixed_roots();
  config.break_on_client_hello = options.has(0);
  config.break_on_client_auth = options.has(1);
  if (options.has(2)) config.client_authentication = ClientAuthentication::Try;
  if (options.has(3)) config.client_authentication = ClientAuthentication::Always;
  if (options.has(4)) config.versions = {ProtocolVersion::Tls10, ProtocolVersion::Tls12};
  if (options.has(5)) config.known_names = {"www.example.com"};
  config.allow_renegotiation = options.has(6);
  BufferTransport wire;
  Result<Session> session = Session::server(config, wire, fuzz::kNow);
  if (session) fuzz::drive(*session, wire, {data + 1, size - 1});
  return 0;
}
