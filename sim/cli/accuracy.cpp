// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/accuracy.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "sim/cli/command.hpp"
#include "sim/cli/experiment_options.hpp"
#include "sim/cli/labelled_option.hpp"
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
  add_labelled_options(options);
  options.add_options()("csv", po::value<std::string>()->value_name("FILE"),
                        "write what both networks made of each image")("help", "print this");
  return options;
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

}  // namespace

int accuracy_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("accuracy", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  std::vector<Override> overrides = overrides_of(options);
  add_default_chip(overrides);
  const Experiment experiment = compose({JsonDocument(nlohmann::json::object(), "accuracy"), std::move(overrides), {}});
  const std::string csv = text_of(options, "csv");
  check_outputs({csv}, labelled_folder(options, "accuracy", experiment.network) + "/labels.csv");
  const std::vector<LabelledImage> images = labelled_images(options, "accuracy", experiment.network);
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
  out << experiment.network.name << ", " << images.size()
      << " labelled images, weights: " << weights_of(experiment)->label() << "\n\n"
      << accuracy_text(predictions, experiment.precision.name);
  return 0;
}

}  // namespace lacuna
