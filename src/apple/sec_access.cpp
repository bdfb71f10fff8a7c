// SPDX-License-Identifier: Apache-2.0
// <Security/SecAccess.h>: objects that programs make and pass.
#include <Security/SecAccess.h>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"

using namespace securetransport;

/// Holds nothing: see the header.
struct __SecAccess final : cf::Object {
 public:
  __SecAccess() : Object(type_id()) {}
  static CFTypeID type_id() {
    static const CFTypeID kType = cf::register_type("SecAccess");
    return kType;
  }
};

CFTypeID SecAccessGetTypeID(void) { return __SecAccess::type_id(); }

OSStatus SecAccessCreate(CFStringRef descriptor, CFArrayRef /*trustedlist*/, SecAccessRef* accessRef) {
  if (accessRef != nullptr) *accessRef = nullptr;
  if (accessRef == nullptr || apple::as_string(descriptor) == nullptr) return errSecParam;
  return apple::boundary([&]() -> OSStatus {
    *accessRef = new __SecAccess;
    return errSecSuccess;
  });
}

SecAccessRef SecAccessCreateWithOwnerAndACL(uid_t /*userId*/, gid_t /*groupId*/, SecAccessOwnerType /*ownerType*/,
                                            CFArrayRef /*acls*/, CFErrorRef* /*error*/) {
  return apple::object_boundary([]() -> SecAccessRef { return new __SecAccess; });
}
