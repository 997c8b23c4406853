// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/labels.hpp"

#include <algorithm>

namespace lacuna {
namespace {

constexpr char kEnergy[] = "energy: ";
constexpr char kMapping[] = "mapping: ";

auto find_label(std::vector<std::string>& labels, const std::string& begin) {
  return std::find_if(labels.begin(), labels.end(),
                      [&](const std::string& label) { return label.compare(0, begin.size(), begin) == 0; });
}

}  // namespace

std::string words_label(const Experiment& experiment) {
  const Precision& precision = experiment.precision;
  const MacConfig& mac = experiment.chip.mac;
  if (precision.mac.empty() || precision.mac != mac.kind) return "";
  const std::string second = mac.exempt_kind == "none" ? "" : ", exempt layers on " + mac.exempt_kind;
  return "precision " + precision.name + ", on MACs " + mac.kind + second + ": " + precision.description;
}

namespace {

std::string node_label(const Experiment& experiment) {
  const PriceTable& table = experiment.energy;
  const std::int64_t chip_nm = experiment.chip.node_nm;
  const std::string of = std::to_string(table.node_nm) + " nm";
  if (table.scaled_to_nm == chip_nm) {
    return chip_nm == table.node_nm ? "" : "prices of " + of + " scaled to " + std::to_string(chip_nm) + " nm";
  }
  const bool scaled = table.scaled_to_nm != table.node_nm;
  return "prices of " + of + (scaled ? " scaled to " + std::to_string(table.scaled_to_nm) + " nm" : "") +
         " on a chip of " + std::to_string(chip_nm) + " nm" + (scaled ? "" : ", not scaled");
}

}  // namespace

std::string energy_label(const Experiment& experiment) {
  const ChipConfig& chip = experiment.chip;
  std::string label = node_label(experiment);
  if (experiment.other_words && experiment.energy.name == chip.energy_of_other_words) {
    label += (label.empty() ? "" : "; ") + chip.energy + ", the chip's own table, is for the words of " +
             chip.precision + ": energies of these compare with others at the same prices alone";
  }
  return label.empty() ? "" : kEnergy + label;
}

void replace_energy_label(std::vector<std::string>& labels, const Experiment& experiment) {
  const auto old = find_label(labels, kEnergy);
  if (old != labels.end()) labels.erase(old);
  const std::string label = energy_label(experiment);
  if (label.empty()) return;
  const auto mapping = find_label(labels, kMapping);
  labels.insert(mapping == labels.end() ? labels.end() : mapping + 1, label);
}

}  // namespace lacuna
