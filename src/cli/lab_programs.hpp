// SPDX-License-Identifier: Apache-2.0
// The scenarios in which nobody misbehaves: small programs against the engine's own API.
#pragma once

#include "cli/lab_run.hpp"

namespace securetransport::cli {

/// What a program came to. The diagnosis is that of a session, if there was one.
struct ProgramEnding {
  ResultCode code;
  Diagnosis diagnosis;
};

/// Runs the program of the scenario's name and puts what it came to into the report.
void run_program(const LabMaterial& material, LabRun& run);

}  // namespace securetransport::cli
