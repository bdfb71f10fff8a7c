// SPDX-License-Identifier: Apache-2.0
#include "bogo/exchange.hpp"

#include <Security/SecureTransportExtensions.h>
#include <Security/SecureTransportPriv.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

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

/// RFC 5705 section 4, out of what the private functions give. They have nothing for TLS 1.3.
std::string exported_keying_material(SSLContextRef context, const Options& options) {
  std::array<char, SSL_MASTER_SECRET_SIZE> secret{};
  std::array<char, SSL_CLIENT_SRVR_RAND_SIZE> random{};
  size_t secret_size = secret.size();
  size_t random_size = random.size();
  if (SSLInternalMasterSecret(context, secret.data(), &secret_size) != noErr) {
    throw CannotHonour("no exported keying material in TLS 1.3");
  }
  SSLInternalClientRandom(context, random.data(), &random_size);
  std::string seed(random.data(), random_size);
  SSLInternalServerRandom(context, random.data(), &random_size);
  seed.append(random.data(), random_size);
  if (options.use_export_context) {
    seed += static_cast<char>(options.export_context.size() >> 8);
    seed += static_cast<char>(options.export_context.size() & 0xff);
    seed += options.export_context;
  }
  std::string material(static_cast<std::size_t>(options.export_keying_material), '\0');
  const OSStatus status =
      SSLInternal_PRF(context, secret.data(), secret_size, options.export_label.data(), options.export_label.size(),
                      seed.data(), seed.size(), material.data(), material.size());
  if (status != noErr) throw Failure("SSLInternal_PRF: " + std::to_string(status));
  return material;
}

/// The records after our close_notify: the last one is the runner's, and in between there is no data. Of protected ones
/// only type and size tell: an alert of TLS 1.3 has 19 bytes, with a tag of 16.
void check_rest(SSLContextRef context, std::string_view rest) {
  constexpr char kAlert = 21;
  constexpr char kData = 23;
  SSLProtocol version = kSSLProtocolUnknown;
  SSLGetNegotiatedProtocolVersion(context, &version);
  bool is_closed = false;
  while (rest.size() >= 5) {
    const auto size =
        static_cast<std::size_t>(static_cast<unsigned char>(rest[3])) << 8 | static_cast<unsigned char>(rest[4]);
    if (version == kTLSProtocol13) {
      is_closed = rest[0] == kData && size == 19;
    } else {
      expect(rest[0] != kData, "data after the close");
      is_closed = rest[0] == kAlert;
    }
    rest.remove_prefix(std::min(5 + size, rest.size()));
  }
  expect(is_closed, "the stream ends without close_notify");
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
    if (options_.export_keying_material > 0) write(exported_keying_material(context_, options_));
    if (options_.write_different_record_sizes) {
      write_different_record_sizes();
    } else {
      if (options_.shim_writes_first) write("hello");
      if (!options_.shim_shuts_down) echo();
    }
    close();
    if (options_.is_datagram) return;  // There is no TLS 1.3 over datagrams.
    if (options_.expect_hrr) expect(wire_.client_hellos() == 2, "there was no HelloRetryRequest");
    if (options_.expect_no_hrr) expect(wire_.client_hellos() == 1, "there was a HelloRetryRequest");
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
      case errSSLClientHelloReceived: check_client_hello(context_, options_); [[fallthrough]];
      case errSSLClientCertRequested: return use_identity(context_, options_);
      default: throw Failure(story(context_, status));
    }
  }

  void judge() {
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
      // The wire blocks when it is read, so what the library has queued must go out before.
      if (status == errSSLWouldBlock && options_.is_async) write({});
    }
  }

  void close() {
    OSStatus status = noErr;
    while ((status = SSLClose(context_)) == errSSLWouldBlock) {
    }
    // Secure Transport does not read once it has closed; the runner's close_notify is still on the wire.
    if (options_.shim_shuts_down && options_.check_close_notify) check_rest(context_, wire_.read_rest());
  }

  Wire& wire_;
  SSLContextRef context_;
  const Options& options_;
  bool is_resumed_;
};

}  // namespace

void exchange(Wire& wire, SSLContextRef context, const Options& options, bool is_resumed) {
  Exchange(wire, context, options, is_resumed).run();
}

}  // namespace bogo
