// SPDX-License-Identifier: Apache-2.0
#include "sim/config/machine.hpp"

#include <algorithm>
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

bool has_own_words(const Composer& composer, const Precision& precision, const ChipConfig& chip) {
  const std::string field = "/chip/precision";
  if (composer.has(field)) find_data(DataKind::precision, composer.at(field));  // no such name: refused where it stands
  Composer attempt = composer;
  attempt.put("/precision", chip.precision, composer.origin(field), field);
  attempt.resolve("/precision", DataKind::precision);
  const Precision own = load_precision(attempt.at("/precision"));
  const auto is_own = [&](const auto& entry) {
    return precision.weights_of(entry.first) == own.weights_of(entry.first) &&
           precision.activations_of(entry.first) == own.activations_of(entry.first);
  };
  const auto all_own = [&](const auto& layers) { return std::all_of(layers.begin(), layers.end(), is_own); };
  return precision.weights == own.weights && precision.activations == own.activations && all_own(precision.layers) &&
         all_own(own.layers);
}

namespace {

/// Whether a datapath takes all formats of a precision, those of its exceptions too.
bool takes_all(const MacDatapath& mac, const Precision& precision) {
  bool takes = mac.takes_weights(precision.weights.format) && mac.takes_activations(precision.activations.format);
  for (const auto& [layer, exception] : precision.layers) {
    takes = takes && (!exception.weights || mac.takes_weights(exception.weights->format));
    takes = takes && (!exception.activations || mac.takes_activations(exception.activations->format));
  }
  return takes;
}

}  // namespace

void fit_macs(Composer& composer, const Precision& precision, ChipConfig& chip) {
  const bool fits = takes_all(datapath_of(chip), precision);
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
