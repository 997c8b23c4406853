// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "sim/schema/sections.hpp"

namespace lacuna {
namespace {

FieldInfo figure(const std::string& name, const std::string& meaning, const std::string& unit) {
  return FieldInfo(name, meaning, unit).must();
}

/// Figures and how they are known.
ObjectSchema figures_schema(const Schema& row) {
  ObjectSchema figures;
  figures.text({"table", "where they stand, or how they follow"});
  figures.boolean(figure("verified", "seen in a public transcription: they may gate a result", ""));
  figures.text({"confirmed_by", "what confirms them"});
  figures.member(figure("rows", "one per layer", ""), list_schema(row));
  return figures.open();
}

Schema published_row() {
  ObjectSchema row;
  row.text(figure("layer", "layer of the network", ""));
  row.real(figure("active_pes", "PEs that the mapping covers", "PEs"));
  row.real(figure("processing_ms", "time without that in which the array waits on the DRAM link", "ms"));
  row.real(figure("total_ms", "time of the layer", "ms"));
  row.real(figure("global_buffer_mb", "read and written by the array", "MB"));
  row.real(figure("dram_mb", "read and written", "MB"));
  row.real(figure("ifmap_zeros_percent", "of the padded ifmap", "%"));
  row.real(figure("power_mw", "of the chip, DRAM excluded", "mW"));
  return row.open().json();
}

Schema exact_row() {
  ObjectSchema row;
  row.text(figure("layer", "layer of the network", ""));
  row.text(figure("mapping", "under which it is so", ""));
  row.real(figure("global_buffer_mb", "read and written by the array", "MB"));
  return row.open().json();
}

Schema tolerance_schema() {
  ObjectSchema tolerance;
  tolerance.real(figure("latency_each_percent", "of each layer", "%"));
  tolerance.real(figure("latency_mean_percent", "of the mean over layers", "%"));
  tolerance.real(figure("latency_total_percent", "of the sum over all layers", "%"));
  tolerance.real(figure("latency_sum_percent", "of the sum over latency_sum_of", "%"));
  tolerance.texts(figure("latency_sum_of", "layers whose sum has a tolerance of its own", ""));
  tolerance.real(figure("global_buffer_mb", "of each layer", "MB"));
  return tolerance.open().json();
}

}  // namespace

/// The loader lets members pass that it does not know: remarks of whoever copied the figures.
Schema published_schema() {
  ObjectSchema experiment;
  experiment.text(figure("chip", "chip of the paper", ""));
  experiment.text(figure("network", "network that was measured", ""));
  experiment.real(figure("batch", "images in the batch", "images"));
  experiment.text(figure("mapping", "mapping of the rows that totals are over", ""));
  experiment.text(figure("note", "printed beside the table", ""));
  ObjectSchema published("figures of a paper, and how close a result must come");
  published.text(figure("paper", "the name of the file, without its ending", ""));
  published.text(figure("citation", "authors, title, place, table", ""));
  published.member(figure("experiment", "what was measured", ""), experiment.open().json());
  published.member(figure("published", "what the paper prints", ""), figures_schema(published_row()).json());
  published.member(figure("exact", "traffic that follows from the mapping by arithmetic", ""),
                   figures_schema(exact_row()).json());
  published.member(figure("tolerance", "how far a verified figure may be off", ""), tolerance_schema());
  return published.open().json();
}

}  // namespace lacuna
