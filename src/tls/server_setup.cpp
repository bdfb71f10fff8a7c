// SPDX-License-Identifier: Apache-2.0
// What only servers are set up with: names of authorities, a Diffie-Hellman group, a hint, a cookie.
#include <openssl/err.h>
#include <openssl/evp.h>

#include "tls/engine.hpp"

namespace securetransport {
namespace {

using NameStackPtr =
    std::unique_ptr<STACK_OF(X509_NAME),
                    decltype([](STACK_OF(X509_NAME) * names) { sk_X509_NAME_pop_free(names, X509_NAME_free); })>;

ossl::PkeyPtr read_dh_parameters(std::span<const std::uint8_t> der) {
  const unsigned char* position = der.data();
  ossl::PkeyPtr group(d2i_KeyParams(EVP_PKEY_DH, nullptr, &position, static_cast<long>(der.size())));
  ERR_clear_error();
  return position == der.data() + der.size() ? std::move(group) : nullptr;
}

}  // namespace

Result<void> check_dh_parameters(std::span<const std::uint8_t> der) {
  if (read_dh_parameters(der)) return {};
  return Error{ResultCode::ConfigurationFailed, "the Diffie-Hellman parameters cannot be read"};
}

Result<void> Session::Engine::use_dh_parameters(const ServerConfig& config) {
  if (config.dh_parameters.empty()) return {};
  ossl::PkeyPtr group = read_dh_parameters(config.dh_parameters);
  if (!group || SSL_set0_tmp_dh_pkey(ssl_.get(), group.get()) != 1) {
    ERR_clear_error();
    return Error{ResultCode::ConfigurationFailed, "the Diffie-Hellman parameters cannot be used"};
  }
  static_cast<void>(group.release());  // The SSL object has it now.
  return {};
}

Result<void> Session::Engine::use_psk_identity_hint(const ServerConfig& config) {
  const std::string& hint = config.psk_identity_hint;
  if (hint.empty()) return {};
  if (hint.find('\0') == std::string::npos && SSL_use_psk_identity_hint(ssl_.get(), hint.c_str()) == 1) return {};
  ERR_clear_error();
  return Error{ResultCode::ConfigurationFailed, "the identity hint for pre-shared keys is too long or holds a zero"};
}

Result<void> Session::Engine::name_acceptable_issuers(const ServerConfig& config) {
  if (config.acceptable_issuers.empty()) return {};
  NameStackPtr names(sk_X509_NAME_new_null());
  for (const std::vector<std::uint8_t>& der : config.acceptable_issuers) {
    const unsigned char* position = der.data();
    X509_NAME* const name = d2i_X509_NAME(nullptr, &position, static_cast<long>(der.size()));
    ERR_clear_error();
    if (name == nullptr) return Error{ResultCode::ConfigurationFailed, "the name of an authority cannot be read"};
    if (!names || sk_X509_NAME_push(names.get(), name) == 0) {
      X509_NAME_free(name);
      return Error{ResultCode::Internal, "the TLS engine cannot keep the names of the authorities"};
    }
  }
  SSL_set0_CA_list(ssl_.get(), names.release());
  return {};
}

std::span<const std::uint8_t> Session::Engine::on_cookie_wanted() noexcept { return server_config()->hello_cookie; }

}  // namespace securetransport
