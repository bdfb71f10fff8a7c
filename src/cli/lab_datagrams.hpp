// SPDX-License-Identifier: Apache-2.0
// The programs over datagrams: two sessions of DTLS and a bad network between them.
#pragma once

#include "cli/lab_programs.hpp"

namespace securetransport::cli {

[[nodiscard]] ProgramEnding datagram_no_answer(const LabMaterial& material);
[[nodiscard]] ProgramEnding datagram_lost(const LabMaterial& material);
[[nodiscard]] ProgramEnding datagram_repeated(const LabMaterial& material);
[[nodiscard]] ProgramEnding datagram_reordered(const LabMaterial& material);
[[nodiscard]] ProgramEnding datagram_record_skipped(const LabMaterial& material);

}  // namespace securetransport::cli
