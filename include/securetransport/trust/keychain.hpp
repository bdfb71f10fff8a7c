// SPDX-License-Identifier: Apache-2.0
// A keychain: certificates, keys and passwords with attributes, in memory or in one encrypted file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "securetransport/trust/certificate.hpp"
#include "securetransport/trust/key.hpp"
#include "securetransport/trust/secret.hpp"

namespace securetransport {

enum class KeychainItemKind : std::uint8_t { GenericPassword, InternetPassword, Certificate, PublicKey, PrivateKey };

using KeychainValue = std::variant<std::string, std::vector<std::uint8_t>, std::int64_t, bool>;
using KeychainAttributes = std::map<std::string, KeychainValue>;  ///< By tag: "acct", "labl".
using KeychainContent = std::variant<std::shared_ptr<const SecretBytes>, Certificate, PublicKey, PrivateKey>;

/// One item. Immutable in a keychain; a changed item keeps its number.
struct KeychainItem {
  KeychainItemKind kind;
  KeychainContent content;  ///< A secret for passwords; else what the kind says.
  KeychainAttributes attributes = {};
  std::uint64_t number = 0;  ///< Unique in the process; given by the keychain.
};

enum class KeychainProblem : std::uint8_t {
  Missing,        ///< There is no such file.
  Exists,         ///< There is already one.
  Locked,         ///< unlock() was not called.
  WrongPassword,  ///< Or, without a way to tell, the file is damaged.
  Damaged,        ///< The file is not a keychain.
  Unreadable,     ///< The system refuses to read the file.
  Unwritable,     ///< The system refuses to write the file; the keychain is as before.
  Duplicate,      ///< The keychain has an item of the same kind and the same identifying attributes.
  NoSuchItem,
};

/// Nothing: all is well.
using KeychainTrouble = std::optional<KeychainProblem>;

/// The attributes that tell two items of a kind apart.
[[nodiscard]] std::span<const std::string_view> identifying_attributes(KeychainItemKind kind) noexcept;

/// Safe from any thread. The file of a named keychain is PKCS#12, encrypted with its password (AES-256, PBKDF2 with
/// 100,000 rounds); every change writes a new file, readable by its owner alone, and puts it in the place of the old
/// one at once. Between two processes the last one that writes wins.
class Keychain {
 public:
  /// Without a file, never locked.
  [[nodiscard]] static std::shared_ptr<Keychain> in_memory();
  /// Of a file that may or may not be there. Locked.
  [[nodiscard]] static std::shared_ptr<Keychain> at(std::string path);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }  ///< Empty if it is in memory.

  /// Makes the file, and unlocks.
  [[nodiscard]] KeychainTrouble create(std::string_view password);
  /// Reads the file, even if it is unlocked already. Items get new numbers, unless they were known before.
  [[nodiscard]] KeychainTrouble unlock(std::string_view password);
  /// Forgets items and password, which are in the file. Does nothing in memory.
  void lock();
  /// Takes the file away. Items and password are forgotten.
  [[nodiscard]] KeychainTrouble remove();

  [[nodiscard]] bool exists() const;
  [[nodiscard]] bool is_locked() const;
  [[nodiscard]] bool is_writable() const;

  /// In the order in which they were added; none if it is locked.
  [[nodiscard]] std::vector<KeychainItem> items() const;
  /// *number is set to that of the new item; for a duplicate, to that of the item that is there.
  [[nodiscard]] KeychainTrouble add(KeychainItem item, std::uint64_t* number = nullptr);
  /// Puts the item in the place of the one with its number.
  [[nodiscard]] KeychainTrouble replace(KeychainItem item);
  [[nodiscard]] KeychainTrouble remove(std::span<const std::uint64_t> numbers);

 private:
  explicit Keychain(std::string path) : path_(std::move(path)), is_locked_(!path_.empty()) {}
  /// Writes the items to the file; on success they are those of the keychain.
  [[nodiscard]] KeychainTrouble commit(std::vector<KeychainItem> items);

  const std::string path_;
  mutable std::mutex mutex_;
  bool is_locked_;
  SecretBytes password_;
  std::vector<KeychainItem> items_;
};

}  // namespace securetransport
