// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace lacuna {

/// A kind of number that .npy files are read with. Each becomes the float32 of the same value: float16 (IEEE 754
/// binary16, subnormal ones, infinities and NaN too) and int8 have no others.
struct NpyNumber {
  const char* type;   ///< NumPy's type string
  std::size_t bytes;  ///< that a number takes
  /// Turns `count` numbers into float32.
  void (*to_float)(const char* from, float* to, std::size_t count);
};

/// The kind of that type string; nullptr where there is none.
const NpyNumber* find_npy_number(const std::string& type);

/// All of them, as messages name them.
inline constexpr char kNpyNumbers[] = "float32 ('<f4', '>f4'), float16 ('<f2', '>f2') or int8 ('|i1')";

}  // namespace lacuna
