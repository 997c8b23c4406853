// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace lacuna {

/// How many of the labelled images a network put right.
struct AccuracyHits {
  std::int64_t top1 = 0;
  std::int64_t top5 = 0;
};

/// analysis/measured/NETWORK.json: what `lacuna accuracy` found, a minute a precision.
struct MeasuredAccuracy {
  std::string network;
  std::string command;  ///< that measures one, with P for the precision
  std::string weights;  ///< as the label of a result has them
  std::int64_t images = 0;
  AccuracyHits in_float;                           ///< of the network in float
  std::map<std::string, AccuracyHits> precisions;  ///< of the machine, by name of the precision

  /// Points of percent above the network in float.
  double change(std::int64_t hits, std::int64_t hits_in_float) const;
};

/// Throws Error (bad_input), with file and place: a key or a value that does not belong there, hits that no images
/// give.
MeasuredAccuracy load_measured_accuracy(const std::string& file);

}  // namespace lacuna
