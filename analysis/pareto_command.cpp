// SPDX-License-Identifier: Apache-2.0
#include "analysis/pareto_command.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <ostream>
#include <set>

#include "analysis/pareto.hpp"
#include "analysis/printed.hpp"
#include "analysis/sweep_about.hpp"
#include "analysis/sweep_sql.hpp"
#include "hw/base/decimal.hpp"

namespace lacuna {
namespace {

const std::array<const char*, 5> kStandings = {"holds", "contested", "possible", "open", "dominated"};

const char* name_of(Standing standing) { return kStandings[static_cast<std::size_t>(standing)]; }

/// How prices move a figure.
enum class Movement { not_at_all, by_source, together };

/// A figure with columns for its ends.
struct RangedFigure {
  const char* figure;
  const char* low;
  const char* high;
};
constexpr std::array<RangedFigure, 2> kTogether = {
    {{"area_mm2", "area_low_mm2", "area_high_mm2"}, {"energy_chip_pj", "energy_chip_low_pj", "energy_chip_high_pj"}}};

const RangedFigure* ranged(const std::string& figure) {
  const auto* const found =
      std::find_if(kTogether.begin(), kTogether.end(), [&](const RangedFigure& r) { return figure == r.figure; });
  return found == kTogether.end() ? nullptr : found;
}

/// What a figure of all energy is of one picojoule; 0: it is another figure.
double per_picojoule(const std::string& figure, double batch) {
  constexpr double kPicojoulesPerMillijoule = 1e9;
  if (figure == "energy_total_pj") return 1.0;
  return figure == "energy_total_per_image_mj" ? 1.0 / (kPicojoulesPerMillijoule * batch) : 0.0;
}

Movement movement_of(const std::string& figure) {
  if (per_picojoule(figure, 1.0) > 0.0) return Movement::by_source;
  return ranged(figure) != nullptr ? Movement::together : Movement::not_at_all;
}

/// Whether prices are in a figure, though no range of them may be known alone.
bool is_priced(const std::string& figure) {
  return movement_of(figure) != Movement::not_at_all || figure.find("energy") != std::string::npos ||
         figure.find("power") != std::string::npos;
}

std::string described(const std::string& figure) {
  switch (movement_of(figure)) {
    case Movement::by_source:
      return "prices of one source move together, those of different sources do not";
    case Movement::together:
      return "all its prices move together";
    default:
      break;
  }
  return is_priced(figure) ? "as stated: its range alone is not known" : "no prices in it";
}

/// "rows, columns".
template <class Named>
std::string names_of(const std::vector<Named>& all) {
  std::string names;
  for (const Named& one : all) names += (names.empty() ? "" : ", ") + one.name;
  return names;
}

[[noreturn]] void fail_objective(const std::string& word, const SweepAbout& about) {
  fail_input("pareto: --objectives: found '" + word +
             "'; allowed FIGURE, FIGURE:min or FIGURE:max with a figure of: " + names_of(about.figures));
}

SweepObjective parse_objective(const std::string& word, const SweepAbout& about) {
  const std::size_t colon = word.rfind(':');
  const std::string figure = word.substr(0, colon);
  const std::string goal = colon == std::string::npos ? "" : word.substr(colon + 1);
  const bool known = std::any_of(about.figures.begin(), about.figures.end(),
                                 [&](const SweepFigure& entry) { return entry.name == figure; });
  if (!known || (colon != std::string::npos && goal != "min" && goal != "max")) fail_objective(word, about);
  SweepObjective objective{figure, goal == "max" ? Better::more : Better::less};
  for (const SweepObjective& own : about.objectives) {
    if (goal.empty() && own.figure == figure) objective.better = own.better;
  }
  return objective;
}

std::vector<SweepObjective> objectives_of(const ParetoQuery& query, const SweepAbout& about) {
  std::vector<SweepObjective> objectives = query.objectives.empty() ? about.objectives : std::vector<SweepObjective>();
  for (const std::string& word : query.objectives) {
    const SweepObjective objective = parse_objective(word, about);
    for (const SweepObjective& other : objectives) {
      if (other.figure == objective.figure) fail_input("pareto: --objectives: found '" + objective.figure + "' twice");
    }
    objectives.push_back(objective);
  }
  if (objectives.empty()) fail_input("pareto: the sweep states no objectives; allowed --objectives with figures");
  return objectives;
}

/// The results that are looked at, and their figures as the problem wants them.
class Candidates {
 public:
  Candidates(SQLite::Database& database, const SweepAbout& about, std::vector<SweepObjective> objectives)
      : database_(database), about_(about), objectives_(std::move(objectives)) {}

