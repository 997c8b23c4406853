// SPDX-License-Identifier: Apache-2.0
#include "analysis/layer_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "hw/base/text_table.hpp"

namespace lacuna {
namespace {

constexpr double kMega = 1e6;
constexpr double kPicojoulesPerMillijoule = 1e9;

using Layers = std::vector<const ComparedLayer*>;

/// A figure of some layers of a run together.
struct Figure {
  const char* id;
  const char* title;  ///< with its unit
  int decimals;
  double (*of)(const Layers& layers);
};

double sum(const Layers& layers, const char* figure) {
  double total = 0.0;
  for (const ComparedLayer* layer : layers) total += layer->figures.at(figure);
  return total;
}

double widest(const Layers& layers, const char* figure) {
  double most = 0.0;
  for (const ComparedLayer* layer : layers) most = std::max(most, layer->figures.at(figure));
  return most;
}

/// Performed MACs / (PEs x cycles), of layers together: each layer's cycles weigh its utilisation.
double utilization(const Layers& layers) {
  double busy = 0.0;
  for (const ComparedLayer* layer : layers) {
    busy += layer->figures.at("mac_utilization") * layer->figures.at("processing_cycles");
  }
  const double cycles = sum(layers, "processing_cycles");
  return cycles > 0.0 ? 100.0 * busy / cycles : std::nan("");
}

const Figure kFigures[] = {
    {"weight_bits", "weight bits", 0, [](const Layers& l) { return widest(l, "weight_bits"); }},
    {"activation_bits", "act. bits", 0, [](const Layers& l) { return widest(l, "activation_bits"); }},
    {"cycles", "cycles", 0, [](const Layers& l) { return sum(l, "processing_cycles"); }},
    {"utilization", "utilisation %", 1, utilization},
    {"time", "ms", 3, [](const Layers& l) { return sum(l, "total_ms"); }},
    {"energy", "energy mJ", 3, [](const Layers& l) { return sum(l, "energy_total_pj") / kPicojoulesPerMillijoule; }},
    {"energy_low", "low", 3, [](const Layers& l) { return sum(l, "energy_total_low_pj") / kPicojoulesPerMillijoule; }},
    {"energy_high", "high", 3,
     [](const Layers& l) { return sum(l, "energy_total_high_pj") / kPicojoulesPerMillijoule; }},
    {"energy_chip", "chip mJ", 3, [](const Layers& l) { return sum(l, "energy_chip_pj") / kPicojoulesPerMillijoule; }},
    {"dram", "DRAM MB", 3,
     [](const Layers& l) { return (sum(l, "dram_read_bytes") + sum(l, "dram_write_bytes")) / kMega; }},
    {"macs", "MACs done %", 1, [](const Layers& l) { return 100.0 * sum(l, "macs_performed") / sum(l, "macs_total"); }},
};

/// Layers of one kind, or all of them.
struct Group {
  const char* id;
  const char* title;
  const char* kind;  ///< "" for all
};
const Group kGroups[] = {
    {"conv_layers", "Conv layers", "conv"}, {"fc_layers", "Fc layers", "fc"}, {"all_layers", "All layers", ""}};

/// What is shown by layer, with what it is called there.
const std::pair<const char*, const char*> kByLayer[] = {
    {"cycles", "Processing cycles by layer"},
    {"utilization", "Utilisation by layer, %: MACs performed / (PEs x cycles)"},
    {"time", "Time by layer, ms, DRAM included"},
    {"energy", "Energy by layer, mJ, DRAM included"},
    {"dram", "Bytes from and to DRAM by layer, MB"}};

/// The names of all layers that any run has, in order.
std::vector<std::string> layer_names(const std::vector<ComparedRun>& runs, const std::string& kind) {
  std::vector<std::string> names;
  for (const ComparedRun& run : runs) {
    auto place = names.begin();
    for (const ComparedLayer& layer : run.layers) {
      if (!kind.empty() && layer.kind != kind) continue;
      const auto known = std::find(names.begin(), names.end(), layer.name);
      place = (known == names.end() ? names.insert(place, layer.name) : known) + 1;
    }
  }
  return names;
}

Layers layers_of(const ComparedRun& run, const std::string& kind) {
  Layers layers;
  for (const ComparedLayer& layer : run.layers) {
    if (kind.empty() || layer.kind == kind) layers.push_back(&layer);
  }
  return layers;
}

ComparisonTable sums(const std::vector<ComparedRun>& runs, const Group& group) {
  ComparisonTable table{group.id, group.title, {}, {}, {}, {}};
  for (const Figure& figure : kFigures) {
    table.columns.emplace_back(figure.title);
    table.decimals.push_back(figure.decimals);
  }
  table.columns.emplace_back("area mm2");
  table.decimals.push_back(2);
  const std::size_t whole = layer_names(runs, group.kind).size();
  for (const ComparedRun& run : runs) {
    const Layers layers = layers_of(run, group.kind);
    if (layers.empty() || layers.size() != whole) continue;
    table.rows.push_back(run.name);
    table.values.emplace_back();
    for (const Figure& figure : kFigures) table.values.back().push_back(figure.of(layers));
    table.values.back().push_back(run.area_mm2);
  }
  return table;
}

ComparisonTable by_layer(const std::vector<ComparedRun>& runs, const Figure& figure, const char* title) {
  ComparisonTable table{figure.id, title, {}, layer_names(runs, ""), {}, {}, true};
  table.values.resize(table.rows.size());
  for (const ComparedRun& run : runs) {
    table.columns.push_back(run.name);
    table.decimals.push_back(figure.decimals);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const auto layer = std::find_if(run.layers.begin(), run.layers.end(),
                                      [&](const ComparedLayer& l) { return l.name == table.rows[row]; });
      table.values[row].push_back(layer == run.layers.end() ? std::nan("") : figure.of({&*layer}));
    }
  }
  return table;
}

/// So many that the least figure of a column, or of all columns where they are of one figure, has two digits.
std::vector<int> shown_decimals(const ComparisonTable& table) {
  constexpr int kMost = 9;
  std::vector<int> decimals = table.decimals;
  for (const std::vector<double>& row : table.values) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (table.decimals[i] == 0 || !std::isfinite(row[i]) || row[i] == 0.0) continue;
      decimals[i] =
          std::max(decimals[i], std::min(kMost, 1 - static_cast<int>(std::floor(std::log10(std::abs(row[i]))))));
    }
  }
  if (table.one_figure) decimals.assign(decimals.size(), *std::max_element(decimals.begin(), decimals.end()));
  return decimals;
}

}  // namespace

std::vector<ComparisonTable> comparison_tables(const std::vector<ComparedRun>& runs) {
  std::vector<ComparisonTable> tables;
  std::vector<std::string> shown;  // the layers of the group before
  for (const Group& group : kGroups) {
    const std::vector<std::string> layers = layer_names(runs, group.kind);
    if (layers.empty() || layers == shown) continue;  // where there is one kind alone, its layers are all of them
    shown = layers;
    ComparisonTable table = sums(runs, group);
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  for (const auto& [id, title] : kByLayer) {
    for (const Figure& figure : kFigures) {
      if (std::string(figure.id) == id) tables.push_back(by_layer(runs, figure, title));
    }
  }
  return tables;
}

std::string text_of(const ComparisonTable& table) {
  std::vector<std::string> head = {table.title};
  head.insert(head.end(), table.columns.begin(), table.columns.end());
  TextTable text(std::move(head), 1);
  const std::vector<int> decimals = shown_decimals(table);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::vector<std::string> cells = {table.rows[row]};
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const double value = table.values[row][i];
      cells.push_back(std::isfinite(value) ? fixed(value, decimals[i]) : "-");
    }
    text.add(std::move(cells));
  }
  return text.text(0);
}

}  // namespace lacuna
