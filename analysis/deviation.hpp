// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "analysis/measured.hpp"
#include "analysis/published_table.hpp"

namespace lacuna {

/// One cell row of a comparison: a layer under one mapping.
struct DeviationRow {
  PublishedLayer published;
  ExactTraffic exact;
  MeasuredLayer ours;
  double latency_percent() const { return 100.0 * (ours.processing_ms / published.processing_ms - 1.0); }
};

/// Sum of latencies, ours and published.
struct LatencySum {
  double ours_ms = 0.0;
  double published_ms = 0.0;
  double percent() const { return 100.0 * (ours_ms / published_ms - 1.0); }
};

/// Our results beside a paper's.
struct Deviations {
  PublishedTable table;
  std::vector<DeviationRow> rows;    ///< under the paper's mapping, in the paper's order
  std::vector<DeviationRow> beside;  ///< under other mappings; in no sum
  std::vector<std::string> missing;  ///< layers without a result; sums exist only when none is missing
  std::vector<std::string> labels;   ///< of the results that are used
  LatencySum total;
  LatencySum group;                    ///< of the tolerance's latency_sum_of
  double latency_mean_percent = 0.0;   ///< of the absolute deviations of `rows`
  double latency_worst_percent = 0.0;  ///< largest absolute deviation of `rows`
};

/// Finds the result of each cell of the paper among the files. Throws Error (bad_input) when a result is of another
/// chip, network or batch, when two files hold the same cell, and when they hold none.
Deviations compare(const PublishedTable& table, const std::vector<std::string>& result_files);

/// Two tables in Markdown: latency, which tolerances gate, and traffic and power. Ends with a line feed.
std::string deviation_markdown(const Deviations& deviations);

/// What is outside the tolerances, one sentence each. Figures that are not verified are never held against a result.
std::vector<std::string> breaches(const Deviations& deviations);

/// `RESULT.json... [--paper NAME] [--into FILE | --check FILE]`: prints the comparison with
/// analysis/published/NAME.json (by default eyeriss_jssc2017, of `published_folder`), or writes it between the lines
/// "<!-- begin NAME -->" and
/// "<!-- end NAME -->" of FILE, or compares it with what stands there. Returns 0, or 1 when something is outside the
/// tolerances or FILE holds another table. Throws Error (bad_input) as compare does.
int deviation_command(const std::vector<std::string>& arguments, const std::string& published_folder,
                      std::ostream& out);

}  // namespace lacuna
