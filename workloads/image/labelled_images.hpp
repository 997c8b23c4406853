// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// An image and the class that it shows.
struct LabelledImage {
  std::string file;
  std::int64_t label = 0;  ///< channel of the network's last map, from 0
};

/// Reads FOLDER/labels.csv: a head whose first columns are "image" and "class", then a line for each image of the
/// folder; further columns are for people. Throws Error (bad_input) naming file and line: a class that is no number
/// below `classes`, an image named twice or not there, no images.
std::vector<LabelledImage> read_labels(const std::string& folder, std::int64_t classes);

}  // namespace lacuna
