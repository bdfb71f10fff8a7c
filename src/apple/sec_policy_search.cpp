// SPDX-License-Identifier: Apache-2.0
// SecPolicySearch: the policies that exist here, one after the other.
#include <Security/SecPolicy.h>
#include <Security/SecPolicySearch.h>
#include <Security/oidsalg.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/sec_objects.hpp"

using securetransport::apple::boundary;
using securetransport::cf::checked;

/// The policies that are still to come, last first.
struct __SecPolicySearch final : securetransport::cf::Object {
 public:
  __SecPolicySearch() : Object(type_id()) {}
  static CFTypeID type_id() {
    static const CFTypeID id = securetransport::cf::register_type("SecPolicySearch");
    return id;
  }

  std::vector<CFStringRef> identifiers;
};

namespace {

struct Known {
  const CSSM_OID& oid;
  CFStringRef identifier;
};

bool is_same(const CSSM_OID& a, const CSSM_OID& b) {
  return a.Data != nullptr && std::equal(a.Data, a.Data + a.Length, b.Data, b.Data + b.Length);
}

/// Every policy once, or those of this identifier.
std::vector<CFStringRef> matches(const CSSM_OID* wanted) {
  const std::array<Known, 6> known{{{CSSMOID_APPLE_TP_REVOCATION, kSecPolicyAppleRevocation},
                                    {CSSMOID_APPLE_TP_REVOCATION_CRL, kSecPolicyAppleRevocation},
                                    {CSSMOID_APPLE_TP_REVOCATION_OCSP, kSecPolicyAppleRevocation},
                                    {CSSMOID_APPLE_TP_EAP, kSecPolicyAppleEAP},
                                    {CSSMOID_APPLE_TP_SSL, kSecPolicyAppleSSL},
                                    {CSSMOID_APPLE_X509_BASIC, kSecPolicyAppleX509Basic}}};
  std::vector<CFStringRef> identifiers;
  for (const Known& each : known) {
    const bool is_new = identifiers.empty() || identifiers.back() != each.identifier;
    if (wanted == nullptr ? is_new : is_same(*wanted, each.oid)) identifiers.push_back(each.identifier);
  }
  return identifiers;
}

}  // namespace

CFTypeID SecPolicySearchGetTypeID() { return __SecPolicySearch::type_id(); }

OSStatus SecPolicySearchCreate(CSSM_CERT_TYPE /*certType*/, const CSSM_OID* policyOID, const CSSM_DATA* /*value*/,
                               SecPolicySearchRef* searchRef) {
  return boundary([&]() -> OSStatus {
    if (searchRef == nullptr) return errSecParam;
    auto search = securetransport::cf::CFRef<SecPolicySearchRef>::adopt(new __SecPolicySearch);
    search.get()->identifiers = matches(policyOID);
    *searchRef = search.release();
    return errSecSuccess;
  });
}

OSStatus SecPolicySearchCopyNext(SecPolicySearchRef searchRef, SecPolicyRef* policyRef) {
  auto* const self = checked<__SecPolicySearch>(searchRef);
  if (self == nullptr || policyRef == nullptr) return errSecParam;
  *policyRef = nullptr;
  if (self->identifiers.empty()) return errSecPolicyNotFound;
  *policyRef = SecPolicyCreateWithProperties(self->identifiers.back(), nullptr);
  self->identifiers.pop_back();
  return *policyRef != nullptr ? errSecSuccess : errSecAllocate;
}
