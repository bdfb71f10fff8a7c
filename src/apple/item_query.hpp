// SPDX-License-Identifier: Apache-2.0
// What a program's dictionary asks of SecItem, and what fits.
#pragma once

#include <CoreFoundation/CoreFoundation.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "apple/keychain_objects.hpp"
#include "securetransport/trust/certificate.hpp"

namespace securetransport::apple {

enum class ItemClass : std::uint8_t { GenericPassword, InternetPassword, Certificate, Key, Identity };

[[nodiscard]] std::optional<ItemClass> item_class_in(CFDictionaryRef dictionary);

/// One thing that a search can find: an item, or an identity made of two.
struct Candidate {
  cf::CFRef<CFTypeRef> object;
  std::vector<FoundItem> items;  ///< Of an identity: its certificate, then its key.
  std::optional<Certificate> certificate;
};

/// Everything of a class in the keychains, in order.
[[nodiscard]] std::vector<Candidate> candidates(ItemClass wanted, const Keychains& keychains);

/// Every identity of the keychains whose certificate is this one.
[[nodiscard]] std::optional<Identity> identity_for(const Certificate& certificate, const Keychains& keychains);

struct ItemQuery {
  CFDictionaryRef dictionary;  ///< Borrowed.
  ItemClass wanted;
  Keychains keychains;
};

/// errSecParam if it is no query.
[[nodiscard]] OSStatus read_query(CFDictionaryRef dictionary, std::optional<ItemQuery>& query);

/// Those that fit, at most `limit`.
[[nodiscard]] std::vector<Candidate> matches(const ItemQuery& query, std::size_t limit);

/// The attributes in the dictionary: not what says where to look, how to match, what to return, or the item.
[[nodiscard]] bool is_attribute(CFTypeRef key);

}  // namespace securetransport::apple
