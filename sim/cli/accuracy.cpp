// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/accuracy.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "hw/base/error.hpp"
#include "hw/base/text_table.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/named_file.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/status_line.hpp"
#include "sim/engine/experiment_weights.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna accuracy");
  add_experiment_options(options);
  options.add_options()("labelled", po::value<std::string>()->value_name("DIR"),
                        "labelled images: a folder with labels.csv (default: those that come with the network)")(
      "limit", po::value<std::int64_t>()->value_name("K"), "of the images, K at even distances")(
      "csv", po::value<std::string>()->value_name("FILE"), "write what both networks made of each image")("help",
                                                                                                          "print this");
  return options;
}

std::string folder_of(const po::variables_map& options, const Network& network) {
  if (options.count("labelled") != 0) return options["labelled"].as<std::string>();
  const std::string& own = network.evaluation;
  if (own.empty()) {
    fail_input("accuracy: no labelled images come with network " + network.name + "; allowed --labelled DIR");
  }
  return own.find('/') != std::string::npos ? own : data_root() + "/workloads/evaluation/" + own;
}

/// `limit` of the images at even distances, so that they are of all classes.
std::vector<LabelledImage> chosen(std::vector<LabelledImage> images, const po::variables_map& options) {
  if (options.count("limit") == 0) return images;
  const auto limit = options["limit"].as<std::int64_t>();
  const auto all = static_cast<std::int64_t>(images.size());
  if (limit < 1 || limit > all) {
    fail_input("accuracy: --limit: found " + std::to_string(limit) + "; allowed 1 to " + std::to_string(all) +
               ", the images there are");
  }
  std::vector<LabelledImage> some;
  for (std::int64_t i = 0; i < limit; ++i) some.push_back(std::move(images[static_cast<std::size_t>(i * all / limit)]));
  return some;
}

std::string text_of(const Share& share) {
  return fixed(100 * share.value, 1) + "  (" + fixed(100 * share.low, 1) + " to " + fixed(100 * share.high, 1) + ")";
}

std::string csv_of(const std::vector<LabelledImage>& images, const std::vector<Prediction>& predictions) {
  std::string text = "image,class,machine_class,machine_rank,float_class,float_rank\n";
  for (std::size_t i = 0; i < images.size(); ++i) {
    const Prediction& one = predictions[i];
    text += images[i].file.substr(images[i].file.rfind('/') + 1);
    for (const std::int64_t number :
         {one.label, one.machine_class, one.machine_rank, one.float_class, one.float_rank}) {
      text += "," + std::to_string(number);
    }
    text += "\n";
  }
  return text;
}

void print(const Experiment& experiment, const std::vector<Prediction>& predictions, std::ostream& out) {
  const auto images = static_cast<std::int64_t>(predictions.size());
  const auto share = [&](std::int64_t hits) { return text_of(share_of(hits, images)); };
  out << experiment.network.name << ", " << images << " labelled images, weights: " << weights_of(experiment)->label()
      << "\n\n";
  TextTable table({"% of the images, 95% confidence", "top-1", "top-5"}, 1);
  table.add({"machine, precision " + experiment.precision.name, share(machine_hits(predictions, 1)),
             share(machine_hits(predictions, 5))});
  table.add({"float network", share(float_hits(predictions, 1)), share(float_hits(predictions, 5))});
  table.add({"same class in both", share(same_class(predictions)), ""});
  out << table.text(0);
}

}  // namespace

int accuracy_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("accuracy", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  std::vector<Override> overrides = overrides_of(options);
  add_default_chip(overrides);
  const Experiment experiment = compose({JsonDocument(nlohmann::json::object(), "accuracy"), std::move(overrides), {}});
  const std::string csv = text_of(options, "csv");
  const std::string folder = folder_of(options, experiment.network);
  check_outputs({csv}, folder + "/labels.csv");
  const std::vector<LabelledImage> images =
      chosen(read_labels(folder, classifier(experiment.network).out.words()), options);
  std::vector<Prediction> predictions;
  {
    StatusLine status;
    const auto all = static_cast<double>(images.size());
    status.show(0.0, "0 of " + std::to_string(images.size()) + " images");
    predictions = measure_accuracy(experiment, images, [&](std::int64_t done) {
      status.show(static_cast<double>(done) / all,
                  std::to_string(done) + " of " + std::to_string(images.size()) + " images");
    });
  }
  if (!csv.empty()) write_named_file(csv, csv_of(images, predictions));
  print(experiment, predictions, out);
  return 0;
}

}  // namespace lacuna
