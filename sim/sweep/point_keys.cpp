// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/sweep/database_schema.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {

PointKeys::PointKeys(const SweepFile& sweep) : sweep_(sweep), base_(sweep.base.json().dump()) {}

std::string PointKeys::key(const SweepPoint& point) const {
  constexpr std::size_t kDigits = 32;
  std::vector<std::string> assignments;
  const std::vector<const Axis*> axes = sweep_.axes();
  for (std::size_t i = 0; i < axes.size(); ++i) {
    for (const std::string& path : axes[i]->paths) {
      assignments.push_back(nlohmann::json(path).dump() + ":" + axes[i]->values[point.values[i]]);
    }
  }
  std::sort(assignments.begin(), assignments.end());  // the order of the axes changes no experiment
  std::string text = base_;
  for (const std::string& assignment : assignments) text += "\n" + assignment;
  return sha256_hex({reinterpret_cast<const unsigned char*>(text.data()), text.size()}).substr(0, kDigits);
}

}  // namespace lacuna
