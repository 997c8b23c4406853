// SPDX-License-Identifier: Apache-2.0
#include "analysis/reduced_precision.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "analysis/compared_runs.hpp"
#include "analysis/measured_accuracy.hpp"
#include "analysis/printed.hpp"
#include "analysis/published_table.hpp"
#include "analysis/sweep_results.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr double kMega = 1e6;
constexpr double kPicojoulesPerMillijoule = 1e9;
constexpr double kBitsPerByte = 8.0;
constexpr char kNeedsTraining[] =
    "Needs training: the words mean nothing to a network that was not trained in them; cycles and energies are those "
    "of "
    "the words that its weights have here.";

/// A run, and what only the point of the sweep has.
struct PrecisionPoint {
  ComparedRun run;
  double sqnr_db = std::nan("");
};

/// The points of a sweep, a row a precision and a column a machine.
struct PrecisionPoints {
  std::vector<std::string> precisions;
  std::vector<std::string> machines;
  std::map<std::pair<std::string, std::string>, PrecisionPoint> points;  ///< by precision, then machine

  const PrecisionPoint* at(const std::string& precision, const std::string& machine) const {
    const auto found = points.find({precision, machine});
    return found == points.end() ? nullptr : &found->second;
  }
  /// The first machine's that ran it.
  const PrecisionPoint& first(const std::string& precision) const {
    for (const std::string& machine : machines) {
      if (at(precision, machine) != nullptr) return *at(precision, machine);
    }
    return points.begin()->second;  // not reached: a precision is listed for a point of it
  }
};

bool is_over_precisions(const SweepAxis& axis) {
  return std::find(axis.paths.begin(), axis.paths.end(), "/precision") != axis.paths.end();
}

void add_new(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// What the axes that vary, but for the one over precisions, make of a point: "stripes", "eyeriss batch 4".
std::string machine_of(const SweepPoints& points, std::size_t precision_axis, std::size_t row) {
  std::string machine;
  for (std::size_t i = 0; i < points.axes.size(); ++i) {
    const SweepColumn& axis = points.axes[i];
    const bool varies = std::set<double>(axis.numbers.begin(), axis.numbers.end()).size() > 1;
    if (i == precision_axis || !varies) continue;
    machine += (machine.empty() ? "" : " ") + (axis.is_text() ? "" : axis.name + " ") + axis.text(row);
  }
  return machine;
}

std::optional<PrecisionPoints> points_of(const SweepResults& sweep) {
  const std::vector<SweepAxis>& axes = sweep.about().axes;
  const auto axis = std::find_if(axes.begin(), axes.end(), is_over_precisions);
  if (axis == axes.end()) return std::nullopt;
  const auto place = static_cast<std::size_t>(axis - axes.begin());
  const SweepPoints all = sweep.points({"last_sqnr_db"});
  PrecisionPoints points;
  std::vector<std::string> machines(all.size());
  for (std::size_t row = 0; row < all.size(); ++row) {
    machines[row] = machine_of(all, place, row);
    add_new(points.machines, machines[row]);
    if (points.machines.size() > kMostMachines) return std::nullopt;
  }
  if (points.machines.empty()) return std::nullopt;
  std::vector<ComparedRun> runs = compared_points(sweep);
  for (std::size_t row = 0; row < all.size(); ++row) {
    const std::string precision = all.axes[place].text(row);
    add_new(points.precisions, precision);
    points.points[{precision, machines[row]}] = {std::move(runs[row]), all.figures[0].numbers[row]};
  }
  return points;
}

/// The network that all points ran; "" where an axis changes it.
std::string network_of(const SweepAbout& about) {
  for (const SweepAxis& axis : about.axes) {
    for (const std::string& path : axis.paths) {
      if (path.rfind("/network", 0) == 0) return "";
    }
  }
  const nlohmann::json base = nlohmann::json::parse(about.base, nullptr, false);
  const JsonPlace place(base, "meta: base");
  if (!place.has("network")) return "";
  const JsonPlace network = place.at("network");
  return network.is_text() ? network.text() : network.has("name") ? network.at("name").text() : "";
}

double sum_of(const ComparedRun& run, const std::string& figure) {
  double sum = 0.0;
  for (const ComparedLayer& layer : run.layers) sum += layer.figures.at(figure);
  return sum;
}

/// "1 (16: conv1, fc8)": the width of most layers, then others with theirs.
std::string widths_text(const ComparedRun& run, const std::string& figure) {
  std::map<double, std::vector<std::string>> layers;
  for (const ComparedLayer& layer : run.layers) layers[layer.figures.at(figure)].push_back(layer.name);
  const auto most = std::max_element(layers.begin(), layers.end(),
                                     [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  if (most == layers.end()) return "";
  std::string others;
  for (const auto& [bits, names] : layers) {
    if (bits == most->first) continue;
    others += (others.empty() ? "" : "; ") + printed("%.0f", bits) + ":";
    for (const std::string& name : names) others += (name == names.front() ? " " : ", ") + name;
  }
  return printed("%.0f", most->first) + (others.empty() ? "" : " (" + others + ")");
}

/// The files NAME.json of a folder, in alphabetical order; none of "".
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  if (folder.empty()) return files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path().string());
  }
  if (error) fail_input(folder + ": no folder that can be read");
  std::sort(files.begin(), files.end());
  return files;
}

