// SPDX-License-Identifier: Apache-2.0
#include "analysis/sweep_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/json_file.hpp"
#include "analysis/printed.hpp"
#include "analysis/sweep_about.hpp"
#include "analysis/sweep_sql.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// The values of a column while rows come in.
class ColumnReader {
 public:
  explicit ColumnReader(std::string name) { column_.name = std::move(name); }
  void add(const SQLite::Column& value) {
    if (value.isText()) {
      column_.numbers.push_back(static_cast<double>(code_of(value.getString())));
      any_text_ = true;
      return;
    }
    const double number = value.isNull() ? std::numeric_limits<double>::quiet_NaN() : value.getDouble();
    any_number_ = any_number_ || !value.isNull();
    column_.numbers.push_back(number);
    is_number_.resize(column_.numbers.size(), false);
    is_number_.back() = !value.isNull();
  }
  /// Texts in order; numbers among texts become texts.
  SweepColumn column() {
    if (!any_text_) return std::move(column_);
    is_number_.resize(column_.numbers.size(), false);
    for (std::size_t row = 0; any_number_ && row < column_.numbers.size(); ++row) {
      if (is_number_[row]) column_.numbers[row] = static_cast<double>(code_of(printed("%.10g", column_.numbers[row])));
    }
    std::vector<double> places;
    for (const auto& entry : codes_) {
      places.resize(std::max(places.size(), entry.second + 1));
      places[entry.second] = static_cast<double>(column_.texts.size());
      column_.texts.push_back(entry.first);
    }
    for (double& code : column_.numbers) {
      if (!std::isnan(code)) code = places[static_cast<std::size_t>(code)];
    }
    return std::move(column_);
  }

 private:
  std::size_t code_of(const std::string& text) { return codes_.emplace(text, codes_.size()).first->second; }

  SweepColumn column_;
  std::map<std::string, std::size_t> codes_;  // in the order of their first rows
  std::vector<bool> is_number_;
  bool any_text_ = false;
  bool any_number_ = false;
};

/// "(?, ?, ?)" would be limited in length: ids are numbers of our own and safe as text.
std::string list_of(const std::vector<std::int64_t>& ids) {
  std::string text;
  for (const std::int64_t id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
  return "(" + text + ")";
}

}  // namespace

struct SweepResults::Database {
  explicit Database(const std::string& file) : open(open_sweep(file)) {}
  std::unique_ptr<SQLite::Database> open;
  SQLite::Database& sql = *open;
};

std::string SweepColumn::text(std::size_t row) const {
  const double number = numbers[row];
  if (std::isnan(number)) return "";
  return is_text() ? texts[static_cast<std::size_t>(number)] : printed("%.10g", number);
}

const SweepColumn& SweepPoints::figure(const std::string& name) const {
  const auto found = std::find_if(figures.begin(), figures.end(), [&](const SweepColumn& c) { return c.name == name; });
  if (found == figures.end()) fail_input("figure '" + name + "' was not asked for");
  return *found;
}

SweepResults::SweepResults(const std::string& file) : file_(file), database_(std::make_unique<Database>(file)) {
  about_ = reading_sweep(file, [&] { return read_sweep_about(database_->sql, file); });
}

SweepResults::~SweepResults() = default;

SweepPoints SweepResults::points(const std::vector<std::string>& figures) const {
  std::string columns;
  std::vector<ColumnReader> axis_readers;
  std::vector<ColumnReader> figure_readers;
  for (const SweepAxis& axis : about_.axes) {
    columns += ", " + sql_name(axis.name);
    axis_readers.emplace_back(axis.name);
  }
  for (const std::string& figure : figures) {
    columns += ", " + sql_name(figure);
    figure_readers.emplace_back(figure);
  }
  SweepPoints points;
  reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql, "SELECT position, point, coalesce(" + eligible_sql(about_) + ", 0)" +
                                                 columns + " FROM results ORDER BY position");
    while (select.executeStep()) {
      points.positions.push_back(select.getColumn(0).getInt64());
      points.ids.push_back(select.getColumn(1).getInt64());
      points.eligible.push_back(select.getColumn(2).getInt() != 0);
      int column = 3;
      for (ColumnReader& reader : axis_readers) reader.add(select.getColumn(column++));
      for (ColumnReader& reader : figure_readers) reader.add(select.getColumn(column++));
    }
  });
  for (ColumnReader& reader : axis_readers) points.axes.push_back(reader.column());
  for (ColumnReader& reader : figure_readers) points.figures.push_back(reader.column());
  return points;
}

