// SPDX-License-Identifier: Apache-2.0
#include "bogo/exchange.hpp"

#include <Security/SecureTransportExtensions.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "bogo/checks.hpp"
#include "bogo/outcome.hpp"

namespace bogo {
namespace {

std::string entry(const Ref<CFDictionaryRef>& diagnosis, CFStringRef key) {
  return text_of(static_cast<CFStringRef>(CFDictionaryGetValue(diagnosis.get(), key)));
}

/// Code, symbol, the sentence of the diagnosis, and the engine's own reason.
std::string story(SSLContextRef context, OSStatus status) {
  std::string text = std::to_string(status);
  Ref<CFDictionaryRef> diagnosis;
  if (SSLSTCopyDiagnosis(context, diagnosis.out()) != noErr || !diagnosis) return text;
  text += ' ' + entry(diagnosis, kSSLSTDiagnosisSymbol) + ": " + entry(diagnosis, kSSLSTDiagnosisDetail);
  const std::string reason = entry(diagnosis, kSSLSTDiagnosisEngineReason);
  return reason.empty() ? text : text + " [" + reason + ']';
}

class Exchange {
 public:
  Exchange(Wire& wire, SSLContextRef context, const Options& options, bool is_resumed) noexcept
      : wire_(wire), context_(context), options_(options), is_resumed_(is_resumed) {}

  void run() {
    if (!options_.implicit_handshake) {
      handshake();
      check_handshake(context_, options_, is_resumed_);
      if (options_.no_op_extra_handshake) expect(SSLHandshake(context_) == noErr, "an extra handshake is no no-op");
    }
    is_connected_ = true;
    if (options_.write_different_record_sizes) {
      write_different_record_sizes();
    } else {
      if (options_.shim_writes_first) write("hello");
      if (!options_.shim_shuts_down) echo();
    }
    close();
    expect(renegotiations_ == options_.expect_total_renegotiations,
           std::to_string(renegotiations_) + " renegotiations");
  }

 private:
  void handshake() {
    OSStatus status = noErr;
    while ((status = SSLHandshake(context_)) != noErr) go_on(status);
  }

  /// Does what a code that is no failure asks for; throws for all others.
  void go_on(OSStatus status) {
    switch (status) {
      case errSSLWouldBlock: return;
      case errSSLPeerAuthCompleted: return judge();
      case errSSLClientCertRequested:
      case errSSLClientHelloReceived: return use_identity(context_, options_);
      default: throw Failure(story(context_, status));
    }
  }

  void judge() {
    if (is_connected_ && !options_.implicit_handshake) ++renegotiations_;
    if (!options_.verify_fail) return;
    if (!options_.verify_peer && !options_.require_any_client_certificate) return;
    // Closing at this break is how a program refuses the peer; it sends an alert that says so.
    while (SSLClose(context_) == errSSLWouldBlock) {
    }
    throw Failure("the shim refuses the certificate, as it was told");
  }

  void write(std::string_view data) {
    size_t processed = 0;
    OSStatus status = SSLWrite(context_, data.data(), data.size(), &processed);
    if (status == errSecBadReq) {  // before the handshake
      handshake();
      status = SSLWrite(context_, data.data(), data.size(), &processed);
    }
    // What blocked was taken all the same; a write of nothing sends it.
    while (status != noErr) {
      go_on(status);
      const std::string_view rest = data.substr(std::min(processed, data.size()));
      size_t more = 0;
      status = SSLWrite(context_, rest.data(), rest.size(), &more);
      processed += more;
    }
  }

  void write_different_record_sizes() {
    constexpr std::array<std::size_t, 11> kSizes = {0, 1, 255, 256, 257, 16383, 16384, 16385, 32767, 32768, 32769};
    const std::string data(kSizes.back(), '\x42');
    for (const std::size_t size : kSizes) write(std::string_view(data).substr(0, size));
  }

  void echo() {
    const int default_size = options_.is_datagram ? 16384 : 512;
    std::string buffer(static_cast<std::size_t>(options_.read_size > 0 ? options_.read_size : default_size), '\0');
    for (;;) {
      size_t count = 0;
      const OSStatus status = SSLRead(context_, buffer.data(), buffer.size(), &count);
      std::string answer = buffer.substr(0, count);
      for (char& c : answer) c = static_cast<char>(static_cast<unsigned char>(c) ^ 0xffU);
      if (!answer.empty()) write(answer);
      if (status == errSSLClosedGraceful) return;
      if (status == errSSLClosedNoNotify && !options_.check_close_notify) return;
      if (status != noErr) go_on(status);
    }
  }

  void close() {
    OSStatus status = noErr;
    while ((status = SSLClose(context_)) == errSSLWouldBlock) {
    }
    // Secure Transport does not read once it has closed; the runner's close_notify is still on the wire.
    if (options_.shim_shuts_down && options_.check_close_notify) {
      expect(wire_.count_rest() > 0, "the stream ends without close_notify");
    }
  }

  Wire& wire_;
  SSLContextRef context_;
  const Options& options_;
  bool is_resumed_;
  bool is_connected_ = false;
  int renegotiations_ = 0;
};

}  // namespace

void exchange(Wire& wire, SSLContextRef context, const Options& options, bool is_resumed) {
  Exchange(wire, context, options, is_resumed).run();
}

}  // namespace bogo
