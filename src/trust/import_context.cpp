// SPDX-License-Identifier: Apache-2.0
#include "trust/import_context.hpp"

#include <openssl/objects.h>

namespace securetransport::trust {

OSSL_LIB_CTX* ImportContext::get() {
  if (context_) return context_.get();
  context_.reset(OSSL_LIB_CTX_new());
  if (!context_) return nullptr;
  default_.reset(OSSL_PROVIDER_load(context_.get(), "default"));
  legacy_.reset(OSSL_PROVIDER_load(context_.get(), "legacy"));
  return context_.get();
}

bool needs_legacy(const X509_ALGOR& scheme) {
  switch (OBJ_obj2nid(scheme.algorithm)) {
    case NID_pbe_WithSHA1And40BitRC2_CBC:
    case NID_pbe_WithSHA1And128BitRC2_CBC:
    case NID_pbe_WithSHA1And40BitRC4:
    case NID_pbe_WithSHA1And128BitRC4:
    case NID_pbeWithMD5AndDES_CBC:
    case NID_pbeWithMD5AndRC2_CBC:
    case NID_pbeWithMD2AndDES_CBC:
    case NID_pbeWithMD2AndRC2_CBC:
    case NID_pbeWithSHA1AndDES_CBC:
    case NID_pbeWithSHA1AndRC2_CBC: return true;
    default: return false;
  }
}

}  // namespace securetransport::trust
