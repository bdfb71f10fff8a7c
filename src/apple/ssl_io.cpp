// SPDX-License-Identifier: Apache-2.0
// The functions that move bytes.
#include "apple/ssl_context.hpp"

using namespace securetransport::apple;

OSStatus SSLHandshake(SSLContextRef ref) {
  return with_context(ref, [](SSLContext& context) { return context.handshake(); });
}

OSStatus SSLReHandshake(SSLContextRef ref) {
  return with_context(ref, [](SSLContext& context) { return context.rehandshake(); });
}

OSStatus SSLRead(SSLContextRef ref, void* data, size_t size, size_t* processed) {
  if (processed == nullptr) return errSecParam;
  *processed = 0;
  if (data == nullptr) return errSecParam;
  return with_context(ref, [&](SSLContext& context) { return context.read(data, size, *processed); });
}

OSStatus SSLWrite(SSLContextRef ref, const void* data, size_t size, size_t* processed) {
  if (processed == nullptr) return errSecParam;
  *processed = 0;
  if (data == nullptr && size != 0) return errSecParam;
  return with_context(ref, [&](SSLContext& context) { return context.write(data, size, *processed); });
}

OSStatus SSLGetBufferedReadSize(SSLContextRef ref, size_t* size) {
  return get(ref, size,
             [](SSLContext& context) { return context.session() != nullptr ? context.session()->buffered() : 0; });
}

OSStatus SSLClose(SSLContextRef ref) {
  return with_context(ref, [](SSLContext& context) { return context.close(); });
}

OSStatus SSLSetError(SSLContextRef ref, OSStatus status) {
  return with_context(ref, [&](SSLContext& context) -> OSStatus {
    context.set_error(status);
    return errSecSuccess;
  });
}

OSStatus SSLSetIOFuncs(SSLContextRef ref, SSLReadFunc read, SSLWriteFunc write) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    context.transport.set_functions(read, write);
    return errSecSuccess;
  });
}

OSStatus SSLSetConnection(SSLContextRef ref, SSLConnectionRef connection) {
  return with_idle_context(ref, [&](SSLContext& context) -> OSStatus {
    context.transport.set_connection(connection);
    return errSecSuccess;
  });
}

OSStatus SSLGetConnection(SSLContextRef ref, SSLConnectionRef* connection) {
  return get(ref, connection, [](SSLContext& context) { return context.transport.connection(); });
}
