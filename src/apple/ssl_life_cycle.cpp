// SPDX-License-Identifier: Apache-2.0
// Making contexts and letting them go.
#include "apple/ssl_context.hpp"

using namespace securetransport::apple;

CFTypeID SSLContextGetTypeID() { return SSLContext::type_id(); }

SSLContextRef SSLCreateContext(CFAllocatorRef /*alloc*/, SSLProtocolSide side, SSLConnectionType type) {
  return object_boundary([&] { return new SSLContext(side, type); });
}

namespace {

OSStatus create_into(SSLContextRef* result, Boolean is_server, SSLConnectionType type) noexcept {
  if (result == nullptr) return errSecParam;
  *result = SSLCreateContext(kCFAllocatorDefault, is_server != 0 ? kSSLServerSide : kSSLClientSide, type);
  return *result != nullptr ? errSecSuccess : errSecAllocate;
}

}  // namespace

OSStatus SSLNewContext(Boolean is_server, SSLContextRef* context) {
  return create_into(context, is_server, kSSLStreamType);
}

OSStatus SSLNewDatagramContext(Boolean is_server, SSLContextRef* context) {
  return create_into(context, is_server, kSSLDatagramType);
}

// A record layer of the program's own has no place in the engine.
SSLContextRef SSLCreateContextWithRecordFuncs(CFAllocatorRef /*alloc*/, SSLProtocolSide /*side*/,
                                              SSLConnectionType /*type*/, const struct SSLRecordFuncs* /*functions*/) {
  return nullptr;
}

OSStatus SSLSetRecordContext(SSLContextRef context, SSLRecordContextRef /*record_context*/) {
  return with_idle_context(context, [](SSLContext&) { return OSStatus{errSecUnimplemented}; });
}

OSStatus SSLDisposeContext(SSLContextRef ref) {
  return with_context(ref, [](SSLContext& context) -> OSStatus {
    context.release();
    return errSecSuccess;
  });
}

OSStatus SSLGetSessionState(SSLContextRef ref, SSLSessionState* state) {
  return get(ref, state, [](SSLContext& context) { return context.state(); });
}
