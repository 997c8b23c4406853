// SPDX-License-Identifier: Apache-2.0
// The queues, batches and row scans of EIE in tests/vectors/eie.json, and its layers on the whole machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/csc_broadcast_layer.hpp"
#include "tests/support/csc_columns_case.hpp"

namespace lacuna::test {
namespace {

using nlohmann::json;
using Service = std::vector<std::vector<std::int64_t>>;

std::vector<json> cases(const std::string& kind, std::size_t count) {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/eie.json");
  const json document = json::parse(file);
  std::vector<json> all;
  for (const json& one : document["cases"]) {
    if (one["kind"] == kind) all.push_back(one);
  }
  EXPECT_EQ(all.size(), count) << kind;
  return all;
}

std::vector<std::int32_t> non_zeros(const json& activations) {
  std::vector<std::int32_t> places;
  for (std::size_t i = 0; i < activations.size(); ++i) {
    if (activations[i] != 0) places.push_back(static_cast<std::int32_t>(i));
  }
  return places;
}

/// Row by row, or the values that are not zero by row and column.
std::vector<StoredWord> matrix_of(const json& input) {
  std::vector<StoredWord> matrix;
  if (input.contains("W")) {
    for (const json& row : input["W"]) {
      for (const json& value : row) matrix.push_back(value.get<StoredWord>());
    }
    return matrix;
  }
  const auto columns = input["columns"].get<std::size_t>();
  matrix.assign(input["rows"].get<std::size_t>() * columns, 0);
  for (const json& one : input["nonzeros"]) {
    matrix[one[0].get<std::size_t>() * columns + one[1].get<std::size_t>()] = one[2].get<StoredWord>();
  }
  return matrix;
}

/// The edges of every broadcast and of the last entry of each PE: those of the first broadcasts alone are the same.
void expect_edges(CscColumnsCase& machine, const std::vector<std::int32_t>& columns,
                  const std::vector<std::int32_t>& places, const json& broadcasts, const json& ends) {
  for (std::size_t count = 1; count <= columns.size(); ++count) {
    const auto last = static_cast<std::ptrdiff_t>(count);
    const CscPassCounts counts =
        machine.serve({columns.begin(), columns.begin() + last}, {places.begin(), places.begin() + last});
    EXPECT_EQ(counts.last_push, broadcasts[count - 1]);
    if (ends.is_null()) continue;
    for (std::size_t pe = 0; pe < ends[count - 1].size(); ++pe) EXPECT_EQ(counts.end[pe], ends[count - 1][pe]);
  }
}

TEST(EieQueues, HoldBackBroadcastsAsInTheWorkedCases) {
  for (const json& one : cases("queue", 5)) {
    SCOPED_TRACE(one["id"].get<std::string>());
    const auto service = one["input"]["service"].get<Service>();
    CscBroadcastConfig array;
    array.pe_count = static_cast<std::int64_t>(service[0].size());
    array.queue_depth = one["input"]["queue_depth"];
    CscColumnsCase machine = CscColumnsCase::of_service(array, service);
    const std::vector<std::int32_t> columns = first_numbers(service.size());
    expect_edges(machine, columns, columns, one["expected"]["broadcast_cycle"], one["expected"]["end_cycle"]);
    EXPECT_EQ(machine.serve(columns).busy, one["expected"]["T"]);
  }
}

TEST(EieQueues, LoseACycleOnEachScannedRowThatDoesNotEndInANonZero) {
  for (const json& one : cases("row_scan", 1)) {
    const auto service = one["input"]["service"].get<Service>();
    for (std::size_t i = 0; i < one["input"]["queue_depth"].size(); ++i) {
      CscBroadcastConfig array;
      array.pe_count = one["input"]["num_lanes"];
      array.row_scan_bubble = true;
      array.queue_depth = one["input"]["queue_depth"][i];
      Service of_all = service;  // the case is of one PE; four lanes are four PEs, and the others are no slower
      for (auto& column : of_all) column.resize(4, column[0]);
      CscColumnsCase machine = CscColumnsCase::of_service(array, of_all);
      const std::vector<std::int32_t> columns = first_numbers(service.size());
      const std::vector<std::int32_t> places = non_zeros(one["input"]["a"]);
      expect_edges(machine, columns, places, one["expected"]["broadcast_cycle"][i], nullptr);
      EXPECT_EQ(machine.serve(columns, places).busy, one["expected"]["T"][i]);
    }
  }
}

TEST(EieQueues, StartABatchInTheCycleAfterTheLastBusyOneOfTheBatchBefore) {
  for (const json& one : cases("batches", 1)) {
    const json& input = one["input"];
    const auto service = input["service"].get<Service>();
    const auto columns = input["broadcast_columns"].get<std::vector<std::size_t>>();
    for (const bool clocked : {true, false}) {
      // Two batches of four inputs, 2 PEs with 4 rows each.
      CscBroadcastLayer layer(2, 8, 8);
      layer.array().batch_inputs = input["batch_inputs"];
      layer.array().queue_depth = input["queue_depth"];
      std::vector<StoredWord> matrix(64, 0);
      std::vector<StoredWord> vector(8, 0);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        vector[columns[i]] = 1;
        for (std::size_t pe = 0; pe < 2; ++pe) {
          for (std::int64_t row = 0; row < service[i][pe]; ++row) {
            matrix[(static_cast<std::size_t>(2 * row) + pe) * 8 + columns[i]] = 1;
          }
        }
      }
      const LayerRun run = layer.run_on(clocked, matrix, vector);
      const json& wanted = one["expected"]["batch_T"];
      ASSERT_EQ(run.passes.size(), wanted.size());
      std::int64_t all = 0;
      for (std::size_t pass = 0; pass < wanted.size(); ++pass) {
        EXPECT_EQ(busy_cycles(run.passes[pass], layer.array()), wanted[pass]);
        all += busy_cycles(run.passes[pass], layer.array());
      }
      EXPECT_EQ(all, one["expected"]["T"]);
    }
  }
}

TEST(EieLayers, TakeTheWorkedCyclesReadsAndOutputsAtBothLevels) {
  for (const json& one : cases("layer", 4)) {
    SCOPED_TRACE(one["id"].get<std::string>());
    const json& wanted = one["expected"];
    const std::vector<StoredWord> matrix = matrix_of(one["input"]);
    const auto vector = one["input"]["a"].get<std::vector<StoredWord>>();
    const auto rows = static_cast<std::int64_t>(matrix.size() / vector.size());
    CscBroadcastLayer layer(one["input"]["num_pe"], rows, static_cast<std::int64_t>(vector.size()));
    layer.array().queue_depth = one["input"]["queue_depth"];
    std::int64_t row_reads = 0;
    std::int64_t pointer_reads = 0;
    for (const json& of_pe : wanted["spmat_row_reads"]) row_reads += of_pe.get<std::int64_t>();
    for (const json& of_pe : wanted["ptr_bank_reads"]) pointer_reads += of_pe.get<std::int64_t>();
    for (const bool clocked : {true, false}) {
      const LayerRun run = layer.run_on(clocked, matrix, vector);
      ASSERT_EQ(run.passes.size(), 1U);
      EXPECT_EQ(busy_cycles(run.passes[0], layer.array()), wanted["T"]);
      EXPECT_EQ(run.macs_performed, wanted["macs"]);
      EXPECT_EQ(run.macs_skipped, layer.shape.macs() - wanted["macs"].get<std::int64_t>());
      EXPECT_EQ(run.macs_performed + run.filler, wanted["entries_walked"]);
      EXPECT_EQ(run.counts.at("spmat.read"), row_reads);
      EXPECT_EQ(run.counts.at("pointer.read"), pointer_reads);
      EXPECT_EQ(run.counts.at("lnzd.select"), wanted["broadcast_columns"].size());
      EXPECT_EQ(run.ofmap, wanted["y_before_relu"].get<std::vector<StoredWord>>());
    }
    CscColumnsCase machine(layer.array(), matrix, static_cast<std::int64_t>(vector.size()));
    const std::vector<std::int32_t> columns = non_zeros(one["input"]["a"]);
    expect_edges(machine, columns, columns, wanted["broadcast_cycle"], wanted["end_cycle"]);
    const CscPassCounts counts = machine.serve(columns);
    for (std::size_t pe = 0; pe < wanted["spmat_row_reads"].size(); ++pe) {
      EXPECT_EQ(counts.row_reads[pe], wanted["spmat_row_reads"][pe]);
      if (!wanted.contains("acc_bypass")) continue;
      EXPECT_EQ(counts.bypasses[pe], wanted["acc_bypass"][pe]);
    }
    if (!wanted.contains("filler_slots")) continue;
    EXPECT_EQ(counts.fillers[0] + counts.fillers[1], wanted["filler_slots"]);
  }
}

}  // namespace
}  // namespace lacuna::test
