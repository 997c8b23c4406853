// SPDX-License-Identifier: Apache-2.0
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "hw/base/csv.hpp"
#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/status_line.hpp"
#include "sim/config/data_path.hpp"
#include "sim/sweep/database_schema.hpp"
#include "sim/sweep/point_request.hpp"
#include "sim/sweep/runner.hpp"
#include "sim/sweep/sweep_database.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

constexpr int kMostJobs = 1024;

po::options_description describe_options() {
  po::options_description options("Options of lacuna sweep SWEEP (a name, or the path of a JSON file)");
  const auto text = text_option;
  options.add_options()("jobs", po::value<int>()->value_name("N"), "worker processes (default: one for each core)")(
      "out", text("FILE.db"), "database for the results; one that is there is gone on with (default: SWEEP.db)")(
      "set", po::value<Words>()->composing()->value_name("/PATH=VALUE"),
      "set any field that all points have in common")("plan", "print the points that would be run, run none")(
      "help", "print this");
  add_cache_option(options);
  return options;
}

/// The cores that this process may run on.
int cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return ::sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(1, CPU_COUNT(&set)) : 1;
}

int jobs_of(const po::variables_map& options) {
  const int jobs = options.count("jobs") == 0 ? cores() : options["jobs"].as<int>();
  if (jobs < 1 || jobs > kMostJobs) {
    fail_input("sweep: --jobs: found " + std::to_string(jobs) + "; allowed 1 to " + std::to_string(kMostJobs));
  }
  return jobs;
}

std::string counted(std::int64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// "3 min 20 s".
std::string duration(double seconds) {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 3600;
  const auto whole = static_cast<std::int64_t>(seconds);
  if (whole >= kHour) return std::to_string(whole / kHour) + " h " + std::to_string(whole % kHour / kMinute) + " min";
  if (whole >= kMinute) return std::to_string(whole / kMinute) + " min " + std::to_string(whole % kMinute) + " s";
  std::ostringstream text;
  text << std::fixed << std::setprecision(1) << seconds << " s";
  return text.str();
}

/// "12 refused, 1 crashed", or "".
std::string troubles(const SweepProgress& progress) {
  std::string text;
  const auto add = [&](std::int64_t count, const char* what) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  add(progress.refused, "refused");
  add(progress.failed, "failed");
  add(progress.crashed, "crashed");
  add(progress.stale, "refused now, with a result of before");
  return text;
}

/// Rate and time left, of the points that had to be run.
class Speed {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
  double per_minute(const SweepProgress& progress) const {
    constexpr double kSecondsPerMinute = 60.0;
    const double spent = seconds();
    return spent > 0.0 ? kSecondsPerMinute * static_cast<double>(progress.done() - progress.kept) / spent : 0.0;
  }

 private:
  Clock::time_point begin_ = Clock::now();
};

void show(StatusLine& line, const Speed& speed, const SweepProgress& progress) {
  if (!line.on()) return;
  constexpr double kSecondsPerMinute = 60.0;
  const double rate = speed.per_minute(progress);
  const auto left = static_cast<double>(progress.points - progress.done());
  const std::string trouble = troubles(progress);
  line.show(static_cast<double>(progress.done()) / static_cast<double>(progress.points),
            std::to_string(progress.done()) + " of " + std::to_string(progress.points) + ", " +
                std::to_string(static_cast<std::int64_t>(rate)) + " a minute" +
                (trouble.empty() ? "" : ", " + trouble) +
                (rate > 0.0 ? ", " + duration(left / rate * kSecondsPerMinute) + " left" : ""));
}

void print_plan(const SweepFile& sweep, const std::vector<SweepPoint>& points, std::ostream& out) {
  std::string header = "position";
  for (const Axis* axis : sweep.axes()) header += "," + csv_cell(axis->name);
  out << header << "\n";
  std::size_t position = 0;
  for (const SweepPoint& point : points) {
    out << position++;
    const std::vector<const Axis*> axes = sweep.axes();
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const nlohmann::json value = nlohmann::json::parse(axes[i]->values[point.values[i]]);
      out << "," << csv_cell(value.is_string() ? value.get<std::string>() : value.dump());
    }
    out << "\n";
  }
}

/// Where a chip's own table is not for all words, or chips have different ones.
void print_mixed_prices(const Words& prices, std::ostream& out) {
  if (prices.size() < 2) return;
  out << "results are at different prices: ";
  for (const std::string& table : prices) out << (&table == &prices.front() ? "" : "; ") << table;
  out << "; to compare energies, state one table for all (\"energy\" in the experiment)\n";
}

SweepFile load(const std::string& name, const Words& sets) {
  const JsonDocument words(nlohmann::json(name), "sweep");
  const DataFile file = find_data(DataKind::sweep, words.view());
  std::vector<Override> overrides;
  for (const std::string& set : sets) overrides.push_back(parse_override(set));
  check_all_used(overrides);
  return load_sweep(JsonDocument::load(file.path, file.recorded).view(), overrides);
}

}  // namespace

int sweep_verb(const Words& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const bool has_file = !words.empty() && words[0].rfind("--", 0) != 0;
  const po::variables_map options =
      parse_options("sweep", described, {words.begin() + (has_file ? 1 : 0), words.end()});
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (!has_file) fail_input("sweep: no sweep given; allowed a name (lacuna list sweeps) or a path, before the options");
  const SweepFile sweep = load(words[0], options.count("set") == 0 ? Words() : options["set"].as<Words>());
  const std::vector<SweepPoint> points = points_of(sweep);
  check_plan(sweep);
  if (options.count("plan") != 0) return print_plan(sweep, points, out), 0;

  check_some_point_composes(sweep, points);
  SweepRun run;
  run.database = options.count("out") == 0 ? sweep.name + ".db" : options["out"].as<std::string>();
  run.cache = cache_folder_of(options);
  run.jobs = std::min<int>(jobs_of(options), static_cast<int>(std::min<std::size_t>(points.size(), kMostJobs)));
  const SweepDatabase database(run.database, sweep, points);
  out << sweep.name << ": " << counted(static_cast<std::int64_t>(points.size()), "point") << " on "
      << counted(run.jobs, "core") << "; mapping " << sweep.mapping_text() << std::endl;
  SweepProgress progress;
  const Speed speed;
  {
    StatusLine line;
    run.progress = [&](const SweepProgress& now) { show(line, speed, now); };
    progress = run_sweep(sweep, points, run);
  }
  database.check_in_place();
  const std::string trouble = troubles(progress);
  out << progress.kept << " kept, " << progress.ok << " run" << (trouble.empty() ? "" : ", " + trouble) << " in "
      << duration(speed.seconds()) << " (" << static_cast<std::int64_t>(speed.per_minute(progress))
      << " a minute); written: " << run.database << "\n";
  const std::string failure = database.first_failure();
  if (!failure.empty()) out << "the first that went wrong (all of them: view failures): " << failure << "\n";
  print_mixed_prices(database.prices(), out);
  if (progress.stale > 0) {
    out << "results of before stand where a point cannot be built now, the first: " << progress.stale_error
        << "; a new --out leaves them out\n";
  }
  if (progress.done() < progress.points) {
    fail_run(std::to_string(progress.points - progress.done()) +
             " points were lost with a worker; the same command runs them");
  }
  if (database.results() == 0) fail_run("no point of the sweep has a result");
  return 0;
}

}  // namespace lacuna