  void read(const std::string& where);
  ParetoTable table() const;

 private:
  PricedPoints priced_points() const;
  PricedFigure energy_by_source(const SweepObjective& objective) const;
  PricedFigure together(std::size_t objective) const;
  std::vector<std::string> prices() const;
  double sign(std::size_t objective) const { return objectives_[objective].better == Better::more ? -1.0 : 1.0; }

  SQLite::Database& database_;
  const SweepAbout& about_;
  const std::vector<SweepObjective> objectives_;
  std::vector<ParetoRow> rows_;
  std::vector<std::int64_t> ids_;
  std::vector<double> batches_;
  std::vector<std::array<double, 2>> ends_;  ///< points x objectives: low and high, where these are columns
  std::int64_t left_out_ = 0;
};

void Candidates::read(const std::string& where) {
  std::string columns = "position, point, batch";
  for (const SweepAxis& axis : about_.axes) columns += ", " + sql_name(axis.name);
  for (const SweepObjective& objective : objectives_) {
    const RangedFigure* const range = ranged(objective.figure);
    const std::string figure = sql_name(objective.figure);
    columns += ", " + figure + ", " + (range != nullptr ? range->low : figure) + ", " +
               (range != nullptr ? range->high : figure);
  }
  if (!where.empty()) {  // by itself: what closes a parenthesis that it does not open would get past the constraints
    const SQLite::Statement bare(database_, "SELECT " + where + " FROM results");
    if (bare.getColumnCount() != 1) throw SQLite::Exception("more than one value");
  }
  SQLite::Statement select(
      database_, "SELECT " + columns + " FROM results WHERE " + eligible_sql(about_, where) + " ORDER BY position");
  while (select.executeStep()) {
    ParetoRow row;
    int column = 3;
    row.position = select.getColumn(0).getInt64();
    for (std::size_t axis = 0; axis < about_.axes.size(); ++axis)
      row.axes.push_back(csv_cell(select.getColumn(column++)));
    std::vector<std::array<double, 2>> ends;
    bool whole = true;
    for (std::size_t i = 0; i < objectives_.size(); ++i, column += 3) {
      whole = whole && !select.getColumn(column).isNull();
      row.objectives.push_back(select.getColumn(column).getDouble());
      ends.push_back({select.getColumn(column + 1).getDouble(), select.getColumn(column + 2).getDouble()});
    }
    if (!whole) {
      ++left_out_;
      continue;
    }
    ids_.push_back(select.getColumn(1).getInt64());
    batches_.push_back(select.getColumn(2).getDouble());
    ends_.insert(ends_.end(), ends.begin(), ends.end());
    rows_.push_back(std::move(row));
  }
}

PricedFigure Candidates::energy_by_source(const SweepObjective& objective) const {
  std::map<std::int64_t, std::size_t> place_of;  // of a point, by id
  for (std::size_t i = 0; i < ids_.size(); ++i) place_of[ids_[i]] = i;
  PricedFigure figure;
  figure.models = static_cast<std::size_t>(database_.execAndGet("SELECT max(1, count(*)) FROM sources").getInt64());
  figure.ends.resize(ids_.size() * figure.models);
  std::map<std::int64_t, std::size_t> models;
  SQLite::Statement select(database_, "SELECT point, source, low_pj, value_pj, high_pj FROM price_exposure");
  const double sign = objective.better == Better::more ? -1.0 : 1.0;
  while (select.executeStep()) {
    const auto point = place_of.find(select.getColumn(0).getInt64());
    if (point == place_of.end()) continue;
    const std::size_t model = models.emplace(select.getColumn(1).getInt64(), models.size()).first->second;
    const double factor = sign * per_picojoule(objective.figure, batches_[point->second]);
    figure.ends[point->second * figure.models + model] = {factor * select.getColumn(2).getDouble(),
                                                          factor * select.getColumn(3).getDouble(),
                                                          factor * select.getColumn(4).getDouble()};
  }
  return figure;
}

PricedFigure Candidates::together(std::size_t objective) const {
  PricedFigure figure;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::array<double, 2>& ends = ends_[i * objectives_.size() + objective];
    figure.ends.push_back(
        {sign(objective) * ends[0], sign(objective) * rows_[i].objectives[objective], sign(objective) * ends[1]});
  }
  return figure;
}

PricedPoints Candidates::priced_points() const {
  PricedPoints points;
  points.points = rows_.size();
  std::vector<std::size_t> fixed;
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    switch (movement_of(objectives_[i].figure)) {
      case Movement::by_source:
        points.priced.push_back(energy_by_source(objectives_[i]));
        break;
      case Movement::together:
        points.priced.push_back(together(i));
        break;
      default:
        fixed.push_back(i);
    }
  }
  points.fixed_figures = fixed.size();
  for (const ParetoRow& row : rows_) {
    for (const std::size_t objective : fixed) points.fixed.push_back(sign(objective) * row.objectives[objective]);
  }
  return points;
}

