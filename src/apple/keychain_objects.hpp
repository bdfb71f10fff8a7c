// SPDX-License-Identifier: Apache-2.0
// The objects behind SecKeychainRef and SecKeychainItemRef, and which keychains a program means.
#pragma once

#include <CoreFoundation/CoreFoundation.h>
#include <Security/SecKeychain.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cf/object.hpp"
#include "securetransport/trust/keychain.hpp"

/// A keychain. Objects of one path share the keychain.
struct __SecKeychain final : securetransport::cf::Object {
 public:
  explicit __SecKeychain(std::shared_ptr<securetransport::Keychain> value);
  static CFTypeID type_id();

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

  const std::shared_ptr<securetransport::Keychain> keychain;
};

namespace securetransport::apple {

/// An item and the keychain that it is in.
struct FoundItem {
  std::shared_ptr<Keychain> keychain;
  KeychainItem item;
};

}  // namespace securetransport::apple

/// A password in a keychain: a reference by number, so that it stays good when the item changes.
struct __SecKeychainItem final : securetransport::cf::Object {
 public:
  explicit __SecKeychainItem(const securetransport::apple::FoundItem& found);
  static CFTypeID type_id();

  bool equals(const Object& other) const override;
  CFHashCode hash() const override;
  std::string describe() const override;

  const std::shared_ptr<securetransport::Keychain> keychain;
  const std::uint64_t number;
};

namespace securetransport::apple {

using Keychains = std::vector<std::shared_ptr<Keychain>>;

[[nodiscard]] cf::CFRef<SecKeychainRef> make_keychain(std::shared_ptr<Keychain> keychain);

/// What the process knows of keychains. Safe from any thread.
class KeychainRegistry {
 public:
  static KeychainRegistry& shared();

  /// The keychain of a file; the same for the same path as long as somebody holds it.
  [[nodiscard]] std::shared_ptr<Keychain> at(const std::string& path);
  [[nodiscard]] std::shared_ptr<Keychain> default_keychain();
  void set_default(std::shared_ptr<Keychain> keychain);  ///< Null: the one in memory.
  /// The default keychain, if the program set no list.
  [[nodiscard]] Keychains search_list();
  void set_search_list(Keychains keychains);
  /// Removes it from the list and as the default.
  void forget(const std::shared_ptr<Keychain>& keychain);
  /// All that are alive.
  [[nodiscard]] Keychains everything();

 private:
  KeychainRegistry();
  struct State;
  const std::unique_ptr<State> state_;
};

/// NULL: the default keychain. None for an object of another type.
[[nodiscard]] std::shared_ptr<Keychain> keychain_or_default(SecKeychainRef keychain);
/// A keychain, an array of nothing but keychains, or NULL for the search list. None for anything else.
[[nodiscard]] std::optional<Keychains> keychains_in(CFTypeRef keychain_or_array);

/// Every item of the keychains, in order.
[[nodiscard]] std::vector<FoundItem> items_in(const Keychains& keychains);
/// The first of all keychains that are alive with this number; none if it is gone or its keychain is locked.
[[nodiscard]] std::optional<FoundItem> item_with(std::uint64_t number);
/// The item that a SecKeychainItemRef, a certificate or a key stands for.
[[nodiscard]] std::optional<FoundItem> item_of(CFTypeRef reference);

/// A name for an item that a program may keep while the process lives.
[[nodiscard]] cf::CFRef<CFDataRef> persistent_reference(const FoundItem& found);
[[nodiscard]] std::optional<FoundItem> item_of_persistent(CFDataRef reference);

/// The object for an item: SecCertificate, SecKey, or SecKeychainItem for a password.
[[nodiscard]] cf::CFRef<CFTypeRef> object_for(const FoundItem& found);

[[nodiscard]] OSStatus keychain_status(const KeychainTrouble& trouble) noexcept;
/// Why nothing was found: there is nothing, or a keychain is locked or gone.
[[nodiscard]] OSStatus nothing_found_in(const Keychains& keychains);

}  // namespace securetransport::apple
