// SPDX-License-Identifier: Apache-2.0
// The weights of EIE in tests/vectors/eie.json: how columns are stored, what a PE reads of them, and how many fillers
// a density leads to. The queues of its cases are the array's.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hw/codec/csc.hpp"
#include "hw/codec/csc_reader.hpp"

namespace lacuna {
namespace {

using nlohmann::json;
using Values = std::vector<StoredWord>;

std::vector<json> cases(const std::string& kind) {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/eie.json");
  const json document = json::parse(file);
  std::vector<json> all;
  for (const json& one : document["cases"]) {
    if (one["kind"] == kind) all.push_back(one);
  }
  return all;
}

struct Matrix {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  Values values;
};

/// Row by row, or the values that are not zero by row and column.
Matrix matrix_of(const json& input) {
  Matrix matrix;
  if (input.contains("W")) {
    matrix.rows = static_cast<std::int64_t>(input["W"].size());
    matrix.columns = static_cast<std::int64_t>(input["W"][0].size());
    for (const json& row : input["W"]) {
      for (const json& value : row) matrix.values.push_back(value.get<StoredWord>());
    }
    return matrix;
  }
  matrix.rows = input["rows"];
  matrix.columns = input["columns"];
  matrix.values.assign(static_cast<std::size_t>(matrix.rows * matrix.columns), 0);
  for (const json& one : input["nonzeros"]) {
    matrix.values[static_cast<std::size_t>(one[0].get<std::int64_t>() * matrix.columns + one[1].get<std::int64_t>())] =
        one[2].get<StoredWord>();
  }
  return matrix;
}

void expect_slice(const CscSlice& slice, const json& values, const json& runs) {
  EXPECT_EQ(slice.codes, values.get<Values>());
  EXPECT_EQ(slice.runs, runs.get<std::vector<std::uint16_t>>());
}

TEST(EieVectors, ColumnsAreStoredAsTheirEntries) {
  ASSERT_EQ(cases("codec").size(), 5U);
  for (const json& one : cases("codec")) {
    SCOPED_TRACE(one["id"].get<std::string>());
    CscFormat format = CscFormat::eie();
    format.pes = 1;
    const CscSlice slice = encode_csc(format, one["input"]["column"].get<Values>(), 1).at(0);
    expect_slice(slice, one["expected"]["v"], one["expected"]["z"]);
    EXPECT_EQ(slice.entries() * format.entry_bits(), one["expected"]["bits"]);
  }
}

TEST(EieVectors, APeReadsTheColumnsThatAreBroadcast) {
  ASSERT_EQ(cases("layer").size(), 4U);
  for (const json& one : cases("layer")) {
    SCOPED_TRACE(one["id"].get<std::string>());
    const json& wanted = one["expected"];
    const Matrix matrix = matrix_of(one["input"]);
    CscFormat format = CscFormat::eie();
    format.pes = one["input"]["num_pe"];
    const std::vector<CscSlice> slices = encode_csc(format, matrix.values, matrix.columns);
    std::int64_t entries = 0;
    for (std::int64_t pe = 0; pe < format.pes; ++pe) {
      const auto at = static_cast<std::size_t>(pe);
      expect_slice(slices[at], wanted["pe"][at]["v"], wanted["pe"][at]["z"]);
      EXPECT_EQ(slices[at].pointers, wanted["pe"][at]["ptr"].get<std::vector<std::int64_t>>());
      const CscMemory memory = store_csc(format, slices[at]);
      CscReader reader(format, memory, format.local_rows(matrix.rows, pe));
      std::size_t broadcast = 0;
      for (const json& column : wanted["broadcast_columns"]) {
        const std::int64_t before = reader.reads().entries;
        const std::int64_t cycles = reader.reads().cycles;
        reader.begin_column(column);
        while (reader.in_column()) reader.step();
        const std::int64_t walked = wanted["entries_per_pe_per_broadcast"][broadcast++][at];
        EXPECT_EQ(reader.reads().entries - before, walked);
        EXPECT_EQ(reader.reads().cycles - cycles, std::max<std::int64_t>(1, walked)) << "an empty column takes one";
      }
      EXPECT_EQ(reader.reads().rows, wanted["spmat_row_reads"][at]);
      EXPECT_EQ(reader.reads().pointers[0] + reader.reads().pointers[1], wanted["ptr_bank_reads"][at]);
      entries += reader.reads().entries;
    }
    EXPECT_EQ(entries, wanted["entries_walked"]);
  }
}

/// E[fillers] = d x sum over i >= 1 of max(0, L - 16 i) (1 - d)^(16 i), for L rows of independent density d.
TEST(EieVectors, FillersOfADensityAreTheirExpectation) {
  ASSERT_EQ(cases("statistics").size(), 1U);
  for (const json& one : cases("statistics")) {
    const auto rows = one["input"]["L"].get<std::int64_t>();
    const auto density = one["input"]["density"].get<double>();
    double expectation = 0.0;
    for (std::int64_t i = 1; 16 * i < rows; ++i) {
      expectation +=
          density * static_cast<double>(rows - 16 * i) * std::pow(1 - density, 16.0 * static_cast<double>(i));
    }
    EXPECT_NEAR(expectation, one["expected"]["expected_fillers"].get<double>(), 1e-6);
    // Many columns of draws: the encoder comes near to it.
    constexpr std::int64_t kColumns = 20000;
    Values values(static_cast<std::size_t>(rows * kColumns));
    std::uint64_t state = 1;
    for (StoredWord& value : values) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      value = static_cast<double>(state >> 11) * 0x1p-53 < density ? StoredWord{1} : StoredWord{0};
    }
    CscFormat format = CscFormat::eie();
    format.pes = 1;
    const CscSlice slice = encode_csc(format, values, kColumns).at(0);
    const auto fillers = static_cast<double>(std::count(slice.codes.begin(), slice.codes.end(), 0));
    EXPECT_NEAR(fillers / kColumns, expectation, 0.03);
  }
}

}  // namespace
}  // namespace lacuna
