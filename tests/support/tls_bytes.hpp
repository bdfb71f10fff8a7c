// SPDX-License-Identifier: Apache-2.0
// TLS messages made byte by byte (RFC 8446 section 3), so that every field may be wrong on purpose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace securetransport::test {

using Bytes = std::vector<std::uint8_t>;

/// Appends big-endian fields.
class ByteBuilder {
 public:
  ByteBuilder& u8(std::size_t value) { return number(value, 1); }
  ByteBuilder& u16(std::size_t value) { return number(value, 2); }
  ByteBuilder& u24(std::size_t value) { return number(value, 3); }
  ByteBuilder& bytes(std::span<const std::uint8_t> more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
    return *this;
  }
  ByteBuilder& fill(std::size_t count, std::uint8_t value) {
    bytes_.insert(bytes_.end(), count, value);
    return *this;
  }
  /// A vector with a length prefix of one, two or three bytes.
  ByteBuilder& vector8(std::span<const std::uint8_t> content) { return u8(content.size()).bytes(content); }
  ByteBuilder& vector16(std::span<const std::uint8_t> content) { return u16(content.size()).bytes(content); }
  ByteBuilder& vector24(std::span<const std::uint8_t> content) { return u24(content.size()).bytes(content); }

  [[nodiscard]] const Bytes& made() const noexcept { return bytes_; }

 private:
  ByteBuilder& number(std::size_t value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> shift & 0xff));
    }
    return *this;
  }
  Bytes bytes_;
};

inline Bytes to_bytes(std::string_view text) { return {text.begin(), text.end()}; }

template <class... Parts>
Bytes concat(const Parts&... parts) {
  ByteBuilder all;
  (all.bytes(parts), ...);
  return all.made();
}

inline Bytes u16_list(const std::vector<std::uint16_t>& numbers) {
  ByteBuilder list;
  for (const std::uint16_t number : numbers) list.u16(number);
  return list.made();
}

// Content types and handshake types as plain numbers: the wire may carry any.
inline constexpr std::uint8_t kCcsType = 20;
inline constexpr std::uint8_t kAlertType = 21;
inline constexpr std::uint8_t kHandshakeType = 22;
inline constexpr std::uint8_t kDataType = 23;
inline constexpr std::uint8_t kHeartbeatType = 24;

inline Bytes header(unsigned type, unsigned version, std::size_t length) {
  return ByteBuilder().u8(type).u16(version).u16(length).made();
}
inline Bytes record(unsigned type, std::span<const std::uint8_t> body, unsigned version = 0x0303) {
  return ByteBuilder().bytes(header(type, version, body.size())).bytes(body).made();
}
inline Bytes alert_record(unsigned level, unsigned description, unsigned version = 0x0303) {
  return record(kAlertType, ByteBuilder().u8(level).u8(description).made(), version);
}
/// A handshake message with its four bytes of header.
inline Bytes message(unsigned type, std::span<const std::uint8_t> body) {
  return ByteBuilder().u8(type).vector24(body).made();
}
/// A handshake message in a record of its own.
inline Bytes handshake_record(unsigned type, std::span<const std::uint8_t> body) {
  return record(kHandshakeType, message(type, body));
}

struct WireExtension {
  std::uint16_t type;
  Bytes content = {};
};

inline Bytes extension_block(const std::vector<WireExtension>& extensions) {
  ByteBuilder block;
  for (const WireExtension& extension : extensions) block.u16(extension.type).vector16(extension.content);
  return block.made();
}

/// ServerHello and HelloRetryRequest; as it stands, what a TLS 1.2 server with AES-128-GCM says.
struct ServerHelloSpec {
  std::uint16_t version = 0x0303;
  Bytes random = Bytes(32, 0x5a);
  Bytes session_id = {};
  std::uint16_t suite = 0xC02F;
  std::uint8_t compression = 0;
  std::optional<std::vector<WireExtension>> extensions = {};  ///< nullopt: the message ends before them.
  Bytes trailing = {};
};

inline Bytes server_hello(const ServerHelloSpec& spec = {}) {
  ByteBuilder body;
  body.u16(spec.version).bytes(spec.random).vector8(spec.session_id).u16(spec.suite).u8(spec.compression);
  if (spec.extensions) body.vector16(extension_block(*spec.extensions));
  return body.bytes(spec.trailing).made();
}

/// RFC 8446 section 4.1.3: the Random of a HelloRetryRequest.
inline Bytes retry_random() {
  return {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
          0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};
}

inline WireExtension chosen_version(std::uint16_t version) { return {43, ByteBuilder().u16(version).made()}; }
/// An x25519 share of the base point: valid, and known to everybody.
inline Bytes x25519_share() { return ByteBuilder().u16(0x001D).u16(32).u8(9).fill(31, 0).made(); }
inline WireExtension server_share() { return {51, x25519_share()}; }

struct ClientHelloSpec {
  std::uint16_t version = 0x0303;
  Bytes session_id = {};
  std::vector<std::uint16_t> suites = {0xC02B, 0xC02F};
  Bytes compressions = {0};
  std::optional<std::vector<WireExtension>> extensions = {};
  Bytes trailing = {};
};

inline Bytes client_hello(const ClientHelloSpec& spec = {}) {
  ByteBuilder body;
  body.u16(spec.version).fill(32, 0xa5).vector8(spec.session_id).vector16(u16_list(spec.suites));
  body.vector8(spec.compressions);
  if (spec.extensions) body.vector16(extension_block(*spec.extensions));
  return body.bytes(spec.trailing).made();
}

inline WireExtension offered_versions(const std::vector<std::uint16_t>& versions) {
  return {43, ByteBuilder().vector8(u16_list(versions)).made()};
}
inline WireExtension offered_groups(const std::vector<std::uint16_t>& groups) {
  return {10, ByteBuilder().vector16(u16_list(groups)).made()};
}
inline WireExtension offered_signatures(const std::vector<std::uint16_t>& schemes) {
  return {13, ByteBuilder().vector16(u16_list(schemes)).made()};
}
inline WireExtension client_share() { return {51, ByteBuilder().vector16(x25519_share()).made()}; }

}  // namespace securetransport::test
