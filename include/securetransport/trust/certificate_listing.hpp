// SPDX-License-Identifier: Apache-2.0
// A certificate as a tree of labelled values, in the shape that Apple's SecCertificateCopyValues gives it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "securetransport/trust/certificate.hpp"

namespace securetransport {

struct ListedValue;

/// A text that is a URL.
struct ListedUrl {
  std::string text;
};

/// The moment itself, for people; a bare sys_seconds is a number of seconds.
struct ListedDate {
  std::chrono::sys_seconds moment;
};

/// One labelled value.
struct ListedValue {
  using Section = std::vector<ListedValue>;
  using Texts = std::vector<std::string>;
  using Blobs = std::vector<std::vector<std::uint8_t>>;

  std::string label;
  std::variant<std::string, ListedUrl, std::vector<std::uint8_t>, std::int64_t, std::chrono::sys_seconds, ListedDate,
               Section, Texts, Blobs>
      value;
};

/// A value of the certificate as a whole, with the object identifier that it is asked for by.
struct ListedField {
  std::string key;
  ListedValue value;
};

/// The fields of the certificate, then its extensions in their order. `now` decides whether the date of its end is
/// called "Expires" or "Expired".
[[nodiscard]] std::vector<ListedField> list_certificate(const Certificate& certificate, std::chrono::sys_seconds now);

}  // namespace securetransport
