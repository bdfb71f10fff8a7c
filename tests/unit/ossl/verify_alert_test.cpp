// SPDX-License-Identifier: Apache-2.0
// Real handshakes: the verification error chosen for an alert makes this OpenSSL send that alert.
#include "ossl/verify_alert.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <optional>
#include <string>
#include <tuple>

#include "ossl/handles.hpp"
#include "support/test_certificates.hpp"
#include "unit/ossl/print.hpp"

namespace securetransport::ossl {
namespace {

int reject(X509_STORE_CTX* context, void* error) {
  X509_STORE_CTX_set_error(context, *static_cast<int*>(error));
  return 0;
}

void note_alert(int is_sent, int, int type, const void* bytes, std::size_t size, SSL*, void* alert) {
  if (is_sent == 0 || type != SSL3_RT_ALERT || size != 2) return;
  *static_cast<std::optional<Alert>*>(alert) = Alert{static_cast<const std::uint8_t*>(bytes)[1]};
}

enum class Refuser : std::uint8_t { Client, Server };

class VerifyAlert : public testing::TestWithParam<std::tuple<int, Refuser>> {
 protected:
  static const test::TestCertificate& certificate() {
    static const test::TestCertificate kMade = test::self_signed(test::leaf_spec());
    return kMade;
  }

  static SslPtr make_ssl(SSL_CTX& context, bool is_server) {
    const unsigned char* der = certificate().der.data();
    const X509Ptr x509(d2i_X509(nullptr, &der, static_cast<long>(certificate().der.size())));
    SslPtr ssl(SSL_new(&context));
    EXPECT_EQ(SSL_use_certificate(ssl.get(), x509.get()), 1);
    EXPECT_EQ(SSL_use_PrivateKey(ssl.get(), certificate().key.get()), 1);
    is_server ? SSL_set_accept_state(ssl.get()) : SSL_set_connect_state(ssl.get());
    return ssl;
  }

  /// The alert that the refusing side sends for a verification error.
  static std::optional<Alert> alert_for(int error) {
    const auto [version, refuser] = GetParam();
    const SslCtxPtr context(SSL_CTX_new(TLS_method()));
    SSL_CTX_set_min_proto_version(context.get(), version);
    SSL_CTX_set_max_proto_version(context.get(), version);
    const SslCtxPtr refusing(SSL_CTX_new(TLS_method()));
    SSL_CTX_set_min_proto_version(refusing.get(), version);
    SSL_CTX_set_max_proto_version(refusing.get(), version);
    SSL_CTX_set_verify(refusing.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_cert_verify_callback(refusing.get(), reject, &error);

    const bool is_client = refuser == Refuser::Client;
    const SslPtr client = make_ssl(is_client ? *refusing : *context, false);
    const SslPtr server = make_ssl(is_client ? *context : *refusing, true);
    BIO* client_end = nullptr;
    BIO* server_end = nullptr;
    EXPECT_EQ(BIO_new_bio_pair(&client_end, 0, &server_end, 0), 1);
    SSL_set_bio(client.get(), client_end, client_end);
    SSL_set_bio(server.get(), server_end, server_end);

    std::optional<Alert> alert;
    SSL* const watched = is_client ? client.get() : server.get();
    SSL_set_msg_callback(watched, note_alert);
    SSL_set_msg_callback_arg(watched, &alert);
    for (int round = 0; round < 6; ++round) {
      SSL_do_handshake(client.get());
      SSL_do_handshake(server.get());
    }
    ERR_clear_error();
    return alert;
  }
};

TEST_P(VerifyAlert, IsTheOneAskedForWhereOpensslHasAnErrorForIt) {
  for (const Alert alert :
       {Alert::HandshakeFailure, Alert::BadCertificate, Alert::UnsupportedCertificate, Alert::CertificateRevoked,
        Alert::CertificateExpired, Alert::CertificateUnknown, Alert::UnknownCa, Alert::InternalError}) {
    SCOPED_TRACE(describe(alert));
    EXPECT_EQ(alert_for(verify_error_for(alert)), alert);
  }
}

TEST_P(VerifyAlert, IsCertificateUnknownForAllOthers) {
  for (const Alert alert : {Alert::CloseNotify, Alert::DecryptError, Alert::BadCertificateStatusResponse, Alert{200}}) {
    SCOPED_TRACE(describe(alert));
    EXPECT_EQ(alert_for(verify_error_for(alert)), Alert::CertificateUnknown);
  }
}

TEST(VerifyAlertError, IsNeverTheOneForNoError) {
  for (int number = 0; number <= 255; ++number) {
    EXPECT_NE(verify_error_for(Alert{static_cast<std::uint8_t>(number)}), X509_V_OK);
  }
}

std::string name_of(const testing::TestParamInfo<VerifyAlert::ParamType>& info) {
  const auto [version, refuser] = info.param;
  return std::string(version == TLS1_3_VERSION ? "Tls13" : "Tls12") +
         (refuser == Refuser::Client ? "Client" : "Server");
}

INSTANTIATE_TEST_SUITE_P(Ossl, VerifyAlert,
                         testing::Combine(testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                                          testing::Values(Refuser::Client, Refuser::Server)),
                         name_of);

}  // namespace
}  // namespace securetransport::ossl
