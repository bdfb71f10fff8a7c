// SPDX-License-Identifier: Apache-2.0
// The SSL_CTX objects behind all sessions: one for each configuration, shared, frozen once made.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <span>

#include "ossl/failure.hpp"
#include "securetransport/core/result.hpp"
#include "securetransport/tls/session_config.hpp"

namespace securetransport::tls {

/// What OpenSSL's callbacks ask a session. One of these is attached to every SSL object; the callbacks live on
/// the shared contexts and find it there. All are called from within a call on that session.
class EngineCallbacks {
 public:
  virtual ~EngineCallbacks() = default;

  /// The peer's chain is complete in `context`. Returns 1 to go on; 0 to refuse, with the error set in `context`
  /// selecting the alert.
  virtual int on_verify(X509_STORE_CTX& context) noexcept = 0;

  /// Client: the server asks for a certificate (TLS 1.2 and below: at CertificateRequest; TLS 1.3: after Finished).
  /// Returns 1 to go on, -1 to suspend.
  virtual int on_certificate_request() noexcept = 0;

  /// Runs once for each ServerHello (TLS 1.2) or EncryptedExtensions (TLS 1.3), and on servers. The one place
  /// where a client can end the handshake with an alert of its choice. Returns an SSL_TLSEXT_ERR_ value.
  virtual int on_server_name(int& alert) noexcept = 0;

  /// Server: the ClientHello is complete. Returns an SSL_CLIENT_HELLO_ value.
  virtual int on_client_hello(int& alert) noexcept = 0;

  /// Client: the server's flight is complete; returns 0 to refuse its staple with alert 113, 1 to go on.
  /// Server: the client asks for a staple; returns an SSL_TLSEXT_ERR_ value.
  virtual int on_status_request() noexcept = 0;

  /// A session that may be resumed later, borrowed.
  virtual void on_new_session(SSL_SESSION& session) noexcept = 0;

  /// Server: the session that a client names by its id. The caller takes over a reference; null if there is none.
  virtual SSL_SESSION* on_session_wanted(std::span<const std::uint8_t> id) noexcept = 0;

  /// Server, datagrams: what a client must send back.
  virtual std::span<const std::uint8_t> on_cookie_wanted() noexcept = 0;

  /// Client: writes the zero-terminated identity and the key; returns the key's length, 0 for none.
  virtual unsigned on_psk_wanted(std::span<char> identity, std::span<std::uint8_t> key) noexcept = 0;

  /// Server: writes the key of an identity; returns its length, 0 if the identity is not known.
  virtual unsigned on_psk_offered(const char* identity, std::span<std::uint8_t> key) noexcept = 0;

  /// Server: chooses from the client's list (wire form). Returns an SSL_TLSEXT_ERR_ value.
  virtual int on_alpn(const unsigned char*& chosen, unsigned char& chosen_size, const unsigned char* offered,
                      unsigned int offered_size) noexcept = 0;

  /// Whether a Diffie-Hellman group of this many bits is strong enough.
  [[nodiscard]] virtual bool accepts_dh_bits(unsigned bits) const noexcept = 0;

  /// Datagrams: how long to wait for the answer to a flight, in microseconds. `previous` is what was said last for
  /// this flight, which is about to be sent again; 0 for a new one.
  virtual unsigned on_timer(unsigned previous) noexcept = 0;

  virtual void on_key_log(const char* line) noexcept = 0;

 protected:
  EngineCallbacks() = default;
  EngineCallbacks(const EngineCallbacks&) = default;
  EngineCallbacks& operator=(const EngineCallbacks&) = default;
};

/// The context for a configuration: from the cache, or made and put there. Thread-safe.
///
/// Everything that the machine's openssl.cnf could set is set here, so that file never changes a result:
/// versions, suites, groups, signature algorithms, options and the security callback.
///
/// @param keeps_sessions  Server: sessions have ids, and the callbacks are asked for them.
[[nodiscard]] Result<std::shared_ptr<SSL_CTX>> engine_context(ossl::Role role, const SessionConfig& config,
                                                              bool keeps_sessions);

/// Lets the session be asked for pre-shared keys. Without this call none is ever offered or accepted.
void use_psk(SSL& ssl, ossl::Role role) noexcept;

/// Lets the session choose the waits of a DTLS handshake.
void use_timer(SSL& ssl) noexcept;

/// Ties an SSL object of such a context to its session. `callbacks` is borrowed and must outlive `ssl`.
[[nodiscard]] bool attach(SSL& ssl, EngineCallbacks& callbacks) noexcept;

}  // namespace securetransport::tls
