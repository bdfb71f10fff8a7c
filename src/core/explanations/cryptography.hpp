// SPDX-License-Identifier: Apache-2.0
// Explanations of keys, signatures and records that this side cannot accept.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kCryptography{
    Explanation{
        .code = ResultCode::Crypto,
        .meaning =
            "A signature over handshake data (ServerKeyExchange or CertificateVerify) does not verify, the peer's "
            "public key algorithm is not supported, or an RSA key exchange meets a key that cannot be used for it. "
            "A private key operation of this side that fails is -9810.",
        .client_causes = "As seen by a server: the client's certificate and private key do not belong together.",
        .server_causes = "Certificate and private key do not belong together.\n"
                         "The key is damaged, or an HSM or accelerator computes wrong signatures.\n"
                         "The key is of an exotic type.\n"
                         "Somebody on the path changes handshake messages.",
        .checks = "On the peer: do the two agree? openssl x509 -in cert.pem -noout -pubkey; openssl pkey -in key.pem "
                  "-pubout\n"
                  "Does another client complain too? openssl s_client -connect HOST:443 -servername HOST\n"
                  "Try every address of the pool, and bypass proxies.",
        .client_fix = "If the server reports it: import certificate and key again, as one identity.",
        .server_fix = "Install certificate and key as a pair and reload the service.\n"
                      "Use an RSA-2048 or P-256 key.",
    },
    Explanation{
        .code = ResultCode::DecryptionFail,
        .meaning = "A record that is protected by an AEAD cipher suite (AES-GCM, ChaCha20-Poly1305, everything in TLS "
                   "1.3) does not authenticate: it was changed, or the two sides use different keys.",
        .client_causes = "Two threads share one session and read the same stream.\n"
                         "The program resumes with a damaged session.\n"
                         "A proxy or security product on the client's machine damages the stream.",
        .server_causes = "Data were damaged or changed on the way.\n"
                         "After resumption: nodes of a pool use different ticket keys.\n"
                         "The server's TLS stack is faulty.",
        .checks = "Does it also happen with a full handshake? openssl s_client -connect HOST:443 -servername HOST "
                  "-no_ticket\n"
                  "Always at the same byte, or at random? Random points to the network.\n"
                  "Try another network.",
        .client_fix = "Retry without session resumption.\n"
                      "Let one thread at a time use a session.",
        .server_fix = "Share ticket keys between nodes (nginx: ssl_session_ticket_key), or switch tickets off.\n"
                      "Update the server's TLS stack and the network card's offload driver.",
    },
    Explanation{
        .code = ResultCode::BadRecordMac,
        .meaning = "A record of a CBC or other MAC-protected cipher suite, in either order of MAC and encryption, has "
                   "a wrong MAC or wrong padding. "
                   "For AEAD suites the same fault is -9845.",
        .client_causes = "Two threads share one session and read the same stream.\n"
                         "The program starts TLS late, so plain bytes are taken for records (STARTTLS).",
        .server_causes = "Data were damaged or changed on the way.\n"
                         "The server mixes plain data into the protected stream.\n"
                         "After resumption: nodes of a pool use different keys.\n"
                         "The server's TLS stack is faulty.",
        .checks = "Which suite is it? openssl s_client -connect HOST:443 -servername HOST (line \"Cipher\")\n"
                  "Does it go away with AES-GCM? openssl s_client -connect HOST:443 -servername HOST -tls1_2 -cipher "
                  "'ECDHE+AESGCM'\n"
                  "Try another network.",
        .client_fix = "Let one thread at a time use a session.\n"
                      "Discard plain text that was read before TLS started.\n"
                      "Retry without session resumption.",
        .server_fix = "Prefer AEAD cipher suites (nginx: ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;).\n"
                      "Share ticket keys between nodes, and update the TLS stack.",
    },
    Explanation{
        .code = ResultCode::RecordOverflow,
        .meaning = "A record is longer than the protocol allows, or the peer answers in plain text (an HTTP reply, a "
                   "mail banner): "
                   "the diagnosis then names the protocol. "
                   "Apple's Secure Transport also reports this code for an HTTP reply, because \"HTTP/\" read as a "
                   "record header announces too much data; it waits for more after other banners. "
                   "URLSession reports plain text as -9836.",
        .client_causes = "The port or the scheme is wrong: https or wss on a port that speaks plain text.\n"
                         "The service wants a plain-text command first (STARTTLS).\n"
                         "A proxy answers in plain text before the tunnel is up.",
        .server_causes = "TLS is not switched on for this port.\n"
                         "A load balancer passes the connection to a plain-text backend.\n"
                         "Data were damaged, or the server's TLS stack is faulty.",
        .checks = "Is the answer readable text? curl -v http://HOST:PORT/\n"
                  "Does the service want STARTTLS? openssl s_client -connect HOST:25 -starttls smtp\n"
                  "Bypass the proxy.",
        .client_fix = "Use the TLS port, or the plain scheme for a plain port.\n"
                      "Start TLS the way the protocol says.",
        .server_fix = "Switch TLS on for the listener (nginx: listen 443 ssl;, Apache: SSLEngine on).\n"
                      "Correct the port mapping of the load balancer.",
    },
    Explanation{
        .code = ResultCode::WeakPeerEphemeralDHKey,
        .meaning = "The server's group for ephemeral Diffie-Hellman (DHE) is smaller than the minimum of this client.",
        .client_causes = "The program raised the minimum (SSLSetMinimumDHGroupSize).",
        .server_causes = "The server uses a built-in group of 512, 768 or 1024 bits: Java 7 and older, appliances, old "
                         "mail servers.\n"
                         "A file of old Diffie-Hellman parameters is configured.",
        .checks =
            "How large is the group? openssl s_client -connect HOST:443 -servername HOST -tls1_2 -cipher "
            "'DHE:@SECLEVEL=0' (line \"Server Temp Key\")\n"
            "Does the server know ECDHE? openssl s_client -connect HOST:443 -servername HOST -tls1_2 -cipher ECDHE",
        .client_fix = "Leave out the DHE cipher suites, so that ECDHE is chosen.\n"
                      "As a last resort: lower the minimum for this server alone.",
        .server_fix = "Prefer ECDHE and switch DHE off.\n"
                      "If DHE has to stay: use a group of 2048 bits (nginx: ssl_dhparam ffdhe2048.pem;).",
    },
    Explanation{
        .code = ResultCode::DecompressFail,
        .meaning =
            "The peer selected a compression that was not offered, or a compressed certificate does not decompress. "
            "Apple's Secure Transport answers a wrong choice in the ServerHello with -4 and the rest with -9800.",
        .client_causes = "A security product on the client's machine rewrites the handshake.",
        .server_causes = "The server or a content network compresses certificates wrongly (zlib, brotli, zstd).\n"
                         "The server insists on TLS record compression, which modern clients never offer.\n"
                         "A device on the path changed the handshake.",
        .checks = "What does the ServerHello say? openssl s_client -connect HOST:443 -servername HOST -tls1_2 (line "
                  "\"Compression\")\n"
                  "Does it happen from another network, and at every address of the host?",
        .client_fix = "Update the library, and bypass the security product as a test.",
        .server_fix = "Switch certificate compression off, or update the component that does it.\n"
                      "Switch TLS record compression off (Apache: SSLCompression off).",
    },
    Explanation{
        .code = ResultCode::HandshakeFail,
        .meaning = "This side gave up with handshake_failure, and no narrower code fits: no shared signature "
                   "algorithm, no shared group, or extended master secret or secure renegotiation (RFC 5746) is "
                   "required by policy but missing. "
                   "No shared version or cipher suite is -9801; a refusal by the peer is -9824. "
                   "Apple's Secure Transport reports -9800; URLSession uses this code for many failed negotiations.",
        .client_causes = "The policy of the client demands extended master secret or secure renegotiation.\n"
                         "The program cut down its groups or signature algorithms.",
        .server_causes =
            "The server has no common group or signature algorithm, for example a P-521 or Ed25519 key only.\n"
            "The server is too old for extended master secret (OpenSSL before 1.1.0) or secure renegotiation.\n"
            "One node of a pool is set up differently, so the error comes and goes.",
        .checks = "See what is agreed on: openssl s_client -connect HOST:443 -servername HOST -tls1_2 (lines \"Server "
                  "Temp Key\", \"Peer signature type\", \"Extended master secret\", \"Secure Renegotiation\")\n"
                  "Try single groups: openssl s_client -connect HOST:443 -servername HOST -groups P-256\n"
                  "Try every address of the host several times.",
        .client_fix = "Offer the usual groups (X25519, P-256, P-384) and signature algorithms.\n"
                      "Relax the policy for this server only.",
        .server_fix =
            "Use an RSA-2048 or P-256 key, and offer X25519 and P-256 (nginx: ssl_ecdh_curve X25519:prime256v1;).\n"
            "Update the TLS library.\n"
            "Give every node the same configuration.",
    },
    Explanation{
        .code = ResultCode::DecodeError,
        .meaning = "A handshake message cannot be decoded: a length is wrong, the message is cut short or has bytes "
                   "left over. "
                   "Apple's Secure Transport reports -9800.",
        .client_causes = "A security product on the client's machine rewrites the handshake.",
        .server_causes = "The server's TLS stack builds the message wrongly.\n"
                         "A device on the path cuts or rewrites messages.",
        .checks = "Which message? The diagnosis names it.\n"
                  "Look at its bytes: openssl s_client -connect HOST:443 -servername HOST -trace\n"
                  "Try from another network, without proxy.",
        .client_fix = "Bypass proxy and security product as a test.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Update or bypass the device in front of it.",
    },
};

}  // namespace securetransport::explanations
