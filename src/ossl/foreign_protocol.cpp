// SPDX-License-Identifier: Apache-2.0
#include "ossl/foreign_protocol.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace securetransport::ossl {
namespace {

struct Signature {
  std::string_view prefix;
  std::string_view protocol;
};

// What servers, and for our server role clients, say first. Longer prefixes stand before shorter ones. Only
// five bytes are certain to be there.
constexpr std::array kSignatures{
    Signature{"HTTP/", "HTTP"},
    Signature{"<html", "HTTP"},
    Signature{"<!DOC", "HTTP"},
    Signature{"GET /", "HTTP"},
    Signature{"POST ", "HTTP"},
    Signature{"HEAD ", "HTTP"},
    Signature{"PUT /", "HTTP"},
    Signature{"OPTIO", "HTTP"},
    Signature{"DELET", "HTTP"},
    Signature{"CONNE", "an HTTP proxy protocol"},
    Signature{"PROXY", "the PROXY protocol"},
    Signature{"PRI *", "HTTP/2"},
    Signature{"SSH-", "SSH"},
    Signature{"* OK", "IMAP"},
    Signature{"+OK", "POP3"},
    Signature{"220", "SMTP or FTP"},
    Signature{"421", "SMTP or FTP"},
    Signature{"554", "SMTP"},
    Signature{"EHLO ", "SMTP"},
    Signature{"HELO ", "SMTP"},
    Signature{"<?xml", "XMPP"},
    Signature{"<stre", "XMPP"},
    Signature{"RFB ", "VNC"},
    Signature{"-ERR ", "Redis or POP3"},
    Signature{"@RSYN", "rsync"},
    Signature{"200 ", "NNTP"},
};

constexpr std::string_view kHexDigits = "0123456789abcdef";

/// The first line, without its end; what a terminal must not see is replaced.
std::string first_line(std::span<const std::uint8_t> bytes) {
  std::string line;
  for (const std::uint8_t byte : bytes) {
    if (byte == '\r' || byte == '\n') {
      if (line.empty()) continue;
      break;
    }
    const bool printable = byte >= 0x20 && byte < 0x7f;
    line += printable ? static_cast<char>(byte) : '.';
  }
  return line;
}

}  // namespace

std::string describe_plain_text(std::span<const std::uint8_t> first_bytes) {
  const std::string line = first_line(first_bytes);
  const auto* const known = std::find_if(kSignatures.begin(), kSignatures.end(), [&](const Signature& signature) {
    return std::string_view(line).substr(0, signature.prefix.size()) == signature.prefix;
  });
  const std::string protocol =
      known != kSignatures.end() ? "in plain " + std::string(known->protocol) : std::string("in plain text");
  return "The peer answers " + protocol + ", not TLS: \"" + line + "\".";
}

std::string describe_foreign_bytes(std::span<const std::uint8_t> first_bytes) {
  constexpr std::size_t kShown = 16;
  std::string hex;
  for (const std::uint8_t byte : first_bytes.first(std::min(first_bytes.size(), kShown))) {
    if (!hex.empty()) hex += ' ';
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 0x0f];
  }
  return "The peer's first bytes are neither a TLS record nor text: " + hex + ".";
}

}  // namespace securetransport::ossl
