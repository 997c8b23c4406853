// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/run_command.hpp"

#include <filesystem>
#include <iostream>

#include "hw/base/error.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/status_line.hpp"
#include "sim/cli/wave.hpp"
#include "sim/engine/engine.hpp"
#include "sim/result/layers_csv.hpp"
#include "sim/result/output.hpp"
#include "sim/result/result_json.hpp"
#include "sim/result/table.hpp"
#include "sim/trace/run_trace.hpp"

namespace lacuna {
namespace {

/// How far a run is, layer by layer.
class ProgressBar {
 public:
  explicit ProgressBar(std::size_t layers) : layers_(layers) {}

  void show(const std::string& layer, std::int64_t passes, std::int64_t all) {
    constexpr std::int64_t kPercent = 100;
    if (!line_.on()) return;
    if (layer != layer_) {
      layer_ = layer;
      ++layer_number_;
      percent_ = -1;
    }
    const std::int64_t percent = passes * kPercent / all;
    if (percent == percent_) return;
    percent_ = percent;
    line_.show(static_cast<double>(passes) / static_cast<double>(all), std::to_string(percent) + "% of " + layer +
                                                                           " (layer " + std::to_string(layer_number_) +
                                                                           " of " + std::to_string(layers_) + ")");
  }
  void clear() { line_.clear(); }

 private:
  StatusLine line_;
  const std::size_t layers_;
  std::string layer_;
  std::size_t layer_number_ = 0;
  std::int64_t percent_ = -1;
};

/// Takes back what a run that fails has made: its output folder, if it was not there before, and its VCD.
class Unfinished {
 public:
  explicit Unfinished(const RunOutput& output)
      : wave_(output.wave ? output.folder + "/" + wave_file(*output.wave).written_as : "") {
    std::error_code ignored;
    for (auto path = std::filesystem::absolute(output.folder, ignored); !path.empty(); path = path.parent_path()) {
      if (std::filesystem::exists(path, ignored) || path == path.parent_path()) break;
      made_.push_back(path);
    }
  }
  ~Unfinished() {
    std::error_code ignored;
    if (!wave_.empty()) std::filesystem::remove(wave_, ignored);
    for (const auto& path : made_) std::filesystem::remove(path, ignored);  // refuses a folder that holds anything
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

 private:
  std::string wave_;
  std::vector<std::filesystem::path> made_;
};

/// A generous bound on what a run writes: the resolved experiment and some kilobytes a layer, and the recorded signals.
std::int64_t bytes_needed(const Experiment& experiment, const RunOutput& output) {
  constexpr std::int64_t kBytesPerLayer = 65536;
  constexpr std::int64_t kBytesPerPe = 256;
  constexpr std::int64_t kWaveBytesPerCycle = 16384;
  std::int64_t bytes = 2 * static_cast<std::int64_t>(experiment.resolved.size()) +
                       (kBytesPerLayer + kBytesPerPe * experiment.chip.array.config().pes()) *
                           static_cast<std::int64_t>(experiment.network.layers.size());
  if (output.wave) bytes += kWaveBytesPerCycle * (output.wave->last_cycle - output.wave->first_cycle + 1);
  return bytes;
}

const char* const kResult = "result.json";
const char* const kLayers = "layers.csv";
const char* const kPes = "pes.csv";

/// The trace goes anywhere, but onto no other file that the run writes or reads.
void check_trace(const Experiment& experiment, const RunOutput& output) {
  if (output.trace.empty()) return;
  std::vector<std::string> outputs = {kResult, kLayers, kPes};
  if (output.wave) {
    outputs.push_back(wave_file(*output.wave).name);
    outputs.push_back(wave_file(*output.wave).written_as);
  }
  for (std::string& name : outputs) name.insert(0, output.folder + "/");
  outputs.push_back(output.trace);
  check_outputs(outputs, "");
  for (const InputFile& input : experiment.inputs) check_outputs({output.trace}, recorded_file(input.path).path);
}

}  // namespace

int run_command(const Experiment& experiment, const RunOutput& output) {
  check_trace(experiment, output);
  const Unfinished unfinished(output);
  prepare_output(output.folder, bytes_needed(experiment, output));
  std::optional<RunTrace> trace;
  if (!output.trace.empty()) trace.emplace(output.trace, experiment);
  ProgressBar bar(experiment.simulated_layers().size());
  EngineHooks hooks;
  std::optional<ValuesCache> cache;
  if (!output.cache.empty()) hooks.cache = &cache.emplace(output.cache);
  hooks.progress = [&bar](const std::string& layer, std::int64_t passes, std::int64_t all) {
    bar.show(layer, passes, all);
  };
  if (trace) hooks.trace = &*trace;
  if (output.wave) {
    const std::string partial = output.folder + "/" + wave_file(*output.wave).written_as;
    hooks.wave_layer = output.wave->layer;
    hooks.wave = {partial.substr(0, partial.rfind(".vcd")), output.wave->first_cycle, output.wave->last_cycle};
  }
  const RunResult result = run_experiment(experiment, hooks);
  bar.clear();
  std::vector<OutputFile> files = {
      {kResult, result_json(result)}, {kLayers, layers_csv(result.layers)}, {kPes, pes_csv(result.pes)}};
  if (output.wave) {
    check_wave(output.folder, *output.wave);
    files.push_back(wave_file(*output.wave));
  }
  if (trace) trace->finish(result);
  commit_output(output.folder, files);
  if (trace) trace->commit();
  std::string written;
  for (const OutputFile& file : files) written += (written.empty() ? "" : ", ") + output.folder + "/" + file.name;
  if (trace) written += ", " + output.trace;
  std::cout << result_table(result) << "written: " << written << "\n";
  return 0;
}

}  // namespace lacuna
