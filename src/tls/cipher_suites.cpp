// SPDX-License-Identifier: Apache-2.0
// The cipher suites that the engine of this machine can negotiate, read from the engine once.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>

#include "ossl/handles.hpp"
#include "securetransport/tls/protocol.hpp"
#include "tls/registry.hpp"

namespace securetransport {
namespace {

// SRP suites need data that this library has no way to give; the engine lists them all the same.
constexpr std::string_view kEveryUsableSuite = "ALL:COMPLEMENTOFALL:!SRP:@SECLEVEL=0";
constexpr std::string_view kEveryTls13Suite =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256:"
    "TLS_AES_128_CCM_8_SHA256";

bool is_psk_exchange(int exchange) noexcept {
  return exchange == NID_kx_psk || exchange == NID_kx_rsa_psk || exchange == NID_kx_dhe_psk ||
         exchange == NID_kx_ecdhe_psk;
}

std::vector<tls::SuiteName> read_suites() {
  std::vector<tls::SuiteName> suites;
  const ossl::SslCtxPtr context(SSL_CTX_new(TLS_method()));
  if (!context || SSL_CTX_set_cipher_list(context.get(), kEveryUsableSuite.data()) != 1 ||
      SSL_CTX_set_ciphersuites(context.get(), kEveryTls13Suite.data()) != 1) {
    return suites;
  }
  const STACK_OF(SSL_CIPHER)* const ciphers = SSL_CTX_get_ciphers(context.get());
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    const SSL_CIPHER* const cipher = sk_SSL_CIPHER_value(ciphers, i);
    const char* const iana = SSL_CIPHER_standard_name(cipher);
    const std::string engine = SSL_CIPHER_get_name(cipher);
    constexpr std::string_view kTls13Version = "TLSv1.3";
    const int authentication = SSL_CIPHER_get_auth_nid(cipher);
    suites.push_back({tls::suite_of(*cipher), iana != nullptr ? iana : engine, engine,
                      SSL_CIPHER_get_version(cipher) == kTls13Version, SSL_CIPHER_get_kx_nid(cipher) == NID_kx_rsa,
                      authentication != NID_auth_null && authentication != NID_auth_psk,
                      is_psk_exchange(SSL_CIPHER_get_kx_nid(cipher))});
  }
  return suites;
}

const std::vector<tls::SuiteName>& suites() {
  static const std::vector<tls::SuiteName> kSuites = read_suites();
  return kSuites;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace

namespace tls {

const SuiteName* find_suite(CipherSuite suite) {
  const auto found =
      std::find_if(suites().begin(), suites().end(), [&](const SuiteName& known) { return known.suite == suite; });
  return found != suites().end() ? &*found : nullptr;
}

bool enables_unauthenticated_suite(const std::vector<CipherSuite>& suites) {
  return std::any_of(suites.begin(), suites.end(), [](CipherSuite suite) {
    const SuiteName* const known = find_suite(suite);
    return known != nullptr && !known->needs_certificate;
  });
}

bool needs_psk(const std::vector<CipherSuite>& suites) {
  bool has_any = false;
  for (const CipherSuite suite : suites) {
    const SuiteName* const known = find_suite(suite);
    if (known != nullptr && !known->needs_psk) return false;
    has_any = has_any || known != nullptr;
  }
  return has_any;
}

}  // namespace tls

std::string to_string(CipherSuite suite) {
  const tls::SuiteName* const known = tls::find_suite(suite);
  return known != nullptr ? known->iana : tls::hex16(static_cast<std::uint16_t>(suite));
}

Result<CipherSuite> parse_cipher_suite(std::string_view text) {
  for (const tls::SuiteName& known : suites()) {
    if (equal_ignoring_case(known.iana, text) || equal_ignoring_case(known.engine, text)) return known.suite;
  }
  constexpr std::string_view kHexPrefix = "0x";
  if (text.size() > kHexPrefix.size() && equal_ignoring_case(text.substr(0, kHexPrefix.size()), kHexPrefix)) {
    std::uint16_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data() + kHexPrefix.size(), end, number, 16);
    if (problem == std::errc() && stop == end && tls::find_suite(CipherSuite{number}) != nullptr) {
      return CipherSuite{number};
    }
  }
  return Error{ResultCode::BadCipherSuite,
               "\"" + std::string(text) + "\" is not a cipher suite that this engine supports"};
}

const std::vector<CipherSuite>& supported_cipher_suites() {
  static const std::vector<CipherSuite> kSupported = [] {
    std::vector<CipherSuite> list;
    list.reserve(suites().size());
    for (const tls::SuiteName& known : suites()) list.push_back(known.suite);
    return list;
  }();
  return kSupported;
}

const std::vector<CipherSuite>& default_cipher_suites() {
  static const std::vector<CipherSuite> kDefault{
      CipherSuite{0x1301}, CipherSuite{0x1302}, CipherSuite{0x1303}, CipherSuite{0xC02C}, CipherSuite{0xC02B},
      CipherSuite{0xCCA9}, CipherSuite{0xC030}, CipherSuite{0xC02F}, CipherSuite{0xCCA8}, CipherSuite{0xC00A},
      CipherSuite{0xC009}, CipherSuite{0xC014}, CipherSuite{0xC013}};
  return kDefault;
}

}  // namespace securetransport
