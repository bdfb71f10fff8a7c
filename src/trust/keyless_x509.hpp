// SPDX-License-Identifier: Apache-2.0
// A certificate read without its key.
//
// OpenSSL 3.0 builds a chain of decoders for the key of every certificate that it reads: nine tenths of the time, for
// thousands that a peer may send, and for every root of the system, of which one or none is ever used.
#pragma once

#include <cstddef>

#include "ossl/handles.hpp"

namespace securetransport::trust {

/// As d2i_X509(), and null whenever that would be, but nobody knows how to read the key, nor any hash or signature:
/// X509_get0_pubkey(), X509_digest() and X509_verify() fail. Moves `at` behind the certificate.
[[nodiscard]] ossl::X509Ptr read_keyless_x509(const unsigned char*& at, std::size_t size);

}  // namespace securetransport::trust
