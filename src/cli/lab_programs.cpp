// SPDX-License-Identifier: Apache-2.0
// The scenarios in which nobody misbehaves: small programs against the engine's own API.
#include "cli/lab_programs.hpp"

#include <algorithm>
#include <array>

#include "cli/lab_datagrams.hpp"
#include "lab/loopback_server.hpp"
#include "securetransport/tls/buffer_transport.hpp"
#include "securetransport/tls/crypto_module.hpp"

namespace securetransport::cli {
namespace {

using Ending = ProgramEnding;

Ending ending_of(const Error& error) {
  Diagnosis diagnosis;
  diagnosis.code = error.code;
  diagnosis.detected_by = DetectedBy::Api;
  diagnosis.detail = error.detail;
  return {error.code, diagnosis};
}

template <class T>
Ending ending_of(const Result<T>& result) {
  if (!result) return ending_of(result.error());
  return {ResultCode::Success, {}};
}

/// Two sessions that talk through memory.
struct Conversation {
  ClientConfig client;
  ServerConfig server;

  Conversation(const LabMaterial& material) : works(true) {
    client.roots = server.roots = material.roots;
    client.peer_name = "break.lab.test";
    Result<Identity> own = material.identity(lab::Credential::Good, lab::Bearer::Server);
    works = own.has_value();
    if (works) server.identities.push_back(*std::move(own));
    Result<Identity> clients = material.identity(lab::Credential::Good, lab::Bearer::Client);
    if (clients) identity = *std::move(clients);
  }

  enum class Watched : std::uint8_t { Client, Server };

  /// Until the one who is watched has something else to say than "would block".
  Ending run(Watched watched) {
    BufferTransport near;
    BufferTransport far;
    Result<Session> made_client = Session::client(client, near, now());
    if (!made_client) return ending_of(made_client.error());
    Result<Session> made_server = Session::server(server, far, now());
    if (!made_server) return ending_of(made_server.error());
    Session ours = *std::move(made_client);
    Session theirs = *std::move(made_server);
    constexpr int kRounds = 12;
    for (int i = 0; i < kRounds; ++i) {
      const Ending client_says = step(ours);
      far.feed(near.take());
      if (watched == Watched::Client && client_says.code != ResultCode::WouldBlock) return client_says;
      const Ending server_says = step(theirs);
      near.feed(far.take());
      if (watched == Watched::Server && server_says.code != ResultCode::WouldBlock) return server_says;
    }
    return {ResultCode::WouldBlock, {}};
  }

  static std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  static Ending step(Session& session) {
    const Result<Progress> done = session.handshake();
    return {done ? result_of(*done) : done.error().code, session.diagnosis()};
  }

