// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "hw/base/error.hpp"
#include "hw/base/text_table.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"
#include "sim/config/composer.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_file.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna compress");
  const auto text = text_option;
  options.add_options()("network", text("N"), "the network that the weights are of: a name or a path")(
      "weights", text("W"),
      "shared weights, at most 255 values besides 0 in each layer: a folder or a file, as for run")(
      "biases", po::value<std::vector<std::string>>()->value_name("NAME=DIR"),
      "another set of biases, LAYER.bias.npy in a folder; may be given more than once")(
      "run-bits", po::value<std::int64_t>()->value_name("Q")->default_value(4), "width of a run of zeros, 3 to 8")(
      "source", text("TEXT"), "how the weights were made; every result that uses them says it")(
      "out", text("FILE"), "weight file to write")("help", "print this");
  return options;
}

struct BiasFolder {
  std::string name;
  std::string folder;
};

std::vector<BiasFolder> bias_folders(const po::variables_map& options) {
  std::vector<BiasFolder> folders;
  if (options.count("biases") == 0) return folders;
  for (const std::string& text : options["biases"].as<std::vector<std::string>>()) {
    const std::size_t sign = text.find('=');
    if (sign == 0 || sign == std::string::npos || sign + 1 == text.size()) {
      fail_input("compress: --biases: found '" + text + "'; allowed NAME=DIR");
    }
    folders.push_back({text.substr(0, sign), text.substr(sign + 1)});
  }
  return folders;
}

/// Shared and compressed, with all sets of biases.
SharedTensor compressed(const Layer& layer, const WeightSet& weights, const std::vector<BiasFolder>& biases,
                        std::int64_t run_bits) {
  LayerWeights loaded = weights.load(layer);
  SharedTensor tensor = share_values(layer.name, loaded.weights, run_bits);
  tensor.biases.push_back(std::move(loaded.bias));
  for (const BiasFolder& set : biases) {
    tensor.biases.push_back(read_npy(set.folder + "/" + layer.name + ".bias.npy", layer.name + ".bias", {layer.out.C}));
  }
  return tensor;
}

/// Weights and stored bits of layers together.
struct Sizes {
  std::int64_t weights = 0;
  std::int64_t left = 0;
  std::int64_t entries = 0;
  std::int64_t fields = 0;  ///< entries in fields of fixed width, and codebooks
  StoredBits bits;
};

std::vector<std::string> row(const std::string& name, const std::string& code_bits, const Sizes& sizes) {
  const auto per = [](std::int64_t part, std::int64_t whole) {
    return static_cast<double>(part) / static_cast<double>(whole);
  };
  return {name,
          std::to_string(sizes.weights),
          fixed(100 * per(sizes.left, sizes.weights), 1),
          code_bits,
          std::to_string(sizes.entries - sizes.left),
          fixed(per(sizes.bits.codes, sizes.entries), 2),
          fixed(per(sizes.bits.runs, sizes.entries), 2),
          fixed(100 * per(sizes.fields, 32 * sizes.weights), 2),
          fixed(100 * per(sizes.bits.total(), 32 * sizes.weights), 2)};
}

void print_sizes(const WeightFile& file, std::ostream& out) {
  TextTable table({"layer", "weights", "left %", "code bits", "fillers", "Huffman: bits/code", "bits/run",
                   "% of float32: fields", "Huffman"},
                  1);
  Sizes all;
  for (const SharedTensor& tensor : file.tensors) {
    Sizes sizes;
    sizes.weights = Tensor<float>::count(tensor.shape);
    sizes.entries = tensor.index.entries();
    sizes.left = sizes.entries - tensor.index.fillers();
    sizes.bits = stored_bits(tensor);
    sizes.fields = tensor.index.bits(tensor.code_bits) + sizes.bits.codebook;
    table.add(row(tensor.layer, std::to_string(tensor.code_bits), sizes));
    all.weights += sizes.weights;
    all.left += sizes.left;
    all.entries += sizes.entries;
    all.fields += sizes.fields;
    all.bits.codes += sizes.bits.codes;
    all.bits.runs += sizes.bits.runs;
    all.bits.codebook += sizes.bits.codebook;
    all.bits.tables += sizes.bits.tables;
  }
  table.add(row("all", "", all));
  out << table.text(1);
}

}  // namespace

int compress_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("compress", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  for (const char* needed : {"network", "weights", "source", "out"}) {
    if (options.count(needed) == 0) fail_input("compress: --" + std::string(needed) + " is missing");
  }
  const auto text = [&](const char* name) { return options[name].as<std::string>(); };
  const std::int64_t run_bits = options["run-bits"].as<std::int64_t>();
  if (run_bits < 3 || run_bits > 8) {
    fail_input("compress: --run-bits: found " + std::to_string(run_bits) + "; allowed 3 to 8");
  }
  const std::vector<BiasFolder> biases = bias_folders(options);
  check_outputs({text("out")}, text("weights"));
  Composer composer({JsonDocument(nlohmann::json::object(), "compress"), {}, {}});
  composer.put("/network", text("network"), "--network " + text("network"));
  composer.resolve("/network", DataKind::network);
  const Network network = load_network(composer.at("/network"));
  const auto weights = open_weights(text("weights"), network, data_root() + "/workloads/weights");

  WeightFile file{network.name, text("source"), {"trained"}, {}};
  for (const BiasFolder& set : biases) {
    if (std::count(file.bias_sets.begin(), file.bias_sets.end(), set.name) != 0) {
      fail_input("compress: --biases: found set '" + set.name + "' twice; each name once, 'trained' for --weights");
    }
    file.bias_sets.push_back(set.name);
  }
  for (const Layer* layer : network.array_layers()) {
    file.tensors.push_back(compressed(*layer, *weights, biases, run_bits));
  }
  const std::string bytes = weight_file_bytes(file);
  write_named_file(text("out"), bytes);
  print_sizes(file, out);
  out << "\nwritten: " << text("out") << ", " << bytes.size() << " bytes\n";
  return 0;
}

}  // namespace lacuna
