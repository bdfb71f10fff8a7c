// SPDX-License-Identifier: Apache-2.0
// The plain contestant: OpenSSL as a careful program would use it, without any of our layers.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "memory_pipe.hpp"

namespace securetransport::bench {

/// What both contestants are set up with.
struct Setup {
  bool is_tls13 = true;
  std::string root_pem;
  std::string chain_pem;  ///< Leaf and intermediate of "localhost".
  std::string key_pem;
};

/// Shared contexts: one for each role, the trusted root in one X509_STORE.
class PlainContexts {
 public:
  explicit PlainContexts(const Setup& setup);
  [[nodiscard]] SSL_CTX* client() const noexcept { return client_.get(); }
  [[nodiscard]] SSL_CTX* server() const noexcept { return server_.get(); }

 private:
  std::shared_ptr<SSL_CTX> client_;
  std::shared_ptr<SSL_CTX> server_;
};

/// A client and a server joined by two pipes, without memory BIOs.
class PlainPair {
 public:
  explicit PlainPair(const PlainContexts& contexts);
  PlainPair(const PlainPair&) = delete;
  PlainPair& operator=(const PlainPair&) = delete;

  [[nodiscard]] bool handshake();
  /// From client to server; `buffer` is as large as the data.
  [[nodiscard]] bool carry(std::span<const std::uint8_t> data, std::span<std::uint8_t> buffer);

 private:
  struct End {
    MemoryPipe* in;
    MemoryPipe* out;
  };
  friend struct PipeBio;
  std::shared_ptr<SSL> make(SSL_CTX* context, End& end);

  MemoryPipe to_server_;
  MemoryPipe to_client_;
  End client_end_{&to_client_, &to_server_};
  End server_end_{&to_server_, &to_client_};
  std::shared_ptr<SSL> client_;
  std::shared_ptr<SSL> server_;
};

}  // namespace securetransport::bench
