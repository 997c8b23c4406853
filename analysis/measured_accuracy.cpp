// SPDX-License-Identifier: Apache-2.0
#include "analysis/measured_accuracy.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/json_file.hpp"

namespace lacuna {
namespace {

constexpr double kPercent = 100.0;

std::int64_t count_of(const JsonPlace& place, std::int64_t least, std::int64_t most) {
  const double number = place.number();
  if (number != std::floor(number) || number < static_cast<double>(least) || number > static_cast<double>(most)) {
    place.fail("out of range, found " + place.json() + "; allowed an integer from " + std::to_string(least) + " to " +
               std::to_string(most));
  }
  return static_cast<std::int64_t>(number);
}

AccuracyHits hits_of(const JsonPlace& place, std::int64_t images) {
  place.allow_keys({"top1", "top5"});
  AccuracyHits hits;
  hits.top1 = count_of(place.at("top1"), 0, images);
  hits.top5 = count_of(place.at("top5"), hits.top1, images);
  return hits;
}

}  // namespace

double MeasuredAccuracy::change(std::int64_t hits, std::int64_t hits_in_float) const {
  return kPercent * static_cast<double>(hits - hits_in_float) / static_cast<double>(images);
}

MeasuredAccuracy load_measured_accuracy(const std::string& file) {
  constexpr std::int64_t kMostImages = 1'000'000'000;
  const nlohmann::json json = read_json(file);
  const JsonPlace place(json, file);
  place.allow_keys({"network", "description", "command", "weights", "images", "float", "precisions"});
  MeasuredAccuracy measured;
  measured.network = place.at("network").text();
  measured.command = place.at("command").text();
  measured.weights = place.at("weights").text();
  measured.images = count_of(place.at("images"), 1, kMostImages);
  measured.in_float = hits_of(place.at("float"), measured.images);
  const JsonPlace precisions = place.at("precisions");
  for (const std::string& name : precisions.keys()) {
    measured.precisions[name] = hits_of(precisions.at(name), measured.images);
  }
  return measured;
}

}  // namespace lacuna