  std::optional<Identity> identity;
  bool works;
};

Ending would_block(const LabMaterial& material) {
  Conversation talk(material);
  BufferTransport nobody;
  Result<Session> session = Session::client(talk.client, nobody, Conversation::now());
  return session ? Conversation::step(*session) : ending_of(session.error());
}

Ending session_not_found(const LabMaterial& material) {
  Conversation talk(material);
  talk.client.session_cache = std::make_shared<SessionCache>();
  talk.client.resumption = Resumption::Require;
  return talk.run(Conversation::Watched::Client);
}

Ending module_missing(const LabMaterial&) { return ending_of(load_crypto_module("no-such-module")); }

Ending buffer_too_small(const LabMaterial& material) {
  const Conversation talk(material);
  BufferTransport nobody;
  const Result<Session> session = Session::client(talk.client, nobody, Conversation::now());
  if (!session) return ending_of(session.error());
  std::vector<char> buffer(talk.client.peer_name.size() - 1);
  return ending_of(session->copy_peer_name(buffer));
}

Ending no_such_suite(const LabMaterial& material) {
  Conversation talk(material);
  talk.client.cipher_suites = {CipherSuite{0x0004}};
  return talk.run(Conversation::Watched::Client);
}

Ending break_server_auth(const LabMaterial& material) {
  Conversation talk(material);
  talk.client.break_on_server_auth = true;
  return talk.run(Conversation::Watched::Client);
}

Ending break_client_auth(const LabMaterial& material) {
  Conversation talk(material);
  talk.client.identity = talk.identity;
  talk.server.client_authentication = ClientAuthentication::Always;
  talk.server.break_on_client_auth = true;
  return talk.run(Conversation::Watched::Server);
}

Ending break_client_certificate(const LabMaterial& material) {
  Conversation talk(material);
  talk.client.break_on_cert_requested = true;
  talk.server.client_authentication = ClientAuthentication::Try;
  return talk.run(Conversation::Watched::Client);
}

Ending break_client_hello(const LabMaterial& material) {
  Conversation talk(material);
  talk.server.break_on_client_hello = true;
  return talk.run(Conversation::Watched::Server);
}

Ending no_identity(const LabMaterial& material) {
  Conversation talk(material);
  talk.server.identities.clear();
  return talk.run(Conversation::Watched::Server);
}

Ending versions_contradict(const LabMaterial& material) {
  Conversation talk(material);
  talk.client.versions = {ProtocolVersion::Tls13, ProtocolVersion::Tls12};
  return talk.run(Conversation::Watched::Client);
}

Ending key_of_another_certificate(const LabMaterial& material) {
  const Result<lab::Credentials> one = material.vault->credentials(lab::Credential::Good, lab::Bearer::Server);
  const Result<lab::Credentials> other = material.vault->credentials(lab::Credential::Another, lab::Bearer::Server);
  if (!one) return ending_of(one.error());
  if (!other) return ending_of(other.error());
  return ending_of(Identity::from_pem(one->chain_pem, other->key_pem));
}

Ending renegotiation_not_allowed(const LabMaterial& material) {
  const Conversation talk(material);
  BufferTransport nobody;
  Result<Session> session = Session::client(talk.client, nobody, Conversation::now());
  return session ? ending_of(session->renegotiate()) : ending_of(session.error());
}

Ending call_after_failure(const LabMaterial& material) {
  Conversation talk(material);
  BufferTransport ended;
  ended.end(IoStatus::EndOfStream);
  Result<Session> session = Session::client(talk.client, ended, Conversation::now());
  if (!session) return ending_of(session.error());
  static_cast<void>(session->handshake());
  std::array<std::uint8_t, 16> buffer{};
  return ending_of(session->read(buffer));
}

Ending anonymous_with_client_auth(const LabMaterial& material) {
  Conversation talk(material);
  talk.server.client_authentication = ClientAuthentication::Always;
  talk.server.cipher_suites.push_back(CipherSuite{0x00a6});  // TLS_DH_anon_WITH_AES_128_GCM_SHA256
  return talk.run(Conversation::Watched::Server);
}

Ending nothing_listening(const LabMaterial&) {
  CheckRequest request;
  request.target.host = request.target.display_host = "127.0.0.1";
  request.target.kind = net::HostKind::V4;
  request.target.port = lab::unused_port();
  const CheckReport report = check_target(request);
  return {report.code.value_or(ResultCode::Internal), report.diagnosis};
}

struct Program {
  std::string_view name;
  Ending (*run)(const LabMaterial& material);
};

constexpr std::array kPrograms{
    Program{"would-block", would_block},
    Program{"session-not-found", session_not_found},
    Program{"module-missing", module_missing},
    Program{"buffer-too-small", buffer_too_small},
    Program{"no-such-suite", no_such_suite},
    Program{"break-server-auth", break_server_auth},
    Program{"break-client-auth", break_client_auth},
    Program{"break-client-certificate", break_client_certificate},
    Program{"break-client-hello", break_client_hello},
    Program{"no-identity", no_identity},
    Program{"versions-contradict", versions_contradict},
    Program{"key-of-another-certificate", key_of_another_certificate},
    Program{"renegotiation-not-allowed", renegotiation_not_allowed},
    Program{"call-after-failure", call_after_failure},
    Program{"anonymous-with-client-auth", anonymous_with_client_auth},
    Program{"nothing-listening", nothing_listening},
    Program{"datagram-no-answer", datagram_no_answer},
    Program{"datagram-lost", datagram_lost},
    Program{"datagram-repeated", datagram_repeated},
    Program{"datagram-reordered", datagram_reordered},
    Program{"datagram-record-skipped", datagram_record_skipped},
};

}  // namespace

void run_program(const LabMaterial& material, LabRun& run) {
  const auto program = std::find_if(kPrograms.begin(), kPrograms.end(),
                                    [&](const Program& one) { return one.name == run.played.scenario->name; });
  if (program == kPrograms.end()) {
    run.problem = "there is no program of that name";
    return;
  }
  Ending ending = program->run(material);
  run.report.code = ending.code;
  run.report.diagnosis = std::move(ending.diagnosis);
  run.report.exit = ending.code == ResultCode::Success ? ExitCode::Ok : ExitCode::Rejected;
}

}  // namespace securetransport::cli
