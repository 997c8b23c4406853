// SPDX-License-Identifier: Apache-2.0
#include "sim/config/machine.hpp"

#include <nlohmann/json.hpp>

#include "hw/chip/accelerator.hpp"
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

void fit_macs(Composer& composer, const Precision& precision, ChipConfig& chip) {
  const MacDatapath& own = datapath_of(chip);
  const bool fits = own.takes_weights(precision.weights.format) && own.takes_activations(precision.activations.format);
  const bool asked_for =
      composer.has("/chip/mac/kind") && composer.origin("/chip/mac/kind") != composer.origin("/chip/name");
  const bool is_plain = chip.mac.kind == "bit_parallel";  // any other datapath is what its chip is about
  if (precision.mac.empty() || fits || asked_for || !is_plain || chip.weight_memory.looks_up()) return;
  chip.mac.kind = precision.mac;
  composer.put("/chip/mac/kind", precision.mac, composer.origin("/precision/mac"), "/precision/mac");
  if (precision.exempt_mac.empty() || chip.mac.exempt_kind != "none") return;
  chip.mac.exempt_kind = precision.exempt_mac;
  composer.put("/chip/mac/exempt_kind", precision.exempt_mac, composer.origin("/precision/exempt_mac"),
               "/precision/exempt_mac");
}

}  // namespace lacuna
