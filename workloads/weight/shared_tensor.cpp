// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/shared_tensor.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "hw/base/error.hpp"
#include "hw/codec/huffman.hpp"
#include "workloads/weight/symbol_stream.hpp"

namespace lacuna {
namespace {

constexpr std::size_t kMostValues = 256;  // codes of 8 bits

/// The values that occur besides 0, in ascending order; more than a codebook holds where there are.
std::vector<float> values_of(const Tensor<float>& weights) {
  std::vector<float> values;
  float last = 0.0F;
  for (const float weight : weights.data) {
    if (weight == 0.0F || weight == last) continue;
    last = weight;
    const auto place = std::lower_bound(values.begin(), values.end(), weight);
    if (place == values.end() || *place != weight) values.insert(place, weight);
    if (values.size() >= kMostValues) break;
  }
  return values;
}

std::int64_t weight_count(const SharedTensor& tensor) {
  return std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t{1}, std::multiplies<>());
}

template <class T>
std::vector<T> spread_table(const SharedTensor& tensor, std::vector<T> table) {
  const std::vector<std::uint8_t>& codes = tensor.index.codes;
  const auto largest = std::max_element(codes.begin(), codes.end());
  if (largest != codes.end() && *largest >= table.size()) {
    fail_input(tensor.place + ": found code " + std::to_string(*largest) + " with a codebook of " +
               std::to_string(table.size()) + " values");
  }
  table.resize(kMostValues);  // so that no code is out of its bounds
  std::vector<T> values(static_cast<std::size_t>(weight_count(tensor)), table[0]);
  T* const to = values.data();
  try {
    for_each_code(tensor.index, weight_count(tensor),
                  [&](std::int64_t position, std::uint8_t code) { to[position] = table[code]; });
  } catch (const Error& error) {
    fail_input(tensor.place + ": " + error.what());
  }
  return values;
}

}  // namespace

SharedTensor share_values(const std::string& layer, const Tensor<float>& weights, std::int64_t run_bits) {
  const std::vector<float> values = values_of(weights);
  if (values.empty() || values.size() >= kMostValues) {
    fail_input(layer + ".weight: found " +
               (values.empty() ? "zeros alone" : "more than 255 different values besides 0") +
               "; allowed 1 to 255, as weight sharing leaves them");
  }
  SharedTensor tensor;
  tensor.layer = layer;
  tensor.place = layer + ".weight";
  tensor.shape = weights.shape;
  tensor.codebook = {0.0F};
  tensor.codebook.insert(tensor.codebook.end(), values.begin(), values.end());
  tensor.code_bits = 1;
  while ((std::size_t{1} << tensor.code_bits) < tensor.codebook.size()) ++tensor.code_bits;
  std::vector<std::uint8_t> codes(weights.data.size(), 0);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const float weight = weights.data[i];
    if (weight == 0.0F) continue;
    codes[i] = static_cast<std::uint8_t>(std::lower_bound(values.begin(), values.end(), weight) - values.begin() + 1);
  }
  tensor.index = encode_relative_index(codes, run_bits);
  return tensor;
}

std::vector<float> spread(const SharedTensor& tensor, const std::vector<float>& table) {
  return spread_table(tensor, table);
}

std::vector<std::int16_t> spread(const SharedTensor& tensor, const std::vector<std::int16_t>& table) {
  return spread_table(tensor, table);
}

Tensor<float> shared_values(const SharedTensor& tensor) {
  Tensor<float> weights;
  weights.shape = tensor.shape;
  weights.data = spread(tensor, tensor.codebook);
  return weights;
}

std::vector<std::int64_t> code_counts(const SharedTensor& tensor) {
  std::vector<std::int64_t> counts(kMostValues, 0);
  for (const std::uint8_t code : tensor.index.codes) ++counts[code];
  counts.resize(tensor.codebook.size());
  counts[0] = weight_count(tensor) - std::accumulate(counts.begin() + 1, counts.end(), std::int64_t{0});
  return counts;
}

StoredBits stored_bits(const SharedTensor& tensor) {
  const auto code_count = std::int64_t{1} << tensor.code_bits;
  const auto run_count = std::int64_t{1} << tensor.index.run_bits;
  StoredBits bits;
  bits.codes = SymbolStream(tensor.index.codes, tensor.code_bits).bits();
  bits.runs = SymbolStream(tensor.index.runs, tensor.index.run_bits).bits();
  bits.codebook = 32 * static_cast<std::int64_t>(tensor.codebook.size());
  bits.tables = 8 * (code_count + run_count);
  return bits;
}

}  // namespace lacuna
