// SPDX-License-Identifier: Apache-2.0
// Every case of tests/vectors/codecs.json: streams and sizes worked out from the definitions of the formats alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "hw/codec/csc.hpp"
#include "hw/codec/csr.hpp"
#include "hw/codec/huffman.hpp"
#include "hw/codec/offset_bricks.hpp"
#include "hw/codec/relative_index.hpp"

namespace lacuna {
namespace {

using nlohmann::json;
using Values = std::vector<StoredWord>;

std::vector<json> cases() {
  std::ifstream file(LACUNA_SOURCE_DIR "/tests/vectors/codecs.json");
  return json::parse(file)["cases"].get<std::vector<json>>();
}

std::int64_t count_of(const Values& values) { return static_cast<std::int64_t>(values.size()); }

/// A matrix row by row.
Values flat(const json& matrix) {
  Values values;
  for (const json& row : matrix) {
    for (const json& value : row) values.push_back(value.get<StoredWord>());
  }
  return values;
}

void run_length_case(const json& input, const json& expected) {
  const Codec& codec = *Registry<Codec>::instance().find("run_length");
  const auto values = input["values"].get<Values>();
  CodecParameters parameters;  // runs of 5 bits, words of 64
  parameters.value_bits = input["value_bits"];
  const std::vector<std::uint64_t> words = codec.encode(parameters, values);
  std::vector<std::uint64_t> wanted;
  for (const json& word : expected["words"]) wanted.push_back(std::stoull(word.get<std::string>(), nullptr, 16));
  EXPECT_EQ(words, wanted);
  EXPECT_EQ(codec.decode(parameters, words, count_of(values)), values);
  EXPECT_EQ(codec.word_count(parameters, values) * 64, expected["bits"]);
  EXPECT_EQ(count_of(values) * parameters.value_bits, expected["dense_bits"]);
  std::size_t pair = 0;
  for (const json& run_and_level : expected["pairs"]) {
    const std::uint64_t bits = words[pair / 3] >> (pair % 3 * 21);
    EXPECT_EQ(bits & 31, run_and_level[0]) << "run " << pair;
    EXPECT_EQ(wrap(static_cast<std::int64_t>(bits >> 5), 16), run_and_level[1]) << "level " << pair;
    ++pair;
  }
  EXPECT_EQ((pair + 2) / 3, words.size());
}

void bitmask_case(const json& input, const json& expected) {
  const Codec& codec = *Registry<Codec>::instance().find("bitmask");
  const auto values = input["values"].get<Values>();
  CodecParameters parameters;
  parameters.value_bits = input["value_bits"];
  parameters.word_bits = input["word_bits"];
  ASSERT_EQ(parameters.value_bits, 16);
  ASSERT_EQ(parameters.word_bits, 64);
  const std::vector<std::uint64_t> words = codec.encode(parameters, values);
  const std::size_t mask_words = (values.size() + 63) / 64;
  const auto digits = expected["mask"].get<std::string>();  // 0x, then the highest first
  for (std::size_t digit = 0; digit < digits.size() - 2; ++digit) {
    const auto wanted = std::stoull(digits.substr(digits.size() - 1 - digit, 1), nullptr, 16);
    EXPECT_EQ(words[digit / 16] >> (digit % 16 * 4) & 15, wanted) << "digit " << digit << " of the mask";
  }
  Values stored;
  for (std::size_t i = 0; i < expected["values"].size(); ++i) {
    stored.push_back(static_cast<StoredWord>(words[mask_words + i / 4] >> (i % 4 * 16)));
  }
  EXPECT_EQ(stored, expected["values"].get<Values>());
  EXPECT_EQ(count_of(values) + count_of(stored) * 16, expected["bits_exact"]);
  EXPECT_EQ(words.size() * 64, expected["bits_aligned"]);
  EXPECT_EQ(count_of(values) * 16, expected["dense_bits"]);
  EXPECT_EQ(codec.decode(parameters, words, count_of(values)), values);
}

void csr_case(const json& input, const json& expected) {
  const auto rows = static_cast<std::int64_t>(input["matrix"].size());
  const auto columns = static_cast<std::int64_t>(input["matrix"][0].size());
  const CsrMatrix csr = encode_csr(flat(input["matrix"]), rows, columns);
  EXPECT_EQ(csr.values, expected["values"].get<Values>());
  EXPECT_EQ(csr.column_of, expected["col"].get<std::vector<std::int64_t>>());
  EXPECT_EQ(csr.row_begin, expected["row_ptr"].get<std::vector<std::int64_t>>());
  EXPECT_EQ(csr_bits({rows, columns, count_of(csr.values)}, input["value_bits"]), expected["bits"]);
  EXPECT_EQ(decode_csr(csr), flat(input["matrix"]));
}

void csc_case(const json& input, const json& expected) {
  CscFormat format = CscFormat::eie();
  format.pes = input["num_pe"];
  const auto columns = static_cast<std::int64_t>(input["matrix"][0].size());
  std::int64_t entries = 0;
  std::int64_t bits = 0;
  std::int64_t aligned = 0;
  for (const CscSlice& slice : encode_csc(format, flat(input["matrix"]), columns)) {
    entries += slice.entries();
    bits += csc_bits(format, slice.entries(), columns);
    aligned += csc_aligned_bits(format, slice.entries(), columns);
  }
  EXPECT_EQ(entries, expected["entries"]);
  EXPECT_EQ(bits, expected["bits_exact"]);
  EXPECT_EQ(aligned, expected["bits_aligned"]);
}

/// The digits of a code, first bit first.
std::string digits_of(const HuffmanCode& code, std::size_t symbol) {
  std::string digits;
  for (unsigned bit = code.lengths()[symbol]; bit-- > 0;)
    digits += static_cast<char>('0' + (code.code(symbol) >> bit & 1));
  return digits;
}

void huffman_case(const json& input, const json& expected) {
  std::size_t symbols = input.value("alphabet_size", std::size_t{0});
  for (const auto& [symbol, unused] : input["frequencies"].items()) {
    symbols = std::max(symbols, static_cast<std::size_t>(std::stoul(symbol)) + 1);
  }
  std::vector<std::int64_t> frequencies(symbols, 0);
  for (const auto& [symbol, frequency] : input["frequencies"].items()) frequencies[std::stoul(symbol)] = frequency;
  const HuffmanCode code = HuffmanCode::of(frequencies);
  double total = 0;
  for (const std::int64_t frequency : frequencies) total += static_cast<double>(frequency);
  double entropy = 0;
  for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
    const auto frequency = static_cast<double>(frequencies[symbol]);
    const std::string name = std::to_string(symbol);
    EXPECT_EQ(code.lengths()[symbol], expected["lengths"].value(name, 0)) << name;
    EXPECT_EQ(digits_of(code, symbol), expected["codes"].value(name, "")) << name;
    if (frequency > 0) entropy -= frequency * std::log2(frequency / total);
  }
  EXPECT_EQ(code.total_bits(frequencies), expected["total_bits"]);
  EXPECT_NEAR(entropy, expected["entropy_bits"].get<double>(), 1e-3);  // three decimals are stored
  if (expected.contains("table_bits")) {
    EXPECT_EQ(code.table_bits(), expected["table_bits"]);
  }
}

void relative_index_case(const json& input, const json& expected) {
  const auto codes = input["codes"].get<std::vector<std::uint8_t>>();
  const std::int64_t code_bits = input["code_bits"];
  const std::int64_t codebook_bits = (std::int64_t{1} << code_bits) * input["codebook_value_bits"].get<std::int64_t>();
  for (const std::int64_t run_bits : {4, 8}) {
    const std::string width = std::to_string(run_bits) + "b";
    const RelativeIndex index = encode_relative_index(codes, run_bits);
    EXPECT_EQ(index.entries(), expected["entries_" + width]);
    EXPECT_EQ(index.bits(code_bits) + codebook_bits, expected["bits_" + width]);
  }
}

void offset_bricks_case(const json& input, const json& expected) {
  OffsetBricks format;
  format.height = input["H"];
  format.width = input["W"];
  format.channels = input["C"];
  const std::int64_t dense_bits = format.height * format.width * format.channels * 16;
  EXPECT_EQ(format.bits(), expected["bits"]);
  EXPECT_EQ(dense_bits, expected["dense_bits"]);
  EXPECT_EQ(static_cast<double>(format.bits()) / static_cast<double>(dense_bits), expected["ratio"]);
}

class CodecVectors : public ::testing::TestWithParam<json> {};

TEST_P(CodecVectors, Holds) {
  const std::map<std::string, void (*)(const json&, const json&)> checks = {{"eyeriss-rlc", run_length_case},
                                                                            {"bitmask", bitmask_case},
                                                                            {"csr", csr_case},
                                                                            {"eie-csc", csc_case},
                                                                            {"huffman", huffman_case},
                                                                            {"relative-index", relative_index_case},
                                                                            {"zfnaf", offset_bricks_case}};
  const auto check = checks.find(GetParam()["codec"].get<std::string>());
  ASSERT_NE(check, checks.end());
  check->second(GetParam()["input"], GetParam()["expected"]);
}

TEST(CodecVectorFile, HasAllItsCases) { EXPECT_EQ(cases().size(), 16u); }

std::string name_of(const ::testing::TestParamInfo<json>& info) {
  auto name = info.param["id"].get<std::string>();
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, CodecVectors, ::testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace lacuna
