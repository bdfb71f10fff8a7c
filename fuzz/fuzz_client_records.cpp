// SPDX-License-Identifier: Apache-2.0
// Bytes of a server, in the clear, into a client session. The first byte chooses break points and versions.
#include "session_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace securetransport;
  if (size == 0) return 0;
  const fuzz::Options options(data[0]);
  ClientConfig config;
  config.peer_name = "www.example.com";
  config.alpn = {"h2", "http/1.1"};
  config.roots = fuzz::fixed_roots();
  config.break_on_server_auth = options.has(0);
  config.break_on_cert_requested = options.has(1);
  if (options.has(2)) config.identity = fuzz::fixed_identity();
  if (options.has(3)) config.verification = Verification::AcceptAnything;
  if (options.has(4)) config.versions = {ProtocolVersion::Tls10, ProtocolVersion::Tls12};
  if (options.has(5)) config.versions = {ProtocolVersion::Tls13, ProtocolVersion::Tls13};
  config.allow_renegotiation = options.has(6);
  BufferTransport wire;
  Result<Session> session = Session::client(config, wire, fuzz::kNow);
  if (session) fuzz::drive(*session, wire, {data + 1, size - 1});
  return 0;
}
