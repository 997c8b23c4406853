// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/traffic.hpp"

namespace lacuna {
namespace {

constexpr double kBitsPerByte = 8.0;

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The level that words of an event ("unit.action") move at; nullptr for an event that moves none.
const char* level_of(const std::string& unit, const std::string& action) {
  if (unit == "global_buffer") return kGlobalBuffer;
  if (ends_with(unit, "_spad") || unit == "accumulator") return kPeStorage;
  if (action == "word" && (ends_with(unit, "_bus") || ends_with(unit, "_link"))) return kNoc;
  return nullptr;
}

}  // namespace

const char* const kPeStorage = "PE storage";
const char* const kNoc = "NoC";
const char* const kGlobalBuffer = "global buffer";
const char* const kDram = "DRAM";

std::map<std::string, Traffic> traffic_by_level(const Figures& layer, double accumulator_bits) {
  std::map<std::string, Traffic> levels;
  levels[kDram] = {layer.number("dram_read_bytes") + layer.number("dram_write_bytes"),
                   "dram_read_bytes, dram_write_bytes"};
  for (const auto& [event, count] : layer.map("counts")) {
    const std::size_t dot = event.find('.');
    if (dot == std::string::npos) continue;
    const char* level = level_of(event.substr(0, dot), event.substr(dot + 1));
    if (level == nullptr || count == 0.0) continue;
    double bits = accumulator_bits;
    if (contains(event, "filter") || contains(event, "weight")) bits = layer.number("weight_bits");
    if (contains(event, "ifmap") || contains(event, "activation")) bits = layer.number("activation_bits");
    Traffic& traffic = levels[level];
    traffic.bytes += count * bits / kBitsPerByte;
    traffic.events += (traffic.events.empty() ? "" : ", ") + event;
  }
  return levels;
}

double accumulator_bits(const ResultDocument& result) {
  return result.place().at("config").at("chip").at("mac").at("accumulator_bits").number();
}

}  // namespace lacuna
