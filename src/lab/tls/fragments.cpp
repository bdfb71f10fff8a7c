// SPDX-License-Identifier: Apache-2.0
#include "lab/tls/fragments.hpp"

#include <algorithm>

#include "lab/tls/byte_writer.hpp"
#include "securetransport/core/byte_reader.hpp"

namespace securetransport::lab {
namespace {

constexpr std::uint16_t kFarthest = 16;      // Messages ahead of the next one; no flight has as many.
constexpr std::size_t kLargest = 1U << 17U;  // A message that claims more is not waited for.

struct Fragment {
  std::uint8_t type = 0;
  std::size_t total = 0;
  std::uint16_t sequence = 0;
  std::size_t offset = 0;
  ByteView bytes;

  [[nodiscard]] Bytes encode() const {
    return ByteWriter().u8(type).u24(total).u16(sequence).u24(offset).u24(bytes.size()).bytes(bytes).take();
  }
};

Fragment read(ByteReader& reader) {
  Fragment one;
  one.type = reader.u8();
  one.total = reader.u24();
  one.sequence = reader.u16();
  one.offset = reader.u24();
  one.bytes = reader.vector24();
  return one;
}

Fragment piece(const Fragment& whole, std::size_t offset, std::size_t count) {
  Fragment one = whole;
  one.offset = offset;
  one.bytes = whole.bytes.subspan(offset, std::min(count, whole.bytes.size() - offset));
  return one;
}

std::vector<Fragment> cut(const Fragment& whole, std::size_t limit, std::size_t overlap) {
  if (whole.bytes.empty()) return {whole};
  std::vector<Fragment> all;
  for (std::size_t offset = 0; offset < whole.bytes.size(); offset += limit) {
    all.push_back(piece(whole, offset - std::min(offset, overlap), limit + std::min(offset, overlap)));
  }
  return all;
}

}  // namespace

Bytes datagram_message(std::uint8_t type, std::uint16_t sequence, ByteView body, std::optional<std::uint32_t> claimed) {
  return ByteWriter().u8(type).u24(claimed.value_or(body.size())).u16(sequence).u24(0).opaque24(body).take();
}

void renumber(Bytes& message, std::uint16_t sequence) {
  if (message.size() < kDatagramMessageHeader) return;
  message[4] = static_cast<std::uint8_t>(sequence >> 8);
  message[5] = static_cast<std::uint8_t>(sequence & 0xff);
}

std::vector<Bytes> fragments_of(ByteView message, std::size_t limit, Action trick) {
  ByteReader reader(message);
  const Fragment whole = read(reader);
  const std::size_t third = std::max<std::size_t>(1, whole.bytes.size() / 3);
  const bool is_tricky = trick >= Action::ReverseFragments && trick <= Action::FragmentsDisagree;
  const std::size_t overlap = trick == Action::OverlapFragments ? third / 2 : 0;
  std::vector<Fragment> pieces = cut(whole, is_tricky ? std::min(limit, third) : limit, overlap);
  switch (trick) {
    case Action::ReverseFragments: std::reverse(pieces.begin(), pieces.end()); break;
    case Action::EmptyFragment: pieces.insert(pieces.begin(), piece(whole, 0, 0)); break;
    case Action::FragmentBeyondEnd: {
      Fragment beyond = pieces.back();
      beyond.offset += 1;
      pieces.insert(pieces.begin(), beyond);
      break;
    }
    case Action::FragmentsDisagree: {
      Fragment other = pieces.back();
      other.total += 1;
      pieces.insert(pieces.begin() + 1, other);
      break;
    }
    default: break;
  }
  std::vector<Bytes> all;
  for (const Fragment& one : pieces) all.push_back(one.encode());
  return all;
}

bool Reassembly::take(ByteView fragments) {
  bool is_new = true;
  for (ByteReader reader(fragments); !reader.at_end();) {
    const Fragment one = read(reader);
    if (!reader.ok()) break;
    if (one.sequence < next_) is_new = false;
    const bool is_wanted = one.sequence >= next_ && one.sequence - next_ < kFarthest;
    if (!is_wanted || one.total > kLargest || one.offset + one.bytes.size() > one.total) continue;
    Partial& partial = partials_[one.sequence];
    if (partial.has.empty()) {
      partial.type = one.type;
      partial.body.resize(one.total);
      partial.has.resize(one.total + 1);  // One more, so that it is not empty for a message without a body.
      partial.has.back() = true;
    }
    if (partial.body.size() != one.total) continue;
    std::copy(one.bytes.begin(), one.bytes.end(), partial.body.begin() + static_cast<std::ptrdiff_t>(one.offset));
    std::fill_n(partial.has.begin() + static_cast<std::ptrdiff_t>(one.offset), one.bytes.size(), true);
  }
  return is_new;
}

std::optional<Bytes> Reassembly::next() {
  const auto found = partials_.find(next_);
  if (found == partials_.end()) return std::nullopt;
  const Partial& partial = found->second;
  if (std::find(partial.has.begin(), partial.has.end(), false) != partial.has.end()) return std::nullopt;
  Bytes message = datagram_message(partial.type, next_, partial.body);
  partials_.erase(found);
  ++next_;
  return message;
}

}  // namespace securetransport::lab
