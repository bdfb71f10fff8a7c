// SPDX-License-Identifier: Apache-2.0
// Lets a failing test of this layer name things instead of numbers.
#pragma once

#include <ostream>

#include "ossl/failure.hpp"
#include "unit/core/print.hpp"

namespace securetransport {

inline void PrintTo(DetectedBy by, std::ostream* out) { *out << to_string(by); }
inline void PrintTo(const AlertMessage& alert, std::ostream* out) {
  *out << "level " << static_cast<int>(alert.level) << ' ' << describe(alert.description);
}
inline void PrintTo(IoStatus status, std::ostream* out) {
  switch (status) {
    case IoStatus::Ok: *out << "Ok"; return;
    case IoStatus::WouldBlock: *out << "WouldBlock"; return;
    case IoStatus::EndOfStream: *out << "EndOfStream"; return;
    case IoStatus::Reset: *out << "Reset"; return;
    case IoStatus::TimedOut: *out << "TimedOut"; return;
    case IoStatus::Failed: *out << "Failed"; return;
  }
}

}  // namespace securetransport

namespace securetransport::ossl {

inline void PrintTo(Finding finding, std::ostream* out) {
  switch (finding) {
    case Finding::None: *out << "None"; return;
    case Finding::PlainTextPeer: *out << "PlainTextPeer"; return;
    case Finding::NotTls: *out << "NotTls"; return;
    case Finding::EmptyRecord: *out << "EmptyRecord"; return;
    case Finding::UnsolicitedExtension: *out << "UnsolicitedExtension"; return;
    case Finding::MissingExtension: *out << "MissingExtension"; return;
    case Finding::UnofferedVersion: *out << "UnofferedVersion"; return;
    case Finding::UnofferedScheme: *out << "UnofferedScheme"; return;
    case Finding::RepeatedExtension: *out << "RepeatedExtension"; return;
    case Finding::MisplacedExtension: *out << "MisplacedExtension"; return;
    case Finding::MalformedExtensions: *out << "MalformedExtensions"; return;
    case Finding::EndingWarning: *out << "EndingWarning"; return;
    case Finding::NoIdentity: *out << "NoIdentity"; return;
    case Finding::TrustRejected: *out << "TrustRejected"; return;
    case Finding::Unjudged: *out << "Unjudged"; return;
    default: *out << "Finding " << static_cast<int>(finding); return;
  }
}

}  // namespace securetransport::ossl
