// SPDX-License-Identifier: Apache-2.0
// Keychains: the list of items, and when it goes to the file.
#include "securetransport/trust/keychain.hpp"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <climits>
#include <utility>

#include "trust/keychain_file.hpp"
#include "trust/private_file.hpp"

namespace securetransport {
namespace {

constexpr std::size_t kMaxPassword = 1024;
constexpr std::size_t kMaxTag = 255;
constexpr std::size_t kMaxValue = 1'000'000;

std::uint64_t next_number() noexcept {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::span<const std::uint8_t> bytes_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view text_of(const SecretBytes& secret) noexcept {
  return {reinterpret_cast<const char*>(secret.view().data()), secret.size()};
}

std::size_t size_of(const KeychainValue& value) noexcept {
  if (const auto* const text = std::get_if<std::string>(&value)) return text->size();
  const auto* const bytes = std::get_if<std::vector<std::uint8_t>>(&value);
  return bytes != nullptr ? bytes->size() : 0;
}

/// Whether the item fits into a file, so that a keychain takes the same items with and without one.
bool fits(const KeychainItem& item) noexcept {
  const auto* const secret = std::get_if<std::shared_ptr<const SecretBytes>>(&item.content);
  if (secret != nullptr && (*secret == nullptr || (*secret)->size() > kMaxValue)) return false;
  return std::ranges::all_of(item.attributes, [](const auto& entry) {
    return entry.first.size() <= kMaxTag && size_of(entry.second) <= kMaxValue;
  });
}

const KeychainValue* value_in(const KeychainItem& item, std::string_view tag) {
  const auto found = item.attributes.find(std::string(tag));
  return found != item.attributes.end() ? &found->second : nullptr;
}

bool same_content(const KeychainContent& a, const KeychainContent& b) {
  if (a.index() != b.index()) return false;
  // Passwords are told apart by their attributes alone.
  return std::holds_alternative<std::shared_ptr<const SecretBytes>>(a) || a == b;
}

bool are_duplicates(const KeychainItem& a, const KeychainItem& b) {
  if (a.kind != b.kind || !same_content(a.content, b.content)) return false;
  return std::ranges::all_of(identifying_attributes(a.kind), [&](std::string_view tag) {
    const KeychainValue* const left = value_in(a, tag);
    const KeychainValue* const right = value_in(b, tag);
    return left == nullptr || right == nullptr ? left == right : *left == *right;
  });
}

KeychainProblem read_problem() noexcept {
  return errno == ENOENT || errno == ENOTDIR ? KeychainProblem::Missing : KeychainProblem::Unreadable;
}

}  // namespace

std::span<const std::string_view> identifying_attributes(KeychainItemKind kind) noexcept {
  static constexpr std::array<std::string_view, 2> kGeneric{"acct", "svce"};
  static constexpr std::array<std::string_view, 7> kInternet{"acct", "srvr", "sdmn", "ptcl", "atyp", "port", "path"};
  static constexpr std::array<std::string_view, 1> kKey{"atag"};
  switch (kind) {
    case KeychainItemKind::GenericPassword: return kGeneric;
    case KeychainItemKind::InternetPassword: return kInternet;
    case KeychainItemKind::Certificate: return {};
    case KeychainItemKind::PublicKey:
    case KeychainItemKind::PrivateKey: return kKey;
  }
  return {};
}

std::shared_ptr<Keychain> Keychain::in_memory() { return std::shared_ptr<Keychain>(new Keychain({})); }
std::shared_ptr<Keychain> Keychain::at(std::string path) {
  return std::shared_ptr<Keychain>(new Keychain(std::move(path)));
}

KeychainTrouble Keychain::create(std::string_view password) {
  const std::scoped_lock guard(mutex_);
  if (path_.empty()) return KeychainProblem::Exists;
  if (password.size() > kMaxPassword) return KeychainProblem::WrongPassword;
  if (!trust::write_file(path_, trust::encode_keychain({}, password), trust::Existing::Keep))
    return errno == EEXIST ? KeychainProblem::Exists : KeychainProblem::Unwritable;
  password_ = SecretBytes(bytes_of(password));
  items_.clear();
  is_locked_ = false;
  return std::nullopt;
}

KeychainTrouble Keychain::unlock(std::string_view password) {
  const std::scoped_lock guard(mutex_);
  if (path_.empty()) return std::nullopt;
  if (password.size() > kMaxPassword) return KeychainProblem::WrongPassword;
  const auto bytes = trust::read_file(path_);
  if (!bytes) return read_problem();
  auto read = trust::decode_keychain(*bytes, password);
  if (const auto* const problem = std::get_if<KeychainProblem>(&read)) return *problem;
  auto& items = std::get<std::vector<KeychainItem>>(read);
  for (KeychainItem& item : items) {
    // Reading an unlocked file again: what is the same item keeps its number.
    const auto known =
        std::ranges::find_if(items_, [&](const KeychainItem& each) { return are_duplicates(each, item); });
    item.number = known != items_.end() ? known->number : next_number();
  }
  password_ = SecretBytes(bytes_of(password));
  items_ = std::move(items);
  is_locked_ = false;
  return std::nullopt;
}

void Keychain::lock() {
  const std::scoped_lock guard(mutex_);
  if (path_.empty()) return;
  password_ = SecretBytes();
  items_.clear();
  is_locked_ = true;
}

KeychainTrouble Keychain::remove() {
  const std::scoped_lock guard(mutex_);
  items_.clear();
  if (path_.empty()) return std::nullopt;
  password_ = SecretBytes();
  is_locked_ = true;
  if (::unlink(path_.c_str()) == 0) return std::nullopt;
  return errno == ENOENT ? KeychainProblem::Missing : KeychainProblem::Unwritable;
}

bool Keychain::exists() const { return path_.empty() || ::access(path_.c_str(), F_OK) == 0; }
bool Keychain::is_writable() const { return path_.empty() || ::access(path_.c_str(), W_OK) == 0; }

bool Keychain::is_locked() const {
  const std::scoped_lock guard(mutex_);
  return is_locked_;
}

std::vector<KeychainItem> Keychain::items() const {
  const std::scoped_lock guard(mutex_);
  return items_;
}

KeychainTrouble Keychain::commit(std::vector<KeychainItem> items) {
  if (!path_.empty() &&
      !trust::write_file(path_, trust::encode_keychain(items, text_of(password_)), trust::Existing::Replace))
    return KeychainProblem::Unwritable;
  items_ = std::move(items);
  return std::nullopt;
}

KeychainTrouble Keychain::add(KeychainItem item, std::uint64_t* number) {
  const std::scoped_lock guard(mutex_);
  if (is_locked_) return KeychainProblem::Locked;
  if (!fits(item)) return KeychainProblem::Unwritable;
  const auto same = std::ranges::find_if(items_, [&](const KeychainItem& each) { return are_duplicates(each, item); });
  if (same != items_.end()) {
    if (number != nullptr) *number = same->number;
    return KeychainProblem::Duplicate;
  }
  item.number = next_number();
  if (number != nullptr) *number = item.number;
  std::vector<KeychainItem> items = items_;
  items.push_back(std::move(item));
  return commit(std::move(items));
}

KeychainTrouble Keychain::replace(KeychainItem item) {
  const std::scoped_lock guard(mutex_);
  if (is_locked_) return KeychainProblem::Locked;
  if (!fits(item)) return KeychainProblem::Unwritable;
  std::vector<KeychainItem> items = items_;
  const auto old = std::ranges::find(items, item.number, &KeychainItem::number);
  if (old == items.end()) return KeychainProblem::NoSuchItem;
  const bool collides = std::ranges::any_of(
      items, [&](const KeychainItem& each) { return each.number != item.number && are_duplicates(each, item); });
  if (collides) return KeychainProblem::Duplicate;
  *old = std::move(item);
  return commit(std::move(items));
}

KeychainTrouble Keychain::remove(std::span<const std::uint64_t> numbers) {
  const std::scoped_lock guard(mutex_);
  if (is_locked_) return KeychainProblem::Locked;
  std::vector<KeychainItem> items = items_;
  const auto gone = std::erase_if(
      items, [&](const KeychainItem& each) { return std::ranges::find(numbers, each.number) != numbers.end(); });
  if (gone != numbers.size()) return KeychainProblem::NoSuchItem;
  return commit(std::move(items));
}

}  // namespace securetransport
