// SPDX-License-Identifier: Apache-2.0
#include "tls/engine_context.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <list>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ossl/handles.hpp"
#include "tls/registry.hpp"

namespace securetransport::tls {
namespace {

int session_index() {
  static const int kIndex = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return kIndex;
}

EngineCallbacks* session_of(const SSL* ssl) noexcept {
  return static_cast<EngineCallbacks*>(SSL_get_ex_data(ssl, session_index()));
}

int verify_callback(X509_STORE_CTX* context, void*) {
  const int index = SSL_get_ex_data_X509_STORE_CTX_idx();
  EngineCallbacks* const session = session_of(static_cast<SSL*>(X509_STORE_CTX_get_ex_data(context, index)));
  return session != nullptr ? session->on_verify(*context) : 0;
}

int server_name_callback(SSL* ssl, int* alert, void*) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_server_name(*alert) : SSL_TLSEXT_ERR_ALERT_FATAL;
}

int certificate_callback(SSL* ssl, void*) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_certificate_request() : 0;
}

int client_hello_callback(SSL* ssl, int* alert, void*) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_client_hello(*alert) : SSL_CLIENT_HELLO_ERROR;
}

int alpn_callback(SSL* ssl, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                  unsigned int offered_size, void*) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_alpn(*chosen, *chosen_size, offered, offered_size)
                            : SSL_TLSEXT_ERR_ALERT_FATAL;
}

int status_callback(SSL* ssl, void*) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_status_request() : 0;
}

int new_session_callback(SSL* ssl, SSL_SESSION* made) {
  if (EngineCallbacks* const session = session_of(ssl)) session->on_new_session(*made);
  return 0;  // No reference taken.
}

SSL_SESSION* get_session_callback(SSL* ssl, const unsigned char* id, int size, int* must_copy) {
  *must_copy = 0;  // The reference goes over to OpenSSL.
  EngineCallbacks* const session = session_of(ssl);
  if (session == nullptr || size <= 0) return nullptr;
  return session->on_session_wanted({id, static_cast<std::size_t>(size)});
}

int generate_cookie_callback(SSL* ssl, unsigned char* cookie, unsigned* size) {
  EngineCallbacks* const session = session_of(ssl);
  if (session == nullptr) return 0;
  const std::span<const std::uint8_t> wanted = session->on_cookie_wanted();
  std::copy(wanted.begin(), wanted.end(), cookie);  // At most 255 bytes, and there is room for as many.
  *size = static_cast<unsigned>(wanted.size());
  return 1;
}

int verify_cookie_callback(SSL* ssl, const unsigned char* cookie, unsigned size) {
  EngineCallbacks* const session = session_of(ssl);
  if (session == nullptr) return 0;
  const std::span<const std::uint8_t> wanted = session->on_cookie_wanted();
  return std::equal(wanted.begin(), wanted.end(), cookie, cookie + size) ? 1 : 0;
}

unsigned psk_client_callback(SSL* ssl, const char* /*hint*/, char* identity, unsigned max_identity_size,
                             unsigned char* key, unsigned max_key_size) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_psk_wanted({identity, max_identity_size}, {key, max_key_size}) : 0;
}

unsigned psk_server_callback(SSL* ssl, const char* identity, unsigned char* key, unsigned max_key_size) {
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr && identity != nullptr ? session->on_psk_offered(identity, {key, max_key_size}) : 0;
}

unsigned timer_callback(SSL* ssl, unsigned previous) {
  constexpr unsigned kDefault = 1'000'000;
  EngineCallbacks* const session = session_of(ssl);
  return session != nullptr ? session->on_timer(previous) : kDefault;
}

void key_log_callback(const SSL* ssl, const char* line) {
  if (EngineCallbacks* const session = session_of(ssl)) session->on_key_log(line);
}

/// Versions, suites, groups and signature algorithms are explicit lists, and certificates are judged by the
/// trust layer; so the engine's security level has only Diffie-Hellman groups left to decide.
int security_callback(const SSL* ssl, const SSL_CTX*, int operation, int, int, void* other, void*) {
  if (operation != SSL_SECOP_TMP_DH || ssl == nullptr || other == nullptr) return 1;
  const EngineCallbacks* const session = session_of(ssl);
  const int bits = EVP_PKEY_get_bits(static_cast<EVP_PKEY*>(other));
  return session == nullptr || session->accepts_dh_bits(static_cast<unsigned>(std::max(bits, 0))) ? 1 : 0;
}

/// The part of a configuration that lives on the context.
struct Key {
  ossl::Role role;
  VersionRange versions;
  std::vector<CipherSuite> suites;
  std::vector<NamedGroup> groups;
  std::vector<SignatureScheme> schemes;
  std::vector<SignatureScheme> further_schemes;
  bool logs_keys;
  bool keeps_sessions;
  friend bool operator==(const Key&, const Key&) = default;
};

template <class Items, class Name>
std::string joined(const Items& items, Name&& name) {
  std::string list;
  for (const auto& item : items) {
    const std::string text(name(item));
    if (text.empty()) continue;
    if (!list.empty()) list += ':';
    list += text;
  }
  return list;
}

