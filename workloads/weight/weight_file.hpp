// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"
#include "workloads/weight/shared_tensor.hpp"

namespace lacuna {

/// A trained network's weights, shared and compressed: what workloads/weights/README.md describes byte by byte.
struct WeightFile {
  std::string network;
  std::string source;                  ///< how they were made
  std::vector<std::string> bias_sets;  ///< names of the sets of biases, each a folder name
  std::vector<SharedTensor> tensors;   ///< runs of all of the same width
};

/// The bytes of the file.
std::string weight_file_bytes(const WeightFile& file);

/// Whether a file begins as weight files do.
bool is_weight_file(const std::string& file);

/// Where a tensor's parts stand in the file.
struct WeightPlace {
  std::size_t offset = 0;  ///< of its first byte
  std::int64_t entries = 0;
  std::size_t code_words = 0;
  std::size_t run_words = 0;
};

/// Reads such a file. Its bytes stay in memory (some 8 MB for AlexNet); tensors are decoded when asked for. Throws
/// Error (bad_input) naming the file: where it is missing, no such file, of another length than its header says, or
/// altered (with the SHA-256 found and the one expected), and where a stream is no stream of its code.
class WeightFileReader {
 public:
  /// `sha256`: of the whole file; "" = any.
  explicit WeightFileReader(const std::string& file, const std::string& sha256 = "");

  const std::string& network() const { return contents_.network; }
  const std::string& source() const { return contents_.source; }
  const std::vector<std::string>& bias_sets() const { return contents_.bias_sets; }
  std::size_t bytes() const { return bytes_.size(); }
  std::vector<std::string> layers() const;
  /// The shape of a layer's weights. Throws Error (bad_input) with the nearest spelling where the file has none of that
  /// name.
  const std::vector<std::int64_t>& shape(const std::string& layer) const;
  /// A layer's weights, with their index and all sets of biases.
  SharedTensor tensor(const std::string& layer) const;
  /// Its sets of biases alone.
  std::vector<Tensor<float>> biases(const std::string& layer) const;

 private:
  void read_header();
  void read_layer(const JsonView& layer, std::int64_t run_bits, std::size_t offset);
  std::size_t position(const std::string& layer) const;

  std::string file_;
  std::string bytes_;
  WeightFile contents_;  ///< without streams, codebooks and biases
  std::vector<WeightPlace> places_;
};

}  // namespace lacuna
