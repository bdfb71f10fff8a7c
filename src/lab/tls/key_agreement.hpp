// SPDX-License-Identifier: Apache-2.0
// Diffie-Hellman on curves and in finite fields, of any size.
#pragma once

#include <cstdint>
#include <optional>

#include "lab/openssl_handles.hpp"
#include "lab/tls/faulty_peer.hpp"
#include "lab/tls/protocol.hpp"

namespace securetransport::lab {

/// A fresh key of X25519 or P-256.
struct CurveKey {
  std::uint16_t group = 0;
  PrivateKey key;
  Bytes public_value;  ///< As in a key_share; the point is not compressed.

  /// Nullopt: the lab does not have that group.
  [[nodiscard]] static std::optional<CurveKey> make(std::uint16_t group);

  /// Nullopt: `peer` is not a usable public key.
  [[nodiscard]] std::optional<Bytes> agree(ByteView peer) const;
};

/// Numbers are big-endian, without leading zeros.
struct DhParameters {
  Bytes prime;
  Bytes generator;

  [[nodiscard]] static DhParameters of(DhGroup group);
};

/// A fresh key in a finite field; nothing is checked, as a peer may be given anything.
struct DhKey {
  DhParameters parameters;
  Bytes secret;
  Bytes public_value;

  [[nodiscard]] static DhKey make(DhParameters parameters);

  /// RFC 5246 section 8.1.2: "Leading bytes of Z that contain all zero bits are stripped before it is used as the
  /// pre_master_secret." Empty if the numbers make no sense.
  [[nodiscard]] Bytes agree(ByteView peer) const;
};

}  // namespace securetransport::lab
