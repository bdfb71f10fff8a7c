// SPDX-License-Identifier: Apache-2.0
// What a session knows about its failure: more than a number, and free of secrets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "securetransport/core/alert.hpp"
#include "securetransport/core/result_code.hpp"
#include "securetransport/core/trust_check.hpp"

namespace securetransport {

/// How far the connection had come. Each name says what the session was dealing with.
enum class Phase : std::uint8_t {
  None,         ///< Nothing was tried yet.
  Tcp,          ///< Name look-up and connection set-up; the session itself never says this.
  ClientHello,  ///< The ClientHello was sent (client) or is being read (server); no answer yet.
  ServerHello,  ///< The peer's parameters: ServerHello, HelloRetryRequest, EncryptedExtensions.
  Certificate,  ///< The peer's certificate and the judgement of it.
  KeyExchange,  ///< ServerKeyExchange, CertificateRequest, ClientKeyExchange, CertificateVerify.
  Finished,     ///< ChangeCipherSpec and Finished.
  Data,         ///< The handshake is complete.
};

/// One rule that the peer's certificate chain breaks.
struct Violation {
  ResultCode code;                         ///< The code this violation alone would give.
  std::optional<std::size_t> chain_index;  ///< Position in the chain as judged, 0 = leaf; none: the chain as a whole.
  std::string subject;                     ///< Subject of that certificate, RFC 2253 form; may be empty.
  std::string detail;                      ///< What is wrong, with the values compared.
  std::string rule;                        ///< The rule's source: "RFC 5280 section 6.1.3".
  std::optional<Alert> alert = {};         ///< Sent instead of the code's usual alert; none: the usual one.
  std::optional<TrustCheck> check = {};    ///< What SecTrust calls it; none: not a matter of SecTrust.
};

/// What decides, beside the code itself, what Apple's published Secure Transport would have returned.
struct Circumstances {
  bool is_server = false;
  bool is_datagram = false;
  bool is_key_mismatch = false;              ///< The engine refuses our identity.
  bool has_static_rsa = false;               ///< The suite's key exchange is plain RSA.
  bool failed_on_write = false;              ///< The transport failed while writing.
  bool failed_in_header = false;             ///< The transport failed while a record header was read.
  std::int32_t transport_code = 0;           ///< The transport's own code for that, if it has one.
  std::vector<std::uint8_t> first_header{};  ///< The first five bytes of a peer that does not speak TLS.
};

/// Why a session failed or paused, and what had been exchanged. Copyable, independent of the session.
struct Diagnosis {
  ResultCode code = ResultCode::Success;       ///< In the documented dialect, whatever the session's is.
  ResultCode published = ResultCode::Success;  ///< What Apple's last published Secure Transport would say.
  std::optional<DetectedBy> detected_by;
  Phase phase = Phase::None;
  std::optional<AlertMessage> alert_sent;
  std::optional<AlertMessage> alert_received;
  std::string detail;                 ///< One sentence that a person can act on; empty on success.
  std::string engine_reason;          ///< The TLS engine's own words for it; empty if it gave none.
  std::vector<Violation> violations;  ///< Every rule broken, the decisive one first.
  std::vector<std::string> offered;   ///< What this side put into the handshake: "versions: TLS 1.2, TLS 1.3".
  std::vector<std::string> received;  ///< What came back, in the same form.
  Circumstances circumstances;
  std::vector<std::string> notes;  ///< Things that are not errors but worth knowing.
};

[[nodiscard]] std::string_view to_string(Phase phase) noexcept;

}  // namespace securetransport
