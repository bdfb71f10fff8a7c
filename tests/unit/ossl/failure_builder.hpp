// SPDX-License-Identifier: Apache-2.0
// Writes Failure records the way engine-notes writes them: "r244 A10, record type 22".
#pragma once

#include <utility>

#include "ossl/classify.hpp"
#include "ossl/failure.hpp"

namespace securetransport::ossl {

inline constexpr int kLibssl = 20;     ///< ERR_LIB_SSL
inline constexpr int kLibX509 = 11;    ///< ERR_LIB_X509
inline constexpr int kLibAsn1 = 13;    ///< ERR_LIB_ASN1
inline constexpr int kProviders = 57;  ///< ERR_LIB_PROV

/// A failure in the middle of a stream of TLS records, of a client unless said otherwise.
class Given {
 public:
  Given() { failure_.first_bytes = {22, 3, 3, 0, 90}; }

  Given& server() {
    return with([](Failure& f) { f.role = Role::Server; });
  }
  Given& connected() {
    return with([](Failure& f) { f.connected = true; });
  }
  Given& nothing_received() {
    return with([](Failure& f) { f.first_bytes.clear(); });
  }
  Given& version(std::uint16_t number) {
    return with([&](Failure& f) { f.version = number; });
  }
  Given& suite(std::uint16_t number) {
    return with([&](Failure& f) { f.cipher_suite = number; });
  }
  Given& entry(int library, int reason, std::string text = "text") {
    return with([&](Failure& f) { f.errors.push_back({library, reason, std::move(text)}); });
  }
  Given& r(int reason) { return entry(kLibssl, reason); }
  Given& a(int sent) {
    return with([&](Failure& f) { f.alert_sent = AlertMessage{Alert{static_cast<std::uint8_t>(sent)}, kFatal}; });
  }
  Given& received(int alert, AlertLevel level = AlertLevel::Fatal) {
    return with([&](Failure& f) { f.alert_received = AlertMessage{Alert{static_cast<std::uint8_t>(alert)}, level}; });
  }
  Given& ignored_warning(int alert) {
    return with([&](Failure& f) {
      f.warning_ignored = AlertMessage{Alert{static_cast<std::uint8_t>(alert)}, AlertLevel::Warning};
    });
  }
  Given& datagrams() {
    return with([](Failure& f) { f.datagram = true; });
  }
  Given& record(std::uint8_t type) {
    return with([&](Failure& f) { f.last_record = RecordHeader{type, 0x0303, 40}; });
  }
  Given& inner(std::uint8_t type) {
    return with([&](Failure& f) { f.last_inner_type = type; });
  }
  Given& cipher(CipherKind kind) {
    return with([&](Failure& f) { f.read_cipher = kind; });
  }
  Given& missing(std::size_t bytes) {
    return with([&](Failure& f) { f.missing = bytes; });
  }
  Given& found(Finding what) {
    return with([&](Failure& f) { f.find(what, "detail of the finding"); });
  }
  Given& rejected(ResultCode code) {
    return found(Finding::TrustRejected).with([&](Failure& f) { f.finding_code = code; });
  }
  Given& suite_in_common() {
    return with([](Failure& f) { f.offered_enabled_suite = true; });
  }
  Given& transport(IoStatus status, std::int32_t code = 0) {
    return with([&](Failure& f) { f.transport = status, f.transport_code = code; });
  }
  Given& in_header() {
    return with([](Failure& f) { f.transport_failed_in_header = true; });
  }
  Given& on_write() {
    return with([](Failure& f) { f.transport_failed_on_write = true; });
  }

  template <class Change>
  Given& with(Change&& change) {
    change(failure_);
    return *this;
  }
  operator const Failure&() const { return failure_; }  // NOLINT(*-explicit-*)

 private:
  static constexpr AlertLevel kFatal = AlertLevel::Fatal;
  Failure failure_;
};

}  // namespace securetransport::ossl
