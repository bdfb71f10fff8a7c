// SPDX-License-Identifier: Apache-2.0
// Servers that do not speak TLS at all: what a client meets on a wrong port or behind a broken box.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lab/loopback_server.hpp"

namespace securetransport::lab {

/// What to do after the last byte is sent. Close is a FIN: the peer reads on until the client closes too, as unread
/// data would turn it into a reset.
enum class Ending : std::uint8_t { Close, Reset, Hang };

/// When to begin: at once (SMTP, SSH), or once the client has sent something (HTTP).
enum class Beginning : std::uint8_t { AtOnce, AfterFirstBytes };

/// A conversation as data: the same for every connection.
struct PlainScript {
  Beginning beginning = Beginning::AtOnce;
  std::vector<std::string> pieces;     ///< Bytes to send, one write each.
  std::chrono::milliseconds pause{0};  ///< Between two pieces.
  Ending ending = Ending::Close;
};

/// What real services say to a client that speaks TLS to them, or before it says anything.
inline constexpr std::string_view kHttpBadRequest =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
inline constexpr std::string_view kSmtpBanner = "220 mail.example ESMTP ready\r\n";
inline constexpr std::string_view kSshBanner = "SSH-2.0-OpenSSH_9.2\r\n";
inline constexpr std::string_view kGarbage =
    "\x91\x02\xfe\xc7\x00\x55\xaa\x13\x37\xf0\x0d"
    "\xd0\x0e\xff\x80\x7f";

[[nodiscard]] PlainScript says(std::string_view bytes, Ending ending = Ending::Close);
[[nodiscard]] PlainScript says_in_pieces(std::vector<std::string> pieces, std::chrono::milliseconds pause);
[[nodiscard]] PlainScript closes_without_a_word();  ///< Takes the first bytes, then a FIN.
[[nodiscard]] PlainScript resets();                 ///< Takes the first bytes, then a RST.
[[nodiscard]] PlainScript hangs();                  ///< Takes everything and never answers.

/// Runs a script on a free port of 127.0.0.1; stops when destroyed. Errors as LoopbackServer::start().
[[nodiscard]] net::NetResult<LoopbackServer> start_plain_peer(PlainScript script);

}  // namespace securetransport::lab
