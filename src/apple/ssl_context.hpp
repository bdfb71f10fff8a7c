// SPDX-License-Identifier: Apache-2.0
// The object behind SSLContextRef: what the program has set, and the session once it has started.
#pragma once

#include <Security/SecureTransport.h>
#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/ssl_callback_transport.hpp"
#include "apple/ssl_version_window.hpp"
#include "cf/object.hpp"
#include "securetransport/tls/session.hpp"

namespace securetransport::apple {

inline constexpr unsigned kDefaultMinimumDhBits = 1024;

/// What a program sets and gets back, and what the configuration of a session has no place for.
struct ContextSettings {
  explicit ContextSettings(bool is_datagram) : versions(is_datagram), effective(versions.range()) {}

  VersionWindow versions;                 ///< What SSLGetProtocolVersionMin and Max report.
  std::optional<VersionRange> effective;  ///< What the session gets; SSLSetSessionConfig changes only this.
  std::array<bool, 10> options{};         ///< By SSLSessionOption.
  bool verifies = true;                   ///< SSLSetEnableCertVerify.
  bool accepts_any_root = false;          ///< SSLSetAllowsAnyRoot.
  bool blinds_rsa = true;                 ///< SSLSetRsaBlinding.
  bool has_dhe = false;                   ///< SSLSetDHEEnabled.
  SSLAuthenticate client_authentication = kNeverAuthenticate;
  std::vector<Certificate> trusted_roots;
  bool has_only_trusted_roots = false;
  std::optional<Identity> identity;
  std::string peer_id;
  bool has_peer_id = false;
  std::vector<std::uint8_t> dh_parameters;
  std::optional<std::vector<std::uint8_t>> psk_secret;
  std::string psk_identity;
  bool demands_psk_identity = false;  ///< Server: of the client.
  std::vector<SSL_ECDSA_NamedCurve> curves;
  bool logs_keys = false;
  bool has_signature_algorithms = false;  ///< Set by the program; nothing is added to them.
  SSLALPNFunc alpn_function = nullptr;
  void* alpn_info = nullptr;

  // The program's own objects.
  cf::CFRef<CFArrayRef> certificates;
  cf::CFRef<CFArrayRef> encryption_certificates;
  cf::CFRef<CFArrayRef> authorities;
  cf::CFRef<CFArrayRef> trusted_leaves;
  cf::CFRef<CFArrayRef> trusted_root_objects;
};

}  // namespace securetransport::apple

struct SSLContext final : securetransport::cf::Object {
 public:
  using Error = securetransport::Error;
  template <class T>
  using Result = securetransport::Result<T>;

  SSLContext(SSLProtocolSide side, SSLConnectionType type);
  static CFTypeID type_id();
  std::string describe() const override;

  [[nodiscard]] bool is_server() const noexcept { return is_server_; }
  [[nodiscard]] bool is_datagram() const noexcept { return is_datagram_; }

  /// As SSLGetSessionState: a failed handshake is still one, until the program reads or writes.
  [[nodiscard]] SSLSessionState state() const noexcept;
  /// The session has started and has not ended: nothing can be configured.
  [[nodiscard]] bool is_active() const noexcept;

  [[nodiscard]] securetransport::SessionConfig& common() noexcept;

  // ssl_context.cpp: the session.
  [[nodiscard]] OSStatus handshake();
  [[nodiscard]] OSStatus rehandshake();
  [[nodiscard]] OSStatus read(void* data, std::size_t size, std::size_t& processed);
  [[nodiscard]] OSStatus write(const void* data, std::size_t size, std::size_t& processed);
  [[nodiscard]] OSStatus close();
  void set_error(OSStatus status) noexcept;
  void accept_any_root(bool accept);

  /// Null before the session has started.
  [[nodiscard]] securetransport::Session* session() noexcept { return session_ ? &*session_ : nullptr; }
  /// Null while nothing has failed.
  [[nodiscard]] const securetransport::Diagnosis* diagnosis() const noexcept;

  // ssl_names.cpp and ssl_protocol_lists.cpp
  /// The application protocol agreed on; on a server, before that, what the client offers.
  [[nodiscard]] std::vector<std::string> peer_protocols() const;
  /// The same in wire form, owned by the context; null if there are none.
  [[nodiscard]] const void* lend_peer_protocols(std::size_t& size);
  /// Calls the program's function once there are any.
  void announce_peer_protocols();

  // ssl_trust.cpp
  /// The trust object of the peer's chain, made when it is first asked for; null while there is no chain.
  [[nodiscard]] SecTrustRef peer_trust();

  securetransport::apple::CallbackTransport transport;
  securetransport::apple::ContextSettings settings;
  securetransport::ClientConfig client;
  securetransport::ServerConfig server;

 private:
  [[nodiscard]] Result<void> start();
  [[nodiscard]] Result<securetransport::Session> make_session();
  [[nodiscard]] securetransport::Verification verification() const noexcept;
  void settle_configuration();
  [[nodiscard]] Error failed_to_start(Error error, bool is_key_mismatch);
  [[nodiscard]] OSStatus answer_error_set(OSStatus status);
  [[nodiscard]] OSStatus finish_close(const Result<securetransport::Progress>& closed);
  template <class Outcome>
  [[nodiscard]] OSStatus conclude(const Outcome& outcome);
  void report_failure();

  const bool is_server_;
  const bool is_datagram_;
  std::optional<securetransport::Session> session_;
  std::optional<securetransport::Diagnosis> start_failure_;
  bool is_closed_unstarted_ = false;  ///< SSLClose came before SSLHandshake.
  bool handshake_failed_ = false;     ///< And nobody has read or written since.
  bool is_failure_reported_ = false;
  std::optional<OSStatus> error_set_;  ///< SSLSetError.
  securetransport::cf::CFRef<SecTrustRef> peer_trust_;
  std::vector<securetransport::Certificate> trusted_chain_;  ///< What peer_trust_ was made for.
  std::vector<std::uint8_t> lent_protocols_;
  bool are_protocols_announced_ = false;
};

namespace securetransport::apple {

/// Runs what a function does with its context; anything that is not a context is errSecParam.
template <class Call>
[[nodiscard]] OSStatus with_context(SSLContextRef ref, Call&& call) noexcept {
  SSLContext* const context = cf::checked<SSLContext>(ref);
  if (context == nullptr) return errSecParam;
  return boundary([&] { return call(*context); });
}

/// As with_context(), for a setter that is refused once the session has started.
template <class Call>
[[nodiscard]] OSStatus with_idle_context(SSLContextRef ref, Call&& call) noexcept {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (context.is_active()) return errSecBadReq;
    return status_of(call(context));
  });
}

/// A getter of one value.
template <class T, class Call>
[[nodiscard]] OSStatus get(SSLContextRef ref, T* value, Call&& call) noexcept {
  if (value == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    *value = call(context);
    return errSecSuccess;
  });
}

/// Bytes that a program gives; empty for a null pointer.
[[nodiscard]] inline std::span<const std::uint8_t> bytes_at(const void* data, std::size_t size) noexcept {
  if (data == nullptr) return {};
  return {static_cast<const std::uint8_t*>(data), size};
}

/// Nothing but certificates, as values; none if the array holds anything else.
[[nodiscard]] std::optional<std::vector<Certificate>> certificates_of(CFArrayRef array);

}  // namespace securetransport::apple