std::string suite_list(const Key& key, bool tls13) {
  return joined(key.suites, [&](CipherSuite suite) {
    const SuiteName* const known = find_suite(suite);
    return known != nullptr && known->is_tls13 == tls13 ? known->engine : std::string();
  });
}

std::string group_list(const Key& key) {
  return joined(key.groups, [](NamedGroup group) {
    const GroupName* const known = find_group(group);
    return known != nullptr ? std::string(known->engine) : std::string();
  });
}

std::string scheme_list(const std::vector<SignatureScheme>& schemes) {
  return joined(schemes, [](SignatureScheme scheme) {
    // OpenSSL knows those of SHA-1 by the older form of names alone.
    if (scheme == SignatureScheme{0x0201}) return std::string("RSA+SHA1");
    if (scheme == SignatureScheme{0x0203}) return std::string("ECDSA+SHA1");
    return to_string(scheme);
  });
}

/// What the peer is offered, and what we sign with. OpenSSL's two lists are about certificates of servers and of
/// clients.
bool set_signature_algorithms(SSL_CTX& context, const Key& key) {
  std::vector<SignatureScheme> signing = key.schemes;
  for (const SignatureScheme scheme : key.further_schemes) {
    if (std::find(signing.begin(), signing.end(), scheme) == signing.end()) signing.push_back(scheme);
  }
  const bool is_client = key.role == ossl::Role::Client;
  const std::string of_servers = scheme_list(is_client ? key.schemes : signing);
  const std::string of_clients = scheme_list(is_client ? signing : key.schemes);
  return SSL_CTX_set1_sigalgs_list(&context, of_servers.c_str()) == 1 &&
         SSL_CTX_set1_client_sigalgs_list(&context, of_clients.c_str()) == 1;
}

/// Narrows the versions to those that have a suite; checks what can be checked before the engine is asked.
Result<void> settle_versions(Key& key) {
  if (is_datagram(key.versions.min) != is_datagram(key.versions.max)) {
    return Error{ResultCode::ConfigurationFailed, "versions of TLS and of DTLS do not make a range"};
  }
  if (is_older(key.versions.max, key.versions.min)) {
    return Error{ResultCode::ConfigurationFailed, "the minimum version, " + to_string(key.versions.min) +
                                                      ", is above the maximum, " + to_string(key.versions.max)};
  }
  if (!is_known(key.versions.min) || !is_known(key.versions.max)) {
    return Error{ResultCode::ConfigurationFailed, "a version outside TLS 1.0 to TLS 1.3 is asked for"};
  }
  const bool datagram = is_datagram(key.versions.max);
  const bool has_tls13_suite = !datagram && !suite_list(key, true).empty();
  const bool has_older_suite = !suite_list(key, false).empty();
  if (!has_tls13_suite && !datagram) key.versions.max = std::min(key.versions.max, ProtocolVersion::Tls12);
  if (!has_older_suite && !datagram) key.versions.min = std::max(key.versions.min, ProtocolVersion::Tls13);
  if ((!has_tls13_suite && !has_older_suite) || is_older(key.versions.max, key.versions.min)) {
    return Error{ResultCode::BadCipherSuite,
                 "the list holds no cipher suite that the engine supports in these versions"};
  }
  return {};
}

Error refused(const char* what) {
  const unsigned long error = ERR_peek_last_error();
  const char* const reason = ERR_reason_error_string(error);
  ERR_clear_error();
  return {ResultCode::ConfigurationFailed,
          std::string("the engine refuses the ") + what + (reason != nullptr ? std::string(": ") + reason : "")};
}

