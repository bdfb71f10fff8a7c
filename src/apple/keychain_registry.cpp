// SPDX-License-Identifier: Apache-2.0
// Which keychains the process has: the default one, the search list, and all that were opened.
#include <map>
#include <mutex>
#include <utility>

#include "apple/cf_values.hpp"
#include "apple/keychain_objects.hpp"

namespace securetransport::apple {

struct KeychainRegistry::State {
  std::mutex mutex;
  const std::shared_ptr<Keychain> in_memory = Keychain::in_memory();
  std::shared_ptr<Keychain> chosen;  ///< Null: in_memory.
  std::optional<Keychains> search_list;
  std::map<std::string, std::weak_ptr<Keychain>> by_path;

  [[nodiscard]] const std::shared_ptr<Keychain>& current() const noexcept { return chosen ? chosen : in_memory; }
};

KeychainRegistry::KeychainRegistry() : state_(std::make_unique<State>()) {}

KeychainRegistry& KeychainRegistry::shared() {
  static KeychainRegistry registry;
  return registry;
}

std::shared_ptr<Keychain> KeychainRegistry::at(const std::string& path) {
  const std::scoped_lock guard(state_->mutex);
  std::erase_if(state_->by_path, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<Keychain>& known = state_->by_path[path];
  if (auto keychain = known.lock()) return keychain;
  auto keychain = Keychain::at(path);
  known = keychain;
  return keychain;
}

std::shared_ptr<Keychain> KeychainRegistry::default_keychain() {
  const std::scoped_lock guard(state_->mutex);
  return state_->current();
}

void KeychainRegistry::set_default(std::shared_ptr<Keychain> keychain) {
  const std::scoped_lock guard(state_->mutex);
  state_->chosen = std::move(keychain);
}

Keychains KeychainRegistry::search_list() {
  const std::scoped_lock guard(state_->mutex);
  return state_->search_list.value_or(Keychains{state_->current()});
}

void KeychainRegistry::set_search_list(Keychains keychains) {
  const std::scoped_lock guard(state_->mutex);
  state_->search_list = std::move(keychains);
}

void KeychainRegistry::forget(const std::shared_ptr<Keychain>& keychain) {
  const std::scoped_lock guard(state_->mutex);
  if (state_->chosen == keychain) state_->chosen = nullptr;
  if (state_->search_list) std::erase(*state_->search_list, keychain);
  state_->by_path.erase(keychain->path());
}

Keychains KeychainRegistry::everything() {
  const std::scoped_lock guard(state_->mutex);
  Keychains all{state_->in_memory};
  for (const auto& [path, known] : state_->by_path) {
    if (auto keychain = known.lock()) all.push_back(std::move(keychain));
  }
  return all;
}

std::shared_ptr<Keychain> keychain_or_default(SecKeychainRef keychain) {
  if (keychain == nullptr) return KeychainRegistry::shared().default_keychain();
  const auto* const object = cf::checked<__SecKeychain>(keychain);
  return object != nullptr ? object->keychain : nullptr;
}

std::optional<Keychains> keychains_in(CFTypeRef keychain_or_array) {
  if (keychain_or_array == nullptr) return KeychainRegistry::shared().search_list();
  if (const auto* const one = cf::checked<__SecKeychain>(keychain_or_array)) return Keychains{one->keychain};
  const CFArrayRef array = as_array(keychain_or_array);
  if (array == nullptr) return std::nullopt;
  Keychains keychains;
  for (const CFTypeRef value : cf::values_of(array)) {
    const auto* const each = cf::checked<__SecKeychain>(value);
    if (each == nullptr) return std::nullopt;
    keychains.push_back(each->keychain);
  }
  return keychains;
}

}  // namespace securetransport::apple
