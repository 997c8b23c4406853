// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/engine.hpp"

#include <algorithm>
#include <map>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "sim/engine/cached_values.hpp"
#include "sim/engine/experiment_weights.hpp"
#include "sim/engine/labels.hpp"
#include "sim/engine/layer_job.hpp"
#include "sim/engine/plan.hpp"
#include "sim/engine/stimulus_layer.hpp"
#include "sim/engine/values_request.hpp"
#include "sim/trace/run_trace.hpp"

namespace lacuna {

namespace {

/// One experiment on its way from plans to results.
class Engine {
 public:
  Engine(const Experiment& experiment, const EngineHooks& hooks)
      : experiment_(experiment),
        hooks_(hooks),
        datapath_(stored_datapath_of(experiment.chip)),
        weights_(weights_of(experiment)),
        precision_(resolved_precision(experiment)),
        plans_(plan_layers(experiment, precision_)) {}

  RunResult run() {
    check_weights();
    if (experiment_.stimulus) {
      run_stimulus();
    } else {
      run_images();
    }
    return finish();
  }

 private:
  void check_weights() const;
  void run_images();
  void run_stimulus();
  void take(const LayerValues& values);
  void simulate(const LayerPlan& plan, const LayerValues& values);
  const LayerPlan* plan_of(const std::string& layer) const;
  RunResult finish();
  std::vector<std::string> labels() const;

  const Experiment& experiment_;
  const EngineHooks& hooks_;
  const MacDatapath& datapath_;
  std::unique_ptr<WeightSet> weights_;
  NetworkPrecision precision_;
  std::vector<LayerPlan> plans_;
  RunResult result_;
};

const LayerPlan* Engine::plan_of(const std::string& layer) const {
  const auto found =
      std::find_if(plans_.begin(), plans_.end(), [&layer](const LayerPlan& plan) { return plan.layer->name == layer; });
  return found == plans_.end() ? nullptr : &*found;
}

/// Weights are loaded layer by layer; files that cannot be are refused before anything is simulated.
void Engine::check_weights() const {
  for (const Layer* layer : experiment_.network.array_layers()) {
    if (!experiment_.stimulus || plan_of(layer->name) != nullptr) weights_->check(*layer);
    if (layer == plans_.back().layer) return;
  }
}

void Engine::run_images() {
  ValuesRequest request = values_request(experiment_, *weights_, precision_);
  request.cached = cached_values(experiment_, hooks_.cache);
  request.weights_by_tap = experiment_.run.level == "event" && experiment_.run.check_values;
  if (!experiment_.run.layers.empty()) request.last = plans_.back().layer->name;
  request.order = [this](const Layer& layer) {  // a run that needs it simulates every layer up to the last
    return plan_of(layer.name)->schedule->accumulation_order();
  };
  compute_values(request, [this](LayerValues&& values) { take(values); });
}

void Engine::run_stimulus() {
  for (const LayerPlan& plan : plans_) {
    if (!plan.context.float_psums && !plan.precision.ifmap.floating && !plan.precision.ofmap.floating) continue;
    fail_input(experiment_.place("/run/stimulus") + "draws integers and sets their biases, but layer " +
               plan.layer->name + " has float words; allowed a precision without float16");
  }
  for (const LayerPlan& plan : plans_) {
    LayerStimulus stimulus = experiment_.stimulus->layers.at(plan.layer->name);
    stimulus.seed += experiment_.run.seed;
    const AccumulationOrder order = plan.schedule->accumulation_order();
    const MacDatapath& datapath = plan.precision.exempt ? *exempt_datapath_of(experiment_.chip) : datapath_;
    simulate(plan, stimulus_layer({plan, stimulus, *weights_, datapath, order}));
  }
}

void Engine::take(const LayerValues& values) {
  if (const LayerPlan* plan = plan_of(values.layer.name)) {
    simulate(*plan, values);
  } else if (!values.layer.on_array() && values.layer.kind != LayerKind::relu) {
    const std::string kind = to_string(values.layer.kind);
    result_.layers.push_back(host_layer(values.layer.name, kind, experiment_.run.batch));
    if (hooks_.trace != nullptr) hooks_.trace->host_layer(values.layer.name, kind);
  }
}

void Engine::simulate(const LayerPlan& plan, const LayerValues& values) {
  const bool clocked = experiment_.run.level == "clocked";
  LayerWords words = layer_words(plan, values, !clocked && !experiment_.run.check_values);
  RunHooks run_hooks;
  run_hooks.faults = hooks_.faults;
  const std::string& name = plan.layer->name;
  if (hooks_.progress) {
    run_hooks.progress = [&](std::int64_t passes, std::int64_t all) { hooks_.progress(name, passes, all); };
  }
  if (hooks_.wave_layer == name) run_hooks.wave = hooks_.wave;
  run_hooks.record = hooks_.trace != nullptr;
  const LayerRun run =
      clocked ? run_clocked(*plan.chip, words.job, run_hooks) : run_event(*plan.chip, words.job, run_hooks);
  if (experiment_.run.check_values) check_ofmap(plan, values, run);
  LayerResult layer = layer_result(plan, values, run);
  if (hooks_.trace != nullptr) {
    hooks_.trace->layer(
        {name, layer.kind, *plan.schedule, run, plan.context.weight_bits, plan.context.activation_bits});
  }
  const CoreFigures core{experiment_.chip.core_clock_khz, experiment_.chip.array.config().pes()};
  derive(layer, core, plan.prices);
  result_.layers.push_back(std::move(layer));
  result_.pes.push_back(pe_results(plan, run));
  add_prices(result_.prices, plan.prices);
}

std::vector<std::string> Engine::labels() const {
  std::vector<std::string> labels;
  labels.push_back("weights: " + weights_->label());
  if (experiment_.ranges_of == "synthetic" && experiment_.run.weights != "synthetic") {
    labels.push_back("ranges: of the network's synthetic weights, not of these: larger values saturate");
  }
  if (const std::string words = words_label(experiment_); !words.empty()) labels.push_back(words);
  if (experiment_.stimulus) {
    labels.push_back("stimulus: " + experiment_.stimulus->name +
                     ", each layer alone on seeded data; biases set for the " + "stated output density");
  }
  for (const auto& [layer, reason] : experiment_.unsupported_layers()) {
    labels.push_back(layer->name + ": not run: " + reason);
  }
  const SearchConfig& search = experiment_.run.search;
  labels.push_back("mapping: " + experiment_.mapping.name +
                   (experiment_.mapping.searched() ? " for the least " + search.objective : ""));
  replace_energy_label(labels, experiment_);
  const bool has_fc = std::any_of(plans_.begin(), plans_.end(),
                                  [](const LayerPlan& plan) { return plan.layer->kind == LayerKind::fc; });
  if (has_fc) labels.emplace_back("fc layers: run on the PE array as convolutions; no published counterpart");
  if (!experiment_.run.check_values) {
    labels.emplace_back(experiment_.run.level == "clocked"
                            ? "values: not compared with the exact layers"
                            : "values: ofmaps are those of the exact layers, the array computed none");
  }
  return labels;
}

RunResult Engine::finish() {
  result_.program = this_program();
  result_.inputs = experiment_.inputs;
  result_.labels = labels();
  result_.config_json = experiment_.resolved;
  for (const Layer* layer : experiment_.network.array_layers()) {
    if (plan_of(layer->name) == nullptr) result_.not_run.push_back(layer->name);
  }
  return std::move(result_);
}

}  // namespace

RunResult run_experiment(const Experiment& experiment, const EngineHooks& hooks) {
  return Engine(experiment, hooks).run();
}

}  // namespace lacuna
