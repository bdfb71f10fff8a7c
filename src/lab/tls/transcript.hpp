// SPDX-License-Identifier: Apache-2.0
// The handshake messages of a connection as they travelled, for the hashes that Finished and the keys rest on.
#pragma once

#include "lab/tls/byte_writer.hpp"
#include "lab/tls/hashing.hpp"

namespace securetransport::lab {

class Transcript {
 public:
  void add(ByteView message) { append(all_, message); }  ///< With its header.
  void clear() noexcept { all_.clear(); }
  [[nodiscard]] Bytes hash(Hash hash) const { return digest(hash, all_); }
  [[nodiscard]] const Bytes& all() const noexcept { return all_; }

  /// RFC 8446 section 4.4.1: "when the server responds to a ClientHello with a HelloRetryRequest, the value of
  /// ClientHello1 is replaced with a special synthetic handshake message".
  void replace_by_hash() {
    const Bytes hashed = hash(Hash::Sha256);
    all_ = ByteWriter().u8(handshake::kMessageHash).opaque24(hashed).take();
  }

 private:
  Bytes all_;
};

}  // namespace securetransport::lab
