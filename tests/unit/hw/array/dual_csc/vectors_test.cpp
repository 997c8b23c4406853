// SPDX-License-Identifier: Apache-2.0
// The worked cases in tests/vectors/eyeriss_v2_pe.json: cycles of a PE with one and with two MACs, at both levels, and
// the columns that it holds.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/codec/csc.hpp"
#include "tests/support/dual_csc_layer.hpp"

namespace lacuna::test {
namespace {

using nlohmann::json;
using Numbers = std::vector<std::int64_t>;

json input_of(const std::string& id, json& expected) {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/eyeriss_v2_pe.json");
  const json cases = json::parse(file)["cases"];
  for (const json& one : cases) {
    if (one["id"] != id) continue;
    expected = one["expected"];
    return one["input"];
  }
  ADD_FAILURE() << id << " is not in tests/vectors/eyeriss_v2_pe.json";
  return {};
}

StoredWord& at(std::vector<StoredWord>& words, std::int64_t index) { return words.at(static_cast<std::size_t>(index)); }

/// A layer in one pass, whatever it takes, and its words.
struct OnePass {
  OnePass(std::int64_t rows, std::int64_t columns, std::int64_t windows) : layer(rows, columns, windows) {
    layer.map_whole();
    words = layer.zeros();
  }
  StoredWord& weight(std::int64_t row, std::int64_t column) { return at(words.filters, row * layer.shape.C + column); }
  StoredWord& activation(std::int64_t column, std::int64_t window) {
    return at(words.ifmaps[0], column * layer.shape.W + window);
  }
  /// So many non-zeros in each column, from the first row, or window, on.
  void set_counts(const Numbers& weights, const Numbers& activations) {
    for (std::int64_t c = 0; c < layer.shape.C; ++c) {
      for (std::int64_t row = 0; row < weights.at(static_cast<std::size_t>(c)); ++row) weight(row, c) = 3;
      for (std::int64_t w = 0; w < activations.at(static_cast<std::size_t>(c)); ++w) activation(c, w) = 2;
    }
  }
  /// Checks the cycles of a PE with so many MACs, at both levels.
  void expect_cycles(std::int64_t macs, std::int64_t cycles) {
    layer.array().macs = macs;
    for (const LayerRun& run : layer.run_on(words)) EXPECT_EQ(busy_cycles(run, 0), cycles) << macs << " MACs";
  }
  DualCscLayer layer;
  DualCscLayer::Words words;
};

Numbers numbers(const json& list) { return list.get<Numbers>(); }

TEST(DualCscVectors, AMultiplicationOfCountsGivesTheCyclesOfThePe) {
  json expected;
  const json input = input_of("ev2-pe-1", expected);
  const json& activations = input["activations_per_channel"];
  const json& weights = input["weights_per_channel"];
  OnePass one(3, 3, 4);
  for (std::size_t c = 0; c < 3; ++c) {
    const auto column = static_cast<std::int64_t>(c);
    for (std::int64_t w = 0; w < 4; ++w) one.activation(column, w) = activations[c][static_cast<std::size_t>(w)];
    for (std::int64_t row = 0; row < 3; ++row) one.weight(row, column) = weights[c][static_cast<std::size_t>(row)];
  }
  one.expect_cycles(1, expected["cycles_1mac"]);
  one.expect_cycles(2, expected["cycles_2mac"]);
  const LayerRun run = one.layer.run_on(one.words)[0];
  const Numbers nnz_a = numbers(expected["nnzA"]);
  EXPECT_EQ(run.counts.at("iact_spad.read"), nnz_a[0] + nnz_a[1] + nnz_a[2]);
  EXPECT_EQ(run.macs_performed, expected["cycles_1mac"].get<std::int64_t>());
}

TEST(DualCscVectors, AnOddColumnWastesHalfACycleWithTwoMacs) {
  json expected;
  const json input = input_of("ev2-pe-2", expected);
  OnePass one(9, 4, 8);
  one.set_counts(numbers(input["nnzW"]), numbers(input["nnzA"]));
  one.expect_cycles(1, expected["cycles_1mac"]);
  one.expect_cycles(2, expected["cycles_2mac"]);
  // Two weights a cycle: what is missing are the odd last ones, 4 of the first column and 8 of the last.
  for (const LayerRun& run : one.layer.run_on(one.words)) {
    EXPECT_EQ(run.counts.at("mult.idle"), 2 * 24 - 36);
    EXPECT_EQ(run.stall_cycles.at("pairing"), 12);
    EXPECT_EQ(run.counts.at("weight_spad.read"), 24);
    EXPECT_EQ(run.counts.at("weight_address.read"), 2 * 16);
  }
}

/// What the codec makes of a matrix, with addresses of entries as the worked cases have them.
void expect_columns(const std::vector<StoredWord>& matrix, std::int64_t columns, const json& expected) {
  CscFormat format = CscFormat::eyeriss_v2_weights();
  format.entries_per_pointer = 1;
  const CscSlice slice = encode_csc(format, matrix, columns).front();
  EXPECT_EQ(Numbers(slice.codes.begin(), slice.codes.end()), numbers(expected["data"]));
  EXPECT_EQ(Numbers(slice.runs.begin(), slice.runs.end()), numbers(expected["count"]));
  EXPECT_EQ(slice.pointers, numbers(expected["address"]));
  EXPECT_EQ(slice.entries() * format.entry_bits(), expected["bits_data"].get<std::int64_t>());
  EXPECT_EQ((columns + 1) * format.pointer_bits, expected["bits_address_7b"].get<std::int64_t>());
}

TEST(DualCscVectors, AMatrixIsStoredColumnByColumn) {
  json expected;
  const json input = input_of("ev2-csc", expected);
  std::vector<StoredWord> matrix;
  for (const json& row : input["matrix"]) {
    for (const json& value : row) matrix.push_back(value);
  }
  expect_columns(matrix, 3, expected);
}

TEST(DualCscVectors, AFillerTakesTheCycleOfAWeightWhereItIsAskedTo) {
  json expected;
  const json input = input_of("ev2-csc-filler", expected);
  OnePass one(input["rows"], input["columns"], 3);
  one.set_counts({0, 0}, numbers(input["nnzA"]));
  for (const json& entry : input["nonzeros"]) one.weight(entry[0], entry[1]) = entry[2];
  expect_columns(one.words.filters, 2, expected);
  one.expect_cycles(1, expected["cycles_1mac"]);
  one.expect_cycles(2, expected["cycles_2mac"]);
  one.layer.array().filler_cycles = 1;
  one.expect_cycles(1, expected["cycles_1mac_filler_cycles"]);
  one.expect_cycles(2, expected["cycles_2mac_filler_cycles"]);
  for (const LayerRun& run : one.layer.run_on(one.words)) {
    EXPECT_EQ(run.filler, 3) << "one, for each of 3 activations";
    EXPECT_EQ(run.counts.at("mac.gated"), 3);
    EXPECT_EQ(run.macs_performed, 7);
    EXPECT_EQ(run.macs_skipped, 20 * 2 * 3 - 7);
  }
}

}  // namespace
}  // namespace lacuna::test
