// SPDX-License-Identifier: Apache-2.0
// Explanations of the codes about this side: its settings, its arguments, its own failures.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kSetup{
    Explanation{
        .code = ResultCode::SessionNotFound,
        .meaning = "The program demanded to resume a session, by its id or ticket, that the cache does not hold. "
                   "An ordinary miss of the cache is silent and leads to a full handshake. "
                   "In Apple's Secure Transport the code never leaves the library.",
        .client_causes = "The program demands resumption where it should offer it.\n"
                         "The session was never stored, has expired, or was dropped after a failure.",
        .server_causes = "",
        .checks =
            "Was the earlier session closed in order? One that ended with a fatal alert is not kept.\n"
            "Does the server resume at all? openssl s_client -connect HOST:443 -servername HOST -reconnect -tls1_2",
        .client_fix = "Offer resumption instead of requiring it.\n"
                      "Make a full connection and store its session.",
        .server_fix = "",
    },
    Explanation{
        .code = ResultCode::Internal,
        .meaning =
            "This side failed by itself: the private key could not be used, memory ran out inside the engine, or the "
            "engine gave up without a cause in what the peer sent. "
            "In Apple's Secure Transport it also means that the program answered the trust question with nothing.",
        .client_causes = "The private key is on a token, HSM or keychain that is locked, removed or refuses access.\n"
                         "The machine is short of memory.\n"
                         "A fault in this library or in its TLS engine.",
        .server_causes = "The same faults on a server: its private key cannot be used, or memory ran out.",
        .checks = "Read the diagnosis: it quotes the engine's own reason.\n"
                  "Does the key work alone? openssl pkeyutl -sign -rawin -digest sha256 -inkey key.pem -in any.file "
                  "-out /dev/null\n"
                  "Does another client reach the same server?",
        .client_fix = "Unlock the key store or import the identity again.\n"
                      "Update the library; report the diagnosis if it stays.",
        .server_fix = "Give the service access to its private key (file permissions, HSM login).\n"
                      "Update the library; report the diagnosis if it stays.",
    },
    Explanation{
        .code = ResultCode::ModuleAttach,
        .meaning = "A cryptographic module that the configuration names cannot be loaded: an OpenSSL provider, such as "
                   "fips or legacy, or a PKCS#11 module. "
                   "Apple's systems no longer return this code.",
        .client_causes = "The module's path is wrong, the file is missing or not readable.\n"
                         "The module was built for another processor or another OpenSSL.\n"
                         "The provider's configuration section is missing (fips needs its fipsmodule.cnf).\n"
                         "The module's self-test failed.",
        .server_causes = "The same faults in a server's configuration.",
        .checks = "What loads? openssl list -providers -verbose\n"
                  "Load the one in question: openssl list -providers -provider fips\n"
                  "Look at file, permissions and architecture: ls -l MODULE.so; file MODULE.so",
        .client_fix = "Install the module, or take it out of the configuration.",
        .server_fix = "Install the module, or take it out of the configuration.\n"
                      "For fips: run openssl fipsinstall and include the file it writes.",
    },
    Explanation{
        .code = ResultCode::BufferOverflow,
        .meaning = "The buffer that the caller gave is too small for the answer: a peer domain name, a requested peer "
                   "name or a list of cipher suites. "
                   "Where the call has room for it, it reports the size needed. The session is as it was before.",
        .client_causes =
            "The program guessed a size instead of asking for it.\n"
            "The program forgets to set the length, or leaves no room for the zero byte at the end of the name.",
        .server_causes = "A server program makes the same mistake when it reads the requested name.",
        .checks = "Which call returned it, and what length did it get?\n"
                  "Is the length set again before each call? The call overwrites it.",
        .client_fix =
            "Ask for the length first (SSLGetPeerDomainNameLength, SSLGetNumberSupportedCiphers), then allocate.",
        .server_fix = "Ask for the length first (SSLCopyRequestedPeerNameLength), then allocate.",
    },
    Explanation{
        .code = ResultCode::BadCipherSuite,
        .meaning =
            "A list of cipher suites holds none that this library supports, or a suite's name or number is unknown. "
            "The session is as it was before. "
            "Apple's Secure Transport answers an unusable list with -50 (errSecParam).",
        .client_causes = "The list holds only retired suites (RC4, 3DES, export, static ECDH).\n"
                         "A name is misspelt, or comes from another library's naming scheme.",
        .server_causes = "A server program passes such a list.",
        .checks = "Compare the list with what the library supports (SSLGetSupportedCiphers).\n"
                  "Translate names: openssl ciphers -stdname -V ALL",
        .client_fix = "Do not set a list at all: the default is right for nearly every program.\n"
                      "Use the standard names of the IANA registry.",
        .server_fix = "List current suites: ECDHE with AES-GCM or ChaCha20-Poly1305.",
    },
    Explanation{
        .code = ResultCode::BadConfiguration,
        .meaning = "This side is not set up for what it is asked to do: a server without certificate and key, client "
                   "authentication together with an anonymous or PSK cipher suite, or a session without I/O functions. "
                   "Apple's Secure Transport reports a server without identity as -9801.",
        .client_causes = "The program did not call SSLSetIOFuncs or set a transport.\n"
                         "The program enabled anonymous or PSK cipher suites without what they need.",
        .server_causes = "The server program set no certificate, or one without a private key.\n"
                         "Client authentication is required, but only anonymous or PSK suites are enabled.",
        .checks = "Is the identity set before the handshake starts?\n"
                  "Does the certificate match its key? openssl x509 -in cert.pem -noout -pubkey; openssl pkey -in "
                  "key.pem -pubout",
        .client_fix = "Set I/O functions before the handshake.\n"
                      "Do not enable anonymous cipher suites.",
        .server_fix = "Set certificate, intermediates and private key (SSLSetCertificate) before the handshake.\n"
                      "Ask for client certificates only together with certificate-based cipher suites.",
    },
    Explanation{
        .code = ResultCode::ConfigurationFailed,
        .meaning = "The TLS options contradict each other or the engine refuses them: the minimum version is above the "
                   "maximum, no version is left enabled, or certificate and private key do not belong together. "
                   "A cipher-suite list without a usable suite is -9818. "
                   "Apple's Secure Transport moves the other limit or answers -9830 or -50 for versions, and -9809 for "
                   "a key that does not fit.",
        .client_causes = "Minimum and maximum version come from different places and cross each other.\n"
                         "The client's certificate and private key are from different issues.",
        .server_causes = "The certificate was renewed, but the old private key stayed in place, or the reverse.",
        .checks =
            "Write the options to the log just before the handshake.\n"
            "Do the two public keys agree? openssl x509 -in cert.pem -noout -pubkey; openssl pkey -in key.pem -pubout",
        .client_fix = "Leave the versions at their default.\n"
                      "Import certificate and key as one identity.",
        .server_fix =
            "Install the key that belongs to the certificate (nginx: ssl_certificate and ssl_certificate_key).\n"
            "Leave at least TLS 1.2 enabled.",
    },
};

}  // namespace securetransport::explanations
