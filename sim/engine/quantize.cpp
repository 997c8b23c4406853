// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"
#include "hw/base/text_table.hpp"
#include "sim/engine/cached_values.hpp"
#include "sim/engine/experiment_weights.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {
namespace {

constexpr double kBitsPerByte = 8.0;

[[noreturn]] void fail_target(const QuantizeTarget& target, const std::string& problem) {
  fail_input("quantize: --target " + target.text + ": " + problem);
}

/// A request on its way from its trials to widths.
class Quantizer {
 public:
  explicit Quantizer(const QuantizeRequest& request)
      : request_(request), trials_(request.experiment, request.cache, request.activation_bits) {
    search_.tensors = trials_.tensors();
    search_.sqnr_db = [this](const Widths& widths) { return trials_.sqnr_db(widths); };
    search_.progress = request.progress;
  }

  QuantizeResult run() {
    const Widths widths = chosen();
    QuantizeResult result;
    result.precision = trials_.precision(widths);
    result.layers = trials_.layers(widths);
    result.last_layer = trials_.last().name;
    result.sqnr_db = result.layers.back().chain_db;
    result.weight_bits = search_.weight_bits(widths);
    for (const QuantizedTensor& tensor : search_.tensors) result.weight_words += tensor.weights ? tensor.words : 0;
    if (!request_.labelled.empty()) result.predictions = predictions(widths);
    return result;
  }

 private:
  Widths chosen() {
    switch (request_.target.goal) {
      case QuantizeGoal::sqnr_db:
        return by_sqnr();
      case QuantizeGoal::accuracy_drop:
        return by_accuracy();
      case QuantizeGoal::weight_bytes:
        break;
    }
    return by_bytes();
  }

  Widths by_sqnr() {
    const double reached = trials_.sqnr_db(search_.widest());
    if (reached < request_.target.value) {
      fail_target(request_.target, "found " + fixed(reached, 2) + " dB of " + trials_.last().name +
                                       " with the widest words, of " + bits_text(search_.widest()) +
                                       " bits; allowed up to that");
    }
    return narrowest_widths(search_, request_.target.value);
  }

  Widths by_bytes() {
    Widths narrowest = search_.widest();
    for (std::size_t i = 0; i < narrowest.size(); ++i) {
      if (search_.tensors[i].weights) narrowest[i] = search_.tensors[i].narrowest;
    }
    const double least = std::ceil(static_cast<double>(search_.weight_bits(narrowest)) / kBitsPerByte);
    if (least > request_.target.value) {
      fail_target(request_.target, "found weights of " + shortest_decimal(least) + " bytes with " +
                                       std::to_string(search_.tensors.front().narrowest) +
                                       " bits each; allowed that many bytes or more");
    }
    return widths_within(search_, static_cast<std::int64_t>(request_.target.value * kBitsPerByte));
  }

  Widths by_accuracy() {
    if (!does(search_.widest())) fail_accuracy();
    std::int64_t misses = 0;  // no signal beside the noise
    auto enough = static_cast<std::int64_t>(std::floor(trials_.sqnr_db(search_.widest()))) + 1;
    Widths widths = search_.widest();
    while (enough - misses > 1) {
      const std::int64_t target_db = (enough + misses) / 2;
      search_.progress = [this, target_db](double share, const std::string& text) {
        if (request_.progress) request_.progress(share, std::to_string(target_db) + " dB: " + text);
      };
      const Widths narrower = narrowest_widths(search_, static_cast<double>(target_db));
      if (does(narrower)) {
        widths = narrower;
        enough = target_db;
      } else {
        misses = target_db;
      }
    }
    return widths;
  }

  /// Whether the machine's top-1 is near enough to that of the float network.
  bool does(const Widths& widths) {
    const std::vector<Prediction>& of = predictions(widths);
    constexpr double kRounding = 1e-9;  // a share in decimals, times images
    return static_cast<double>(float_hits(of, 1) - machine_hits(of, 1)) <=
           request_.target.value * static_cast<double>(of.size()) + kRounding;
  }

  const std::vector<Prediction>& predictions(const Widths& widths) {
    const auto known = predictions_.find(widths);
    if (known != predictions_.end()) return known->second;
    const auto all = static_cast<std::int64_t>(request_.labelled.size());
    const auto told = [&](std::int64_t done) {
      if (!request_.progress) return;
      request_.progress(static_cast<double>(done) / static_cast<double>(all),
                        std::to_string(done) + " of " + std::to_string(all) + " labelled images");
    };
    told(0);
    return predictions_[widths] = measure_accuracy(trials_.experiment(widths), request_.labelled, told);
  }

  [[noreturn]] void fail_accuracy() {
    const std::vector<Prediction>& of = predictions(search_.widest());
    const auto percent = [&of](std::int64_t hits) {
      return fixed(100.0 * static_cast<double>(hits) / static_cast<double>(of.size()), 2) + "%";
    };
    fail_target(request_.target, "found a drop of " + percent(float_hits(of, 1) - machine_hits(of, 1)) + ", top-1 " +
                                     percent(machine_hits(of, 1)) + " where the float network has " +
                                     percent(float_hits(of, 1)) + ", with the widest words, of " +
                                     bits_text(search_.widest()) + " bits; allowed that or more");
  }

  /// "16", or "8 to 16".
  static std::string bits_text(const Widths& widths) {
    const auto [least, most] = std::minmax_element(widths.begin(), widths.end());
    return *least == *most ? std::to_string(*most) : std::to_string(*least) + " to " + std::to_string(*most);
  }

  const QuantizeRequest& request_;
  QuantizeTrials trials_;
  WidthSearch search_;
  std::map<Widths, std::vector<Prediction>> predictions_;
};

std::string files_text(const std::vector<InputFile>& files) {
  if (files.empty()) return "no file";
  if (files.size() == 1) return files[0].path + ", SHA-256 " + files[0].sha256;
  std::string digests;
  for (const InputFile& file : files) digests += file.path + " " + file.sha256 + "\n";
  const auto* const bytes = reinterpret_cast<const unsigned char*>(digests.data());
  return std::to_string(files.size()) + " files, SHA-256 of their names and digests " +
         sha256_hex({bytes, digests.size()});
}

}  // namespace

QuantizeResult quantize(const QuantizeRequest& request) { return Quantizer(request).run(); }

std::string quantize_source(const Experiment& experiment, const std::string& command, const QuantizeResult& result) {
  std::vector<InputFile> images;
  for (const DataFile& image : experiment.images) {
    for (const InputFile& input : experiment.inputs) {
      if (input.path == image.recorded) images.push_back(input);
    }
  }
  const MacConfig& mac = experiment.chip.mac;
  return command + "; calibrated on " + files_text(images) + "; weights " + weights_of(experiment)->label() + ": " +
         files_text(weight_files(experiment)) + "; MAC " + fixed_point_mac(experiment.chip) + " with accumulators of " +
         std::to_string(mac.accumulator_bits) + " bits; SQNR of " + result.last_layer + " " + fixed(result.sqnr_db, 2) +
         " dB";
}

}  // namespace lacuna
