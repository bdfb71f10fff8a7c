// SPDX-License-Identifier: Apache-2.0
#include "tls/diagnose.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "securetransport/tls/dialect.hpp"
#include "tls/registry.hpp"

namespace securetransport::tls {
namespace {

using ossl::HandshakeType;

template <class Items>
std::string listed(const char* what, const Items& items) {
  std::string line = std::string(what) + ": ";
  bool first = true;
  for (const auto& item : items) {
    if (!first) line += ", ";
    first = false;
    if constexpr (requires { line += item; }) {
      line += item;
    } else {
      line += to_string(item);
    }
  }
  return line;
}

Phase phase_of_client(const ossl::Failure& failure) {
  if (!failure.last_received) return Phase::ClientHello;
  switch (*failure.last_received) {
    case HandshakeType::HelloVerifyRequest: return Phase::ClientHello;
    case HandshakeType::ServerHello:
    case HandshakeType::EncryptedExtensions: return Phase::ServerHello;
    case HandshakeType::Certificate:
    case HandshakeType::CertificateStatus: return Phase::Certificate;
    case HandshakeType::ServerKeyExchange:
    case HandshakeType::CertificateRequest:
    case HandshakeType::CertificateVerify: return Phase::KeyExchange;
    case HandshakeType::ServerHelloDone:
    case HandshakeType::NewSessionTicket:
    case HandshakeType::Finished: return Phase::Finished;
    default: return Phase::ServerHello;
  }
}

Phase phase_of_server(const ossl::Failure& failure) {
  if (!failure.last_received || *failure.last_received == HandshakeType::ClientHello) {
    return failure.flight_sent ? Phase::KeyExchange : Phase::ClientHello;
  }
  switch (*failure.last_received) {
    case HandshakeType::Certificate: return Phase::Certificate;
    case HandshakeType::ClientKeyExchange:
    case HandshakeType::CertificateVerify: return Phase::KeyExchange;
    default: return Phase::Finished;
  }
}

Circumstances circumstances_of(const ossl::Failure& failure) {
  Circumstances circumstances;
  circumstances.is_server = failure.role == ossl::Role::Server;
  circumstances.is_datagram = failure.datagram;
  const SuiteName* const suite = find_suite(CipherSuite{failure.cipher_suite});
  circumstances.has_static_rsa = suite != nullptr && suite->has_static_rsa;
  circumstances.failed_on_write = failure.transport_failed_on_write;
  circumstances.failed_in_header = failure.transport_failed_in_header;
  if (failure.transport == IoStatus::Failed) circumstances.transport_code = failure.transport_code;
  if (failure.finding == ossl::Finding::PlainTextPeer) {
    constexpr std::size_t kHeaderSize = 5;
    const std::span<const std::uint8_t> first(failure.first_bytes);
    const std::span<const std::uint8_t> header = first.first(std::min(first.size(), kHeaderSize));
    circumstances.first_header.assign(header.begin(), header.end());
  }
  return circumstances;
}

}  // namespace

Phase phase_of(const ossl::Failure& failure, ResultCode code) {
  if (failure.connected) return Phase::Data;
  const ResultInfo* const row = find_result(code);
  if (failure.version != 0 && row != nullptr && row->category == Category::Certificate) return Phase::Certificate;
  return failure.role == ossl::Role::Client ? phase_of_client(failure) : phase_of_server(failure);
}

Diagnosis diagnose(const ossl::Failure& failure, const ossl::Verdict& verdict, const TrustResult* trust,
                   const std::vector<AlertMessage>& ignored_alerts) {
  Diagnosis diagnosis;
  diagnosis.code = verdict.code;
  diagnosis.detected_by = verdict.detected_by;
  diagnosis.phase = phase_of(failure, verdict.code);
  diagnosis.alert_sent = failure.alert_sent;
  diagnosis.alert_received = failure.alert_received;
  diagnosis.detail = verdict.detail;
  diagnosis.engine_reason = ossl::engine_reason(failure);
  if (trust != nullptr) diagnosis.violations = trust->violations;
  diagnosis.circumstances = circumstances_of(failure);
  diagnosis.published = published_code(diagnosis);
  for (const AlertMessage& alert : ignored_alerts) {
    diagnosis.notes.push_back("The peer's warning alert " + describe(alert.description) + " was ignored.");
  }
  if (failure.skipped > 0) {
    diagnosis.notes.push_back("Records that could not be used were skipped: " + std::to_string(failure.skipped) + ".");
  }
  return diagnosis;
}

void describe_exchange(Diagnosis& diagnosis, const SessionConfig& config, const ClientConfig* client,
                       const SessionInfo& info, const ClientHelloInfo* hello) {
  std::vector<std::string>& ours = diagnosis.offered;
  ours.push_back("versions: " + to_string(config.versions.min) + " to " + to_string(config.versions.max));
  ours.push_back(listed("cipher suites", config.cipher_suites));
  ours.push_back(listed("groups", config.groups));
  ours.push_back(listed("signature algorithms", config.signature_algorithms));
  if (!config.alpn.empty()) ours.push_back(listed("ALPN", config.alpn));
  if (client != nullptr) {
    const std::string name = client->server_name_indication.value_or(client->peer_name);
    ours.push_back("server name: " + (name.empty() ? "none" : name));
  }

  std::vector<std::string>& theirs = diagnosis.received;
  if (hello != nullptr) {
    theirs.push_back(listed("versions", hello->versions));
    theirs.push_back(listed("cipher suites", hello->cipher_suites));
    if (!hello->alpn.empty()) theirs.push_back(listed("ALPN", hello->alpn));
    theirs.push_back("server name: " + (hello->server_name.empty() ? "none" : hello->server_name));
  }
  if (info.version) theirs.push_back("version: " + to_string(*info.version));
  if (info.cipher_suite) theirs.push_back("cipher suite: " + to_string(*info.cipher_suite));
  if (!info.group.empty()) theirs.push_back("group: " + info.group);
  if (!info.signature_scheme.empty()) theirs.push_back("signature algorithm: " + info.signature_scheme);
}

}  // namespace securetransport::tls
