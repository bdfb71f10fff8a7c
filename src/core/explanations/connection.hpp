// SPDX-License-Identifier: Apache-2.0
// Explanations of the codes that say how a connection waits, pauses or ends.
#pragma once

#include <array>

#include "securetransport/core/explanation.hpp"

namespace securetransport::explanations {

inline constexpr std::array kConnection{
    Explanation{
        .code = ResultCode::WouldBlock,
        .meaning = "The read or write callback could not move all the bytes now. "
                   "This is not an error: nothing is lost, and the same call goes on when it is made again.",
        .client_causes = "The socket is non-blocking, and no data has arrived yet or its send buffer is full.\n"
                         "The program takes the code for a failure instead of waiting and calling again.",
        .server_causes = "The server or the network is slow, so the next record is not complete yet.",
        .checks = "Does the program wait for the socket (select, poll, epoll, kqueue) and then repeat the call?\n"
                  "Does the I/O callback return this code only when it moved fewer bytes than asked for, and does it "
                  "store the true count?",
        .client_fix =
            "Wait until the socket is readable or writable, then repeat the call.\n"
            "After a write, look at the count of processed bytes: those are queued and must not be passed again.",
        .server_fix = "",
    },
    Explanation{
        .code = ResultCode::ClosedGraceful,
        .meaning = "The peer ended the connection in order with alert 0 (close_notify). "
                   "Data that arrived before it is delivered first. "
                   "After the handshake this is the normal end of a stream; during the handshake the peer has declined "
                   "to talk. "
                   "A peer that runs Apple's Secure Transport also sends close_notify, at fatal level, for an error "
                   "that has no alert.",
        .client_causes = "The ClientHello names no server (SNI), or a name that the server does not serve.",
        .server_causes =
            "The server has sent everything, or closes an idle connection: nothing is wrong.\n"
            "During the handshake: no certificate is bound to the requested name.\n"
            "During the handshake: the client's address is blocked, or a load balancer has no healthy backend.\n"
            "During the handshake: an old server does not understand the ClientHello and hangs up.",
        .checks = "When did it come? After data it is the normal end, during the handshake it is a refusal.\n"
                  "Compare the answers with and without a server name: openssl s_client -connect HOST:443 -servername "
                  "HOST; openssl s_client -connect HOST:443 -noservername\n"
                  "Try every address of the host: openssl s_client -connect ADDRESS:443 -servername HOST",
        .client_fix = "Deliver what was read, then treat the code as end of stream.\n"
                      "During the handshake: connect with the name that the server's certificate is bound to.",
        .server_fix = "Bind a certificate to the requested name (nginx: a server block with that server_name).\n"
                      "Look in the server's and the load balancer's log for the reason of the close.",
    },
    Explanation{
        .code = ResultCode::ClosedAbort,
        .meaning = "The stream ended inside a record, or during the handshake after the peer had already answered. "
                   "A read or write on a session that has failed before returns this code as well. "
                   "Apple's Secure Transport reports it for every read error or end of stream at a record header, so "
                   "also where the peer closed before its first byte (here -9844), reset the connection (here -9852) "
                   "or left out close_notify (here -9816).",
        .client_causes =
            "The program keeps using a session after its first failure; that first code is the one to look at.\n"
            "The client has no certificate, and the server hangs up instead of sending an alert.\n"
            "A proxy, VPN or security product on the client's machine cuts the connection.",
        .server_causes =
            "The server process crashed, restarted or ran into its connection limit.\n"
            "A firewall or inspection device drops the connection in the middle of the handshake.\n"
            "The server closes without an alert because it accepts none of the offered versions or cipher suites.\n"
            "The port speaks another protocol.",
        .checks =
            "Look at the first failure of the session and at the phase it was in.\n"
            "Watch the handshake: openssl s_client -connect HOST:443 -servername HOST -msg\n"
            "Try single versions: openssl s_client -connect HOST:443 -servername HOST -tls1_2 (then -tls1_3)\n"
            "Try another network, and a smaller ClientHello: some devices drop one that fills more than one packet.",
        .client_fix = "Retry once on a new connection.\n"
                      "Switch off the proxy or VPN as a test.\n"
                      "Send the client certificate with its intermediates if the server asks for one.",
        .server_fix = "Enable TLS 1.2 and 1.3 with ECDHE cipher suites (nginx: ssl_protocols TLSv1.2 TLSv1.3;).\n"
                      "Find the close in the log of the server, the load balancer or the firewall.\n"
                      "Update or bypass the device that cuts the connection.",
    },
    Explanation{
        .code = ResultCode::ClosedNoNotify,
        .meaning = "The handshake was complete, and the stream then ended between two records without close_notify. "
                   "The data may have been cut short. "
                   "Apple's last Secure Transport reports -9806 for this; URLSession and older systems use this code.",
        .client_causes = "The client's own network stack or a local proxy dropped the connection.",
        .server_causes = "The server closes the socket without the TLS goodbye, as many old servers do.\n"
                         "The server process crashed or was restarted.\n"
                         "A proxy or load balancer cut an idle connection.",
        .checks = "Is the message complete: Content-Length reached, last chunk seen, end marker read?\n"
                  "Does it happen at the end of a reply, or after a fixed idle time?\n"
                  "See how the server ends a reply: printf 'GET / HTTP/1.0\\r\\nHost: HOST\\r\\n\\r\\n' | openssl "
                  "s_client -quiet -connect HOST:443 -servername HOST",
        .client_fix = "Accept it if the protocol above says that the message is complete.\n"
                      "Otherwise drop the message and retry on a new connection.",
        .server_fix = "Send close_notify before closing the socket (SSL_shutdown in OpenSSL).\n"
                      "Let proxies wait longer than the server's own idle timeout.",
    },
    Explanation{
        .code = ResultCode::PeerAuthCompleted,
        .meaning = "The handshake paused so that the program can judge the peer's certificates. "
                   "It comes only when a break option for server or client authentication is set. "
                   "Not an error: call SSLHandshake again to go on.",
        .client_causes = "The program set the break option and now has to evaluate the trust: nothing is wrong.\n"
                         "The program set the option but never calls SSLHandshake again, so its user sees the number.",
        .server_causes = "On a server with the break option the client has shown its certificate: nothing is wrong.",
        .checks = "Where is kSSLSessionOptionBreakOnServerAuth or kSSLSessionOptionBreakOnClientAuth set?\n"
                  "Does the code that handles this result evaluate the trust and then call SSLHandshake again?",
        .client_fix =
            "Evaluate the peer's trust (SSLCopyPeerTrust, SecTrustEvaluateWithError), then call SSLHandshake again.\n"
            "Close the connection if the trust is not good: after this pause nobody else checks it.\n"
            "Leave the option off if the default evaluation is enough.",
        .server_fix =
            "As a server with the break option: judge the client's certificate, then call SSLHandshake again.",
    },
    Explanation{
        .code = ResultCode::ClientCertRequested,
        .meaning = "The handshake paused because the server asks for a client certificate, the break option for that "
                   "is set, and no certificate was given beforehand. "
                   "Not an error: choose an identity, or none, and call SSLHandshake again.",
        .client_causes = "The program set the break option and now has to choose an identity: nothing is wrong.\n"
                         "The program does not handle client certificates, so its user sees the number.",
        .server_causes = "The server is set to ask for a client certificate, perhaps for part of the site only.",
        .checks = "Which issuers does the server accept? openssl s_client -connect HOST:443 -servername HOST "
                  "</dev/null (see \"Acceptable client certificate CA names\")\n"
                  "Is an identity from one of those issuers installed, with its private key?",
        .client_fix = "Set the identity and its intermediates with SSLSetCertificate, then call SSLHandshake again.\n"
                      "Go on without an identity if the server only makes an offer.",
        .server_fix = "Do not ask where no client certificate is needed (nginx: ssl_verify_client off;, Apache: "
                      "SSLVerifyClient none).",
    },
    Explanation{
        .code = ResultCode::ConnectionRefused,
        .meaning = "The peer closed the stream before it sent a single byte, the built-in transport's connect() was "
                   "refused, or a datagram peer never answered in spite of all retransmissions. "
                   "A reset is -9852. "
                   "Apple's Secure Transport uses this code for datagrams only; a closed stream is -9806 there.",
        .client_causes =
            "The port or the host is wrong.\n"
            "The ClientHello offers nothing that the server accepts, and the server closes without an alert.\n"
            "For datagrams: the client's own firewall drops the answers.",
        .server_causes = "Nothing listens on the port, or a firewall rejects the connection.\n"
                         "The server, or a device in front of it, closes on a ClientHello it dislikes (version, cipher "
                         "suites, SNI, size).\n"
                         "The service is overloaded and has no free worker.\n"
                         "For datagrams: UDP is filtered, or large packets are lost on the path.",
        .checks = "Does TCP connect? nc -vz HOST 443\n"
                  "Does the server talk to another client? openssl s_client -connect HOST:443 -servername HOST\n"
                  "Vary one thing at a time: -tls1_2, -tls1_3, -noservername, -cipher 'ECDHE+AESGCM'\n"
                  "For datagrams: is the UDP port open, and do packets of the full size arrive?",
        .client_fix = "Use the right host and port.\n"
                      "Offer TLS 1.2 and 1.3 with ECDHE cipher suites, and send the server name.\n"
                      "For datagrams: allow a longer retransmission time or smaller packets.",
        .server_fix = "Start the service and open the port in the firewall.\n"
                      "Enable TLS 1.2 and 1.3 with ECDHE cipher suites (nginx: ssl_protocols TLSv1.2 TLSv1.3;).\n"
                      "Let the server answer a bad ClientHello with an alert instead of a bare close.",
    },
    Explanation{
        .code = ResultCode::ClientHelloReceived,
        .meaning =
            "Server only: the ClientHello is here, and the handshake paused because the break option for it is set. "
            "Not an error: read the requested name, choose an identity, and call SSLHandshake again.",
        .client_causes = "A client has connected and sent its ClientHello: nothing is wrong.",
        .server_causes =
            "The server program set the break option and now has to choose an identity: nothing is wrong.\n"
            "The server program does not handle the pause, so the number shows up in a log.",
        .checks = "Where is kSSLSessionOptionBreakOnClientHello set?\n"
                  "Does the code that handles this result set a certificate and then call SSLHandshake again?",
        .client_fix = "",
        .server_fix =
            "Choose the identity by the requested name, set it with SSLSetCertificate, and call SSLHandshake again.\n"
            "Leave the option off if one certificate serves every name.",
    },
    Explanation{
        .code = ResultCode::TransportReset,
        .meaning = "The transport was reset, whatever the stage: a TCP RST (ECONNRESET or EPIPE) in the built-in "
                   "transport, or an I/O callback that returned this code. "
                   "Apple's Secure Transport reports -9806 if the reset comes while it waits for a record header, and "
                   "otherwise passes on the callback's own code.",
        .client_causes =
            "The client reused a connection that the server had already dropped.\n"
            "The client changed networks: Wi-Fi to mobile, VPN up or down.\n"
            "A filter or security product on the client's side resets the connection because of the server name.",
        .server_causes =
            "A firewall, NAT or load balancer forgot an idle connection and resets it at the next packet.\n"
            "The server was restarted, crashed, or enforces a connection limit.\n"
            "The server resets instead of sending an alert when it accepts nothing in the ClientHello.\n"
            "A filter on the path resets connections to this name.",
        .checks = "Who sends the reset? tcpdump -ni any 'host HOST and tcp[tcpflags] & tcp-rst != 0' -v (its TTL "
                  "differs from the server's if a device on the path sends it)\n"
                  "Does it come at once, after a fixed idle time, or only from one network?",
        .client_fix = "Retry requests that are safe to repeat, on a new connection.\n"
                      "Keep idle connections for less time than the server does.",
        .server_fix = "Set the idle timeout longer than the client's connection pool (nginx: keepalive_timeout 75s;).\n"
                      "Check connection limits, health checks and idle timers of load balancer and firewall.\n"
                      "Offer TLS 1.2 and 1.3 with ECDHE, and answer a bad ClientHello with an alert.",
    },
    Explanation{
        .code = ResultCode::NetworkTimeout,
        .meaning = "Nothing arrived in time: a deadline of the built-in transport passed, or an I/O callback returned "
                   "this code. "
                   "Apple's Secure Transport reports -9806 if that happens while it waits for a record header, and "
                   "otherwise passes on the callback's own code.",
        .client_causes = "The deadline is too short for this network.\n"
                         "The client speaks TLS to a service that waits for a plain-text command first.",
        .server_causes =
            "A firewall drops packets without a word.\n"
            "Large packets are lost on the path (blocked ICMP, tunnel), so the certificate never arrives.\n"
            "The server is overloaded or hangs.",
        .checks = "Does TCP connect, and how fast? curl -o /dev/null -sS -w '%{time_connect} %{time_appconnect}\\n' "
                  "https://HOST/\n"
                  "How far does the handshake get? openssl s_client -connect HOST:443 -servername HOST -msg\n"
                  "Do full-size packets pass? ping -M do -s 1472 HOST",
        .client_fix =
            "Allow more time, and retry with a pause that grows.\n"
            "Use the right port; for mail and similar services start TLS the way the protocol says (STARTTLS).",
        .server_fix = "Allow ICMP \"fragmentation needed\" or clamp the TCP segment size (MSS) at the tunnel.\n"
                      "Send a shorter certificate chain.\n"
                      "Add capacity, or find what the server waits for.",
    },
};

}  // namespace securetransport::explanations
