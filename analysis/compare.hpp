// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace lacuna {

struct PrecisionSources;

/// `lacuna compare A B [C ...]`: results side by side: time, energy by component, area, traffic, MACs; differences for
/// two, largest energy first; whether the order by energy holds for all prices within their ranges; and figures by
/// layer. Throws Error (bad_input) for fewer than two files, for a file that is no result, and, unless `as_published`,
/// for results at different prices.
void compare_command(const std::vector<std::string>& files, bool as_published, std::ostream& out);

/// `lacuna compare RESULTS.db`: the points of a sweep side by side, in total and by layer, with what was not run and
/// why; of a sweep over precisions these side by side too, with what `sources` know of them. Throws Error (bad_input)
/// for a damaged database, one without results, or with more than can be set side by side, and, unless `as_published`,
/// for points at different prices.
void compare_points_command(const std::string& file, bool as_published, const PrecisionSources& sources,
                            std::ostream& out);

}  // namespace lacuna
