// SPDX-License-Identifier: Apache-2.0
// Explanations of the alerts that the other side sends about the certificate of this side.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kPeerCertificateAlerts{
    Explanation{
        .code = ResultCode::PeerBadCert,
        .meaning = "The other side sent alert 42 (bad_certificate): it does not accept the certificate of this side. "
                   "Its log holds the reason.",
        .client_causes = "The client chose the wrong identity.\n"
                         "The client sends its certificate without the intermediates.\n"
                         "The client certificate is damaged, or lacks clientAuth in its extended key usage.",
        .server_causes =
            "The server's list of client CAs does not hold the issuer.\n"
            "The server applies a policy of its own to client certificates.\n"
            "As seen by a server: the client cannot read the server's certificate, or its signature is wrong.",
        .checks = "Was a client certificate sent at all? The diagnosis lists what was offered.\n"
                  "Try it by hand: openssl s_client -connect HOST:443 -servername HOST -cert client.pem -key "
                  "client.key -cert_chain chain.pem\n"
                  "Does it verify against the server's CA? openssl verify -purpose sslclient -CAfile client-cas.pem "
                  "-untrusted chain.pem client.pem",
        .client_fix = "Set the right identity, with its intermediates.",
        .server_fix = "Look for \"certificate verify failed\" in the log.\n"
                      "Complete the list of client CAs (nginx: ssl_client_certificate client-cas.pem;, Apache: "
                      "SSLCACertificateFile).\n"
                      "As a server whose clients complain: check the own chain as for -9807.",
    },
    Explanation{
        .code = ResultCode::PeerUnsupportedCert,
        .meaning =
            "The other side sent alert 43 (unsupported_certificate): it does not accept this kind of certificate. "
            "Its log holds the reason.",
        .client_causes = "The client certificate lacks clientAuth in its extended key usage.\n"
                         "The key is of a type that the server does not handle (Ed25519, RSA-PSS, P-521).",
        .server_causes = "The server allows only certain key types or purposes.\n"
                         "As seen by a server: its own certificate lacks serverAuth.",
        .checks = "What is the certificate for? openssl x509 -in client.pem -noout -purpose\n"
                  "Which key type is it? openssl x509 -in client.pem -noout -text | grep 'Public Key Algorithm'",
        .client_fix = "Get a certificate with clientAuth and an RSA-2048 or P-256 key.",
        .server_fix = "Allow the key type or purpose.\n"
                      "Use a certificate with serverAuth for the server itself.",
    },
    Explanation{
        .code = ResultCode::PeerCertRevoked,
        .meaning =
            "The other side sent alert 44 (certificate_revoked): it holds the certificate of this side to be revoked. "
            "Its log holds the reason.",
        .client_causes = "The client certificate was revoked: lost device, replaced identity, person left.\n"
                         "The client still uses its old certificate after a renewal.",
        .server_causes = "The server's revocation list is out of date or belongs to another CA.\n"
                         "As seen by a server: its own certificate was revoked.",
        .checks = "Is it on the list? openssl verify -crl_check -CAfile client-cas.pem -CRLfile crl.pem client.pem\n"
                  "When was the list made? openssl crl -in crl.pem -noout -lastupdate -nextupdate",
        .client_fix = "Get a new identity and remove the old one.",
        .server_fix = "Refresh the revocation list and reload the service (nginx: ssl_crl crl.pem;).\n"
                      "Replace the server's own certificate if that is the revoked one.",
    },
    Explanation{
        .code = ResultCode::PeerCertExpired,
        .meaning = "The other side sent alert 45 (certificate_expired): by its clock the certificate of this side has "
                   "expired or is not valid yet. "
                   "Its log holds the reason.",
        .client_causes = "The client certificate, or an intermediate sent with it, has expired.\n"
                         "The client still uses its old certificate after a renewal.",
        .server_causes = "The server's clock is wrong.\n"
                         "As seen by a server: its own certificate has expired, or the client's clock is wrong.",
        .checks = "When does it end? openssl x509 -in client.pem -noout -dates\n"
                  "Compare the clocks: curl -sI https://HOST/ | grep -i ^date; date -u",
        .client_fix = "Renew the identity and remove the old one.",
        .server_fix = "Set the clock (chronyc tracking shows its state).\n"
                      "Renew the server's own certificate and reload the service.",
    },
    Explanation{
        .code = ResultCode::PeerCertUnknown,
        .meaning = "The other side sent alert 46 (certificate_unknown): it does not accept the certificate of this "
                   "side and does not say why. "
                   "Its log holds the reason. "
                   "A client of Apple's sends this alert for most trust failures, those that it reports as -9807.",
        .client_causes =
            "The server does not accept the client certificate: wrong identity, missing intermediates, unknown CA.\n"
            "As seen by a server: the client does not trust the private CA, or pins another certificate.",
        .server_causes = "The server's rules for client certificates do not fit the ones in use.\n"
                         "As seen by a server: its own chain breaks a rule, or its name does not match.",
        .checks =
            "Look at the trust rules of the side that sent the alert: the client's log shows -9807, -9843 or similar.\n"
            "As a server: test the own chain with securetransport check HOST\n"
            "As a client: openssl s_client -connect HOST:443 -servername HOST -cert client.pem -key client.key "
            "-cert_chain chain.pem",
        .client_fix = "Set the right identity, with its intermediates.\n"
                      "Install the server's private root and trust it.",
        .server_fix = "Repair the own chain as for -9807, and the name as for -9843.\n"
                      "Complete the list of client CAs.",
    },
    Explanation{
        .code = ResultCode::PeerUnknownCA,
        .meaning =
            "The other side sent alert 48 (unknown_ca): it finds no trusted issuer for the certificate of this side. "
            "Its log holds the reason.",
        .client_causes = "The client sends its certificate without the intermediates.\n"
                         "The client certificate comes from a CA that the server does not accept.\n"
                         "As seen by a server: the client does not have the server's private root.",
        .server_causes =
            "The server's list of client CAs is incomplete or old.\n"
            "As seen by a server: it does not send its intermediates, or uses a CA that the client does not trust.",
        .checks =
            "Which CAs does the server accept? openssl s_client -connect HOST:443 -servername HOST </dev/null (see "
            "\"Acceptable client certificate CA names\")\n"
            "As a server: does the chain go out whole? openssl s_client -connect HOST:443 -servername HOST -showcerts",
        .client_fix = "Send the intermediates with the client certificate.\n"
                      "Install the server's private root and trust it.",
        .server_fix = "Add the CA (nginx: ssl_client_certificate client-cas.pem;, Apache: SSLCACertificateFile).\n"
                      "Send the own chain whole (nginx: ssl_certificate fullchain.pem;).",
    },
    Explanation{
        .code = ResultCode::PeerAccessDenied,
        .meaning = "The other side sent alert 49 (access_denied): the certificate is valid, but access is not allowed. "
                   "Its log holds the reason.",
        .client_causes = "The identity is not on the server's list of allowed subjects.\n"
                         "The client's address or country is blocked.",
        .server_causes =
            "An access rule of the server, of a web application firewall or of a content network applies.\n"
            "The list of allowed certificates was not updated after a renewal.",
        .checks = "Which rule applied? Only the server's log or its firewall's log can tell.\n"
                  "Try from another network, and with another identity.",
        .client_fix = "Use an identity that is allowed, or ask the operator for access.",
        .server_fix = "Add the subject or fingerprint to the access rule, or correct the rule.",
    },
};

}  // namespace securetransport::explanations
