// SPDX-License-Identifier: Apache-2.0
// The kind and the attributes of an item as bytes: kind, then for each attribute its tag, its type and its value, the
// tag with a length of one byte and the value with one of three.
#include "trust/keychain_record.hpp"

#include <string>
#include <utility>

#include "securetransport/core/byte_reader.hpp"

namespace securetransport::trust {
namespace {

enum class Type : std::uint8_t { Text, Bytes, Number, Boolean };

constexpr std::size_t kMaxTag = 0xFF;
constexpr std::size_t kMaxValue = 0xFFFFFF;

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }
Bytes bytes_of(const Bytes& bytes) { return bytes; }
Bytes bytes_of(bool value) { return {static_cast<std::uint8_t>(value ? 1 : 0)}; }
Bytes bytes_of(std::int64_t number) {
  Bytes bytes;
  for (int shift = 56; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
  return bytes;
}

std::optional<KeychainValue> value_of(Type type, std::span<const std::uint8_t> bytes) {
  switch (type) {
    case Type::Text: return std::string(bytes.begin(), bytes.end());
    case Type::Bytes: return Bytes(bytes.begin(), bytes.end());
    case Type::Number: {
      if (bytes.size() != 8) return std::nullopt;
      std::uint64_t number = 0;
      for (const std::uint8_t byte : bytes) number = number << 8U | byte;
      return static_cast<std::int64_t>(number);
    }
    case Type::Boolean:
      if (bytes.size() != 1 || bytes.front() > 1) return std::nullopt;
      return bytes.front() == 1;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::uint8_t> encode_record(const KeychainItem& item) {
  Bytes record{static_cast<std::uint8_t>(item.kind)};
  for (const auto& [tag, value] : item.attributes) {
    const Bytes bytes = std::visit([](const auto& held) { return bytes_of(held); }, value);
    if (tag.size() > kMaxTag || bytes.size() > kMaxValue) continue;  // Keychain::add() lets none of them in.
    record.push_back(static_cast<std::uint8_t>(tag.size()));
    record.insert(record.end(), tag.begin(), tag.end());
    record.push_back(static_cast<std::uint8_t>(value.index()));
    for (int shift = 16; shift >= 0; shift -= 8) record.push_back(static_cast<std::uint8_t>(bytes.size() >> shift));
    record.insert(record.end(), bytes.begin(), bytes.end());
  }
  return record;
}

std::optional<KeychainRecord> decode_record(std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  const std::uint8_t kind = reader.u8();
  if (!reader.ok() || kind > static_cast<std::uint8_t>(KeychainItemKind::PrivateKey)) return std::nullopt;
  KeychainRecord record{static_cast<KeychainItemKind>(kind), {}};
  while (!reader.at_end()) {
    const auto tag = reader.vector8();
    const auto type = static_cast<Type>(reader.u8());
    auto value = value_of(type, reader.vector24());
    if (!reader.ok() || !value) return std::nullopt;
    record.attributes[std::string(tag.begin(), tag.end())] = *std::move(value);
  }
  return record;
}

}  // namespace securetransport::trust
