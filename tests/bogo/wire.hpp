// SPDX-License-Identifier: Apache-2.0
// The connection to the runner below Secure Transport: a TCP stream, or datagrams framed in one.
#pragma once

#include <Security/SecureTransport.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace bogo {

/// Finds ClientHellos in the clear part of one direction of a stream, however they are cut into records.
class HelloCounter {
 public:
  void watch(const char* data, std::size_t length);
  [[nodiscard]] int count() const noexcept { return count_; }

 private:
  void take(char c);

  std::string record_;            ///< The header of the record at hand, as far as it has come.
  std::size_t record_left_ = 0;   ///< Of its body.
  std::string message_;           ///< The header of the handshake message at hand.
  std::size_t message_left_ = 0;  ///< Of its body.
  int count_ = 0;
};

/// Connects to the runner and moves bytes for one context. Blocking; in asynchronous mode every call is refused once
/// before it is served, and then moves a single byte (a single datagram).
class Wire {
 public:
  /// -1 in fd() if nobody listens there.
  Wire(int port, bool is_ipv6, bool is_datagram, bool is_async);
  ~Wire();  ///< Half-closes and reads to the end, so that the runner gets all that was sent.
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] bool is_connected() const noexcept { return fd_ >= 0; }

  /// Newer runners listen for many shims at once and tell them by this number.
  [[nodiscard]] bool send_shim_id(std::uint64_t id) const;

  /// Makes these the context's I/O functions; the wire must outlive it.
  void serve(SSLContextRef context);

  /// What came after Secure Transport has stopped reading; waits for the end of the stream.
  [[nodiscard]] std::string read_rest() const;

  /// How many ClientHellos passed in the clear: two if there was a HelloRetryRequest.
  [[nodiscard]] int client_hellos() const noexcept { return hellos_read_.count() + hellos_written_.count(); }

 private:
  static OSStatus read(SSLConnectionRef connection, void* data, size_t* length) noexcept;
  static OSStatus write(SSLConnectionRef connection, const void* data, size_t* length) noexcept;

  OSStatus read_stream(char* data, size_t& length);
  OSStatus read_datagram(char* data, size_t& length);
  OSStatus fetch_datagram();
  OSStatus wait_as_told();

  int fd_ = -1;
  bool is_datagram_;
  bool is_async_;
  bool refuses_read_ = true;  ///< Asynchronous: whose turn it is.
  bool refuses_write_ = true;
  std::string datagram_;  ///< What is left of the datagram at hand.
  HelloCounter hellos_read_;
  HelloCounter hellos_written_;
};

}  // namespace bogo