/// What is known of the precisions of one network.
class KnownPrecisions {
 public:
  KnownPrecisions(const PrecisionSources& sources, const std::string& network) : facts_(sources.facts) {
    for (const std::string& file : files_in(sources.published_folder)) {
      const std::optional<PublishedLosses> losses = load_published(file).losses;
      if (losses && losses->network == network) published_.push_back(*losses);
    }
    for (const std::string& file : files_in(sources.measured_folder)) {
      MeasuredAccuracy measured = load_measured_accuracy(file);
      if (measured.network == network) measured_ = std::move(measured);
    }
  }

  PrecisionFacts facts(const std::string& precision) const {
    return facts_ ? facts_(precision).value_or(PrecisionFacts()) : PrecisionFacts();
  }
  const PublishedLoss* published(const std::string& precision) const {
    for (const PublishedLosses& losses : published_) {
      if (losses.of(precision) != nullptr) return losses.of(precision);
    }
    return nullptr;
  }
  /// Change of top-1 and of top-5, or why there is none.
  std::vector<GridCell> accuracy(const std::string& precision, const ComparedRun& run) const;
  /// Where it is from, in sentences.
  std::vector<std::string> remarks() const;

 private:
  std::function<std::optional<PrecisionFacts>(const std::string&)> facts_;
  std::vector<PublishedLosses> published_;
  std::optional<MeasuredAccuracy> measured_;
};

std::vector<GridCell> KnownPrecisions::accuracy(const std::string& precision, const ComparedRun& run) const {
  if (facts(precision).needs_training) return {GridCell::of("needs training"), {}};
  const bool has_weights =
      measured_ && std::any_of(run.labels.begin(), run.labels.end(), [this](const std::string& label) {
        return label.rfind("weights: " + measured_->weights, 0) == 0;
      });
  if (!has_weights) return {{}, {}};
  const auto found = measured_->precisions.find(precision);
  if (found == measured_->precisions.end()) return {GridCell::of("not measured"), {}};
  return {GridCell::of(printed("%+.1f", measured_->change(found->second.top1, measured_->in_float.top1))),
          GridCell::of(printed("%+.1f", measured_->change(found->second.top5, measured_->in_float.top5)))};
}

std::vector<std::string> KnownPrecisions::remarks() const {
  std::vector<std::string> remarks;
  for (const PublishedLosses& losses : published_) {
    remarks.push_back("Published: " + losses.source + " of " + losses.citation +
                      (losses.verified ? "" : "; recalled, not confirmed") +
                      ". Losses of networks that were trained in the formats: shown, held against nothing. " +
                      losses.title + ".");
  }
  if (measured_) {
    const auto percent = [this](std::int64_t hits) {
      return printed("%.1f %%", 100.0 * static_cast<double>(hits) / static_cast<double>(measured_->images));
    };
    remarks.push_back("Changes of accuracy: `" + measured_->command + "`, " + std::to_string(measured_->images) +
                      " labelled images, of which the network in float has " + percent(measured_->in_float.top1) +
                      " right and " + percent(measured_->in_float.top5) +
                      " among its first five. They are of another task than the published losses: to be compared with "
                      "each other alone.");
  }
  return remarks;
}

std::vector<GridColumn> columns_of(const PrecisionPoints& points) {
  std::vector<GridColumn> columns = {
      {"precision", "", false},
      {"weight bits", "Of a stored word or code, in most layers (and in others)", false},
      {"activation bits", "Of the words that layers read, in most of them (and in others)", false},
      {"exempt", "Weights of layers, and maps, in fixed point or float where the rest is not", false},
      {"published row", "The paper's name for it, with bits of weights / of activations", false},
      {"top-5 loss", "Published, percentage points, trained in the format; not confirmed", true},
      {"top-1 change, points", "Measured on labelled images, against the network in float", true, 1},
      {"top-5 change, points", "The same", true, 1},
      {"weights, MB", "Stored dense", true, 1}};
  for (const std::string& machine : points.machines) {
    const std::string of = machine.empty() ? "" : machine + " ";
    columns.push_back({of + "Mcycles", "Processing cycles of all layers, 1e6", true, 2});
    columns.push_back({of + "mJ", "Energy of all layers, chip and DRAM", true, 2});
    columns.push_back({of + "SQNR, dB", "Signal over quantisation noise of the last layer", true, 1});
  }
  return columns;
}

