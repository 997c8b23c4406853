// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// The three things that the header of a .npy file says.
struct NpyHeader {
  std::string type;  ///< NumPy's type string: "<f4" is little-endian float32; a list is a structured type
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
};

/// Parses the header: a Python dictionary of exactly the keys descr, fortran_order and shape, in any order. Extents are
/// at most 2^40. Throws Error (bad_input) on anything else; `place` stands before the message.
NpyHeader parse_npy_header(const std::string& text, const std::string& place);

}  // namespace lacuna
