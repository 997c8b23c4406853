// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/codec/relative_index.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// The weights of a layer that share their values (S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016): a
/// codebook, and for each weight the number of its value.
struct SharedTensor {
  std::string layer;
  std::string place;                  ///< file and tensor, for messages
  std::vector<std::int64_t> shape;    ///< M C R S, C per group
  std::int64_t code_bits = 4;         ///< width of a code, 1 to 8
  std::vector<float> codebook;        ///< 2 to 2^code_bits values in ascending order but for the first, which is 0
  RelativeIndex index;                ///< the codes that are not 0, in M C R S order
  std::vector<Tensor<float>> biases;  ///< M each: one for each set of the file
};

/// Bits that a SharedTensor takes in a weight file, by part.
struct StoredBits {
  std::int64_t codes = 0;     ///< Huffman codes of the codes, fillers included
  std::int64_t runs = 0;      ///< Huffman codes of the runs, fillers included
  std::int64_t codebook = 0;  ///< 32 for each value
  std::int64_t tables = 0;    ///< lengths of both Huffman codes, 8 for each
  std::int64_t total() const { return codes + runs + codebook + tables; }
};

/// A tensor whose values are few: its codebook has 0 and the values that occur. Throws Error (bad_input) naming the
/// tensor where more than 255 values besides 0 occur, or none.
SharedTensor share_values(const std::string& layer, const Tensor<float>& weights, std::int64_t run_bits);

/// For each weight what the table has for its code: as many entries as the codebook, of 2 or 4 bytes. Throws Error
/// (bad_input) naming the tensor's place where the index has what no encoder gives, or codes that the codebook has not.
std::vector<float> spread(const SharedTensor& tensor, const std::vector<float>& table);
std::vector<std::int16_t> spread(const SharedTensor& tensor, const std::vector<std::int16_t>& table);

/// The weights, each its value of the codebook.
Tensor<float> shared_values(const SharedTensor& tensor);

/// How many weights have each code of the codebook.
std::vector<std::int64_t> code_counts(const SharedTensor& tensor);

/// What a weight file takes for it, without biases and padding.
StoredBits stored_bits(const SharedTensor& tensor);

}  // namespace lacuna
