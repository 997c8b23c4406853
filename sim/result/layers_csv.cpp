// SPDX-License-Identifier: Apache-2.0
#include "sim/result/layers_csv.hpp"

#include <cmath>
#include <set>

#include "hw/base/csv.hpp"
#include "hw/base/decimal.hpp"
#include "sim/result/flat_visitor.hpp"

namespace lacuna {
namespace {

/// The columns that a map field needs: the keys of all layers.
using MapKeys = std::map<std::string, std::set<std::string>>;

/// Empty for a number that does not exist.
std::string decimal(double value) { return std::isfinite(value) ? shortest_decimal(value) : ""; }

class KeyCollector : public FlatVisitor {
 public:
  void integer(const FieldInfo&, std::int64_t&) override {}
  void real(const FieldInfo&, double&) override {}
  void boolean(const FieldInfo&, bool&) override {}
  void text(const FieldInfo&, std::string&) override {}
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>& value) override { add(info, value); }
  void real_map(const FieldInfo& info, std::map<std::string, double>& value) override { add(info, value); }

  MapKeys keys;

 private:
  template <class Map>
  void add(const FieldInfo& info, const Map& map) {
    for (const auto& entry : map) keys[info.name].insert(entry.first);
  }
};

/// Collects the cells of one row: the names of the columns, or the values of a layer.
class Row : public FlatVisitor {
 public:
  Row(const MapKeys& keys, bool header) : keys_(keys), header_(header) {}
  void integer(const FieldInfo& info, std::int64_t& value) override { cell(info.name, std::to_string(value)); }
  void real(const FieldInfo& info, double& value) override { cell(info.name, decimal(value)); }
  void boolean(const FieldInfo& info, bool& value) override { cell(info.name, value ? "true" : "false"); }
  void text(const FieldInfo& info, std::string& value) override { cell(info.name, value); }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>& map) override {
    cells(info, map, [](std::int64_t value) { return std::to_string(value); });
  }
  void real_map(const FieldInfo& info, std::map<std::string, double>& map) override { cells(info, map, decimal); }

  std::string line() const { return line_ + "\n"; }

 private:
  void cell(const std::string& name, const std::string& value) {
    if (!first_) line_ += ',';
    first_ = false;
    line_ += csv_cell(header_ ? name : value);
  }
  template <class Map, class Print>
  void cells(const FieldInfo& info, const Map& map, Print print) {
    const auto keys = keys_.find(info.name);
    if (keys == keys_.end()) return;
    for (const std::string& key : keys->second) {
      const auto found = map.find(key);
      cell(info.name + "." + key, found == map.end() ? "" : print(found->second));
    }
  }

  const MapKeys& keys_;
  bool header_;
  bool first_ = true;
  std::string line_;
};

std::string row(LayerResult layer, const MapKeys& keys, bool header) {
  Row cells(keys, header);
  layer.describe(cells);
  return cells.line();
}

}  // namespace

std::string layers_csv(const std::vector<LayerResult>& layers) {
  KeyCollector collector;
  for (LayerResult layer : layers) layer.describe(collector);
  std::string csv = row({}, collector.keys, true);
  for (const LayerResult& layer : layers) csv += row(layer, collector.keys, false);
  return csv;
}

}  // namespace lacuna
