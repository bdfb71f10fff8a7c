// SPDX-License-Identifier: Apache-2.0
#include "apple/ssl_version_window.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace securetransport::apple {
namespace {

constexpr std::array kStreamLadder{kSSLProtocol3, kTLSProtocol1, kTLSProtocol11, kTLSProtocol12, kTLSProtocol13};
constexpr std::array kDatagramLadder{kDTLSProtocol1, kDTLSProtocol12};

// Rungs of the stream ladder.
constexpr int kSsl3 = 0;
constexpr int kTls10 = 1;
constexpr int kTls11 = 2;
constexpr int kTls12 = 3;
constexpr int kTls13 = 4;

std::span<const SSLProtocol> ladder(bool is_datagram) noexcept {
  if (is_datagram) return kDatagramLadder;
  return kStreamLadder;
}

struct EngineVersion {
  SSLProtocol protocol;
  ProtocolVersion version;
};
constexpr std::array kEngineVersions{
    EngineVersion{kTLSProtocol1, ProtocolVersion::Tls10},   EngineVersion{kTLSProtocol11, ProtocolVersion::Tls11},
    EngineVersion{kTLSProtocol12, ProtocolVersion::Tls12},  EngineVersion{kTLSProtocol13, ProtocolVersion::Tls13},
    EngineVersion{kDTLSProtocol1, ProtocolVersion::Dtls10}, EngineVersion{kDTLSProtocol12, ProtocolVersion::Dtls12},
};

/// What SSLSetProtocolVersion stands for. TLS 1.2 does not bring the older versions along as it does in Apple's: they
/// are spoken only by those who name them.
struct OneWord {
  SSLProtocol word;
  int min;
  int max;
};
constexpr std::array kWords{
    OneWord{kSSLProtocol3, kSsl3, kSsl3},         OneWord{kSSLProtocol3Only, kSsl3, kSsl3},
    OneWord{kTLSProtocol1, kSsl3, kTls10},        OneWord{kTLSProtocol1Only, kTls10, kTls10},
    OneWord{kTLSProtocol11, kSsl3, kTls11},       OneWord{kTLSProtocol12, kTls12, kTls12},
    OneWord{kSSLProtocolAll, kSsl3, kTls13},      OneWord{kTLSProtocol13, kTls12, kTls13},
    OneWord{kSSLProtocolUnknown, kTls12, kTls13},
};

}  // namespace

VersionWindow::VersionWindow(bool is_datagram) noexcept
    : is_datagram_(is_datagram), min_(is_datagram ? 1 : kTls12), max_(is_datagram ? 1 : kTls13) {}

void VersionWindow::clear() noexcept {
  min_ = 1;
  max_ = 0;
}

std::optional<int> VersionWindow::rung(SSLProtocol version) const noexcept {
  const std::span<const SSLProtocol> rungs = ladder(is_datagram_);
  if (version == kTLSProtocolMaxSupported) return static_cast<int>(rungs.size()) - 1;
  const auto found = std::find(rungs.begin(), rungs.end(), version);
  if (found == rungs.end()) return std::nullopt;
  return static_cast<int>(found - rungs.begin());
}

SSLProtocol VersionWindow::min() const noexcept {
  return is_empty() ? kSSLProtocolUnknown : ladder(is_datagram_)[static_cast<std::size_t>(min_)];
}

SSLProtocol VersionWindow::max() const noexcept {
  return is_empty() ? kSSLProtocolUnknown : ladder(is_datagram_)[static_cast<std::size_t>(max_)];
}

bool VersionWindow::set_min(SSLProtocol version) noexcept {
  const std::optional<int> place = rung(version);
  if (!place) return false;
  max_ = is_empty() ? *place : std::max(max_, *place);
  min_ = *place;
  return true;
}

bool VersionWindow::set_max(SSLProtocol version) noexcept {
  const std::optional<int> place = rung(version);
  if (!place) return false;
  min_ = is_empty() ? *place : std::min(min_, *place);
  max_ = *place;
  return true;
}

bool VersionWindow::enable(SSLProtocol version) noexcept {
  if (version == kSSLProtocolAll) {
    min_ = kSsl3;
    max_ = kTls13;
    return true;
  }
  const std::optional<int> place = rung(version);
  if (!place || version == kTLSProtocolMaxSupported) return false;
  min_ = is_empty() ? *place : std::min(min_, *place);
  max_ = std::max(max_, *place);
  return true;
}

bool VersionWindow::disable(SSLProtocol version) noexcept {
  if (version == kSSLProtocol2) return true;
  if (version == kSSLProtocolAll) {
    clear();
    return true;
  }
  const std::optional<int> place = rung(version);
  if (!place || version == kTLSProtocolMaxSupported) return false;
  if (is_empty()) return true;
  // A range without gaps: what is disabled takes everything older along, except for the newest, which goes alone.
  if (*place == kTls13) {
    max_ = std::min(max_, kTls12);
  } else {
    min_ = std::max(min_, *place + 1);
  }
  if (is_empty()) clear();
  return true;
}

std::optional<bool> VersionWindow::is_enabled(SSLProtocol version) const noexcept {
  if (version == kSSLProtocol2) return false;
  if (version == kSSLProtocolAll) return min_ == kSsl3 && max_ == kTls13;
  const std::optional<int> place = rung(version);
  if (!place || version == kTLSProtocolMaxSupported) return std::nullopt;
  return *place >= min_ && *place <= max_;
}

bool VersionWindow::set(SSLProtocol version) noexcept {
  const auto* const found =
      std::find_if(kWords.begin(), kWords.end(), [&](const OneWord& word) { return word.word == version; });
  if (found == kWords.end()) return false;
  min_ = found->min;
  max_ = found->max;
  return true;
}

std::optional<SSLProtocol> VersionWindow::as_one() const noexcept {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const OneWord& word) { return word.min == min_ && word.max == max_; });
  if (found == kWords.end()) return std::nullopt;
  return found->word;
}

std::optional<VersionRange> VersionWindow::range() const noexcept {
  const int oldest = is_datagram_ ? 0 : kTls10;
  if (is_empty() || max_ < oldest) return std::nullopt;
  const std::span<const SSLProtocol> rungs = ladder(is_datagram_);
  return VersionRange{engine_version(rungs[static_cast<std::size_t>(std::max(min_, oldest))]),
                      engine_version(rungs[static_cast<std::size_t>(max_)])};
}

ProtocolVersion engine_version(SSLProtocol version) noexcept {
  const auto* const found = std::find_if(kEngineVersions.begin(), kEngineVersions.end(),
                                         [&](const EngineVersion& known) { return known.protocol == version; });
  return found != kEngineVersions.end() ? found->version : ProtocolVersion::Tls13;
}

SSLProtocol protocol_of(ProtocolVersion version) noexcept {
  const auto* const found = std::find_if(kEngineVersions.begin(), kEngineVersions.end(),
                                         [&](const EngineVersion& known) { return known.version == version; });
  return found != kEngineVersions.end() ? found->protocol : kSSLProtocolUnknown;
}

}  // namespace securetransport::apple
