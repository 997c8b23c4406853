// SPDX-License-Identifier: Apache-2.0
#include "analysis/compare_sweeps.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

#include "analysis/sweep_sql.hpp"

namespace lacuna {
namespace {

using Names = std::vector<std::string>;

/// A table of what points have, row by row: how a row of A (x) finds its counterpart (y) in B. $X and $Y stand for the
/// two databases, $P and $Q for the columns of temp.pairs with their points.
struct ComparedTable {
  const char* name;
  const char* title;    ///< of its figures
  const char* rows;     ///< FROM ...: x exists, y may be missing
  const char* group;    ///< what a row is about, where the table has one figure for many things; "" = nothing
  const char* present;  ///< is NULL where y is missing
  const char* layer;    ///< of a row; "NULL" = it is of no layer
  Names values;         ///< columns compared; none: all of the table but `without`
  Names without;
};

const std::vector<ComparedTable>& tables() {
  static const std::vector<ComparedTable> all = {
      {"points",
       "",
       "temp.pairs JOIN $X.points x ON x.id = $P LEFT JOIN $Y.points y ON y.id = $Q",
       "",
       "y.id",
       "NULL",
       {},
       {"id", "key", "command", "identity", "program", "elapsed_ms", "finished_at"}},
      {"layers",
       "layer ",
       "temp.pairs JOIN $X.layers x ON x.point = $P LEFT JOIN $Y.layers y ON y.point = $Q AND y.layer = x.layer",
       "",
       "y.point",
       "x.layer",
       {},
       {"point", "layer"}},
      {"energy",
       "energy of ",
       "temp.pairs JOIN $X.energy x ON x.point = $P LEFT JOIN $Y.energy y ON y.point = $Q AND y.layer = x.layer AND "
       "y.component = x.component",
       "x.component",
       "y.point",
       "x.layer",
       {"energy_pj"},
       {}},
      {"stalls",
       "stalls by ",
       "temp.pairs JOIN $X.stalls x ON x.point = $P LEFT JOIN $Y.stalls y ON y.point = $Q AND y.layer = x.layer AND "
       "y.cause = x.cause",
       "x.cause",
       "y.point",
       "x.layer",
       {"cycles"},
       {}},
      {"price_exposure",
       "owed to ",
       "temp.pairs JOIN $X.price_exposure x ON x.point = $P JOIN $X.sources s ON s.id = x.source LEFT JOIN $Y.sources "
       "t "
       "ON t.text = s.text LEFT JOIN $Y.price_exposure y ON y.point = $Q AND y.source = t.id",
       "s.text",
       "y.point",
       "NULL",
       {"low_pj", "value_pj", "high_pj"},
       {}},
  };
  return all;
}

std::string with(std::string text, const std::string& mark, const std::string& value) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
    text.replace(at, mark.size(), value);
  }
  return text;
}

/// The rows of A beside those of B, or the other way round.
std::string rows_of(const ComparedTable& table, bool turned) {
  std::string rows = with(table.rows, "$X", turned ? "b" : "main");
  rows = with(rows, "$Y", turned ? "main" : "b");
  rows = with(rows, "$P", turned ? "pairs.b" : "pairs.a");
  return with(rows, "$Q", turned ? "pairs.a" : "pairs.b");
}

class SweepComparison {
 public:
  SweepComparison(const std::string& a, const std::string& b, std::ostream& out);

  bool run();

 private:
  std::int64_t count(const std::string& sql) { return database_->execAndGet("SELECT " + sql).getInt64(); }
  std::string text(const std::string& sql) { return database_->execAndGet("SELECT " + sql).getString(); }
  void print_sides();
  void pair_points();
  void compare_points_asked_for();
  void compare(const ComparedTable& table);
  Names columns(const std::string& database, const ComparedTable& table);
  void compare_values(const ComparedTable& table, const Names& values);
  void find_missing(const ComparedTable& table, bool turned);
  void differs(const std::string& figure, std::int64_t rows, const std::string& first);
  std::string first_of(const ComparedTable& table, bool turned, const std::string& condition, const std::string& of_a,
                       const std::string& of_b);
  std::string axes_at(std::int64_t position);

