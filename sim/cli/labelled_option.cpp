// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/labelled_option.hpp"

#include "hw/base/error.hpp"
#include "hw/base/text_table.hpp"
#include "sim/config/data_path.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

std::string text_of(const Share& share) {
  return fixed(100 * share.value, 1) + "  (" + fixed(100 * share.low, 1) + " to " + fixed(100 * share.high, 1) + ")";
}

}  // namespace

void add_labelled_options(po::options_description& options) {
  options.add_options()("labelled", po::value<std::string>()->value_name("DIR"),
                        "labelled images: a folder with labels.csv (default: those that come with the network)")(
      "limit", po::value<std::int64_t>()->value_name("K"), "of the images, K at even distances");
}

std::string labelled_folder(const po::variables_map& options, const std::string& command, const Network& network) {
  if (options.count("labelled") != 0) return options["labelled"].as<std::string>();
  const std::string& own = network.evaluation;
  if (own.empty()) {
    fail_input(command + ": no labelled images come with network " + network.name + "; allowed --labelled DIR");
  }
  return own.find('/') != std::string::npos ? own : data_root() + "/workloads/evaluation/" + own;
}

std::vector<LabelledImage> labelled_images(const po::variables_map& options, const std::string& command,
                                           const Network& network) {
  std::vector<LabelledImage> images =
      read_labels(labelled_folder(options, command, network), classifier(network).out.words());
  if (options.count("limit") == 0) return images;
  const auto limit = options["limit"].as<std::int64_t>();
  const auto all = static_cast<std::int64_t>(images.size());
  if (limit < 1 || limit > all) {
    fail_input(command + ": --limit: found " + std::to_string(limit) + "; allowed 1 to " + std::to_string(all) +
               ", the images there are");
  }
  std::vector<LabelledImage> some;  // at even distances, so that they are of all classes
  for (std::int64_t i = 0; i < limit; ++i) some.push_back(std::move(images[static_cast<std::size_t>(i * all / limit)]));
  return some;
}

std::string accuracy_text(const std::vector<Prediction>& predictions, const std::string& precision) {
  const auto images = static_cast<std::int64_t>(predictions.size());
  const auto share = [&](std::int64_t hits) { return text_of(share_of(hits, images)); };
  TextTable table({"% of the images, 95% confidence", "top-1", "top-5"}, 1);
  table.add(
      {"machine, precision " + precision, share(machine_hits(predictions, 1)), share(machine_hits(predictions, 5))});
  table.add({"float network", share(float_hits(predictions, 1)), share(float_hits(predictions, 5))});
  table.add({"same class in both", share(same_class(predictions)), ""});
  return table.text(0);
}

}  // namespace lacuna
