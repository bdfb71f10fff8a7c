// SPDX-License-Identifier: Apache-2.0
// Explanations of what this side finds wrong with the peer's certificates.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kCertificate{
    Explanation{
        .code = ResultCode::XCertChainInvalid,
        .meaning = "The certificate chain is invalid for a reason that has no narrower code: a bad signature, an "
                   "issuer that is not a CA, path length, name constraints, key usage or extended key usage, an "
                   "unknown critical extension, a key or hash that the platform's rules call weak, too long a "
                   "lifetime, or a revoked certificate. "
                   "Apple's Secure Transport reports this code for every trust failure, so there it also stands for an "
                   "untrusted root (here -9812), a missing intermediate (-9813), an expired (-9814) or future (-9815) "
                   "certificate and a wrong name (-9843). "
                   "URLSession tells some of these apart and uses it for the rest, including missing certificate "
                   "transparency.",
        .client_causes = "A proxy or security product on the client's side intercepts TLS and signs with a CA that "
                         "breaks the rules.\n"
                         "On an Apple system: the private root is installed but full trust is not enabled.\n"
                         "On an Apple system: the clock is wrong.",
        .server_causes =
            "The lifetime is too long: over 825 days, or over 398 days under a public root since September 2020.\n"
            "The certificate lacks serverAuth in its extended key usage.\n"
            "A key is RSA below 2048 bits, or a signature uses SHA-1.\n"
            "The certificate has been revoked.\n"
            "A private CA breaks RFC 5280: no CA flag, path length, name constraints, unknown critical extension.\n"
            "The server sends intermediates that do not belong to its certificate.",
        .checks = "Which rule is broken, and by which certificate? securetransport check HOST lists all of them.\n"
                  "Save the chain as sent: openssl s_client -connect HOST:443 -servername HOST -showcerts </dev/null > "
                  "chain.pem\n"
                  "Read each certificate: openssl x509 -in cert.pem -noout -text",
        .client_fix = "On an Apple system: install a private root by profile and enable full trust for it.\n"
                      "Set the clock.\n"
                      "Evaluate the trust in the program only where its policy really differs.",
        .server_fix = "Get a certificate with SHA-256, RSA-2048 or P-256, serverAuth, DNS names in the SAN, and at "
                      "most 398 days.\n"
                      "Send the certificate followed by its intermediates (nginx: ssl_certificate fullchain.pem;).\n"
                      "Replace a revoked certificate and its key.",
    },
    Explanation{
        .code = ResultCode::BadCert,
        .meaning = "A certificate of the peer cannot be parsed, or its public key cannot be read. "
                   "A configuration call with an empty or malformed certificate list returns this code too. "
                   "Apple's Secure Transport reports an unparseable chain as -9810 with ECDHE or DHE and as -9807 with "
                   "plain RSA.",
        .client_causes =
            "The program passes SSLSetCertificate an empty array, or one that holds something else than certificates.",
        .server_causes = "The certificate is damaged, cut short or wrongly encoded.\n"
                         "The certificate carries a key type or curve that cannot be read.\n"
                         "One node of a pool has a bad file, so the error comes and goes.",
        .checks = "Parse every certificate: openssl x509 -in cert.pem -noout -text\n"
                  "Parse it with a second tool: certtool -i --infile cert.pem\n"
                  "Try every address of the pool: openssl s_client -connect ADDRESS:443 -servername HOST -showcerts",
        .client_fix = "Pass an identity first, then its intermediates.\n"
                      "Update the library if other clients accept the certificate.",
        .server_fix = "Have the certificate issued again.\n"
                      "Clean the PEM file: no byte order mark, no stray text, complete BEGIN and END lines.",
    },
    Explanation{
        .code = ResultCode::UnknownRootCert,
        .meaning = "The chain is valid up to a self-signed root that is not trusted, or the peer's certificate is "
                   "itself self-signed. "
                   "Apple's Secure Transport reports -9807.",
        .client_causes = "The private CA is not installed on this machine, or not given to the program.\n"
                         "A proxy or security product on the client's side intercepts TLS with a root of its own.\n"
                         "The system's root store is old.",
        .server_causes = "The server uses a self-signed or test certificate.\n"
                         "The certificate comes from a CA that the platform does not trust, or no longer trusts.",
        .checks =
            "Which root is it? openssl s_client -connect HOST:443 -servername HOST -showcerts (the last certificate's "
            "issuer)\n"
            "Compare its fingerprint with the trusted one: openssl x509 -in root.pem -noout -fingerprint -sha256\n"
            "Try with that root: openssl s_client -connect HOST:443 -servername HOST -CAfile root.pem",
        .client_fix = "Install the private root and trust it for TLS, by MDM or profile on Apple devices.\n"
                      "Never switch verification off in a program that ships.",
        .server_fix = "Use a certificate from a publicly trusted CA.\n"
                      "Send the cross-signed chain if the new root is not widely installed yet.",
    },
    Explanation{
        .code = ResultCode::NoRootCert,
        .meaning =
            "The chain does not end in a root: an issuer was neither sent nor is it trusted. "
            "Either an intermediate is missing, or a private root is not installed; the diagnosis names the issuer. "
            "Apple's Secure Transport reports -9807; URLSession uses this code for a self-signed certificate as well "
            "(here -9812).",
        .client_causes = "The private root or intermediate is not installed on this machine.",
        .server_causes = "The server sends its own certificate without the intermediates.\n"
                         "The intermediates are from an earlier issue and do not fit the renewed certificate.",
        .checks = "How many certificates come? openssl s_client -connect HOST:443 -servername HOST -showcerts "
                  "</dev/null | grep -c BEGIN\n"
                  "Does each issuer equal the next subject? See the lines s: and i: of the same command.\n"
                  "Do not trust a browser's verdict: it may have the intermediate in its cache or fetch it.",
        .client_fix = "As a stop-gap: install the missing issuer, or give it to the program.",
        .server_fix = "Send the whole chain without the root: nginx: ssl_certificate fullchain.pem; Apache: "
                      "SSLCertificateFile fullchain.pem",
    },
    Explanation{
        .code = ResultCode::CertExpired,
        .meaning = "A certificate of the chain has expired; the diagnosis names it. "
                   "Apple's Secure Transport reports -9807.",
        .client_causes = "The clock of the client is ahead.",
        .server_causes = "The server's certificate was not renewed in time.\n"
                         "The certificate was renewed, but the service was not reloaded.\n"
                         "An intermediate or cross-signed certificate in the chain has expired.",
        .checks =
            "Which one? openssl s_client -connect HOST:443 -servername HOST -showcerts prints the validity of each.\n"
            "Is the clock right? date -u",
        .client_fix = "Set the clock.",
        .server_fix =
            "Renew the certificate and reload the service (nginx -s reload).\n"
            "Remove expired cross-signed certificates from the chain file.\n"
            "Watch the end dates from outside, for example: openssl x509 -in cert.pem -noout -checkend 1209600",
    },
    Explanation{
        .code = ResultCode::CertNotYetValid,
        .meaning = "A certificate of the chain is not valid yet: its notBefore lies in the future. "
                   "Apple's Secure Transport reports -9807.",
        .client_causes = "The clock of the client is behind: empty battery, first start, long storage.",
        .server_causes = "The certificate was issued a moment ago by a machine whose clock or time zone is wrong.\n"
                         "A certificate for a later date was installed too early.",
        .checks = "Is the clock right? date -u\n"
                  "When does it start? openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl x509 "
                  "-noout -startdate",
        .client_fix = "Set the clock, or wait until it is synchronised before connecting.",
        .server_fix = "Let the private CA date certificates back by an hour.\n"
                      "Put the old certificate back until the new one is valid.",
    },
    Explanation{
        .code = ResultCode::HostNameMismatch,
        .meaning = "The chain is good, but the certificate's names (subjectAltName) do not cover the host the program "
                   "asked for. "
                   "Apple's Secure Transport reports -9807.",
        .client_causes = "The program connects by IP address, short name or alias.\n"
                         "The program sends no server name (SNI), so the default site answers.\n"
                         "DNS or a hosts file points to another machine.",
        .server_causes = "The name is missing in the SAN; the common name does not count.\n"
                         "The wildcard does not reach: *.example.com covers neither example.com nor a.b.example.com.\n"
                         "The name is not bound to its certificate, so the default site answers.\n"
                         "The SAN is malformed: an IP address written as a DNS name, a trailing dot or blank.",
        .checks = "Which names are in it? openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl "
                  "x509 -noout -ext subjectAltName\n"
                  "Does the answer change without SNI? openssl s_client -connect HOST:443 -noservername",
        .client_fix = "Connect by a name that the certificate holds.\n"
                      "For tests: put that name into the hosts file.",
        .server_fix = "Have the certificate issued with every name, and every IP address, in the SAN.\n"
                      "Bind it to the right site (nginx: server_name, Apache: ServerName).",
    },
    Explanation{
        .code = ResultCode::BadCertificateStatusResponse,
        .meaning =
            "The stapled OCSP response is malformed, signed by the wrong key, made for another certificate or out of "
            "date, or it is missing although the certificate demands stapling. "
            "Otherwise the other side sent alert 113 (bad_certificate_status_response), and its log holds the reason. "
            "Apple's Secure Transport reports the alert as -9802.",
        .client_causes = "The clock of the client is wrong, so a good response looks old or too young.",
        .server_causes =
            "The server cannot reach its CA's OCSP responder and goes on sending an old response.\n"
            "The certificate demands stapling (must-staple), but stapling is off or the server has just started.\n"
            "The response belongs to the certificate before the renewal.",
        .checks = "Look at the response and its dates: openssl s_client -connect HOST:443 -servername HOST -status "
                  "</dev/null\n"
                  "Does the certificate demand stapling? openssl x509 -in cert.pem -noout -ext tlsfeature\n"
                  "Is the clock right? date -u",
        .client_fix = "Set the clock.",
        .server_fix = "Switch stapling on and let it reach the responder (nginx: ssl_stapling on; and resolver ...;, "
                      "Apache: SSLUseStapling On).\n"
                      "Reload the service after each renewal.\n"
                      "Have the certificate issued without must-staple.",
    },
    Explanation{
        .code = ResultCode::CertificateRequired,
        .meaning = "A client certificate is required. "
                   "As a client: the other side sent alert 116 (certificate_required) and its log holds the reason; in "
                   "TLS 1.3 that can come after the handshake, with the first read. "
                   "As a server that always authenticates: the client sent no certificate. "
                   "Apple's Secure Transport reports the alert as -9802, and as a server -9807; before TLS 1.3 the "
                   "client sees -9824.",
        .client_causes =
            "The program sets no identity.\n"
            "The identity it has comes from none of the issuers that the server names, so none was chosen.",
        .server_causes = "The server demands client certificates on a site or path that should be open.",
        .checks = "Which issuers does the server name? openssl s_client -connect HOST:443 -servername HOST </dev/null\n"
                  "Try with the certificate: openssl s_client -connect HOST:443 -servername HOST -cert client.pem -key "
                  "client.key -cert_chain chain.pem",
        .client_fix = "Set an identity with its intermediates before the handshake.",
        .server_fix = "Make the certificate optional where it is not needed (nginx: ssl_verify_client optional;).\n"
                      "Tell users where to get a certificate.",
    },
};

}  // namespace securetransport::explanations
