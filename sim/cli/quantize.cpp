// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "hw/base/error.hpp"
#include "hw/base/text_table.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/labelled_option.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/status_line.hpp"
#include "sim/engine/experiment_weights.hpp"
#include "sim/values/precision_text.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

constexpr std::int64_t kWidest = 16;

po::options_description describe_options() {
  po::options_description options("Options of lacuna quantize");
  add_value_options(options);
  options.add_options()("target", text_option("T"),
                        "sqnr_db=X: of the last conv or fc layer, at least; accuracy_drop=P%: top-1 below that of the "
                        "float network, at most; weight_bytes=B: of all weights, at most")(
      "activation-bits", po::value<std::int64_t>()->value_name("B"),
      "with weight_bytes: the width of activations, 16 by default")(
      "accuracy", "measure top-1 and top-5 on labelled images too; with accuracy_drop always");
  add_labelled_options(options);
  add_cache_option(options);
  options.add_options()("out", text_option("FILE"), "precision file to write (default: NETWORK_TARGET.json)")(
      "help", "print this");
  return options;
}

QuantizeTarget target_of(const po::variables_map& options) {
  const std::string text = text_of(options, "target");
  if (text.empty()) {
    fail_input("quantize: no target given; allowed --target sqnr_db=X, accuracy_drop=P% or weight_bytes=B");
  }
  return parse_quantize_target(text);
}

std::int64_t activation_bits_of(const po::variables_map& options, const QuantizeTarget& target) {
  if (options.count("activation-bits") == 0) return kWidest;
  const auto bits = options["activation-bits"].as<std::int64_t>();
  constexpr std::int64_t kNarrowest = 2;
  if (target.goal != QuantizeGoal::weight_bytes) {
    fail_input("quantize: --activation-bits: found " + std::to_string(bits) + " with --target " + target.text +
               ", which looks for them; allowed with --target weight_bytes=B");
  }
  if (bits < kNarrowest || bits > kWidest) {
    fail_input("quantize: --activation-bits: found " + std::to_string(bits) + "; allowed 2 to 16");
  }
  return bits;
}

bool wants_accuracy(const po::variables_map& options, const QuantizeTarget& target) {
  const bool wants = options.count("accuracy") != 0 || target.goal == QuantizeGoal::accuracy_drop;
  for (const char* option : {"labelled", "limit"}) {
    if (wants || options.count(option) == 0) continue;
    fail_input(std::string("quantize: --") + option + ": found no accuracy to measure; allowed with --accuracy or " +
               "--target accuracy_drop=P%");
  }
  return wants;
}

/// The experiment whose words shall be narrow. What would change nothing, or is what is looked for, is refused.
Experiment experiment_of(const po::variables_map& options) {
  std::vector<Override> overrides = overrides_of(options);
  for (const Override& change : overrides) {
    for (const std::string part : {"/precision", "/run/stimulus", "/run/layers"}) {
      if (change.pointer != part && change.pointer.rfind(part + "/", 0) != 0) continue;
      fail_input("quantize: " + change.origin + ": found " + part +
                 (part == "/precision" ? ", which is what it looks for" : ", but it runs the whole network on images") +
                 "; allowed fields of chip, network and weights");
    }
  }
  add_default_chip(overrides);
  overrides.push_back({"/precision", R"("fixed16")", "quantize"});
  return compose({JsonDocument(nlohmann::json::object(), "quantize"), std::move(overrides), {}});
}

/// NETWORK_TARGET.json, or what --out says.
std::string file_of(const po::variables_map& options, const Experiment& experiment, const QuantizeTarget& target) {
  if (options.count("out") != 0) return text_of(options, "out");
  std::string name = experiment.network.name + "_" + target.text;
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' ? c : '_';
  while (name.back() == '_') name.pop_back();
  return name + ".json";
}

