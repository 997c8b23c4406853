// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/array/pass_record.hpp"
#include "hw/array/row_stationary/clocked/context.hpp"

namespace lacuna::test {

/// One case of tests/vectors/row_stationary.json: a list of passes with their words and the edges, counts and output
/// words that the array must give. The file states the index orders and the word generator.
struct RowStationaryCase {
  std::string id;
  std::string note;
  ClockedContext context;  ///< without memory, MAC and faults
  bool values = false;     ///< false: timing only
  struct PassWords {
    std::vector<Word> ifmap, filters, psum_in;
  };
  std::vector<PassWords> words;  ///< one per pass, empty for timing only
  std::vector<bool> psum_from_previous;

  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> start_end;  ///< by pass
  std::int64_t total_cycles = 0;
  std::map<std::string, std::int64_t> sums;
  std::map<std::string, std::vector<std::int64_t>> per_pe;
  std::map<std::string, std::int64_t> bus_stalls;
  std::vector<std::string> output_checksum;
};

/// All cases of the file. `whole_layers` selects the twelve whole AlexNet layers, or all the others.
std::vector<RowStationaryCase> row_stationary_cases(bool whole_layers);

/// Runs a case on the clocked array and compares every number with the expected one (GoogleTest expectations).
void run_clocked(const RowStationaryCase& test_case);

/// Times a case by the recurrences and compares every edge and stall count with the expected one.
void run_recurrences(const RowStationaryCase& test_case);

}  // namespace lacuna::test
