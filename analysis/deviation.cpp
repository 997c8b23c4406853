// SPDX-License-Identifier: Apache-2.0
#include "analysis/deviation.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/printed.hpp"
#include "hw/base/error.hpp"

namespace lacuna {
namespace {

void check_experiment(const PublishedTable& table, const MeasuredRun& run) {
  if (run.chip != table.chip) {
    fail_input(run.file + ": a result of chip '" + run.chip + "'; allowed '" + table.chip + "', as in " + table.paper);
  }
  if (run.network != table.network) {
    fail_input(run.file + ": a result of network '" + run.network + "'; allowed '" + table.network + "', as in " +
               table.paper);
  }
}

/// The one result of a cell, or nullptr.
const MeasuredLayer* find_cell(const PublishedTable& table, const std::vector<MeasuredRun>& runs,
                               const ExactTraffic& cell) {
  const MeasuredLayer* found = nullptr;
  for (const MeasuredRun& run : runs) {
    for (const MeasuredLayer& layer : run.layers) {
      if (layer.layer != cell.layer || layer.mapping != cell.mapping) continue;
      if (layer.batch != table.batch) {
        fail_input(run.file + ": layer '" + layer.layer + "' ran with batch " +
                   std::to_string(std::lround(layer.batch)) + "; allowed " + std::to_string(std::lround(table.batch)) +
                   ", as in " + table.paper);
      }
      if (found != nullptr) {
        fail_input(run.file + ": layer '" + layer.layer + "' with mapping '" + layer.mapping + "' is also in " +
                   found->file);
      }
      found = &layer;
    }
  }
  return found;
}

void add(LatencySum& sum, const DeviationRow& row) {
  sum.ours_ms += row.ours.processing_ms;
  sum.published_ms += row.published.processing_ms;
}

void sum_up(Deviations& deviations) {
  const std::vector<std::string>& group = deviations.table.tolerance.latency_sum_of;
  for (const DeviationRow& row : deviations.rows) {
    add(deviations.total, row);
    if (std::find(group.begin(), group.end(), row.published.layer) != group.end()) add(deviations.group, row);
    const double off = std::abs(row.latency_percent());
    deviations.latency_mean_percent += off / static_cast<double>(deviations.rows.size());
    deviations.latency_worst_percent = std::max(deviations.latency_worst_percent, off);
  }
}

/// "latency of conv1 is off by -9.1 %, allowed 8 %", where it is.
void hold(std::vector<std::string>& result, const std::string& what, double percent, double allowed) {
  if (std::abs(percent) <= allowed) return;
  result.push_back(what + " is off by " + printed("%+.1f", percent) + " %, allowed " + printed("%g", allowed) + " %");
}

void hold_row(std::vector<std::string>& result, const PublishedTable& table, const DeviationRow& row) {
  const std::string name = row.ours.layer + " (" + row.ours.mapping + ")";
  if (table.verified) {
    if (row.ours.active_pes != row.published.active_pes) {
      result.push_back(name + " has " + printed("%g", row.ours.active_pes) + " active PEs, published " +
                       printed("%g", row.published.active_pes));
    }
    hold(result, "latency of " + name, row.latency_percent(), table.tolerance.latency_each_percent);
  }
  if (!table.exact_verified) return;
  if (std::abs(row.ours.global_buffer_mb - row.exact.global_buffer_mb) > table.tolerance.global_buffer_mb) {
    result.push_back(name + " moves " + printed("%.3f", row.ours.global_buffer_mb) + " MB through the global buffer, " +
                     "exact " + printed("%.2f", row.exact.global_buffer_mb) + " MB");
  }
}

}  // namespace

Deviations compare(const PublishedTable& table, const std::vector<std::string>& result_files) {
  std::vector<MeasuredRun> runs;
  for (const std::string& file : result_files) {
    runs.push_back(read_measured(file));
    check_experiment(table, runs.back());
  }
  Deviations deviations;
  deviations.table = table;
  for (const ExactTraffic& cell : table.exact) {
    const bool main = cell.mapping == table.mapping;
    const MeasuredLayer* ours = find_cell(table, runs, cell);
    if (ours != nullptr) {
      (main ? deviations.rows : deviations.beside).push_back({*table.find(cell.layer), cell, *ours});
    } else if (main) {
      deviations.missing.push_back(cell.layer);
    }
  }
  if (deviations.rows.empty() && deviations.beside.empty()) {
    fail_input("no result of " + table.paper + ": no file has one of its layers with mapping '" + table.mapping + "'");
  }
  for (const MeasuredRun& run : runs) {
    for (const std::string& label : run.labels) {
      const auto end = deviations.labels.end();
      if (std::find(deviations.labels.begin(), end, label) == end) deviations.labels.push_back(label);
    }
  }
  sum_up(deviations);
  return deviations;
}

std::vector<std::string> breaches(const Deviations& deviations) {
  std::vector<std::string> result;
  const PublishedTable& table = deviations.table;
  for (const DeviationRow& row : deviations.rows) hold_row(result, table, row);
  for (const DeviationRow& row : deviations.beside) hold_row(result, table, row);
  if (!table.verified || !deviations.missing.empty()) return result;
  const Tolerance& tolerance = table.tolerance;
  hold(result, "latency on average", deviations.latency_mean_percent, tolerance.latency_mean_percent);
  hold(result, "total latency", deviations.total.percent(), tolerance.latency_total_percent);
  std::string group;
  for (const std::string& layer : tolerance.latency_sum_of) group += (group.empty() ? "" : " + ") + layer;
  hold(result, "latency of " + group, deviations.group.percent(), tolerance.latency_sum_percent);
  return result;
}

}  // namespace lacuna
