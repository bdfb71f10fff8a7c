// SPDX-License-Identifier: Apache-2.0
// What the runner wants to know about a connection that was made.
#pragma once

#include <Security/Security.h>

#include "bogo/options.hpp"

namespace bogo {

/// After a handshake: throws Failure for the first thing that is not as the flags expect it.
void check_handshake(SSLContextRef context, const Options& options, bool is_resumed);

/// When the server asks for a certificate: the authorities that it names.
void check_certificate_request(SSLContextRef context, const Options& options);

/// At the ClientHello, before a protocol is chosen: those that the client offers.
void check_client_hello(SSLContextRef context, const Options& options);

}  // namespace bogo
