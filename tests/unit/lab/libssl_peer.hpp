// SPDX-License-Identifier: Apache-2.0
// A plain OpenSSL peer on a blocking socket: says what it makes of the lab's faults.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "lab/openssl_handles.hpp"
#include "lab/tls/faulty_peer.hpp"

namespace securetransport::lab::test {

/// How a connection went for OpenSSL.
struct View {
  bool is_connected = false;  ///< The handshake succeeded.
  std::string reason;         ///< The last error's words; empty: none, or the stream just ended.
  int alert_sent = -1;
  int alert_received = -1;
  std::string data;
  std::string staple;
};

/// What the OpenSSL side of a test is to be.
struct LibsslOptions {
  int min_version = TLS1_VERSION;
  int max_version = TLS1_3_VERSION;
  std::string suites = "ALL:PSK:@SECLEVEL=0";
  std::string groups{};           ///< Empty: the default.
  std::string certificate_pem{};  ///< Of a server, or a client that has one.
  std::string key_pem{};
  bool wants_staple = false;
  bool wants_client_certificate = false;
};

class Socket {
 public:
  explicit Socket(int descriptor = -1) noexcept : descriptor_(descriptor) {
    const timeval patience{10, 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    // Without it an alert may still wait for an acknowledgement when closing drops it.
    const int on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline Socket connect_to(std::uint16_t port) {
  Socket made(::socket(AF_INET, SOCK_STREAM, 0));
  const sockaddr_in address = loopback(port);
  if (::connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return Socket();
  return made;
}

inline void note_alert(int is_write, int, int type, const void* data, std::size_t size, SSL*, void* view_pointer) {
  if (type != SSL3_RT_ALERT || size != 2) return;
  View& view = *static_cast<View*>(view_pointer);
  const int number = static_cast<const unsigned char*>(data)[1];
  int& noted = is_write != 0 ? view.alert_sent : view.alert_received;
  if (number != 0 && noted < 0) noted = number;
}

inline TlsContext make_context(const SSL_METHOD* method, const LibsslOptions& setup) {
  TlsContext context(SSL_CTX_new(method));
  SSL_CTX_set_min_proto_version(context.get(), setup.min_version);
  SSL_CTX_set_max_proto_version(context.get(), setup.max_version);
  SSL_CTX_set_cipher_list(context.get(), setup.suites.c_str());
  if (!setup.groups.empty()) SSL_CTX_set1_groups_list(context.get(), setup.groups.c_str());
  if (setup.certificate_pem.empty()) return context;
  const Memory certificate(BIO_new_mem_buf(setup.certificate_pem.data(), -1));
  const Memory key(BIO_new_mem_buf(setup.key_pem.data(), -1));
  const lab::Certificate leaf(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
  const PrivateKey own(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
  SSL_CTX_use_certificate(context.get(), leaf.get());
  SSL_CTX_use_PrivateKey(context.get(), own.get());
  SSL_CTX_set_dh_auto(context.get(), 1);
  return context;
}

/// Handshake; a client then says "hello", and both read to the end.
inline View talk(SSL* ssl, View& view) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's socket BIO does not avoid it.
  SSL_set_msg_callback(ssl, note_alert);
  SSL_set_msg_callback_arg(ssl, &view);
  ERR_clear_error();
  view.is_connected = SSL_do_handshake(ssl) == 1;
  if (view.is_connected && SSL_is_server(ssl) == 0) SSL_write(ssl, "hello", 5);
  std::array<char, 4096> buffer{};
  for (int count = 1; view.is_connected && count > 0;) {
    count = SSL_read(ssl, buffer.data(), static_cast<int>(buffer.size()));
    if (count > 0) view.data.append(buffer.data(), static_cast<std::size_t>(count));
    if (count > 0 && SSL_is_server(ssl) != 0) SSL_write(ssl, "hello", 5);
  }
  const unsigned char* staple = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(ssl, &staple);
  if (size > 0) view.staple.assign(staple, staple + size);
  if (const unsigned long error = ERR_peek_last_error(); error != 0) {
    const char* const words = ERR_reason_error_string(error);
    view.reason = words != nullptr ? words : "an error without words";
  } else if (view.is_connected) {
    SSL_shutdown(ssl);
  }
  return view;
}

inline View libssl_client(std::uint16_t port, const LibsslOptions& setup = {}) {
  View view;
  const Socket socket = connect_to(port);
  const TlsContext context = make_context(TLS_client_method(), setup);
  const Tls ssl(SSL_new(context.get()));
  SSL_set_fd(ssl.get(), socket.get());
  SSL_set_tlsext_host_name(ssl.get(), "localhost");
  if (setup.wants_staple) SSL_set_tlsext_status_type(ssl.get(), TLSEXT_STATUSTYPE_ocsp);
  SSL_set_connect_state(ssl.get());
  return talk(ssl.get(), view);
}

/// Serves one connection on a free port of 127.0.0.1, in a thread of its own.
class LibsslServer {
 public:
  explicit LibsslServer(LibsslOptions setup) : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_.get(), 1);
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this, setup = std::move(setup)] { serve(setup); });
  }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] const View& view() {  ///< Waits for the end of the connection.
    if (thread_.joinable()) thread_.join();
    return view_;
  }

 private:
  static unsigned int find_psk(SSL*, const char* identity, unsigned char* key, unsigned int size) {
    if (std::string_view(identity) != "known" || size < 16) return 0;
    std::fill_n(key, 16, static_cast<unsigned char>(7));
    return 16;
  }
  static int accept_any(int, X509_STORE_CTX*) { return 1; }

  void serve(const LibsslOptions& setup) {
    const TlsContext context = make_context(TLS_server_method(), setup);
    if (setup.wants_client_certificate) {
      SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, accept_any);
    }
    SSL_CTX_set_psk_server_callback(context.get(), find_psk);
    const Socket socket(::accept(listener_.get(), nullptr, nullptr));
    const Tls ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), socket.get());
    SSL_set_accept_state(ssl.get());
    talk(ssl.get(), view_);
  }

  Socket listener_;
  std::uint16_t port_ = 0;
  View view_;
  std::jthread thread_;
};

}  // namespace securetransport::lab::test