/// Refuses a file that is read, or cannot be written, before the search.
void check_output(const std::string& file, const Experiment& experiment) {
  for (const InputFile& input : experiment.inputs) check_outputs({file}, recorded_file(input.path).path);
  prepare_named_file(file, 0);
}

std::string bits_text(std::int64_t bits) { return bits == 0 ? "" : std::to_string(bits); }

void print(const Experiment& experiment, const QuantizeResult& result, const std::string& name, std::ostream& out) {
  const MacConfig& mac = experiment.chip.mac;
  out << experiment.network.name << ", weights: " << weights_of(experiment)->label() << "\n"
      << "on " << experiment.chip.name << ", MAC " << fixed_point_mac(experiment.chip) << " with accumulators of "
      << mac.accumulator_bits << " bits; ranges, noise and clipping on " << experiment.images.size()
      << (experiment.images.size() == 1 ? " image\n\n" : " images\n\n");
  TextTable table({"layer", "weight bits", "activation bits", "SQNR dB: weights", "rounding", "chain",
                   "clipped %: weights", "activations"},
                  1);
  for (const QuantizedLayer& layer : result.layers) {
    const bool weights = layer.weight_bits != 0;
    table.add({layer.layer, bits_text(layer.weight_bits), bits_text(layer.activation_bits),
               weights ? fixed(layer.weights_db, 2) : "", fixed(layer.rounding_db, 2), fixed(layer.chain_db, 2),
               weights ? fixed(100 * layer.weights_clipped, 3) : "", fixed(100 * layer.activations_clipped, 3)});
  }
  out << table.text(0) << "\nweights " << (result.weight_bits + 7) / 8 << " bytes, "
      << fixed(static_cast<double>(result.weight_bits) / static_cast<double>(result.weight_words), 2)
      << " bits each; SQNR of " << result.last_layer << " " << fixed(result.sqnr_db, 2) << " dB\n";
  if (!result.predictions.empty()) {
    out << "\n" << result.predictions.size() << " labelled images\n" << accuracy_text(result.predictions, name);
  }
}

QuantizeResult quantized(QuantizeRequest request, const po::variables_map& options) {
  std::optional<ValuesCache> cache;
  const std::string folder = cache_folder_of(options);
  if (!folder.empty()) request.cache = &cache.emplace(folder);
  StatusLine status;
  request.progress = [&status](double share, const std::string& text) { status.show(share, text); };
  return quantize(request);
}

/// The command as it was typed, but for where it keeps values.
std::string command_text(const std::vector<std::string>& words) {
  std::string text = "lacuna quantize";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--cache") {
      ++i;
    } else if (words[i].rfind("--cache=", 0) != 0) {
      text += " " + (words[i].find(' ') == std::string::npos ? words[i] : "'" + words[i] + "'");
    }
  }
  return text;
}

}  // namespace

int quantize_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("quantize", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  if (options.count("network") == 0) {
    fail_input("quantize: no network given; allowed --network with a name or a path");
  }
  QuantizeRequest request;
  request.target = target_of(options);
  request.activation_bits = activation_bits_of(options, request.target);
  const bool labelled = wants_accuracy(options, request.target);
  request.experiment = experiment_of(options);
  const Experiment& experiment = request.experiment;
  if (labelled) request.labelled = labelled_images(options, "quantize", experiment.network);
  const std::string file = file_of(options, experiment, request.target);
  check_output(file, experiment);
  QuantizeResult result = quantized(request, options);
  Precision& precision = result.precision;
  precision.name = std::filesystem::path(file).stem().string();
  precision.description = "fixed point for " + experiment.network.name + ", widths of each tensor that reach " +
                          request.target.text + " on " + experiment.chip.name;
  precision.source = quantize_source(experiment, command_text(words), result);
  std::vector<std::string> names = {"input"};
  for (const Layer& layer : experiment.network.layers) names.push_back(layer.name);
  write_named_file(file, precision_text(precision, names));
  print(experiment, result, precision.name, out);
  out << "\n" << file << ": written\n";
  return 0;
}

}  // namespace lacuna
