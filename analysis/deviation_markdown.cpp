// SPDX-License-Identifier: Apache-2.0
#include "analysis/deviation.hpp"
#include "analysis/printed.hpp"

namespace lacuna {
namespace {

std::string line(const std::vector<std::string>& cells) {
  std::string result = "|";
  for (const std::string& cell : cells) result += " " + cell + " |";
  return result + "\n";
}

/// The first column flush left, the others right.
std::string head(const std::vector<std::string>& cells) {
  std::string rule = "|---|";
  for (std::size_t i = 1; i < cells.size(); ++i) rule += "---:|";
  return line(cells) + rule + "\n";
}

std::string name_of(const DeviationRow& row, const PublishedTable& table) {
  return row.ours.mapping == table.mapping ? row.ours.layer : row.ours.layer + " (" + row.ours.mapping + ")";
}

std::string latency_row(const DeviationRow& row, const PublishedTable& table) {
  return line({name_of(row, table), printed("%g", row.ours.active_pes), printed("%g", row.published.active_pes),
               printed("%.2f", row.ours.processing_ms), printed("%.1f", row.published.processing_ms),
               printed("%+.1f %%", row.latency_percent())});
}

std::string sum_row(const std::string& name, const LatencySum& sum) {
  return line({name, "", "", printed("%.2f", sum.ours_ms), printed("%.1f", sum.published_ms),
               printed("%+.1f %%", sum.percent())});
}

std::string latency_table(const Deviations& d) {
  std::string text = head({"layer", "active PEs", "published", "processing ms", "published", "deviation"});
  for (const DeviationRow& row : d.rows) text += latency_row(row, d.table);
  if (d.missing.empty()) {
    text += sum_row("total", d.total);
    std::string group;
    for (const std::string& layer : d.table.tolerance.latency_sum_of) group += (group.empty() ? "" : " + ") + layer;
    text += sum_row(group, d.group);
    text += line({"mean, worst", "", "", "", "",
                  printed("%.1f %%", d.latency_mean_percent) + ", " + printed("%.1f %%", d.latency_worst_percent)});
  }
  for (const DeviationRow& row : d.beside) text += latency_row(row, d.table);
  return text;
}

std::string traffic_row(const DeviationRow& row, const PublishedTable& table) {
  const MeasuredLayer& ours = row.ours;
  const PublishedLayer& theirs = row.published;
  return line({name_of(row, table), printed("%.1f", ours.ifmap_zeros_percent),
               printed("%.1f", theirs.ifmap_zeros_percent), printed("%.2f", ours.total_ms),
               printed("%.1f", theirs.total_ms), printed("%.2f", ours.global_buffer_mb),
               printed("%.2f", row.exact.global_buffer_mb), printed("%.1f", theirs.global_buffer_mb),
               printed("%.2f", ours.dram_mb), printed("%.1f", theirs.dram_mb), printed("%.0f", ours.power_mw),
               printed("%.0f", theirs.power_mw)});
}

std::string traffic_table(const Deviations& d) {
  std::string text = head({"layer", "zeros %", "published", "total ms", "published", "global buffer MB", "exact",
                           "published", "DRAM MB", "published", "chip mW", "published"});
  for (const DeviationRow& row : d.rows) text += traffic_row(row, d.table);
  for (const DeviationRow& row : d.beside) text += traffic_row(row, d.table);
  return text;
}

}  // namespace

std::string deviation_markdown(const Deviations& d) {
  std::string text = "Published: " + d.table.citation + (d.table.verified ? "" : " (not confirmed)") + "; batch " +
                     printed("%g", d.table.batch) + ". " + d.table.note + "\n\n";
  text += latency_table(d);
  for (std::size_t i = 0; i < d.missing.size(); ++i) {
    text += (i == 0 ? "\nIncomplete, no sums: no result for " : ", ") + d.missing[i];
  }
  if (!d.missing.empty()) text += ".\n";
  text += "\n" + traffic_table(d);
  for (std::size_t i = 0; i < d.labels.size(); ++i) text += (i == 0 ? "\n" : "; ") + d.labels[i];
  return text + (d.labels.empty() ? "" : "\n");
}

}  // namespace lacuna
