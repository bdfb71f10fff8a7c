// SPDX-License-Identifier: Apache-2.0
// Explanations of the alerts that the other side sends about the protocol and its parameters.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kPeerAlerts{
    Explanation{
        .code = ResultCode::PeerUnexpectedMsg,
        .meaning =
            "The other side sent alert 10 (unexpected_message): it received a message or record at the wrong time. "
            "Its log holds the reason.",
        .client_causes = "The program writes to the socket before the handshake has ended, or from two threads.\n"
                         "The program starts TLS twice, for example after STARTTLS on a port that speaks TLS at once.\n"
                         "The program starts a renegotiation.",
        .server_causes = "The server cannot cope with a client certificate, a key update or another message that the "
                         "protocol allows.\n"
                         "A device on the path drops, repeats or injects messages.",
        .checks = "At which step does it come? openssl s_client -connect HOST:443 -servername HOST -msg\n"
                  "Does another client get through to the same port?",
        .client_fix = "Send nothing but TLS once it has started, and nothing before the handshake has ended.\n"
                      "Let one thread at a time use a session.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Update or bypass the device in front of it.",
    },
    Explanation{
        .code = ResultCode::PeerBadRecordMac,
        .meaning =
            "The other side sent alert 20 (bad_record_mac): a record that this side sent did not authenticate there. "
            "Its log holds the reason.",
        .client_causes = "Two threads write to the same session or socket.\n"
                         "A proxy or security product on the client's machine damages the stream.",
        .server_causes = "Data were damaged or changed on the way.\n"
                         "After resumption: nodes of a pool use different ticket keys.\n"
                         "An old server cannot handle CBC records that are split to defeat the BEAST attack.",
        .checks =
            "Does a full handshake work? openssl s_client -connect HOST:443 -servername HOST -no_ticket\n"
            "Does AES-GCM work? openssl s_client -connect HOST:443 -servername HOST -tls1_2 -cipher 'ECDHE+AESGCM'\n"
            "Try another network.",
        .client_fix = "Let one thread at a time use a session.\n"
                      "Retry without resumption, and prefer AEAD cipher suites.",
        .server_fix = "Share ticket keys between nodes (nginx: ssl_session_ticket_key).\n"
                      "Update the server's TLS stack and enable AES-GCM.",
    },
    Explanation{
        .code = ResultCode::PeerDecryptionFail,
        .meaning = "The other side sent alert 21 (decryption_failed): it could not decrypt a record. "
                   "Its log holds the reason. "
                   "The alert is retired and comes from very old peers only; current ones send alert 20 (-9820).",
        .client_causes = "Two threads write to the same session or socket.",
        .server_causes = "The server runs a TLS stack from the time of SSL 3.0 and TLS 1.0.\n"
                         "Data were damaged on the way, or nodes of a pool use different keys.",
        .checks = "Which TLS library and version does the server run?\n"
                  "Does a full handshake work? openssl s_client -connect HOST:443 -servername HOST -no_ticket",
        .client_fix = "Retry without resumption.",
        .server_fix = "Update the server's TLS stack, and enable TLS 1.2 with AES-GCM.",
    },
    Explanation{
        .code = ResultCode::PeerRecordOverflow,
        .meaning = "The other side sent alert 22 (record_overflow): a record that this side sent is too long for it. "
                   "Its log holds the reason.",
        .client_causes = "The program writes plain data into the stream, and the peer reads them as a record header.\n"
                         "The TLS library ignores a smaller record size that was agreed on.",
        .server_causes = "The server sets a smaller limit than the protocol allows.\n"
                         "Data were damaged or injected on the way.",
        .checks = "After how many bytes does it come? Try a small request.\n"
                  "Try a smaller size: openssl s_client -connect HOST:443 -servername HOST -maxfraglen 4096",
        .client_fix = "Write to the session only, never to its socket.\n"
                      "Send smaller records.",
        .server_fix = "Accept records of 16384 bytes of plain text, or negotiate a smaller size properly (RFC 8449).",
    },
    Explanation{
        .code = ResultCode::PeerDecompressFail,
        .meaning = "The other side sent alert 30 (decompression_failure): it could not decompress what this side sent. "
                   "Its log holds the reason. "
                   "Record compression has gone from TLS, so this is rare.",
        .client_causes = "The client sends a compressed certificate that the server cannot unpack.",
        .server_causes = "The server's component for compressed certificates is faulty.\n"
                         "The data were damaged on the way.",
        .checks = "Does it come with a client certificate only? Try without one.\n"
                  "Does another client get through? openssl s_client -connect HOST:443 -servername HOST",
        .client_fix = "Switch certificate compression off.",
        .server_fix = "Update the component, or do not offer certificate compression to clients.",
    },
    Explanation{
        .code = ResultCode::PeerHandshakeFail,
        .meaning = "The other side sent alert 40 (handshake_failure): nothing in the offer is acceptable to it. "
                   "Its log holds the reason. "
                   "When this side finds nothing in common, the code is -9801 or -9858.",
        .client_causes = "The client has no certificate, and the server requires one (before TLS 1.3).\n"
                         "The client does not send a server name (SNI).\n"
                         "App Transport Security or the program leaves out what the server needs.\n"
                         "The client's stack is old: no ECDHE, no TLS 1.3, no RSA-PSS.",
        .server_causes =
            "The server has no cipher suite with ECDHE: static RSA or DHE only.\n"
            "The server has no common group (P-521 only) or signature algorithm (Ed25519 or RSA-PSS key only).\n"
            "The server has an ECDSA certificate only, and the client offers RSA only, or the reverse.\n"
            "The requested name has no certificate.",
        .checks = "What does the server accept? openssl s_client -connect HOST:443 -servername HOST -tls1_2 -cipher "
                  "'ECDHE+AESGCM' (then -cipher AES128-GCM-SHA256)\n"
                  "Does the name matter? openssl s_client -connect HOST:443 -noservername\n"
                  "Does it want a certificate? Try with -cert client.pem -key client.key\n"
                  "What would each kind of Apple client get? securetransport check HOST",
        .client_fix = "Send the server name, and the client certificate if one is required.\n"
                      "Update the operating system or TLS library.\n"
                      "As a stop-gap on Apple systems: NSExceptionRequiresForwardSecrecy = NO for that host.",
        .server_fix = "Enable TLS 1.2 and 1.3 with ECDHE and AES-GCM (nginx: ssl_protocols TLSv1.2 TLSv1.3; "
                      "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;).\n"
                      "Offer X25519 and P-256 (nginx: ssl_ecdh_curve X25519:prime256v1;).\n"
                      "Use an RSA-2048 or P-256 certificate, and bind it to the name.",
    },
    Explanation{
        .code = ResultCode::PeerDecodeError,
        .meaning = "The other side sent alert 50 (decode_error): it could not parse a message of this side. "
                   "Its log holds the reason.",
        .client_causes = "The ClientHello is large, or holds new extensions or reserved (GREASE) values.\n"
                         "A proxy or security product on the client's machine rewrites the handshake.",
        .server_causes = "The server's TLS stack does not tolerate what it does not know, although it must.\n"
                         "A device on the path cuts or rewrites messages.",
        .checks = "Shrink the ClientHello: openssl s_client -connect HOST:443 -servername HOST -tls1_2 -groups P-256\n"
                  "Try from another network, without proxy.",
        .client_fix = "As a test: offer TLS 1.2 only, with few groups.\n"
                      "Bypass proxy and security product.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Update or bypass the device in front of it.",
    },
    Explanation{
        .code = ResultCode::PeerDecryptError,
        .meaning = "The other side sent alert 51 (decrypt_error): a signature, a Finished message or a PSK binder of "
                   "this side does not verify there. "
                   "Its log holds the reason.",
        .client_causes =
            "The client's private key does not belong to its certificate.\n"
            "The key's token or driver signs wrongly, or with RSA-PSS or PKCS#1 where the other was agreed.\n"
            "The pre-shared key is wrong.",
        .server_causes = "The server or the device that ends TLS verifies the client's signature wrongly (RSA-PSS).\n"
                         "A device on the path changes handshake messages.",
        .checks =
            "Does it come with a client certificate only? Try without one.\n"
            "Does the pair match? openssl x509 -in client.pem -noout -pubkey; openssl pkey -in client.key -pubout\n"
            "Which algorithm works? openssl s_client -connect HOST:443 -servername HOST -cert client.pem -key "
            "client.key -client_sigalgs RSA+SHA256",
        .client_fix = "Import certificate and key again, as one identity.\n"
                      "Update the token's driver, or use a key in software as a test.",
        .server_fix = "Update the TLS stack that verifies the client's signature.\n"
                      "Ask only for signature algorithms that it can verify.",
    },
    Explanation{
        .code = ResultCode::PeerExportRestriction,
        .meaning = "The other side sent alert 60 (export_restriction), a relic of the export rules of the 1990s. "
                   "Its log holds the reason.",
        .client_causes = "The program enabled export cipher suites.",
        .server_causes = "The server runs a TLS stack from the 1990s.\n"
                         "The bytes are not TLS at all, or were damaged.",
        .checks = "Which TLS library and version does the server run?\n"
                  "Look at the bytes: openssl s_client -connect HOST:443 -servername HOST -msg",
        .client_fix = "Leave the cipher suites at their default.",
        .server_fix = "Replace the server's TLS stack.",
    },
    Explanation{
        .code = ResultCode::PeerProtocolVersion,
        .meaning = "The other side sent alert 70 (protocol_version): it accepts none of the offered versions. "
                   "Its log holds the reason. "
                   "Apple's Secure Transport ends at TLS 1.2, so it gets this from servers that speak TLS 1.3 only; it "
                   "also reports it as a server that finds a needless fallback (here -9860). "
                   "URLSession shows it as well for a port that does not speak TLS (here -9847).",
        .client_causes =
            "The program uses an old TLS stack or Secure Transport itself, and the server speaks TLS 1.3 only.\n"
            "The program or App Transport Security demands a newer version than the server has.",
        .server_causes = "The server speaks only TLS 1.0 or 1.1.\n"
                         "The server speaks only TLS 1.3.",
        .checks = "Which versions work? openssl s_client -connect HOST:443 -servername HOST -tls1_2 (then -tls1_3)\n"
                  "What would each kind of Apple client get? securetransport check HOST",
        .client_fix =
            "Allow TLS 1.2 and 1.3; on Apple systems move from Secure Transport to URLSession or Network.framework.\n"
            "As a stop-gap for an old server: NSExceptionMinimumTLSVersion for that host.",
        .server_fix = "Offer both: nginx: ssl_protocols TLSv1.2 TLSv1.3; Apache: SSLProtocol -all +TLSv1.2 +TLSv1.3",
    },
    Explanation{
        .code = ResultCode::PeerInsufficientSecurity,
        .meaning =
            "The other side sent alert 71 (insufficient_security): it demands stronger parameters than were offered. "
            "Its log holds the reason.",
        .client_causes = "The program cut its cipher suites down to weak ones.\n"
                         "The client's TLS stack is old: no AES-GCM, no extended master secret.\n"
                         "The client's key is smaller than the server's policy allows.",
        .server_causes = "The server's policy is stricter than its clients can meet.",
        .checks = "What does the server accept? openssl s_client -connect HOST:443 -servername HOST (lines \"Cipher\" "
                  "and \"Server Temp Key\")\n"
                  "What did this side offer? The diagnosis lists it.",
        .client_fix = "Leave the cipher suites at their default.\n"
                      "Update the operating system or TLS library.",
        .server_fix = "Relax the policy, or tell users what it demands.",
    },
    Explanation{
        .code = ResultCode::PeerInternalError,
        .meaning = "The other side sent alert 80 (internal_error): it failed by itself. "
                   "Its log holds the reason.",
        .client_causes = "The client asks for a name (SNI) for which the server can find or fetch no certificate.",
        .server_causes = "The requested name has no certificate: content network, Caddy, a failed on-demand issuance.\n"
                         "The server's key store or HSM is down.\n"
                         "The server is out of memory, or its TLS stack has a fault.",
        .checks = "Does another name work at the same address? openssl s_client -connect HOST:443 -servername OTHER\n"
                  "Does it come every time, and at every address of the host?",
        .client_fix = "Check the host name.\n"
                      "Retry later.",
        .server_fix = "Read the server's log at the time of the alert.\n"
                      "Provide a certificate for the name, or a default one.",
    },
    Explanation{
        .code = ResultCode::PeerUserCancelled,
        .meaning = "The other side sent alert 90 (user_canceled): somebody there gave up the handshake. "
                   "Its log holds the reason. "
                   "In TLS 1.3 close_notify follows; during a handshake the cancel is what is reported.",
        .client_causes =
            "As seen by a server: the user dismissed the question for a certificate or for the PIN of a card.\n"
            "As seen by a server: the user left the page while it was loading.",
        .server_causes = "The server's operator or program stopped the handshake, for example during a shutdown.",
        .checks = "Did a dialog open on the other side, and was it dismissed?",
        .client_fix = "Try again, and answer the dialog.",
        .server_fix = "Nothing if a user cancelled; otherwise look in the log for the program that stopped.",
    },
    Explanation{
        .code = ResultCode::PeerNoRenegotiation,
        .meaning =
            "The other side sent alert 100 (no_renegotiation) in answer to a renegotiation that this side started. "
            "Its log holds the reason.",
        .client_causes = "The program starts a renegotiation, which most servers refuse.\n"
                         "As seen by a server: the client does not renegotiate to show its certificate.",
        .server_causes = "The server forbids renegotiation by clients, as is usual.\n"
                         "The server asks for a client certificate after the first request, for one path only.",
        .checks = "Who starts the renegotiation? Look in both logs.\n"
                  "Does the connection use TLS 1.3? That has no renegotiation.",
        .client_fix = "Open a new connection instead of renegotiating.",
        .server_fix = "Ask for the client certificate in the first handshake (nginx: ssl_verify_client on; for the "
                      "whole server).\n"
                      "Or use TLS 1.3 with post-handshake authentication.",
    },
};

}  // namespace securetransport::explanations
