// SPDX-License-Identifier: Apache-2.0
// Explanations of the App Transport Security codes.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kAts{
    Explanation{
        .code = ResultCode::ATSViolation,
        .meaning = "A rule of App Transport Security that has no code of its own is broken: plain http where TLS is "
                   "required or, under the FCP_v2.1 package, no extended master secret or a certificate signed with an "
                   "algorithm that was not offered. "
                   "Apple's Secure Transport never returns it; for plain http URLSession gives NSURLError -1022 "
                   "without a code of this family.",
        .client_causes = "The program uses an http URL, or is redirected to one.\n"
                         "The program, or a system process that does so by itself, demands FCP_v2.1.",
        .server_causes =
            "The server redirects from https to http.\n"
            "The TLS library is too old for extended master secret (OpenSSL before 1.1.0, many appliances).\n"
            "The chain is signed with an old algorithm.",
        .checks =
            "List every broken rule: securetransport check HOST\n"
            "Find the first set of exceptions that passes: securetransport ats-diagnostics https://HOST/\n"
            "Look for \"Extended master secret: yes\": openssl s_client -connect HOST:443 -servername HOST -tls1_2\n"
            "Follow redirects: curl -sIL https://HOST/ | grep -i ^location",
        .client_fix =
            "Use https URLs.\n"
            "As a stop-gap: an entry in NSExceptionDomains for that host alone, with as few keys as possible.",
        .server_fix = "Serve the whole site over TLS 1.2 and 1.3, with ECDHE and AES-GCM.\n"
                      "Use an RSA-2048 or P-256 key, and SHA-256 in the whole chain.\n"
                      "Update the TLS library, so that it does extended master secret.",
    },
    Explanation{
        .code = ResultCode::ATSMinimumVersionViolation,
        .meaning = "Under an App Transport Security policy the negotiated version, or the one the server selected, is "
                   "below the policy's minimum: TLS 1.2 unless the app says otherwise. "
                   "Apple's Secure Transport reports -9801; a server that refuses with an alert shows as -9836.",
        .client_causes = "The app demands more than the server has: NSExceptionMinimumTLSVersion = TLSv1.3.",
        .server_causes = "The server speaks only TLS 1.0 or 1.1.\n"
                         "A load balancer or inspection device in front of the server ends TLS with an old version.",
        .checks = "Does TLS 1.2 work? openssl s_client -connect HOST:443 -servername HOST -tls1_2\n"
                  "Which minimum would pass? securetransport ats-diagnostics https://HOST/",
        .client_fix =
            "As a stop-gap: NSExceptionMinimumTLSVersion for that host; it may disappear with a future system.",
        .server_fix =
            "Enable TLS 1.2 and 1.3: nginx: ssl_protocols TLSv1.2 TLSv1.3; Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3\n"
            "Update what cannot: OpenSSL before 1.0.1, Java before 8.",
    },
    Explanation{
        .code = ResultCode::ATSCiphersuiteViolation,
        .meaning = "Under an App Transport Security policy the server selected a cipher suite that is not in the "
                   "policy's list. "
                   "The list holds the TLS 1.3 suites and ECDHE with AES-GCM, ChaCha20-Poly1305 or AES-CBC with SHA-1 "
                   "MAC; FCP_v2.1 leaves only AES-GCM in TLS 1.2. "
                   "Apple's Secure Transport reports -9801; a server without a common suite usually shows as -9824.",
        .client_causes = "The app demands FCP_v2.1, and the server selects ChaCha20-Poly1305 or CBC.",
        .server_causes = "The server has only static RSA or DHE key exchange.\n"
                         "The server has only CBC suites with SHA-256 or SHA-384 MAC, which Apple dropped in 2022.\n"
                         "The server prefers its own order and puts an old suite first.",
        .checks =
            "Which suite is chosen? openssl s_client -connect HOST:443 -servername HOST -tls1_2 (line \"Cipher\")\n"
            "Would a good one work? openssl s_client -connect HOST:443 -servername HOST -tls1_2 -cipher 'ECDHE+AESGCM'",
        .client_fix = "As a stop-gap: NSExceptionRequiresForwardSecrecy = NO for that host; it adds static RSA with "
                      "AES, nothing else.",
        .server_fix = "Put ECDHE with AES-GCM first (nginx: ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20; and "
                      "ssl_prefer_server_ciphers on;).\n"
                      "Update a server that cannot do ECDHE.",
    },
    Explanation{
        .code = ResultCode::ATSMinimumKeySizeViolation,
        .meaning =
            "Under an App Transport Security policy the server certificate's key is too small: RSA below 2048 bits or "
            "elliptic curve below 256 bits. "
            "If trust evaluation has refused the chain already, its code comes first and this one is listed beside it. "
            "Apple's Secure Transport reports -9807.",
        .client_causes = "",
        .server_causes = "The certificate was made with an old template or script: RSA-1024.\n"
                         "A device makes its own certificate with a small key.",
        .checks = "How large is the key? openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl x509 "
                  "-noout -text | grep Public-Key",
        .client_fix =
            "Do not look for an exception: Apple's platforms refuse such keys with or without App Transport Security.",
        .server_fix = "Make a new key of RSA-2048 or P-256 and have a certificate issued for it: openssl ecparam -name "
                      "prime256v1 -genkey -noout -out key.pem",
    },
    Explanation{
        .code = ResultCode::ATSLeafCertificateHashAlgorithmViolation,
        .meaning =
            "Under an App Transport Security policy the server's certificate is signed with a hash weaker than "
            "SHA-256. "
            "If trust evaluation has refused the chain already, its code comes first and this one is listed beside it. "
            "Apple's Secure Transport reports -9807.",
        .client_causes = "",
        .server_causes =
            "The private CA still signs with SHA-1 by its template or configuration.\n"
            "The certificate is many years old, or a device made it itself (SHA-1, MD5).\n"
            "The CA signs with SHA-224, which passes Apple's trust evaluation but not App Transport Security.",
        .checks = "Which algorithm is it? openssl s_client -connect HOST:443 -servername HOST </dev/null | openssl "
                  "x509 -noout -text | grep 'Signature Algorithm'",
        .client_fix = "Do not look for an exception: none lifts this rule.",
        .server_fix = "Have the certificate issued again with SHA-256 (openssl: default_md = sha256).\n"
                      "Correct the CA's template, and check the next certificate it issues.",
    },
    Explanation{
        .code = ResultCode::ATSCertificateHashAlgorithmViolation,
        .meaning =
            "Under an App Transport Security policy a certificate above the server's own is signed with a hash weaker "
            "than SHA-256. Self-signed roots are exempt. "
            "If trust evaluation has refused the chain already, its code comes first and this one is listed beside it. "
            "Apple's Secure Transport reports -9807.",
        .client_causes = "",
        .server_causes = "The server sends an old cross-signed certificate or intermediate.\n"
                         "A company's subordinate CA was signed with SHA-1 years ago.",
        .checks = "Which certificate? Save the chain with openssl s_client -connect HOST:443 -servername HOST "
                  "-showcerts, then read each: openssl x509 -in cert.pem -noout -text | grep 'Signature Algorithm'",
        .client_fix = "Do not look for an exception: none lifts this rule.",
        .server_fix = "Put the CA's current intermediate into the chain file (nginx: ssl_certificate fullchain.pem;).\n"
                      "Have the subordinate CA's certificate signed again with SHA-256.",
    },
    Explanation{
        .code = ResultCode::ATSCertificateTrustViolation,
        .meaning = "Under an App Transport Security policy the chain is not issued by a trusted peer: default trust "
                   "failed although the program overrode it, or no pin of NSPinnedDomains matches. "
                   "Without an override the code of the trust failure itself is reported. "
                   "Apple's Secure Transport reports -9807.",
        .client_causes =
            "The program accepts a certificate that default trust refuses; App Transport Security does not allow "
            "that.\n"
            "The pin is wrong: made from the whole certificate instead of its public key, or badly encoded.\n"
            "The pin list is empty, or misses the key that the server uses now.\n"
            "A proxy on the client's side intercepts TLS.",
        .server_causes = "The certificate was renewed with a new key, or by another CA.\n"
                         "Only the server's own certificate comes where a CA is pinned.",
        .checks = "Compare the pins with the live chain: openssl x509 -in cert.pem -noout -pubkey | openssl pkey "
                  "-pubin -outform DER | openssl dgst -sha256 -binary | base64\n"
                  "Does NSIncludesSubdomains reach the host? It covers one label, not two.\n"
                  "Which trust rule fails? securetransport check HOST",
        .client_fix = "Ship an update that pins the new key and a spare one.\n"
                      "Install the private root instead of overriding trust.",
        .server_fix = "Keep the key when renewing, or change it only after the app's update.\n"
                      "Send the whole chain (nginx: ssl_certificate fullchain.pem;).",
    },
};

}  // namespace securetransport::explanations
