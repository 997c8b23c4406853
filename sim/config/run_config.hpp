// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/base/field.hpp"
#include "sim/mapper/search_config.hpp"

namespace lacuna {

/// What is run on the chip, and how: the plain fields of the section "run". Mapping and stimulus stand there too, by
/// name or inline, and are loaded apart.
struct RunConfig : Described {
  std::int64_t batch = 1;
  std::vector<std::string> layers;            ///< conv and fc layers to simulate; empty = all
  std::string unsupported_layers = "refuse";  ///< what becomes of layers that the array takes on no chip
  std::vector<std::string> images;            ///< names of shipped images, or paths of PNG and JPEG files
  std::string weights = "default";            ///< of a composed experiment never "default", but what that is
  std::int64_t seed = 0;
  std::string level = "event";
  bool check_values = true;
  bool extrapolate = false;
  SearchConfig search;  ///< of mappings, where /run/mapping is "search"
  void describe(FieldVisitor& v) override;
};

}  // namespace lacuna
