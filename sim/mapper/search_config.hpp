// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/base/field.hpp"

namespace lacuna {

/// What the mapping search looks for: /run/search, where the mapping is "search".
struct SearchConfig : Described {
  std::string objective = "dram_then_buffer";
  std::string factors = "perfect";
  std::int64_t finalists = 4;
  std::int64_t zero_percent = 50;
  void describe(FieldVisitor& v) override;
};

}  // namespace lacuna
