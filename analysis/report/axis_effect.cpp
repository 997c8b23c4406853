// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/axis_effect.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/printed.hpp"

namespace lacuna {
namespace {

AxisEffect effect_of(std::string value, std::string start, std::vector<double> figures) {
  std::sort(figures.begin(), figures.end());
  return {std::move(value), std::move(start), figures.size(), figures.front(), figures[(figures.size() - 1) / 2],
          figures.back()};
}

/// Stretches of one width between the ends of an axis.
struct Stretches {
  double low;
  double width;
  std::size_t count;
  double key(double value) const {
    return std::min(std::floor((value - low) / width), static_cast<double>(count) - 1.0);
  }
  std::string start(double key) const { return printed("%.4g", low + key * width); }
  std::string text(double key) const { return start(key) + " to " + printed("%.4g", low + (key + 1.0) * width); }
};

}  // namespace

std::vector<AxisEffect> axis_effect(const SweepColumn& axis, const SweepColumn& figure, std::size_t most) {
  std::set<double> different;
  for (const double value : axis.numbers) {
    if (!std::isnan(value)) different.insert(value);
  }
  const bool cut = different.size() > most && !axis.is_text();
  const Stretches stretches =
      cut ? Stretches{*different.begin(), (*different.rbegin() - *different.begin()) / static_cast<double>(most), most}
          : Stretches{0.0, 1.0, 1};
  struct Group {
    std::string text;
    std::vector<double> figures;
  };
  std::map<double, Group> groups;
  for (std::size_t row = 0; row < axis.numbers.size(); ++row) {
    const double value = axis.numbers[row];
    if (std::isnan(value) || std::isnan(figure.numbers[row])) continue;
    const double key = cut ? stretches.key(value) : value;
    Group& group = groups[key];
    if (group.figures.empty()) group.text = cut ? stretches.text(key) : axis.text(row);
    group.figures.push_back(figure.numbers[row]);
  }
  std::vector<AxisEffect> effects;
  effects.reserve(groups.size());
  for (auto& [key, group] : groups)
    effects.push_back(effect_of(group.text, cut ? stretches.start(key) : group.text, std::move(group.figures)));
  return effects;
}

}  // namespace lacuna
