// SPDX-License-Identifier: Apache-2.0
// A RecordBio over a scripted transport, driven the way OpenSSL drives it: five bytes, then the body.
#pragma once

#include <openssl/bio.h>

#include <optional>
#include <vector>

#include "ossl/record_bio.hpp"
#include "support/scripted_transport.hpp"
#include "support/tls_bytes.hpp"

namespace securetransport::ossl {

struct BioCase {
  test::ScriptedTransport wire;
  Failure failure;
  RecordBio bio{wire, failure};
  BioPtr handle = bio.make_bio();

  explicit BioCase(test::Bytes incoming = {}) { wire.incoming = std::move(incoming); }

  /// Exactly `size` bytes; nullopt if the BIO cannot give them. What it gave before is lost then.
  std::optional<test::Bytes> read(std::size_t size) {
    test::Bytes bytes(size);
    std::size_t have = 0;
    while (have < size) {
      const int count = BIO_read(handle.get(), bytes.data() + have, static_cast<int>(size - have));
      if (count <= 0) return std::nullopt;
      have += static_cast<std::size_t>(count);
    }
    return bytes;
  }

  /// One record as OpenSSL sees it, header included.
  std::optional<test::Bytes> next_record() {
    const std::optional<test::Bytes> head = read(5);
    if (!head) return std::nullopt;
    const std::optional<test::Bytes> body = read(static_cast<std::size_t>((*head)[3] << 8 | (*head)[4]));
    if (!body) return std::nullopt;
    return test::concat(*head, *body);
  }

  std::vector<test::Bytes> all_records() {
    std::vector<test::Bytes> records;
    while (std::optional<test::Bytes> record = next_record()) records.push_back(*std::move(record));
    return records;
  }

  [[nodiscard]] bool wants_retry() const { return BIO_should_retry(handle.get()) != 0; }

  bool write(const test::Bytes& bytes) {
    return BIO_write(handle.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
  }
};

}  // namespace securetransport::ossl
