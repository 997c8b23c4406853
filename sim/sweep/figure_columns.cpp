// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/figure_columns.hpp"

#include <SQLiteCpp/Statement.h>

#include <cmath>

#include "sim/energy/account.hpp"
#include "sim/result/flat_visitor.hpp"

namespace lacuna {
namespace {

/// A visitor that leaves maps to tables of their own.
class ScalarVisitor : public FlatVisitor {
 public:
  void integer_map(const FieldInfo&, std::map<std::string, std::int64_t>&) override {}
  void real_map(const FieldInfo&, std::map<std::string, double>&) override {}
};

class ColumnCollector : public ScalarVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t&) override { add(info, "INTEGER"); }
  void real(const FieldInfo& info, double&) override { add(info, "REAL"); }
  void boolean(const FieldInfo& info, bool&) override { add(info, "INTEGER"); }
  void text(const FieldInfo& info, std::string&) override { add(info, "TEXT"); }
  std::vector<FigureColumn> columns;

 private:
  void add(const FieldInfo& info, const char* type) { columns.push_back({info.name, type, info.meaning, info.unit}); }
};

class Binder : public ScalarVisitor {
 public:
  Binder(SQLite::Statement& statement, int first) : statement_(statement), next_(first) {}
  void integer(const FieldInfo&, std::int64_t& value) override { statement_.bind(next_++, value); }
  void real(const FieldInfo&, double& value) override { bind(value); }
  void boolean(const FieldInfo&, bool& value) override { statement_.bind(next_++, value ? 1 : 0); }
  void text(const FieldInfo&, std::string& value) override { statement_.bind(next_++, value); }
  void bind(double value) {
    std::isfinite(value) ? statement_.bind(next_, value) : statement_.bind(next_);
    ++next_;
  }

 private:
  SQLite::Statement& statement_;
  int next_;
};

template <class Struct>
std::vector<FigureColumn> columns_of() {
  ColumnCollector collector;
  Struct().describe(collector);
  return std::move(collector.columns);
}

}  // namespace

const std::vector<FigureColumn>& point_columns() {
  static const std::vector<FigureColumn> columns = [] {
    std::vector<FigureColumn> all = columns_of<Totals>();
    all.push_back({"area_mm2", "REAL", "Area of the chip, where the price table has models of it", "mm2"});
    all.push_back({"area_low_mm2", "REAL", "Area with all models at the low end of their ranges", "mm2"});
    all.push_back({"area_high_mm2", "REAL", "Area with all models at the high end of their ranges", "mm2"});
    all.push_back({"last_sqnr_db", "REAL",
                   "Signal over quantisation noise of the last layer that ran, against the float reference", "dB"});
    return all;
  }();
  return columns;
}

std::vector<std::string> point_figure_names() {
  std::vector<std::string> names;
  for (const FigureColumn& column : point_columns()) names.push_back(column.name);
  return names;
}

const std::vector<FigureColumn>& layer_columns() {
  static const std::vector<FigureColumn> columns = columns_of<LayerResult>();
  return columns;
}

void bind_point(SQLite::Statement& statement, int first, const RunResult& result) {
  Binder binder(statement, first);
  totals_of(result.layers, LayerChoice::all_layers).describe(binder);
  Estimate area;
  const std::map<std::string, Estimate> areas = chip_area_mm2(result.prices);
  for (const auto& entry : areas) area += entry.second;
  for (const double mm2 : {area.value, area.low, area.high}) binder.bind(areas.empty() ? std::nan("") : mm2);
  double sqnr_db = std::nan("");
  for (const LayerResult& layer : result.layers) {
    if (!layer.on_host()) sqnr_db = layer.sqnr_db;
  }
  binder.bind(sqnr_db);
}

void bind_layer(SQLite::Statement& statement, int first, const LayerResult& layer) {
  Binder binder(statement, first);
  const_cast<LayerResult&>(layer).describe(binder);  // reads alone
}

}  // namespace lacuna
