// SPDX-License-Identifier: Apache-2.0
// From the shared secret to the keys of both directions: RFC 8446 section 7, RFC 5246 sections 6.3 and 8, RFC 7627.
#pragma once

#include <cstdint>
#include <span>

#include "lab/tls/record_cipher.hpp"

namespace securetransport::lab {

enum class KeyExchange : std::uint8_t { Tls13, Ecdhe, Dhe, Rsa, Psk };
enum class SuiteCipher : std::uint8_t { Gcm, CbcSha, CbcSha256 };
enum class SignedBy : std::uint8_t { Anything, Rsa, Ecdsa, Nobody };

/// What the lab knows of a suite.
struct SuiteFacts {
  std::uint16_t number;
  KeyExchange exchange;
  SignedBy signer;  ///< For KeyExchange::Rsa too: the kind of the certificate's key.
  SuiteCipher cipher;
  std::uint16_t min_version;
};

/// All that the lab speaks, the best first.
[[nodiscard]] std::span<const SuiteFacts> known_suites() noexcept;
[[nodiscard]] const SuiteFacts* find_suite(std::uint16_t number) noexcept;

struct KeyPair {
  RecordCipher client;  ///< Client to server.
  RecordCipher server;
};

/// One handshake of TLS 1.0 to 1.2.
struct Schedule12 {
  std::uint16_t version = kTls12;
  Bytes client_random;
  Bytes server_random;
  Bytes master;

  [[nodiscard]] Hash prf_hash() const noexcept { return version >= kTls12 ? Hash::Sha256 : Hash::Md5Sha1; }

  /// `session_hash` is that of RFC 7627; empty without extended master secret.
  void derive_master(ByteView premaster, ByteView session_hash);
  [[nodiscard]] KeyPair keys(const SuiteFacts& facts, bool encrypt_then_mac) const;

  enum class Side : std::uint8_t { Client, Server };
  [[nodiscard]] Bytes verify_data(Side side, ByteView transcript_hash) const;
};

/// TLS 1.3 with SHA-256 and without PSK. Every hash is that of the transcript so far.
struct Schedule13 {
  Bytes client_handshake;
  Bytes server_handshake;
  Bytes master;
  Bytes client_application;
  Bytes server_application;

  /// After ServerHello.
  void derive_handshake(ByteView shared_secret, ByteView transcript_hash);
  /// After the server's Finished.
  void derive_application(ByteView transcript_hash);
  [[nodiscard]] static RecordCipher cipher(ByteView traffic_secret);
  [[nodiscard]] static Bytes verify_data(ByteView traffic_secret, ByteView transcript_hash);
};

}  // namespace securetransport::lab
