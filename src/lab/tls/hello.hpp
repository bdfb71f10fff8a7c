// SPDX-License-Identifier: Apache-2.0
// The two hellos and their extensions: honest values, written with the lie of a fault.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "lab/tls/byte_writer.hpp"
#include "lab/tls/fault.hpp"
#include "lab/tls/protocol.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {

struct TlsExtension {
  std::uint16_t type = 0;
  Bytes body;
};

struct ExtensionList {
  std::vector<TlsExtension> items;

  void add(std::uint16_t type, Bytes body = {}) { items.push_back({type, std::move(body)}); }
  [[nodiscard]] const Bytes* find(std::uint16_t type) const noexcept;  ///< Null: there is none.
  [[nodiscard]] bool has(std::uint16_t type) const noexcept { return find(type) != nullptr; }

  /// Add, omit, duplicate, replace.
  void apply(const Fault& lie);
  /// With the length of the block, and with the lies about lengths.
  [[nodiscard]] Bytes encode(const Fault& lie) const;

  /// Nullopt: malformed.
  [[nodiscard]] static std::optional<ExtensionList> parse(ByteView block);
};

struct ClientHello {
  std::uint16_t legacy_version = kTls12;
  Bytes random;
  Bytes session_id;
  std::optional<Bytes> cookie{};  ///< DTLS only, where it is always there, if only as an empty one.
  std::vector<std::uint16_t> suites;
  Bytes compressions{0};
  ExtensionList extensions;

  void apply(const Fault& lie);
  [[nodiscard]] Bytes encode(const Fault& lie) const;
  [[nodiscard]] static std::optional<ClientHello> parse(ByteView body, bool is_datagram = false);

  /// Of TLS; kTls12 stands for DTLS 1.2 in a hello of DTLS.
  [[nodiscard]] bool offers_version(std::uint16_t version) const;
  [[nodiscard]] bool offers_suite(std::uint16_t number) const;
};

struct ServerHello {
  std::uint16_t legacy_version = kTls12;
  Bytes random;
  Bytes session_id;
  std::uint16_t suite = 0;
  std::uint8_t compression = 0;
  ExtensionList extensions;

  void apply(const Fault& lie);
  [[nodiscard]] Bytes encode(const Fault& lie) const;
  [[nodiscard]] static std::optional<ServerHello> parse(ByteView body);
};

/// The random of a HelloRetryRequest, RFC 8446 section 4.1.3: the SHA-256 of "HelloRetryRequest".
[[nodiscard]] const Bytes& retry_random();

/// The numbers of a list with a length of two bytes in front, as in supported_groups; empty if there is none.
[[nodiscard]] std::vector<std::uint16_t> numbers_in(const Bytes* list);
[[nodiscard]] Bytes list_of(const std::vector<std::uint16_t>& numbers);

/// A public value (point, Y, ...) with its length of `prefix` bytes, and the lies about both.
void write_public(ByteWriter& to, const Fault& lie, ByteView honest, std::size_t prefix);

[[nodiscard]] inline std::uint16_t lied_number(const Fault& lie, Lie kind, std::uint16_t honest) {
  return lie.lie == kind ? static_cast<std::uint16_t>(lie.number) : honest;
}

}  // namespace securetransport::lab