/// What the results are priced by, each table once; none where no objective depends on it.
std::vector<std::string> Candidates::prices() const {
  const bool priced = std::any_of(objectives_.begin(), objectives_.end(),
                                  [](const SweepObjective& objective) { return is_priced(objective.figure); });
  if (!priced) return {};
  const std::set<std::int64_t> of(ids_.begin(), ids_.end());
  std::set<std::string> tables;
  SQLite::Statement select(database_, "SELECT id, prices FROM points");
  while (select.executeStep()) {
    if (of.count(select.getColumn(0).getInt64()) != 0) tables.insert(select.getColumn(1).getString());
  }
  return {tables.begin(), tables.end()};
}

ParetoTable Candidates::table() const {
  ParetoProblem problem;
  for (const SweepObjective& objective : objectives_) problem.goals.push_back(objective.better);
  for (const ParetoRow& row : rows_) {
    problem.values.insert(problem.values.end(), row.objectives.begin(), row.objectives.end());
  }
  const std::vector<PricedStanding> standings = priced_standings(priced_points(), pareto_front(problem));
  ParetoTable table;
  for (const SweepAxis& axis : about_.axes) table.axes.push_back(axis.name);
  for (const SweepObjective& objective : objectives_) {
    table.objectives.push_back({objective, described(objective.figure)});
  }
  table.results = static_cast<std::int64_t>(rows_.size()) + left_out_;
  table.left_out = left_out_;
  table.prices = prices();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (standings[i].standing == Standing::dominated) continue;
    ParetoRow row = rows_[i];
    row.standing = standings[i];
    if (row.standing.beaten_by != PricedStanding::kNone) row.beaten_by = rows_[row.standing.beaten_by].position;
    table.rows.push_back(std::move(row));
  }
  const auto key = [&](const ParetoRow& row) {
    const Standing standing = row.standing.standing;
    const bool on_front = standing == Standing::holds || standing == Standing::contested;
    return std::make_tuple(on_front ? Standing::holds : standing, sign(0) * row.objectives[0], row.position);
  };
  std::sort(table.rows.begin(), table.rows.end(),
            [&](const ParetoRow& a, const ParetoRow& b) { return key(a) < key(b); });
  return table;
}