  const std::string a_;
  const std::string b_;
  std::ostream& out_;
  std::unique_ptr<SQLite::Database> database_;  ///< A, with B attached as b
  std::int64_t differences_ = 0;
};

SweepComparison::SweepComparison(const std::string& a, const std::string& b, std::ostream& out)
    : a_(a), b_(b), out_(out) {
  open_sweep(b);
  database_ = open_sweep(a);
  database_->exec("ATTACH " + sql_text(b) + " AS b");
}

void SweepComparison::print_sides() {
  for (const auto& [letter, file, in] : {std::tuple("A", a_, "main"), std::tuple("B", b_, "b")}) {
    const std::string from = std::string(" FROM ") + in;
    out_ << letter << ": " << file << " (" << text("value" + from + ".meta WHERE key = 'name'") << ": "
         << count("count(*)" + from + ".plan") << " points asked for, "
         << count("count(*)" + from + ".plan JOIN " + in + ".points USING(key)") << " run, "
         << count("count(*)" + from + ".plan JOIN " + in + ".points USING(key) WHERE status = 'ok'")
         << " with a result)\n";
  }
}

void SweepComparison::pair_points() {
  database_->exec(
      "CREATE TEMP TABLE pairs AS SELECT p.position, x.id AS a, y.id AS b FROM main.plan p JOIN main.points x "
      "USING(key) JOIN b.plan q USING(key) JOIN b.points y USING(key) ORDER BY p.position");
}

void SweepComparison::compare_points_asked_for() {
  const auto only = [](const std::string& in, const std::string& other) {
    return "FROM " + in + ".plan p LEFT JOIN " + in + ".points x USING(key) LEFT JOIN " + other +
           ".plan q USING(key) LEFT JOIN " + other + ".points y USING(key) WHERE ";
  };
  const std::string no_plan = "q.key IS NULL";
  const std::string not_run = "q.key IS NOT NULL AND x.id IS NOT NULL AND y.id IS NULL";
  out_ << "points run in both: " << count("count(*) FROM temp.pairs");
  for (const auto& [condition, what] : {std::pair(no_plan, "asked for"), std::pair(not_run, "run")}) {
    for (const auto& [letter, in, other] : {std::tuple("A", "main", "b"), std::tuple("B", "b", "main")}) {
      const std::int64_t points = count("count(*) " + only(in, other) + condition);
      differences_ += points > 0 ? 1 : 0;
      out_ << "; " << what << " in " << letter << " alone: " << points;
    }
  }
  out_ << "\n";
}

Names SweepComparison::columns(const std::string& database, const ComparedTable& table) {
  if (!table.values.empty()) return table.values;
  Names names;
  SQLite::Statement select(*database_, "SELECT name FROM pragma_table_info(" + sql_text(table.name) + ", " +
                                           sql_text(database) + ") ORDER BY cid");
  while (select.executeStep()) {
    const std::string name = select.getColumn(0).getString();
    if (std::find(table.without.begin(), table.without.end(), name) == table.without.end()) names.push_back(name);
  }
  return names;
}

std::string SweepComparison::axes_at(std::int64_t position) {
  SQLite::Statement select(*database_, "SELECT * FROM main.plan WHERE position = " + std::to_string(position));
  std::string axes;
  if (!select.executeStep()) return axes;
  for (int i = 2; i < select.getColumnCount(); ++i) {
    axes += (i == 2 ? "" : ", ") + std::string(select.getColumnName(i)) + "=" + csv_cell(select.getColumn(i));
  }
  return axes;
}