std::map<std::int64_t, std::string> SweepResults::commands(const std::vector<std::int64_t>& ids) const {
  std::map<std::int64_t, std::string> commands;
  reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql, "SELECT id, command FROM points WHERE id IN " + list_of(ids));
    while (select.executeStep()) commands[select.getColumn(0).getInt64()] = select.getColumn(1).getString();
  });
  return commands;
}

std::vector<SweepLayer> SweepResults::layers(std::int64_t id, const std::vector<std::string>& figures) const {
  std::string columns;
  for (const std::string& figure : figures) columns += ", " + sql_name(figure);
  std::vector<SweepLayer> layers;
  reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql, "SELECT name, kind" + columns + " FROM layers WHERE point = " +
                                                 std::to_string(id) + " ORDER BY layer");
    while (select.executeStep()) {
      SweepLayer layer{select.getColumn(0).getString(), select.getColumn(1).getString(), {}};
      int column = 2;
      for (const std::string& figure : figures) {
        const SQLite::Column value = select.getColumn(column++);
        if (!value.isInteger() && !value.isFloat()) {
          fail_input(file_ + ": layers: " + figure + " of layer " + layer.name + ", point " + std::to_string(id) +
                     ": found '" + value.getString() + "'; allowed a number");
        }
        layer.figures[figure] = value.getDouble();
      }
      layers.push_back(std::move(layer));
    }
  });
  return layers;
}

std::vector<std::string> SweepResults::labels(std::int64_t id) const {
  return reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql, "SELECT labels FROM points WHERE id = " + std::to_string(id));
    return select.executeStep() ? label_texts(select.getColumn(0).getString(), file_) : std::vector<std::string>();
  });
}

SweepPrices SweepResults::prices(std::int64_t id) const {
  return reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql,
                             "SELECT prices, prices_digest FROM points WHERE id = " + std::to_string(id));
    if (!select.executeStep()) return SweepPrices();
    return SweepPrices{select.getColumn(0).getString(), select.getColumn(1).getString()};
  });
}

std::vector<SweepFailure> SweepResults::failures(std::size_t most) const {
  std::string columns;
  for (const SweepAxis& axis : about_.axes) columns += ", " + sql_name(axis.name);
  std::vector<SweepFailure> failures;
  reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql, "SELECT position, status, error, command" + columns +
                                                 " FROM failures ORDER BY position LIMIT " + std::to_string(most));
    while (select.executeStep()) {
      SweepFailure failure{select.getColumn(0).getInt64(), "", select.getColumn(1).getString(),
                           select.getColumn(2).getString(), select.getColumn(3).getString()};
      int column = 4;
      for (const SweepAxis& axis : about_.axes) {
        const std::string separator = failure.axes.empty() ? "" : ", ";
        failure.axes += separator + axis.name + "=" + select.getColumn(column++).getString();
      }
      failures.push_back(std::move(failure));
    }
  });
  return failures;
}

std::vector<SweepSource> SweepResults::sources(const std::vector<std::int64_t>& ids) const {
  std::vector<SweepSource> sources;
  reading_sweep(file_, [&] {
    SQLite::Statement select(database_->sql,
                             "SELECT text, sum(low_pj), sum(value_pj), sum(high_pj) FROM price_exposure JOIN sources "
                             "ON sources.id = source WHERE point IN " +
                                 list_of(ids) + " GROUP BY source ORDER BY sum(value_pj) DESC, text");
    while (select.executeStep()) {
      sources.push_back({select.getColumn(0).getString(), select.getColumn(1).getDouble(),
                         select.getColumn(2).getDouble(), select.getColumn(3).getDouble()});
    }
  });
  return sources;
}

std::vector<std::size_t> pareto_rows(const SweepPoints& points, const std::vector<SweepObjective>& objectives) {
  ParetoProblem problem;
  std::vector<const SweepColumn*> columns;
  for (const SweepObjective& objective : objectives) {
    problem.goals.push_back(objective.better);
    columns.push_back(&points.figure(objective.figure));
  }
  std::vector<std::size_t> candidates;
  for (std::size_t row = 0; row < points.size(); ++row) {
    const bool whole = std::all_of(columns.begin(), columns.end(),
                                   [&](const SweepColumn* column) { return !std::isnan(column->numbers[row]); });
    if (!points.eligible[row] || !whole || columns.empty()) continue;
    candidates.push_back(row);
    for (const SweepColumn* column : columns) problem.values.push_back(column->numbers[row]);
  }
  std::vector<std::size_t> front = pareto_front(problem);
  for (std::size_t& row : front) row = candidates[row];
  return front;
}

}  // namespace lacuna
