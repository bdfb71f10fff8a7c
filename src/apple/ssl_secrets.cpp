// SPDX-License-Identifier: Apache-2.0
// The inside of a session: secrets, randoms, sizes, the PRF, resumption.
#include <algorithm>
#include <chrono>
#include <cstring>

#include "apple/ssl_context.hpp"
#include "securetransport/tls/session_secrets.hpp"

using namespace securetransport;
using namespace securetransport::apple;

namespace {

SessionSecrets secrets_of(SSLContext& context) {
  return context.session() != nullptr ? context.session()->secrets() : SessionSecrets();
}

template <class Select>
OSStatus copy_secret(SSLContextRef ref, void* buffer, size_t* size, std::size_t needed, Select&& select) noexcept {
  if (buffer == nullptr || size == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (*size < needed) return errSecParam;
    const SessionSecrets secrets = secrets_of(context);
    const std::span<const std::uint8_t> bytes = select(secrets);
    if (bytes.empty()) return errSecBadReq;
    std::memcpy(buffer, bytes.data(), bytes.size());
    *size = bytes.size();
    return errSecSuccess;
  });
}

/// Empty before there are any.
std::span<const std::uint8_t> random_of(const SessionSecrets& secrets, bool of_server) noexcept {
  if (!secrets.has_randoms) return {};
  return of_server ? secrets.server_random : secrets.client_random;
}

}  // namespace

OSStatus SSLInternalMasterSecret(SSLContextRef ref, void* secret, size_t* size) {
  return copy_secret(ref, secret, size, SSL_MASTER_SECRET_SIZE, [](const SessionSecrets& secrets) {
    return std::span<const std::uint8_t>(secrets.master_secret);
  });
}

OSStatus SSLInternalServerRandom(SSLContextRef ref, void* random, size_t* size) {
  return copy_secret(ref, random, size, SSL_CLIENT_SRVR_RAND_SIZE,
                     [](const SessionSecrets& secrets) { return random_of(secrets, true); });
}

OSStatus SSLInternalClientRandom(SSLContextRef ref, void* random, size_t* size) {
  return copy_secret(ref, random, size, SSL_CLIENT_SRVR_RAND_SIZE,
                     [](const SessionSecrets& secrets) { return random_of(secrets, false); });
}

OSStatus SSLGetCipherSizes(SSLContextRef ref, size_t* digest, size_t* key, size_t* iv) {
  if (digest == nullptr || key == nullptr || iv == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    CipherSizes sizes;
    const auto suite = context.session() != nullptr ? context.session()->info().cipher_suite : std::nullopt;
    if (suite) sizes = cipher_sizes(*suite);
    *digest = sizes.mac;
    *key = sizes.key;
    *iv = sizes.iv;
    return errSecSuccess;
  });
}

OSStatus SSLInternal_PRF(SSLContextRef ref, const void* secret, size_t secret_size, const void* label,
                         size_t label_size, const void* seed, size_t seed_size, void* out, size_t out_size) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (secret == nullptr || label == nullptr || seed == nullptr || out == nullptr) return errSecParam;
    const SessionInfo info = context.session() != nullptr ? context.session()->info() : SessionInfo();
    if (!info.version || !info.cipher_suite || *info.version == ProtocolVersion::Tls13) return errSecBadReq;
    return status_of(tls_prf(*info.version, *info.cipher_suite, bytes_at(secret, secret_size),
                             bytes_at(label, label_size), bytes_at(seed, seed_size),
                             {static_cast<std::uint8_t*>(out), out_size}));
  });
}

OSStatus SSLGetResumableSessionInfo(SSLContextRef ref, Boolean* was_resumed, void* id, size_t* size) {
  if (was_resumed == nullptr || id == nullptr || size == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    if (*size < MAX_SESSION_ID_LENGTH) return errSecParam;
    const bool resumed = context.session() != nullptr && context.session()->info().resumed;
    *was_resumed = resumed ? 1 : 0;
    *size = 0;
    if (!resumed) return errSecSuccess;
    const std::vector<std::uint8_t> session_id = secrets_of(context).session_id;
    std::copy(session_id.begin(), session_id.end(), static_cast<std::uint8_t*>(id));
    *size = session_id.size();
    return errSecSuccess;
  });
}

// EAP-FAST makes its own master secret, which the engine has no place for.
OSStatus SSLInternalSetMasterSecretFunction(SSLContextRef ref, SSLInternalMasterSecretFunction /*function*/,
                                            const void* /*argument*/) {
  return with_context(ref, [](SSLContext&) { return OSStatus{errSecUnimplemented}; });
}

OSStatus SSLInternalSetSessionTicket(SSLContextRef ref, const void* /*ticket*/, size_t /*size*/) {
  return with_idle_context(ref, [](SSLContext&) { return OSStatus{errSecUnimplemented}; });
}

OSStatus SSLSetSessionCacheTimeout(SSLContextRef ref, uint32_t seconds) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    constexpr std::chrono::minutes kDefault(10);
    context.common().session_lifetime = seconds != 0 ? std::chrono::seconds(seconds) : kDefault;
    return errSecSuccess;
  });
}