/// As people read a number: six digits.
std::string short_number(double value) { return printed("%.6g", value); }

/// All lines of a table as texts: the header first.
std::vector<std::vector<std::string>> lines_of(const ParetoTable& table, std::string (*number)(double)) {
  std::vector<std::vector<std::string>> lines(1);
  lines[0].emplace_back("position");
  for (const std::string& axis : table.axes) lines[0].push_back(csv_cell(axis));
  for (const PricedObjective& entry : table.objectives) lines[0].push_back(entry.objective.figure);
  lines[0].insert(lines[0].end(), {"standing", "beaten_by"});
  for (const ParetoRow& row : table.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    line.push_back(std::to_string(row.position));
    line.insert(line.end(), row.axes.begin(), row.axes.end());
    for (const double value : row.objectives) line.push_back(number(value));
    line.emplace_back(name_of(row.standing.standing));
    line.push_back(row.beaten_by < 0 ? "" : std::to_string(row.beaten_by));
  }
  return lines;
}

}  // namespace

ParetoTable pareto_table(const ParetoQuery& query) {
  const auto database = open_sweep(query.database);
  const SweepAbout about = reading_sweep(query.database, [&] { return read_sweep_about(*database, query.database); });
  Candidates candidates(*database, about, objectives_of(query, about));
  try {
    candidates.read(query.where);
  } catch (const SQLite::Exception& error) {
    if (query.where.empty())
      fail_input(query.database + ": cannot be read as the database of a sweep: " + error.what());
    fail_input("pareto: --where: found '" + query.where + "': " + error.what() +
               "; allowed an SQL expression over axes and figures, such as \"total_ms < 40\", of the axes: " +
               names_of(about.axes) + "; of the figures: " + names_of(about.figures));
  }
  ParetoTable table = reading_sweep(query.database, [&] { return candidates.table(); });
  if (table.prices.size() > 1 && !query.as_published) {
    fail_input("pareto: energies at different prices, found " + table.prices[0] + " and " + table.prices[1] +
               "; allowed one price table, node and DRAM for all (\"energy\" in the experiment of the sweep), or "
               "--as-published");
  }
  return table;
}

void print_pareto(const ParetoTable& table, std::ostream& out) {
  const auto count = [&](Standing standing) {
    return std::count_if(table.rows.begin(), table.rows.end(),
                         [=](const ParetoRow& row) { return row.standing.standing == standing; });
  };
  for (const PricedObjective& entry : table.objectives) {
    out << entry.objective.figure << ", " << (entry.objective.better == Better::more ? "most" : "least")
        << " first: " << entry.prices << "\n";
  }
  if (table.prices.size() > 1) {
    out << "results are at different prices, taken as they are:";
    for (const std::string& prices : table.prices) out << (&prices == &table.prices.front() ? " " : "; ") << prices;
    out << "\n";
  }
  const auto holds = count(Standing::holds);
  const auto contested = count(Standing::contested);
  out << table.results << " results";
  if (table.left_out > 0) out << ", " << table.left_out << " of them without a value of some objective";
  out << "; front: " << holds + contested << " (" << holds << " hold within the ranges of the prices, " << contested
      << " contested); off it: " << count(Standing::possible) << " possible at other prices, " << count(Standing::open)
      << " open\n\n";
  const std::vector<std::vector<std::string>> lines = lines_of(table, short_number);
  std::vector<std::size_t> widths(lines[0].size(), 0);
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  for (const auto& line : lines) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
      text += (i == 0 ? "" : "  ") + line[i] + std::string(widths[i] - line[i].size(), ' ');
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << "\n";
  }
}

std::string pareto_csv(const ParetoTable& table) {
  std::string text;
  for (const auto& line : lines_of(table, shortest_decimal)) {
    for (std::size_t i = 0; i < line.size(); ++i) text += (i == 0 ? "" : ",") + line[i];
    text += "\n";
  }
  return text;
}

}  // namespace lacuna
