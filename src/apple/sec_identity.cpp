// SPDX-License-Identifier: Apache-2.0
// <Security/SecIdentity.h> and <Security/SecIdentitySearch.h>
#include <Security/SecIdentity.h>
#include <Security/SecIdentitySearch.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "apple/boundary.hpp"
#include "apple/cf_values.hpp"
#include "apple/item_query.hpp"
#include "apple/key_objects.hpp"
#include "apple/sec_objects.hpp"
#include "securetransport/trust/certificate_fields.hpp"

using namespace securetransport;
using apple::boundary;
using apple::object_boundary;

/// The identities that were there when the search was made, and how many of them were told.
struct __SecIdentitySearch final : cf::Object {
 public:
  explicit __SecIdentitySearch(std::vector<apple::Candidate> value) : Object(type_id()), found(std::move(value)) {}
  static CFTypeID type_id() {
    static const CFTypeID kType = cf::register_type("SecIdentitySearch");
    return kType;
  }

  std::mutex mutex;
  const std::vector<apple::Candidate> found;
  std::size_t told = 0;
};

namespace {

/// The identities that SecIdentitySetPreferred remembers.
struct Preferences {
  std::mutex mutex;
  std::map<std::string, cf::CFRef<SecIdentityRef>> by_name;
};

Preferences& preferences() {
  static Preferences remembered;
  return remembered;
}

bool is_issued_by_one_of(const __SecIdentity& identity, CFArrayRef issuers) {
  const CFArrayRef names = apple::as_array(issuers);
  if (names == nullptr || CFArrayGetCount(names) == 0) return true;
  return std::ranges::any_of(cf::values_of(names), [&](CFTypeRef name) {
    const CFDataRef der = apple::as_data(name);
    return der != nullptr && std::ranges::any_of(identity.identity.chain(), [&](const Certificate& each) {
             return has_name(each, NameOf::Issuer, cf::bytes_of(der));
           });
  });
}

}  // namespace

CFTypeID SecIdentityGetTypeID(void) { return __SecIdentity::type_id(); }

SecIdentityRef SecIdentityCreate(CFAllocatorRef /*allocator*/, SecCertificateRef certificate, SecKeyRef privateKey) {
  const auto* const leaf = cf::checked<__SecCertificate>(certificate);
  const auto* const key = cf::checked<__SecKey>(privateKey);
  if (leaf == nullptr || key == nullptr || key->private_key() == nullptr) return nullptr;
  return object_boundary([&]() -> SecIdentityRef {
    auto identity = Identity::from(*key->private_key(), {leaf->certificate});
    return identity ? apple::make_identity(*std::move(identity)).release() : nullptr;
  });
}

OSStatus SecIdentityCreateWithCertificate(CFTypeRef keychainOrArray, SecCertificateRef certificateRef,
                                          SecIdentityRef* identityRef) {
  if (identityRef != nullptr) *identityRef = nullptr;
  const auto* const leaf = cf::checked<__SecCertificate>(certificateRef);
  if (leaf == nullptr || identityRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const auto keychains = apple::keychains_in(keychainOrArray);
    if (!keychains) return errSecParam;
    auto identity = apple::identity_for(leaf->certificate, *keychains);
    if (!identity && leaf->key) {
      if (auto own = Identity::from(*leaf->key, {leaf->certificate})) identity = *std::move(own);
    }
    if (!identity) return apple::nothing_found_in(*keychains);
    *identityRef = apple::make_identity(*std::move(identity)).release();
    return errSecSuccess;
  });
}

OSStatus SecIdentityCopyCertificate(SecIdentityRef identityRef, SecCertificateRef* certificateRef) {
  if (certificateRef != nullptr) *certificateRef = nullptr;
  const auto* const identity = cf::checked<__SecIdentity>(identityRef);
  if (identity == nullptr || certificateRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    *certificateRef = apple::make_certificate(identity->leaf()).release();
    return errSecSuccess;
  });
}

OSStatus SecIdentityCopyPrivateKey(SecIdentityRef identityRef, SecKeyRef* privateKeyRef) {
  if (privateKeyRef != nullptr) *privateKeyRef = nullptr;
  const auto* const identity = cf::checked<__SecIdentity>(identityRef);
  if (identity == nullptr || privateKeyRef == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    *privateKeyRef = apple::make_key(PrivateKey::of(identity->identity)).release();
    return errSecSuccess;
  });
}

OSStatus SecIdentitySetPreferred(SecIdentityRef identity, CFStringRef name, CFArrayRef /*keyUsage*/) {
  if (apple::as_string(name) == nullptr) return errSecParam;
  if (identity != nullptr && cf::checked<__SecIdentity>(identity) == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const std::scoped_lock guard(preferences().mutex);
    if (identity == nullptr) {
      preferences().by_name.erase(cf::string_of(name));
    } else {
      preferences().by_name[cf::string_of(name)] = cf::CFRef<SecIdentityRef>::retain(identity);
    }
    return errSecSuccess;
  });
}

SecIdentityRef SecIdentityCopyPreferred(CFStringRef name, CFArrayRef /*keyUsage*/, CFArrayRef validIssuers) {
  if (apple::as_string(name) == nullptr) return nullptr;
  return object_boundary([&]() -> SecIdentityRef {
    const std::scoped_lock guard(preferences().mutex);
    const auto found = preferences().by_name.find(cf::string_of(name));
    if (found == preferences().by_name.end()) return nullptr;
    const auto* const identity = cf::checked<__SecIdentity>(found->second.get());
    if (!is_issued_by_one_of(*identity, validIssuers)) return nullptr;
    return cf::CFRef<SecIdentityRef>(found->second).release();
  });
}

CFTypeID SecIdentitySearchGetTypeID(void) { return __SecIdentitySearch::type_id(); }

OSStatus SecIdentitySearchCreate(CFTypeRef keychainOrArray, CSSM_KEYUSE /*keyUsage*/, SecIdentitySearchRef* searchRef) {
  if (searchRef == nullptr) return errSecParam;
  *searchRef = nullptr;
  return boundary([&]() -> OSStatus {
    const auto keychains = apple::keychains_in(keychainOrArray);
    if (!keychains) return errSecParam;
    *searchRef = new __SecIdentitySearch(apple::candidates(apple::ItemClass::Identity, *keychains));
    return errSecSuccess;
  });
}

OSStatus SecIdentitySearchCopyNext(SecIdentitySearchRef searchRef, SecIdentityRef* identity) {
  if (identity != nullptr) *identity = nullptr;
  auto* const search = cf::checked<__SecIdentitySearch>(searchRef);
  if (search == nullptr || identity == nullptr) return errSecParam;
  return boundary([&]() -> OSStatus {
    const std::scoped_lock guard(search->mutex);
    if (search->told == search->found.size()) return errSecItemNotFound;
    const CFTypeRef next = search->found[search->told++].object.get();
    *identity = const_cast<SecIdentityRef>(static_cast<const __SecIdentity*>(CFRetain(next)));
    return errSecSuccess;
  });
}