/// RFC 7919's smallest group. OpenSSL's automatic choice would be 1024 bits for anonymous suites.
bool set_dh_group(SSL_CTX& context) {
  const ossl::PkeyCtxPtr generator(EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
  EVP_PKEY* group = nullptr;
  if (!generator || EVP_PKEY_paramgen_init(generator.get()) != 1 ||
      EVP_PKEY_CTX_set_group_name(generator.get(), "ffdhe2048") != 1 ||
      EVP_PKEY_paramgen(generator.get(), &group) != 1) {
    return false;
  }
  ossl::PkeyPtr owned(group);
  if (SSL_CTX_set0_tmp_dh_pkey(&context, owned.get()) != 1) return false;
  static_cast<void>(owned.release());  // The context has it now.
  return true;
}

const SSL_METHOD* method_of(const Key& key) noexcept {
  const bool is_client = key.role == ossl::Role::Client;
  if (is_datagram(key.versions.max)) return is_client ? DTLS_client_method() : DTLS_server_method();
  return is_client ? TLS_client_method() : TLS_server_method();
}

Result<std::shared_ptr<SSL_CTX>> make_context(Key key) {
  if (Result<void> settled = settle_versions(key); !settled) return settled.error();
  ERR_clear_error();
  ossl::SslCtxPtr made(SSL_CTX_new(method_of(key)));
  SSL_CTX* const context = made.get();
  if (context == nullptr) return Error{ResultCode::Internal, "the TLS engine cannot make a context"};

  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_security_callback(context, security_callback);
  SSL_CTX_clear_options(context, SSL_CTX_get_options(context));
  // Compression leaks plaintext lengths (CRIME). Renegotiation is answered with no_renegotiation. Servers
  // without RFC 5746 are accepted for their first handshake, as on Apple's systems; nothing is renegotiated.
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_LEGACY_SERVER_CONNECT |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_ENABLE_MIDDLEBOX_COMPAT |
                                   (key.role == ossl::Role::Server ? SSL_OP_NO_TICKET : 0));
  SSL_CTX_set_mode(context, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN | SSL_MODE_AUTO_RETRY);
  // Sessions go to the program's cache, or nowhere; the engine's own cache knows nothing of trust.
  const long caching = key.role == ossl::Role::Client ? SSL_SESS_CACHE_CLIENT : SSL_SESS_CACHE_SERVER;
  const bool has_cache = key.role == ossl::Role::Client || key.keeps_sessions;
  SSL_CTX_set_session_cache_mode(context, has_cache ? caching | SSL_SESS_CACHE_NO_INTERNAL : SSL_SESS_CACHE_OFF);
  SSL_CTX_sess_set_new_cb(context, new_session_callback);
  if (key.keeps_sessions) SSL_CTX_sess_set_get_cb(context, get_session_callback);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_read_ahead(context, 0);  // Exact reads: see Transport::read.

  if (SSL_CTX_set_min_proto_version(context, static_cast<int>(key.versions.min)) != 1 ||
      SSL_CTX_set_max_proto_version(context, static_cast<int>(key.versions.max)) != 1) {
    return refused("versions");
  }
  const std::string older_suites = suite_list(key, false);
  if (!older_suites.empty() && SSL_CTX_set_cipher_list(context, older_suites.c_str()) != 1) {
    return refused("cipher suites");
  }
  if (SSL_CTX_set_ciphersuites(context, suite_list(key, true).c_str()) != 1) return refused("TLS 1.3 cipher suites");
  if (SSL_CTX_set1_groups_list(context, group_list(key).c_str()) != 1) return refused("groups");
  if (!set_signature_algorithms(*context, key)) return refused("signature algorithms");

  SSL_CTX_set_cert_verify_callback(context, verify_callback, nullptr);
  SSL_CTX_set_tlsext_servername_callback(context, server_name_callback);
  SSL_CTX_set_tlsext_status_cb(context, status_callback);
  if (key.role == ossl::Role::Client) {
    SSL_CTX_set_cert_cb(context, certificate_callback, nullptr);
  } else {
    SSL_CTX_set_client_hello_cb(context, client_hello_callback, nullptr);
    SSL_CTX_set_alpn_select_cb(context, alpn_callback, nullptr);
    SSL_CTX_set_cookie_generate_cb(context, generate_cookie_callback);
    SSL_CTX_set_cookie_verify_cb(context, verify_cookie_callback);
    if (!set_dh_group(*context)) return refused("Diffie-Hellman group");
  }
  if (key.logs_keys) SSL_CTX_set_keylog_callback(context, key_log_callback);
  return std::shared_ptr<SSL_CTX>(std::move(made));
}

/// Most recently used first. Programs have a handful of configurations; the bound is against those that do not.
class ContextCache {
 public:
  Result<std::shared_ptr<SSL_CTX>> get(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) { return entry.first == key; });
    if (found != entries_.end()) {
      entries_.splice(entries_.begin(), entries_, found);
      return entries_.front().second;
    }
    Result<std::shared_ptr<SSL_CTX>> made = make_context(key);
    if (!made) return made;
    entries_.emplace_front(key, *made);
    constexpr std::size_t kMaxEntries = 32;
    if (entries_.size() > kMaxEntries) entries_.pop_back();
    return made;
  }

 private:
  std::mutex mutex_;
  std::list<std::pair<Key, std::shared_ptr<SSL_CTX>>> entries_;
};

}  // namespace

Result<std::shared_ptr<SSL_CTX>> engine_context(ossl::Role role, const SessionConfig& config, bool keeps_sessions) {
  // Never destroyed: sessions of other threads may still live when the process exits.
  static ContextCache& cache = *new ContextCache;
  return cache.get({role, config.versions, config.cipher_suites, config.groups, config.signature_algorithms,
                    config.further_signing_algorithms, static_cast<bool>(config.key_log), keeps_sessions});
}

void use_psk(SSL& ssl, ossl::Role role) noexcept {
  if (role == ossl::Role::Client) {
    SSL_set_psk_client_callback(&ssl, psk_client_callback);
  } else {
    SSL_set_psk_server_callback(&ssl, psk_server_callback);
  }
}

void use_timer(SSL& ssl) noexcept { DTLS_set_timer_cb(&ssl, timer_callback); }

bool attach(SSL& ssl, EngineCallbacks& callbacks) noexcept {
  return SSL_set_ex_data(&ssl, session_index(), &callbacks) == 1;
}

}  // namespace securetransport::tls
