// SPDX-License-Identifier: Apache-2.0
#include "ossl/hello_messages.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <string_view>

#include "securetransport/core/byte_reader.hpp"

namespace securetransport::ossl {
namespace {

constexpr std::uint16_t kTls13Version = 0x0304;

// ExtensionType values (IANA) that the rules below speak of.
constexpr std::uint16_t kServerName = 0;
constexpr std::uint16_t kStatusRequest = 5;
constexpr std::uint16_t kSupportedGroups = 10;
constexpr std::uint16_t kEcPointFormats = 11;
constexpr std::uint16_t kSignatureAlgorithms = 13;
constexpr std::uint16_t kAlpn = 16;
constexpr std::uint16_t kSignedCertificateTimestamp = 18;
constexpr std::uint16_t kEncryptThenMac = 22;
constexpr std::uint16_t kExtendedMasterSecret = 23;
constexpr std::uint16_t kSessionTicket = 35;
constexpr std::uint16_t kPreSharedKey = 41;
constexpr std::uint16_t kEarlyData = 42;
constexpr std::uint16_t kSupportedVersions = 43;
constexpr std::uint16_t kCookie = 44;
constexpr std::uint16_t kPskKeyExchangeModes = 45;
constexpr std::uint16_t kCertificateAuthorities = 47;
constexpr std::uint16_t kSignatureAlgorithmsCert = 50;
constexpr std::uint16_t kKeyShare = 51;
constexpr std::uint16_t kRenegotiationInfo = 0xff01;

// RFC 8446 section 4.1.3: "the Random field with the special value of the SHA-256 of "HelloRetryRequest"".
constexpr std::array<std::uint8_t, 32> kRetryRandom{0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C,
                                                    0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
                                                    0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};

enum class Message : std::uint8_t {
  ServerHello12,
  ServerHello13,
  HelloRetryRequest,
  EncryptedExtensions,
  Certificate13
};

struct Placement {
  std::uint16_t extension;
  std::array<bool, 4> allowed;  ///< In ServerHello13, HelloRetryRequest, EncryptedExtensions, Certificate13.
};

// The table of RFC 8446 section 4.2, for the extensions that we offer or recognise. An extension that is not
// listed may stand anywhere as far as we know.
constexpr bool kYes = true;
constexpr bool kNo = false;
// clang-format off
constexpr std::array kPlacements{
    //                                      SH    HRR   EE    CT
    Placement{kServerName,                   {kNo,  kNo,  kYes, kNo}},
    Placement{kStatusRequest,                {kNo,  kNo,  kNo,  kYes}},
    Placement{kSupportedGroups,              {kNo,  kNo,  kYes, kNo}},
    Placement{kEcPointFormats,               {kNo,  kNo,  kNo,  kNo}},
    Placement{kSignatureAlgorithms,          {kNo,  kNo,  kNo,  kNo}},
    Placement{kAlpn,                         {kNo,  kNo,  kYes, kNo}},
    Placement{kSignedCertificateTimestamp,   {kNo,  kNo,  kNo,  kYes}},
    Placement{kEncryptThenMac,               {kNo,  kNo,  kNo,  kNo}},
    Placement{kExtendedMasterSecret,         {kNo,  kNo,  kNo,  kNo}},
    Placement{kSessionTicket,                {kNo,  kNo,  kNo,  kNo}},
    Placement{kPreSharedKey,                 {kYes, kNo,  kNo,  kNo}},
    Placement{kEarlyData,                    {kNo,  kNo,  kYes, kNo}},
    Placement{kSupportedVersions,            {kYes, kYes, kNo,  kNo}},
    Placement{kCookie,                       {kNo,  kYes, kNo,  kNo}},
    Placement{kPskKeyExchangeModes,          {kNo,  kNo,  kNo,  kNo}},
    Placement{kCertificateAuthorities,       {kNo,  kNo,  kNo,  kNo}},
    Placement{kSignatureAlgorithmsCert,      {kNo,  kNo,  kNo,  kNo}},
    Placement{kKeyShare,                     {kYes, kYes, kNo,  kNo}},
    Placement{kRenegotiationInfo,            {kNo,  kNo,  kNo,  kNo}},
};
// clang-format on

bool may_stand_in(std::uint16_t extension, Message message) noexcept {
  // TLS 1.2 servers in the field echo extensions that RFC 5246 does not forbid in so many words.
  if (message == Message::ServerHello12) return true;
  const std::size_t column = static_cast<std::size_t>(message) - static_cast<std::size_t>(Message::ServerHello13);
  for (const Placement& placement : kPlacements) {
    if (placement.extension == extension) return placement.allowed.at(column);
  }
  return true;
}

bool was_offered(std::uint16_t extension, Message message, std::span<const std::uint16_t> offered) noexcept {
  // RFC 8446 section 4.2: "with the exception of the "cookie" extension in the HelloRetryRequest".
  if (extension == kCookie && message == Message::HelloRetryRequest) return true;
  // RFC 5746 section 3.4: the signalling cipher suite stands for an empty renegotiation_info.
  if (extension == kRenegotiationInfo && message == Message::ServerHello12) return true;
  return std::find(offered.begin(), offered.end(), extension) != offered.end();
}

std::string name_of(Message message) {
  switch (message) {
    case Message::ServerHello12:
    case Message::ServerHello13: return "ServerHello";
    case Message::HelloRetryRequest: return "HelloRetryRequest";
    case Message::EncryptedExtensions: return "EncryptedExtensions";
    case Message::Certificate13: return "Certificate";
  }
  return "message";
}

/// Judges an extension block, its length prefix already taken off.
std::optional<ExtensionFault> judge(std::span<const std::uint8_t> block, Message message,
                                    std::span<const std::uint16_t> offered) {
  std::vector<std::uint16_t> seen;
  ByteReader reader(block);
  while (!reader.at_end()) {
    const std::uint16_t type = reader.u16();
    static_cast<void>(reader.vector16());
    if (!reader.ok()) {
      return ExtensionFault{Finding::MalformedExtensions, Alert::DecodeError,
                            "the lengths of the extensions in " + name_of(message) + " do not add up"};
    }
    const std::string what = "extension " + std::to_string(type) + " in " + name_of(message);
    // RFC 8446 section 4.2: "There MUST NOT be more than one extension of the same type in a given block."
    if (std::find(seen.begin(), seen.end(), type) != seen.end()) {
      return ExtensionFault{Finding::RepeatedExtension, Alert::IllegalParameter, what + " appears twice"};
    }
    seen.push_back(type);
    // RFC 8446 section 4.2: "Upon receiving such an extension, an endpoint MUST abort the handshake with an
    // "unsupported_extension" alert."
    if (!was_offered(type, message, offered)) {
      return ExtensionFault{Finding::UnsolicitedExtension, Alert::UnsupportedExtension,
                            what + " was not offered by this client"};
    }
    // RFC 8446 section 4.2: "If an implementation receives an extension which it recognizes and which is not
    // specified for the message in which it appears, it MUST abort the handshake with an "illegal_parameter"".
    if (!may_stand_in(type, message)) {
      return ExtensionFault{Finding::MisplacedExtension, Alert::IllegalParameter, what + " must not stand there"};
    }
  }
  return std::nullopt;
}

std::vector<std::uint16_t> extension_types(std::span<const std::uint8_t> content) {
  std::vector<std::uint16_t> types;
  ByteReader block(content);
  while (block.ok() && !block.at_end()) {
    types.push_back(block.u16());
    static_cast<void>(block.vector16());
  }
  return types;
}

struct ParsedServerHello {
  ServerHelloFacts facts;
  std::optional<std::span<const std::uint8_t>> extensions;  ///< nullopt: the message ends before them.
  bool lengths_add_up = true;
  std::uint16_t legacy_version = 0;
  std::size_t session_id_size = 0;
  bool has_supported_versions = false;
  bool has_empty_cookie = false;
};

std::optional<ParsedServerHello> parse_server_hello(std::span<const std::uint8_t> body) {
  ByteReader reader(body);
  ParsedServerHello parsed;
  parsed.facts.version = parsed.legacy_version = reader.u16();
  const std::span<const std::uint8_t> random = reader.bytes(kRetryRandom.size());
  parsed.session_id_size = reader.vector8().size();  // legacy_session_id_echo
  parsed.facts.cipher_suite = reader.u16();
  static_cast<void>(reader.u8());  // legacy_compression_method
  if (!reader.ok()) return std::nullopt;
  if (reader.at_end()) return parsed;

  const std::span<const std::uint8_t> block = reader.vector16();
  parsed.lengths_add_up = reader.ok() && reader.at_end();
  parsed.extensions = block;
  parsed.facts.is_retry_request = std::equal(random.begin(), random.end(), kRetryRandom.begin(), kRetryRandom.end());
  ByteReader extensions(block);
  while (extensions.ok() && !extensions.at_end()) {
    const std::uint16_t type = extensions.u16();
    ByteReader content(extensions.vector16());
    if (type == kExtendedMasterSecret) parsed.facts.has_extended_master_secret = true;
    if (type == kRenegotiationInfo) parsed.facts.has_renegotiation_info = true;
    if (type == kSupportedVersions) parsed.has_supported_versions = true;
    if (type == kCookie && content.left() == 2) parsed.has_empty_cookie = true;
    if (extensions.ok() && type == kSupportedVersions && content.left() == 2) parsed.facts.version = content.u16();
    if (extensions.ok() && type == kKeyShare && content.left() >= 2) parsed.facts.group = content.u16();
  }
  return parsed;
}

}  // namespace

namespace {

/// The extension block of a ClientHello.
std::span<const std::uint8_t> client_extensions(std::span<const std::uint8_t> client_hello) {
  ByteReader reader(client_hello);
  constexpr std::uint8_t kDtlsMajor = 0xFE;
  const bool is_dtls = reader.u16() >> 8 == kDtlsMajor;  // legacy_version
  static_cast<void>(reader.bytes(32));                   // random
  static_cast<void>(reader.vector8());                   // legacy_session_id
  if (is_dtls) static_cast<void>(reader.vector8());      // cookie (RFC 6347 section 4.2.1)
  static_cast<void>(reader.vector16());                  // cipher_suites
  static_cast<void>(reader.vector8());                   // legacy_compression_methods
  return reader.vector16();
}

std::string hex(std::uint16_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "0x";
  for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[number >> shift & 0xf];
  return text;
}

/// What is wrong with a ServerHello before its extensions are looked at. OpenSSL takes a legacy_version for what it is
/// not, and calls a session id that is too long an illegal value.
std::optional<ExtensionFault> judge_fixed_fields(const ParsedServerHello& hello) {
  // RFC 8446 section 4.1.3: "opaque legacy_session_id_echo<0..32>".
  constexpr std::size_t kLongestSessionId = 32;
  if (hello.session_id_size > kLongestSessionId) {
    return ExtensionFault{Finding::MalformedExtensions, Alert::DecodeError,
                          "the session id has " + std::to_string(hello.session_id_size) + " bytes, 32 at most"};
  }
  constexpr std::uint16_t kTls12 = 0x0303;
  constexpr std::uint8_t kDtlsMajor = 0xFE;
  const std::uint16_t version = hello.legacy_version;
  const bool is_dtls = version >> 8 == kDtlsMajor && !hello.has_supported_versions;
  // RFC 8446 section 4.1.3: "the legacy_version field MUST be set to 0x0303", and nothing above stands for TLS 1.3.
  if (!is_dtls && (hello.has_supported_versions ? version != kTls12 : version > kTls12)) {
    return ExtensionFault{Finding::UnofferedVersion, Alert::ProtocolVersion, "legacy_version is " + hex(version)};
  }
  // RFC 8446 section 4.1.4: "The server's extensions MUST contain "supported_versions"."
  if (hello.facts.is_retry_request && !hello.has_supported_versions) {
    return ExtensionFault{Finding::MissingExtension, Alert::MissingExtension,
                          "supported_versions in HelloRetryRequest"};
  }
  // RFC 8446 section 4.2.2: "opaque cookie<1..2^16-1>".
  if (hello.facts.is_retry_request && hello.has_empty_cookie) {
    return ExtensionFault{Finding::MalformedExtensions, Alert::DecodeError, "the cookie is empty"};
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::uint16_t> offered_extensions(std::span<const std::uint8_t> client_hello) {
  return extension_types(client_extensions(client_hello));
}

std::optional<ExtensionFault> judge_client_hello(std::span<const std::uint8_t> client_hello) {
  // RFC 5246 section 7.4.1.4 and RFC 8446 section 4.2: "There MUST NOT be more than one extension of the same type".
  // OpenSSL looks at those that it knows. Sorted, since a client may send thousands.
  std::vector<std::uint16_t> types = offered_extensions(client_hello);
  std::sort(types.begin(), types.end());
  const auto repeated = std::adjacent_find(types.begin(), types.end());
  if (repeated == types.end()) return std::nullopt;
  return ExtensionFault{Finding::RepeatedExtension, Alert::IllegalParameter,
                        "extension " + std::to_string(*repeated) + " in ClientHello appears twice"};
}

std::vector<std::uint16_t> offered_signature_schemes(std::span<const std::uint8_t> client_hello) {
  std::vector<std::uint16_t> schemes;
  ByteReader block(client_extensions(client_hello));
  while (block.ok() && !block.at_end()) {
    const std::uint16_t type = block.u16();
    ByteReader content(block.vector16());
    if (type != kSignatureAlgorithms) continue;
    for (ByteReader list(content.vector16()); list.left() >= 2;) schemes.push_back(list.u16());
  }
  return schemes;
}

std::vector<std::uint16_t> requested_extensions(std::span<const std::uint8_t> certificate_request) {
  ByteReader reader(certificate_request);
  static_cast<void>(reader.vector8());  // certificate_request_context
  return extension_types(reader.vector16());
}

std::optional<ServerHelloFacts> read_server_hello(std::span<const std::uint8_t> body) {
  const std::optional<ParsedServerHello> parsed = parse_server_hello(body);
  if (!parsed) return std::nullopt;
  return parsed->facts;
}

KeyExchangeFacts read_server_key_exchange(std::span<const std::uint8_t> body, KeyExchange kind,
                                          bool has_signature_scheme) {
  KeyExchangeFacts facts;
  ByteReader reader(body);
  switch (kind) {
    case KeyExchange::Ecdhe: {
      constexpr std::uint8_t kNamedCurve = 3;
      if (reader.u8() != kNamedCurve) return facts;
      const std::uint16_t group = reader.u16();
      static_cast<void>(reader.vector8());  // public point
      if (reader.ok()) facts.group = group;
      break;
    }
    case KeyExchange::Dhe: {
      std::span<const std::uint8_t> prime = reader.vector16();
      while (!prime.empty() && prime.front() == 0) prime = prime.subspan(1);
      static_cast<void>(reader.vector16());  // generator
      static_cast<void>(reader.vector16());  // public value
      if (reader.ok() && !prime.empty()) {
        facts.dh_bits =
            static_cast<unsigned>((prime.size() - 1) * 8 + static_cast<std::size_t>(std::bit_width(prime[0])));
      }
      break;
    }
  }
  const std::uint16_t scheme = reader.u16();
  if (has_signature_scheme && reader.ok()) facts.signature_scheme = scheme;
  return facts;
}

std::optional<ExtensionFault> judge_server_hello(std::span<const std::uint8_t> body,
                                                 std::span<const std::uint16_t> offered) {
  const std::optional<ParsedServerHello> parsed = parse_server_hello(body);
  if (!parsed) return std::nullopt;
  if (!parsed->extensions) return judge_fixed_fields(*parsed);
  if (!parsed->lengths_add_up) {
    return ExtensionFault{Finding::MalformedExtensions, Alert::DecodeError,
                          "the extension block does not end where ServerHello ends"};
  }
  if (auto fault = judge_fixed_fields(*parsed)) return fault;
  // A version that nobody has defined: which extensions belong to it is unknown, and it is refused anyway.
  constexpr std::uint16_t kNewestMajor3 = 0x03ff;
  if (parsed->facts.version > kTls13Version && parsed->facts.version <= kNewestMajor3) return std::nullopt;
  const Message message = parsed->facts.is_retry_request    ? Message::HelloRetryRequest
                          : is_tls13(parsed->facts.version) ? Message::ServerHello13
                                                            : Message::ServerHello12;
  return judge(*parsed->extensions, message, offered);
}

std::optional<ExtensionFault> judge_hello_verify_request(std::span<const std::uint8_t> body) {
  ByteReader reader(body);
  static_cast<void>(reader.u16());      // server_version
  static_cast<void>(reader.vector8());  // cookie
  if (reader.ok() && reader.at_end()) return std::nullopt;
  return ExtensionFault{Finding::MalformedExtensions, Alert::DecodeError,
                        "HelloVerifyRequest does not end where its cookie ends"};
}

std::optional<ExtensionFault> judge_encrypted_extensions(std::span<const std::uint8_t> body,
                                                         std::span<const std::uint16_t> offered) {
  ByteReader reader(body);
  const std::span<const std::uint8_t> block = reader.vector16();
  if (!reader.ok() || !reader.at_end()) {
    return ExtensionFault{Finding::MalformedExtensions, Alert::DecodeError,
                          "the extension block does not end where EncryptedExtensions ends"};
  }
  return judge(block, Message::EncryptedExtensions, offered);
}

std::optional<ExtensionFault> judge_certificate_extensions(std::span<const std::uint8_t> body,
                                                           std::span<const std::uint16_t> offered) {
  ByteReader reader(body);
  static_cast<void>(reader.vector8());  // certificate_request_context
  ByteReader list(reader.vector24());
  while (reader.ok() && list.ok() && !list.at_end()) {
    static_cast<void>(list.vector24());  // cert_data
    const std::span<const std::uint8_t> block = list.vector16();
    if (!list.ok()) break;  // The list itself is broken: OpenSSL says so.
    if (std::optional<ExtensionFault> fault = judge(block, Message::Certificate13, offered)) return fault;
  }
  return std::nullopt;
}

}  // namespace securetransport::ossl
