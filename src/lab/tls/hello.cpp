// SPDX-License-Identifier: Apache-2.0
// Writes and reads hellos.
#include "lab/tls/hello.hpp"

#include <algorithm>

#include "lab/tls/hashing.hpp"

namespace securetransport::lab {
namespace {

Bytes copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

void set_tail(Bytes& random, ByteView tail) {
  const std::size_t count = std::min(random.size(), tail.size());
  std::copy_n(tail.begin(), count, random.end() - static_cast<std::ptrdiff_t>(count));
}

template <class Hello>
void apply_common(Hello& hello, const Fault& lie) {
  hello.legacy_version = lied_number(lie, Lie::LegacyVersion, hello.legacy_version);
  if (lie.lie == Lie::RandomTail) set_tail(hello.random, lie.bytes);
  if (lie.lie == Lie::SessionId) hello.session_id = lie.bytes;
  if (lie.lie == Lie::NoExtensions) hello.extensions.items.clear();
  hello.extensions.apply(lie);
}

/// RFC 5246 section 7.4.1.2: "The presence of extensions can be detected by determining whether there are bytes
/// following the compression_methods at the end of the ClientHello." An empty block is left out.
void write_extensions(ByteWriter& to, const ExtensionList& list, const Fault& lie) {
  if (!list.items.empty() || lie.lie == Lie::ExtensionBlockLength) to.bytes(list.encode(lie));
}

/// The rest of a hello, which may be nothing.
std::optional<ExtensionList> read_extensions(ByteReader& reader) {
  if (!reader.ok()) return std::nullopt;
  if (reader.at_end()) return ExtensionList{};
  const ByteView block = reader.vector16();
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  return ExtensionList::parse(block);
}

}  // namespace

const Bytes* ExtensionList::find(std::uint16_t type) const noexcept {
  const auto found = std::ranges::find(items, type, &TlsExtension::type);
  return found == items.end() ? nullptr : &found->body;
}

void ExtensionList::apply(const Fault& lie) {
  const auto type = static_cast<std::uint16_t>(lie.number);
  const auto found = std::ranges::find(items, type, &TlsExtension::type);
  switch (lie.lie) {
    case Lie::AddExtension: add(type, lie.bytes); break;
    case Lie::OmitExtension: std::erase_if(items, [type](const TlsExtension& one) { return one.type == type; }); break;
    case Lie::DuplicateExtension:
      if (found != items.end()) {
        const TlsExtension twin = *found;
        items.push_back(twin);
      }
      break;
    case Lie::ReplaceExtension:
      if (found != items.end()) found->body = lie.bytes;
      break;
    case Lie::ExtensionLength:
      if (found != items.end()) std::rotate(found, found + 1, items.end());
      break;
    default: break;
  }
}

Bytes ExtensionList::encode(const Fault& lie) const {
  ByteWriter block;
  for (const TlsExtension& one : items) {
    const bool is_stretched = lie.lie == Lie::ExtensionLength && one.type == lie.number;
    block.u16(one.type).u16(one.body.size() + (is_stretched ? 1 : 0)).bytes(one.body);
  }
  const std::size_t excess = lie.lie == Lie::ExtensionBlockLength ? 1 : 0;
  return ByteWriter().u16(block.view().size() + excess).bytes(block.view()).take();
}

std::optional<ExtensionList> ExtensionList::parse(ByteView block) {
  ExtensionList list;
  ByteReader reader(block);
  while (!reader.at_end()) {
    const std::uint16_t type = reader.u16();
    const ByteView body = reader.vector16();
    if (!reader.ok()) return std::nullopt;
    list.add(type, copy(body));
  }
  if (!reader.ok()) return std::nullopt;
  return list;
}

void ClientHello::apply(const Fault& lie) {
  apply_common(*this, lie);
  if (lie.lie == Lie::Compression) compressions = {static_cast<std::uint8_t>(lie.number)};
  if (lie.lie == Lie::Cookie && cookie) cookie = lie.bytes;
}

Bytes ClientHello::encode(const Fault& lie) const {
  ByteWriter writer;
  writer.u16(legacy_version).bytes(random).opaque8(session_id);
  if (cookie) writer.opaque8(*cookie);
  writer.bytes(lie.lie == Lie::CipherSuites ? ByteWriter().opaque16(lie.bytes).take() : list_of(suites));
  writer.opaque8(compressions);
  write_extensions(writer, extensions, lie);
  return writer.take();
}

std::optional<ClientHello> ClientHello::parse(ByteView body, bool is_datagram) {
  ByteReader reader(body);
  ClientHello hello;
  hello.legacy_version = reader.u16();
  hello.random = copy(reader.bytes(32));
  hello.session_id = copy(reader.vector8());
  if (is_datagram) hello.cookie = copy(reader.vector8());
  ByteReader numbers(reader.vector16());
  while (numbers.left() >= 2) hello.suites.push_back(numbers.u16());
  hello.compressions = copy(reader.vector8());
  std::optional<ExtensionList> list = read_extensions(reader);
  if (!list) return std::nullopt;
  hello.extensions = *std::move(list);
  return hello;
}

bool ClientHello::offers_version(std::uint16_t version) const {
  // DTLS counts its versions downwards.
  if (cookie) return version == kTls12 && legacy_version >> 8 == kDtls12 >> 8 && legacy_version <= kDtls12;
  const Bytes* const versions = extensions.find(extension::kSupportedVersions);
  if (versions == nullptr) return version < kTls13 && legacy_version >= version;
  ByteReader reader(*versions);
  for (ByteReader list(reader.vector8()); list.left() >= 2;) {
    if (list.u16() == version) return true;
  }
  return false;
}

bool ClientHello::offers_suite(std::uint16_t number) const { return std::ranges::find(suites, number) != suites.end(); }

void ServerHello::apply(const Fault& lie) {
  apply_common(*this, lie);
  if (lie.lie == Lie::Compression) compression = static_cast<std::uint8_t>(lie.number);
}

Bytes ServerHello::encode(const Fault& lie) const {
  ByteWriter writer;
  writer.u16(legacy_version).bytes(random).opaque8(session_id);
  writer.u16(lied_number(lie, Lie::CipherSuite, suite)).u8(compression);
  write_extensions(writer, extensions, lie);
  return writer.take();
}

std::optional<ServerHello> ServerHello::parse(ByteView body) {
  ByteReader reader(body);
  ServerHello hello;
  hello.legacy_version = reader.u16();
  hello.random = copy(reader.bytes(32));
  hello.session_id = copy(reader.vector8());
  hello.suite = reader.u16();
  hello.compression = reader.u8();
  std::optional<ExtensionList> list = read_extensions(reader);
  if (!list) return std::nullopt;
  hello.extensions = *std::move(list);
  return hello;
}

const Bytes& retry_random() {
  static const Bytes kRandom = digest(Hash::Sha256, bytes_of("HelloRetryRequest"));
  return kRandom;
}

std::vector<std::uint16_t> numbers_in(const Bytes* list) {
  std::vector<std::uint16_t> numbers;
  if (list == nullptr) return numbers;
  ByteReader outer(*list);
  for (ByteReader reader(outer.vector16()); reader.left() >= 2;) numbers.push_back(reader.u16());
  return numbers;
}

Bytes list_of(const std::vector<std::uint16_t>& numbers) {
  ByteWriter writer;
  writer.u16(2 * numbers.size());
  for (const std::uint16_t number : numbers) writer.u16(number);
  return writer.take();
}

void write_public(ByteWriter& to, const Fault& lie, ByteView honest, std::size_t prefix) {
  const ByteView value = lie.lie == Lie::PublicValue ? ByteView(lie.bytes) : honest;
  const std::size_t length = lie.lie == Lie::PublicValueLength ? lie.number : value.size();
  if (prefix == 1) {
    to.u8(length);
  } else {
    to.u16(length);
  }
  to.bytes(value);
}

}  // namespace securetransport::lab
