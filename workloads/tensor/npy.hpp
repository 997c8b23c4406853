// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workloads/tensor/byte_source.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// A shape as messages and .npy headers write it: "(96, 3, 11, 11)", "(96,)", "()".
std::string shape_text(const std::vector<std::int64_t>& shape);

/// Reads a NumPy array file, format version 1.0, 2.0 or 3.0 (NumPy enhancement proposal 1), of float32, float16 or
/// int8, C or Fortran order, either byte order, as float32 of the same values (int8 as the integers that they are: no
/// scale is applied). Throws Error (bad_input) naming the file where it is missing, damaged or holds anything else,
/// with what was found and what is wanted.
Tensor<float> read_npy(const std::string& file);

/// The same for a tensor whose shape is known: refuses any other shape before it reads a number, NaN and infinities, by
/// the tensor's name.
Tensor<float> read_npy(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& wanted);

/// Refuses what the above refuses but for the numbers, which it does not read.
void check_npy(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& wanted);

/// The same two for the bytes of such a file, wherever they are from.
Tensor<float> read_npy(ByteSource& source, const std::vector<std::int64_t>& wanted);
void check_npy(ByteSource& source, const std::vector<std::int64_t>& wanted);

/// Writes a tensor as version 1.0. Throws Error (run_failed) naming the file where it cannot.
void write_npy(const std::string& file, const Tensor<float>& tensor);

}  // namespace lacuna
