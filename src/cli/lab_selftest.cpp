// SPDX-License-Identifier: Apache-2.0
// Every scenario against our own engine, side by side.
#include "cli/lab_selftest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>

#include "cli/lab_report.hpp"

namespace securetransport::cli {
namespace {

/// Some runs only wait, so that more threads than cores are busy at once.
constexpr unsigned kThreadsForEachCore = 4;
constexpr unsigned kMostThreads = 32;

unsigned thread_count() {
  return std::clamp(std::thread::hardware_concurrency() * kThreadsForEachCore, kThreadsForEachCore, kMostThreads);
}

}  // namespace

std::vector<LabRun> play_all(std::span<const LabCase> cases, const LabMaterial& material) {
  std::vector<LabRun> runs(cases.size());
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr first_error;
  const auto work = [&] {
    for (std::size_t index = next++; index < cases.size(); index = next++) {
      try {
        runs[index] = play(cases[index], material);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!first_error) first_error = std::current_exception();
        return;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < thread_count(); ++i) {
      try {
        threads.emplace_back(work);
      } catch (const std::system_error&) {
        break;  // The system gives no more threads; those there are do the work.
      }
    }
    if (threads.empty()) work();
  }
  if (first_error) std::rethrow_exception(first_error);
  return runs;
}

LabTally tally_of(std::span<const LabRun> runs) {
  LabTally tally;
  std::set<ResultCode> shown;
  std::set<const lab::Scenario*> played;
  for (const LabRun& run : runs) {
    played.insert(run.played.scenario);
    const std::string complaint = run.complaint();
    if (!complaint.empty()) tally.complaints.push_back(complaint);
    const bool is_row = run.report.code && find_result(*run.report.code) != nullptr;
    if (complaint.empty() && is_row) shown.insert(*run.report.code);
  }
  tally.codes = shown.size();
  tally.scenarios = played.size();
  tally.runs = runs.size();
  return tally;
}

std::string summary_of(const LabTally& tally) {
  return fmt::format(
      "{} of {} codes, {} scenarios, {} runs, {}", tally.codes, result_table().size(), tally.scenarios, tally.runs,
      tally.complaints.empty() ? "all as documented" : fmt::format("{} not as documented", tally.complaints.size()));
}

}  // namespace securetransport::cli
