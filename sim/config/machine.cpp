// SPDX-License-Identifier: Apache-2.0
#include "sim/config/machine.hpp"

#include <nlohmann/json.hpp>

#include "sim/config/field_loader.hpp"

namespace lacuna {

ChipConfig load_chip(Composer& composer) {
  composer.resolve("/chip", DataKind::chip);
  ChipConfig chip;
  load_fields(composer.at("/chip"), chip);
  return chip;
}

Precision load_precision_for(Composer& composer, const ChipConfig& chip) {
  if (!composer.has("/precision")) {
    composer.put("/precision", chip.precision, composer.origin("/chip/precision"), "/chip/precision");
  }
  composer.resolve("/precision", DataKind::precision);
  return load_precision(composer.at("/precision"));
}

}  // namespace lacuna
