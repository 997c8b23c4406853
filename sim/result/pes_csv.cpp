// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "sim/result/pe_result.hpp"

namespace lacuna {

namespace {

/// One row; `columns` are the places of its causes among the layer's, in the order of the header.
void append_row(std::string& text, const std::string& layer, const PeResult& pe,
                const std::vector<std::size_t>& columns) {
  text += layer;
  for (const std::int64_t number : {pe.row, pe.column, pe.performed, pe.gated, pe.filler}) {
    text += "," + std::to_string(number);
  }
  for (const std::size_t cause : columns) {
    text += "," + (cause < pe.stall_cycles.size() ? std::to_string(pe.stall_cycles[cause]) : "");
  }
  text += "," + std::to_string(pe.idle_cycles) + "\n";
}

}  // namespace

std::string pes_csv(const std::vector<LayerPes>& layers) {
  std::set<std::string> causes;
  for (const LayerPes& layer : layers) causes.insert(layer.stall_causes.begin(), layer.stall_causes.end());
  std::string text = "layer,row,column,macs_performed,macs_gated,macs_filler";
  for (const std::string& cause : causes) text += ",stall_cycles." + cause;
  text += ",idle_cycles\n";
  for (const LayerPes& layer : layers) {
    const std::vector<std::string>& own = layer.stall_causes;
    std::vector<std::size_t> columns;
    columns.reserve(causes.size());
    for (const std::string& cause : causes) {
      columns.push_back(static_cast<std::size_t>(std::find(own.begin(), own.end(), cause) - own.begin()));
    }
    for (const PeResult& pe : layer.pes) append_row(text, layer.layer, pe, columns);
  }
  return text;
}

}  // namespace lacuna
