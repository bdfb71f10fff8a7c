// SPDX-License-Identifier: Apache-2.0
// Codes that no peer causes: pauses, settings and calls. The programs themselves are the victim's: the lab knows only
// what each must come to.
#include "lab/scenarios/themes.hpp"

namespace securetransport::lab {
namespace {

Scenario program(std::string name, ResultCode code, std::string description, std::string lesson) {
  Scenario scenario = server(std::move(name), code, {}, {}, std::move(description), std::move(lesson));
  scenario.side = Side::Program;
  scenario.twin = Twin::None;
  return scenario;
}

}  // namespace

Scenarios program_scenarios() {
  return {
      program("would-block", ResultCode::WouldBlock, "A handshake over a transport that has nothing to read yet.",
              "Wait for the socket and call again; nothing is lost."),
      program("session-not-found", ResultCode::SessionNotFound, "Resumption is required, and the cache is empty.",
              "Offer resumption; require it only where a full handshake must not happen."),
      program("module-missing", ResultCode::ModuleAttach, "The configuration names a crypto module that is not there.",
              "Without its module a program must stop, not carry on with another."),
      program("buffer-too-small", ResultCode::BufferOverflow, "The buffer for the peer's name is one byte too small.",
              "Ask for the size first."),
      program("no-such-suite", ResultCode::BadCipherSuite, "A list with no suite that the engine knows.",
              "A misspelt suite must not become an empty list."),
      program("break-server-auth", ResultCode::PeerAuthCompleted, "A client that judges the server by itself pauses.",
              "Judge, then call again; closing there refuses the server."),
      program("break-client-auth", ResultCode::PeerAuthCompleted, "A server that judges the client by itself pauses.",
              "Judge, then call again; closing there refuses the client."),
      program("break-client-certificate", ResultCode::ClientCertRequested, "A client is asked for a certificate.",
              "Now is the time to ask the user which one."),
      program("break-client-hello", ResultCode::ClientHelloReceived, "A server pauses at the ClientHello.",
              "Read the name, choose an identity, call again."),
      program("no-identity", ResultCode::BadConfiguration, "A server with nothing to show.",
              "Give it an identity before the first client comes."),
      program("versions-contradict", ResultCode::ConfigurationFailed, "The minimum version is above the maximum.",
              "Options are checked when the session is made, not when it fails."),
      program("key-of-another-certificate", ResultCode::ConfigurationFailed,
              "Certificate and key do not belong together.", "Deploy both at once."),
      program("renegotiation-not-allowed", ResultCode::IllegalParam, "A renegotiation that the settings do not allow.",
              "The call fails, the session goes on."),
      program("call-after-failure", ResultCode::ClosedAbort, "A read from a session that has failed.",
              "The first code tells the cause; what comes later tells only that it is over."),
      program("anonymous-with-client-auth", ResultCode::BadConfiguration,
              "A server that demands certificates of clients and enables an anonymous suite.",
              "Whoever is anonymous cannot ask others for their papers (RFC 5246 section 7.4.4)."),
      program("nothing-listening", ResultCode::ConnectionRefused, "A port on which nothing listens.",
              "The machine is there, the service is not."),
      program("datagram-no-answer", ResultCode::ConnectionRefused, "DTLS: nobody answers the first flight, ten times.",
              "Datagrams get lost, so that a flight is sent again; some day it is enough."),
      program("datagram-lost", ResultCode::Success, "DTLS: every third datagram of the handshake is lost.",
              "The timer sends the flight again."),
      program("datagram-repeated", ResultCode::Success, "DTLS: every datagram arrives twice.",
              "A repeated record is data once (RFC 6347 section 4.1.2.6)."),
      program("datagram-reordered", ResultCode::Success, "DTLS: the datagrams of each flight arrive backwards.",
              "Messages have numbers; put them in order."),
      program("datagram-record-skipped", ResultCode::Success,
              "DTLS: foreign datagrams among the good ones. Each is an errSSLUnexpectedRecord that ends nothing.",
              "RFC 6347 section 4.1.2.7: skip, and go on. Ending here would let anybody end any session."),
  };
}

}  // namespace securetransport::lab