std::vector<GridCell> row_of(const std::string& precision, const PrecisionPoints& points,
                             const KnownPrecisions& known) {
  const ComparedRun& run = points.first(precision).run;
  const PrecisionFacts facts = known.facts(precision);
  const PublishedLoss* const loss = known.published(precision);
  std::vector<GridCell> row = {
      GridCell::of(precision),
      GridCell::of(widths_text(run, "weight_bits")),
      GridCell::of(widths_text(run, "activation_bits")),
      GridCell::of(facts.exempt),
      GridCell::of(loss == nullptr ? "" : loss->method + ", " + loss->weight_bits + " / " + loss->activation_bits),
      loss == nullptr ? GridCell() : GridCell::of(loss->top5_loss_percent)};
  for (const GridCell& cell : known.accuracy(precision, run)) row.push_back(cell);
  row.push_back(GridCell::of(sum_of(run, "weight_dense_bits") / kBitsPerByte / kMega));
  for (const std::string& machine : points.machines) {
    const PrecisionPoint* const point = points.at(precision, machine);
    if (point == nullptr) {
      row.insert(row.end(), 3, GridCell::of("-"));
      continue;
    }
    row.push_back(GridCell::of(sum_of(point->run, "processing_cycles") / kMega));
    row.push_back(GridCell::of(sum_of(point->run, "energy_total_pj") / kPicojoulesPerMillijoule));
    row.push_back(facts.needs_training ? GridCell::of("-") : GridCell::of(point->sqnr_db));
  }
  return row;
}

/// mJ by layer, a row each precision that the machine ran.
Grid energy_by_layer(const PrecisionPoints& points, const std::string& machine, std::size_t number) {
  Grid grid{"precision_energy_" + std::to_string(number),
            "Energy by layer, mJ, DRAM included" + (machine.empty() ? "" : ": " + machine),
            {{"precision", "", false}},
            {}};
  std::vector<std::string> layers;
  for (const std::string& precision : points.precisions) {
    const PrecisionPoint* const point = points.at(precision, machine);
    if (point == nullptr) continue;
    for (const ComparedLayer& layer : point->run.layers) add_new(layers, layer.name);
  }
  for (const std::string& layer : layers) grid.columns.push_back({layer, "", true, 3});
  grid.columns.push_back({"all", "", true, 3});
  for (const std::string& precision : points.precisions) {
    const PrecisionPoint* const point = points.at(precision, machine);
    if (point == nullptr) continue;
    std::vector<GridCell> row(grid.columns.size());
    row.front() = GridCell::of(precision);
    for (const ComparedLayer& layer : point->run.layers) {
      const auto place = std::find(layers.begin(), layers.end(), layer.name) - layers.begin();
      row[static_cast<std::size_t>(place) + 1] =
          GridCell::of(layer.figures.at("energy_total_pj") / kPicojoulesPerMillijoule);
    }
    row.back() = GridCell::of(sum_of(point->run, "energy_total_pj") / kPicojoulesPerMillijoule);
    grid.rows.push_back(std::move(row));
  }
  return grid;
}

std::string prices_remark(const PrecisionPoints& points) {
  const ComparedRun& first = points.points.begin()->second.run;
  for (const auto& [place, point] : points.points) {
    if (point.run.prices_digest != first.prices_digest) {
      return "Energies are at different prices: " + first.prices + "; " + point.run.prices + ".";
    }
  }
  return "All energies are at the same prices: " + first.prices + ".";
}

}  // namespace

std::optional<ReducedPrecision> reduced_precision(const SweepResults& sweep, const PrecisionSources& sources) {
  const std::optional<PrecisionPoints> points = points_of(sweep);
  if (!points) return std::nullopt;
  const KnownPrecisions known(sources, network_of(sweep.about()));
  ReducedPrecision precisions;
  precisions.table = {"precisions", "Precisions", columns_of(*points), {}};
  bool any_needs_training = false;
  for (const std::string& precision : points->precisions) {
    precisions.table.rows.push_back(row_of(precision, *points, known));
    any_needs_training = any_needs_training || known.facts(precision).needs_training;
  }
  precisions.remarks = known.remarks();
  if (any_needs_training) precisions.remarks.emplace_back(kNeedsTraining);
  precisions.remarks.push_back(prices_remark(*points));
  for (std::size_t i = 0; i < points->machines.size(); ++i) {
    precisions.energy_by_layer.push_back(energy_by_layer(*points, points->machines[i], i));
  }
  return precisions;
}

std::string text_of(const ReducedPrecision& precisions) {
  std::string text = text_of(precisions.table);
  for (const std::string& remark : precisions.remarks) text += remark + "\n";
  for (const Grid& grid : precisions.energy_by_layer) text += "\n" + grid.title + "\n" + text_of(grid);
  return text;
}

std::string markdown_of(const ReducedPrecision& precisions) {
  std::string text = markdown_of(precisions.table);
  for (const std::string& remark : precisions.remarks) text += "\n" + remark + "\n";
  for (const Grid& grid : precisions.energy_by_layer) text += "\n" + grid.title + "\n\n" + markdown_of(grid);
  return text;
}

}  // namespace lacuna
