// SPDX-License-Identifier: Apache-2.0
// A scenario: one thing that goes wrong on a TLS connection, as data, with the code it provokes and what it teaches.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lab/scenarios/credentials.hpp"
#include "lab/tls/faulty_peer.hpp"
#include "securetransport/core/result_code.hpp"

namespace securetransport::lab {

/// Who misbehaves.
enum class Side : std::uint8_t {
  Server,   ///< A server of the lab; the victim is a client.
  Client,   ///< A client of the lab; the victim is a server.
  Program,  ///< Nobody: the code comes from the victim's own settings, calls or pauses.
};

/// App Transport Security of a client.
enum class AtsRules : std::uint8_t {
  None,
  Default,    ///< Of an app without exceptions.
  Only13,     ///< TLS 1.3 at least, although 1.2 is offered.
  Fcp,        ///< Extended master secret is demanded too (FCP_v2.1).
  WrongPins,  ///< Pins that no certificate of the lab matches.
};

/// How the other side has to be set up, as plain options of any TLS library. The defaults are those of a careful
/// client or server that trusts the lab's root.
struct Victim {
  std::uint16_t min_version = kTls12;
  std::uint16_t max_version = kTls13;
  std::chrono::milliseconds patience = std::chrono::seconds(8);               ///< How long it waits for its peer.
  std::chrono::milliseconds retransmission = std::chrono::milliseconds(100);  ///< Datagrams: its first timeout.
  bool offers_dhe = false;                                                    ///< Beside the usual ECDHE suites.
  bool offers_static_rsa = false;                                             ///< Likewise.
  bool knows_psk = false;          ///< kVictimPskIdentity with kVictimPsk, and the PSK suite of TLS 1.2.
  bool has_platform_rules = true;  ///< Weak keys and hashes are refused; if not, RFC 5280 alone counts.
  bool accepts_anybody = false;    ///< The program judges, and accepts whatever certificate comes.
  bool renegotiates = false;       ///< Allows renegotiation, and asks for it once connected.

  // Client. It asks for NAME.lab.test, where NAME is the scenario's.
  AtsRules ats = AtsRules::None;
  Credential certificate = Credential::None;  ///< The client's own, or the server's; None at a server: the good one.
  bool requires_extended_master_secret = false;
  bool requires_secure_renegotiation = false;

  // Server.
  bool is_without_identity = false;
  bool demands_certificate = false;
  bool insists_on_names = false;  ///< Serves nobody who asks for another name than "known.lab.test".
};

inline constexpr std::string_view kVictimPskIdentity = "lab";
inline constexpr std::string_view kVictimPsk = "sixteen bytes ok";

/// What the peer is started with.
struct PeerSetup {
  PeerOptions options;
  Fault fault;
};

/// Changes a set-up where plain data does not suffice. `shown` is what the peer shows.
using Adjust = void (*)(PeerSetup& setup, const Credentials& shown);

/// Whether the same connection without the fault is worth a run of its own.
enum class Twin : std::uint8_t {
  Connects,  ///< It must.
  None,      ///< There is none: the scenario is honest, or the fault is the whole peer.
};

/// One row of the table. Plain data.
struct Scenario {
  std::string name;  ///< Unique; letters, digits, '-' and '.', so that NAME.lab.test is a host name.
  ResultCode provokes = ResultCode::Success;
  Side side = Side::Server;
  std::vector<std::uint16_t> versions{kTls12, kTls13};  ///< In which the peer plays it; empty for a program.
  std::string description = {};                         ///< What happens: one sentence.
  std::string lesson = {};                              ///< What a developer should learn: one sentence.
  Victim victim = {};
  Credential shows = Credential::Good;  ///< The peer's certificate. A client's: None unless the victim demands one.
  Credential twin_shows = Credential::Good;
  Credential shows_again = Credential::None;  ///< In a renegotiation; None: the same. The twin stays the same.
  Staple staple = Staple::None;               ///< The twin has a good one where there is any.
  Fault fault = {};                           ///< The twin has none.
  Adjust options = nullptr;                   ///< Applied to both.
  Adjust wrong = nullptr;                     ///< Part of what is wrong: not applied to the twin.
  Twin twin = Twin::Connects;
  std::string_view theme = {};  ///< Filled in by scenarios(): "alerts", "records", ...
};

inline constexpr std::uint16_t kAnyVersion = 0;
inline constexpr std::uint16_t kAnyTls = 1;  ///< Over streams.

/// A code that a victim in this role, with this version, cannot be brought to.
struct Unreachable {
  ResultCode code;
  Side side;              ///< Of the peer: Server speaks of victims that are clients.
  std::uint16_t version;  ///< kAnyVersion, kAnyTls, or one.
  std::string_view why;
};

/// Whether the row speaks of this version.
[[nodiscard]] constexpr bool covers(const Unreachable& row, std::uint16_t version) noexcept {
  return row.version == version || row.version == kAnyVersion || (row.version == kAnyTls && version != kDtls12);
}

/// The table, in the order of the themes. Made at the first call, then shared; never changes.
[[nodiscard]] const std::vector<Scenario>& scenarios();

/// Null if there is none of that name.
[[nodiscard]] const Scenario* find_scenario(std::string_view name);

/// What cannot be, and why.
[[nodiscard]] const std::vector<Unreachable>& unreachable();

/// "1.2", "1.3", "DTLS 1.2": as a word in a list of versions of TLS.
[[nodiscard]] std::string_view version_text(std::uint16_t version) noexcept;
/// "TLS 1.2", "TLS 1.3", "DTLS 1.2".
[[nodiscard]] std::string protocol_text(std::uint16_t version);

[[nodiscard]] std::string_view to_string(Side side) noexcept;

/// The host name under which `lab serve` offers a server scenario.
[[nodiscard]] std::string host_of(const Scenario& scenario);

/// What the victim has to show: a server has an identity unless it is to have none.
[[nodiscard]] Credential victim_credential(const Scenario& scenario) noexcept;

/// What the victim is.
[[nodiscard]] Bearer victim_bearer(const Scenario& scenario) noexcept;

}  // namespace securetransport::lab
