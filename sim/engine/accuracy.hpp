// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/config/experiment.hpp"
#include "workloads/image/labelled_images.hpp"

namespace lacuna {

/// What a network made of one image. A rank is how many classes come before the label: those with a larger value, and
/// of an equal one those of a smaller number.
struct Prediction {
  std::int64_t label = 0;
  std::int64_t machine_class = 0;  ///< the first in the machine's stored words
  std::int64_t machine_rank = 0;
  std::int64_t float_class = 0;  ///< the first in the float network
  std::int64_t float_rank = 0;
};

/// A share of images with its 95% confidence interval (E. B. Wilson, J. Am. Stat. Assoc. 22(158), 1927).
struct Share {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};
Share share_of(std::int64_t hits, std::int64_t images);

/// How many predictions have the label among their first `places`.
std::int64_t machine_hits(const std::vector<Prediction>& predictions, std::int64_t places);
std::int64_t float_hits(const std::vector<Prediction>& predictions, std::int64_t places);
/// How many begin with the same class in both.
std::int64_t same_class(const std::vector<Prediction>& predictions);

/// The layer whose values tell the class: the last, or the one before a softmax.
const Layer& classifier(const Network& network);

/// Runs labelled images through the exact integer layers of the experiment's machine and through the float network.
/// `progress` is told how many images are done. Throws Error (bad_input): images, weights or a precision that do not
/// fit, arithmetic whose sums depend on the order of a mapping (an accumulator that saturates). Float sums are made in
/// the order of the taps, whatever the mapping.
std::vector<Prediction> measure_accuracy(const Experiment& experiment, const std::vector<LabelledImage>& images,
                                         const std::function<void(std::int64_t)>& progress);

}  // namespace lacuna
