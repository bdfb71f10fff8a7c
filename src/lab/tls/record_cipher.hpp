// SPDX-License-Identifier: Apache-2.0
// Protects and opens records in one direction of a connection, correctly or wrong in one chosen way.
#pragma once

#include <cstdint>
#include <optional>

#include "lab/tls/hashing.hpp"
#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

enum class CipherKind : std::uint8_t {
  None,
  CbcMacThenEncrypt,  ///< RFC 5246 section 6.2.3.2; with TLS 1.0 the IV is chained (RFC 2246).
  CbcEncryptThenMac,  ///< RFC 7366.
  Gcm12,              ///< RFC 5288.
  Gcm13,              ///< RFC 8446 section 5.2.
};

/// All AES-128. Plain data; a copy is another cipher that goes on from here.
struct RecordCipher {
  CipherKind kind = CipherKind::None;
  std::uint16_t version = kTls12;
  Hash mac_hash = Hash::Sha1;
  Bytes key;
  Bytes iv;  ///< 4 bytes for Gcm12, 12 for Gcm13, 16 for CBC in TLS 1.0.
  Bytes mac_key;
  std::uint64_t sequence = 0;
};

/// CBC only.
enum class Tamper : std::uint8_t { None, Mac, Padding };

/// What a record's header says, as far as it is authenticated.
struct RecordHeader {
  std::uint8_t type = 0;
  std::uint16_t version = 0;
};

/// The body of a record. Under Gcm13 `type` goes inside, and the header's type is what stands in front.
[[nodiscard]] Bytes seal(RecordCipher& cipher, const RecordHeader& header, std::uint8_t type, ByteView payload,
                         Tamper tamper = Tamper::None);

struct Opened {
  std::uint8_t type = 0;
  Bytes payload;
};

/// Nullopt: it does not authenticate. The sequence number advances only if it does.
[[nodiscard]] std::optional<Opened> open(RecordCipher& cipher, const RecordHeader& header, ByteView body);

}  // namespace securetransport::lab