/// The first row where `condition` holds, with two values of it.
std::string SweepComparison::first_of(const ComparedTable& table, bool turned, const std::string& condition,
                                      const std::string& of_a, const std::string& of_b) {
  SQLite::Statement select(*database_, "SELECT pairs.position, " + std::string(table.layer) + ", " + of_a + ", " +
                                           of_b + " FROM " + rows_of(table, turned) + " WHERE " + condition +
                                           " ORDER BY pairs.position LIMIT 1");
  select.executeStep();
  const auto value = [&](int column) {
    return select.getColumn(column).isNull() ? "none" : csv_cell(select.getColumn(column));
  };
  return "point " + value(0) + " (" + axes_at(select.getColumn(0).getInt64()) + ")" +
         (select.getColumn(1).isNull() ? "" : ", layer " + value(1)) + ": A " + value(2) + ", B " + value(3);
}

void SweepComparison::differs(const std::string& figure, std::int64_t rows, const std::string& first) {
  if (differences_ == 0) out_ << "\n";
  ++differences_;
  out_ << figure << ": differs " << rows << (rows == 1 ? " time" : " times") << ", first at " << first << "\n";
}

/// All columns in one pass; where one differs, its first point by another.
void SweepComparison::compare_values(const ComparedTable& table, const Names& values) {
  const std::string group = table.group;
  const auto unlike = [&](const std::string& value) {
    return std::string(table.present) + " IS NOT NULL AND x." + sql_name(value) + " IS NOT y." + sql_name(value);
  };
  std::string sums = group.empty() ? "''" : group;
  for (const std::string& value : values) sums += ", sum(" + unlike(value) + ")";
  SQLite::Statement select(*database_, "SELECT " + sums + " FROM " + rows_of(table, false) +
                                           (group.empty() ? "" : " GROUP BY " + group + " ORDER BY " + group));
  while (select.executeStep()) {
    const std::string about = select.getColumn(0).getString();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::int64_t rows = select.getColumn(static_cast<int>(i) + 1).getInt64();
      if (rows == 0) continue;
      const std::string of_group = group.empty() ? "" : " AND " + group + " = " + sql_text(about);
      differs(
          table.title + (group.empty() ? "" : about + ", ") + values[i], rows,
          first_of(table, false, unlike(values[i]) + of_group, "x." + sql_name(values[i]), "y." + sql_name(values[i])));
    }
  }
}

/// Rows that the other side has not.
void SweepComparison::find_missing(const ComparedTable& table, bool turned) {
  const std::string missing = std::string(table.present) + " IS NULL";
  const std::int64_t rows = count("count(*) FROM " + rows_of(table, turned) + " WHERE " + missing);
  if (rows == 0) return;
  const std::string about = *table.group == '\0' ? "'a row'" : table.group;
  differs(std::string("rows of table ") + table.name + " that " + (turned ? "A" : "B") + " has not", rows,
          first_of(table, turned, missing, turned ? "NULL" : about, turned ? about : "NULL"));
}

void SweepComparison::compare(const ComparedTable& table) {
  const Names of_a = columns("main", table);
  const Names of_b = columns("b", table);
  Names shared;
  const auto has = [](const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const std::string& name : of_a) {
    if (has(of_b, name)) shared.push_back(name);
  }
  const auto only = [&](const Names& names, const char* letter) {
    for (const std::string& name : names) {
      if (has(shared, name)) continue;
      ++differences_;
      out_ << table.title << name << ": " << letter << " alone has this figure\n";
    }
  };
  only(of_a, "A");
  only(of_b, "B");
  compare_values(table, shared);
  find_missing(table, false);
  find_missing(table, true);
}

bool SweepComparison::run() {
  print_sides();
  pair_points();
  compare_points_asked_for();
  for (const ComparedTable& table : tables()) compare(table);
  out_ << (differences_ == 0 ? "the same content\n" : "\nnot the same content\n");
  return differences_ == 0;
}

}  // namespace

bool compare_sweeps(const std::string& a, const std::string& b, std::ostream& out) {
  return reading_sweep(a + ", " + b, [&] { return SweepComparison(a, b, out).run(); });
}

}  // namespace lacuna
