// SPDX-License-Identifier: Apache-2.0
// Explanations of negotiation failures and of broken rules of the protocol.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kProtocol{
    Explanation{
        .code = ResultCode::Protocol,
        .meaning = "The peer broke the protocol in a way that has no narrower code: a parameter with an illegal value, "
                   "a wrong Finished message, a bad ChangeCipherSpec, another server identity in a renegotiation, a "
                   "malformed alert record, or application data during the handshake. "
                   "Apple's Secure Transport puts more under this number: undecodable messages (here -9859), messages "
                   "at the wrong time (-9856), and extensions that were not offered (-9855).",
        .client_causes =
            "A program on the client's machine writes into the same socket, or two threads share one session.\n"
            "The client starts TLS in the middle of a conversation, or starts it twice.",
        .server_causes =
            "The server runs a home-made or outdated TLS stack.\n"
            "A proxy or inspection device rewrites the handshake.\n"
            "Plain text, such as an HTML error page from a proxy, is mixed into the stream later on.\n"
            "Somebody on the path interferes with the handshake: a wrong Finished or a downgrade mark shows that.",
        .checks = "Read the diagnosis: it names the message and the phase.\n"
                  "Try another client: openssl s_client -connect HOST:443 -servername HOST -msg\n"
                  "Bypass proxy and VPN, and compare.",
        .client_fix = "Let one thread at a time use a session, and nothing else its socket.\n"
                      "Leave legacy TLS level settings (kCFStreamSSLLevel) at their default.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Take the rewriting device out of the path, or update it.",
    },
    Explanation{
        .code = ResultCode::Negotiation,
        .meaning =
            "The two sides have no common ground, and this side noticed. "
            "As a client: the server chose a version outside the allowed range or a cipher suite that was not offered. "
            "As a server: no version or no cipher suite is shared. "
            "In both roles: the renegotiation data of RFC 5746 does not match.",
        .client_causes = "The client insists on TLS 1.2 or newer, as App Transport Security does, and the server "
                         "answers with less.\n"
                         "The program cut down the list of cipher suites or the version range.\n"
                         "As seen by a server: an old client offers only old versions or suites.",
        .server_causes = "The server speaks only TLS 1.0 or 1.1.\n"
                         "The server has no ECDHE cipher suite.\n"
                         "A broken server answers with a cipher suite of its own choice.",
        .checks =
            "What does the server support? openssl s_client -connect HOST:443 -servername HOST -tls1_2 (then -tls1_3)\n"
            "What would each kind of Apple client get? securetransport check HOST\n"
            "Compare the offered and the received values in the diagnosis.",
        .client_fix =
            "Do not restrict cipher suites in code.\n"
            "As a stop-gap for one domain: NSExceptionMinimumTLSVersion, or NSExceptionRequiresForwardSecrecy = NO.",
        .server_fix = "Enable TLS 1.2 and 1.3 (nginx: ssl_protocols TLSv1.2 TLSv1.3;, Apache: SSLProtocol -all "
                      "+TLSv1.2 +TLSv1.3).\n"
                      "Enable ECDHE with AES-GCM (nginx: ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;).",
    },
    Explanation{
        .code = ResultCode::FatalAlert,
        .meaning =
            "The other side sent a fatal alert that no other code names, such as 41 (no_certificate), 111 "
            "(certificate_unobtainable), 114 (bad_certificate_hash_value), 120 (no_application_protocol) or an "
            "unassigned number. "
            "Its log holds the reason. "
            "Apple's Secure Transport also reports this code for the alerts 86, 109, 110, 112, 113, 115 and 116, which "
            "have codes of their own here; iOS 9 to 12 used it for many App Transport Security failures.",
        .client_causes = "The client offers no application protocol (ALPN) that the server accepts: alert 120.\n"
                         "The client's certificate is missing or was rejected with an unusual alert.",
        .server_causes = "The server accepts only certain ALPN protocols.\n"
                         "The server or a device in front of it sends a private or unassigned alert number.\n"
                         "On Apple's older systems: SHA-1 or RSA-1024 certificate, TLS 1.0, or another rule of App "
                         "Transport Security.",
        .checks =
            "Which alert was it? The diagnosis names its number.\n"
            "Try the application protocols: openssl s_client -connect HOST:443 -servername HOST -alpn h2,http/1.1\n"
            "On an Apple system: compare with securetransport check HOST, which lists every rule the server breaks.",
        .client_fix =
            "Offer the application protocol that the server expects.\n"
            "Do not look for an Info.plist exception: none lifts the platform's ban on SHA-1 and small RSA keys.",
        .server_fix = "Look up the alert in the server's log.\n"
                      "Serve a current certificate (SHA-256, RSA-2048 or P-256) over TLS 1.2 and 1.3.\n"
                      "Accept http/1.1 beside h2, or no ALPN at all.",
    },
    Explanation{
        .code = ResultCode::IllegalParam,
        .meaning = "The other side sent alert 47 (illegal_parameter): a field of a message has a value that cannot be "
                   "right; its log holds the reason. "
                   "A configuration call with an impossible value returns this code as well. "
                   "An illegal value that this side finds is -9800.",
        .client_causes = "The program passes an impossible value to an SSLSet... call, such as a version the "
                         "connection type lacks.\n"
                         "The client's TLS stack builds an extension that the server cannot accept.\n"
                         "The server name is an IP address, which SNI does not allow.",
        .server_causes = "The server does not tolerate a new extension, group or reserved (GREASE) value, although it "
                         "must ignore it.\n"
                         "A device on the path changed the ClientHello.",
        .checks = "Which call returned it? An SSLSet... call means a wrong argument, SSLHandshake means the alert.\n"
                  "Shrink the ClientHello step by step: openssl s_client -connect HOST:443 -servername HOST -tls1_2 "
                  "-groups P-256\n"
                  "Try from another network, without proxy.",
        .client_fix = "Correct the argument of the call.\n"
                      "Connect by host name instead of IP address.\n"
                      "Update the operating system or TLS library.",
        .server_fix = "Find alert 47 in the server's log and update its TLS stack.\n"
                      "Update or bypass the device in front of it.",
    },
    Explanation{
        .code = ResultCode::UnexpectedRecord,
        .meaning = "A record of an unknown or impossible type, bytes that are neither TLS nor text, or an unprotected "
                   "record where protection is on. "
                   "On a stream this is fatal. On datagrams the record was skipped and the session goes on. "
                   "Apple's Secure Transport reports -9800 on a stream.",
        .client_causes = "The port belongs to another, binary protocol.\n"
                         "Two threads or programs share one socket.",
        .server_causes = "A device on the path injects data into the stream.\n"
                         "The server's TLS stack is broken, or the data were damaged.\n"
                         "For datagrams: packets arrive late, twice, or from an earlier epoch: harmless.",
        .checks = "What do the first bytes look like? openssl s_client -connect HOST:443 -servername HOST -msg -debug\n"
                  "Is the port right?\n"
                  "Bypass proxy and VPN, and compare.",
        .client_fix = "Use the right port.\n"
                      "Let one thread at a time use a session.\n"
                      "For datagrams: do nothing; look for packet loss if it is frequent.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Take the device that injects data out of the path.",
    },
    Explanation{
        .code = ResultCode::UnsupportedExtension,
        .meaning = "The peer answered with an extension that this side had not offered, or the other side sent alert "
                   "110 (unsupported_extension) because it makes the same complaint; then its log holds the reason. "
                   "Apple's Secure Transport reports -9800 for the first and -9802 for the second.",
        .client_causes = "The client's TLS stack puts an extension where the protocol does not allow it.",
        .server_causes =
            "The server echoes an extension (ALPN, NPN, extended master secret) that the client did not send.\n"
            "A device on the path adds or removes extensions.",
        .checks = "Which extension? The diagnosis names it; openssl s_client -connect HOST:443 -servername HOST "
                  "-tlsextdebug lists what comes back.\n"
                  "Try without ALPN, and without the proxy.",
        .client_fix = "Update the TLS library.\n"
                      "As a test: leave out ALPN.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Switch off the module that adds extensions on its own.",
    },
    Explanation{
        .code = ResultCode::UnexpectedMessage,
        .meaning = "A handshake message arrived at the wrong time. "
                   "Apple's Secure Transport reports -9800. "
                   "The mirror image, where the peer makes this complaint, is -9819.",
        .client_causes = "The program runs the handshake in the wrong role, so client meets client.\n"
                         "Two threads share one session.",
        .server_causes = "The server starts a renegotiation or asks for a certificate at the wrong moment.\n"
                         "The server's TLS stack is broken.\n"
                         "A device on the path drops or repeats messages.",
        .checks = "Which message, and after which? The diagnosis names both.\n"
                  "Watch the order: openssl s_client -connect HOST:443 -servername HOST -msg",
        .client_fix = "Check that one side is the client and the other the server.\n"
                      "Let one thread at a time use a session.",
        .server_fix = "Update the server's TLS stack.\n"
                      "Ask for client certificates in the first handshake instead of a renegotiation.",
    },
    Explanation{
        .code = ResultCode::InappropriateFallback,
        .meaning = "A client retried with an older version although both sides support a newer one, and marked the "
                   "retry with TLS_FALLBACK_SCSV. "
                   "As a server, this side found the mark; as a client, the other side sent alert 86 "
                   "(inappropriate_fallback) and its log holds the reason. "
                   "Apple's Secure Transport reports -9836 as a server and -9802 as a client.",
        .client_causes =
            "The client falls back after any failure, so one lost packet or timeout causes the retry.\n"
            "An attacker broke the first attempt to force an older version: the refusal is the protection.",
        .server_causes = "The server, or one node of a pool, broke the first attempt with the newer version.",
        .checks = "Find out why the first attempt failed: that is the real fault.\n"
                  "Provoke it: openssl s_client -connect HOST:443 -servername HOST -tls1_2 -fallback_scsv\n"
                  "Try every address of the pool with the newest version.",
        .client_fix = "Remove the fallback code; TLS negotiates the version by itself.",
        .server_fix = "Repair what broke the first attempt.\n"
                      "Give every node the same versions (nginx: ssl_protocols TLSv1.2 TLSv1.3;).",
    },
    Explanation{
        .code = ResultCode::MissingExtension,
        .meaning = "A mandatory extension of TLS 1.3 is missing. "
                   "Either this side noticed, or the other side sent alert 109 (missing_extension) and its log holds "
                   "the reason. "
                   "Apple's Secure Transport reports the alert as -9802.",
        .client_causes = "The client sends no server name (SNI), for example because the URL holds an IP address, and "
                         "the server demands one.\n"
                         "The client's TLS stack leaves out key_share, supported_groups or signature_algorithms.",
        .server_causes = "The server's answer lacks key_share or supported_versions data that the protocol demands.\n"
                         "A device on the path removes extensions.",
        .checks = "Compare with and without a server name: openssl s_client -connect HOST:443 -servername HOST; "
                  "openssl s_client -connect HOST:443 -noservername\n"
                  "Look at both hellos: openssl s_client -connect HOST:443 -servername HOST -tls1_3 -trace",
        .client_fix = "Connect by host name.\n"
                      "Update the TLS library.",
        .server_fix = "Provide a default certificate for clients without a server name.\n"
                      "Update the server's TLS stack.",
    },
    Explanation{
        .code = ResultCode::UnknownPSKIdentity,
        .meaning = "The identity of a pre-shared key is not known. "
                   "As a server, this side does not know what the client named; as a client, the other side sent alert "
                   "115 (unknown_psk_identity) and its log holds the reason. "
                   "Apple's Secure Transport reports the alert as -9802.",
        .client_causes = "The identity is misspelt, or belongs to another server.\n"
                         "The key was replaced or has expired.",
        .server_causes = "The key was never provisioned on this server or on this node.\n"
                         "The server was set up again without its key table.",
        .checks = "Compare the identity byte by byte on both sides.\n"
                  "Try it by hand: openssl s_client -connect HOST:PORT -psk_identity IDENTITY -psk HEXKEY -tls1_2",
        .client_fix = "Use the identity and key that the server's operator gave out.",
        .server_fix = "Add the identity and its key on every node.",
    },
    Explanation{
        .code = ResultCode::UnrecognizedName,
        .meaning = "The server has no site for the requested name (SNI). "
                   "As a client: the other side sent alert 112 (unrecognized_name) at fatal level, and its log holds "
                   "the reason. "
                   "As a server that insists on known names: the client asked for a name that is not one of them. "
                   "Apple's Secure Transport reports the alert as -9802; as a warning the alert is ignored.",
        .client_causes = "The host name is wrong, is an alias the server does not know, or ends in a dot.\n"
                         "The program connects by IP address or sets a wrong peer name.",
        .server_causes = "The name is not configured on the server, or its certificate is not bound yet.\n"
                         "DNS points to an old server or to a content network that does not carry the host.\n"
                         "The default site rejects unknown names (nginx: ssl_reject_handshake on;).",
        .checks = "Ask for the name and for a known one: openssl s_client -connect HOST:443 -servername NAME\n"
                  "Is the address right? dig +short HOST",
        .client_fix = "Correct the host name.\n"
                      "Set the peer name that the server is configured for.",
        .server_fix =
            "Add the name (nginx: server_name, Apache: ServerName and ServerAlias) and bind its certificate.\n"
            "Do not reject unknown names if the default site is good enough.",
    },
    Explanation{
        .code = ResultCode::EarlyDataRejected,
        .meaning = "The server refused the 0-RTT data that were sent along with the ClientHello. "
                   "Not fatal: the handshake goes on, and the data have to be sent again. "
                   "The code stands in Apple's header since macOS 11, outside the list of 73; this library defines it "
                   "but never returns it.",
        .client_causes = "The session ticket is too old, or belongs to a server that has lost its keys.",
        .server_causes = "The server does not accept early data, or not this time.\n"
                         "Another node of the pool issued the ticket.",
        .checks = "Does the request succeed after the handshake? Then nothing is wrong.",
        .client_fix = "Send the data again after the handshake, and send only requests that are safe to repeat early.",
        .server_fix = "Share ticket keys between nodes (nginx: ssl_session_ticket_key).\n"
                      "Switch early data on where it is wanted (nginx: ssl_early_data on;).",
    },
};

}  // namespace securetransport::explanations
