// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/chip/config.hpp"
#include "sim/config/data_path.hpp"
#include "sim/config/file_memory.hpp"
#include "sim/config/input_file.hpp"
#include "sim/config/mapping_file.hpp"
#include "sim/config/override.hpp"
#include "sim/config/placement.hpp"
#include "sim/config/run_config.hpp"
#include "sim/energy/price_table.hpp"
#include "sim/values/precision.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/network/network.hpp"
#include "workloads/stimulus/stimulus.hpp"

namespace lacuna {

/// What a user asks for. The document has the sections "chip", "network", "precision", "energy" and "run"; each of the
/// first four, and "mapping" and "stimulus" in "run", is a name, a path or the object itself.
struct Request {
  JsonDocument document;
  std::vector<Override> overrides;
  std::vector<InputFile> recorded_inputs;       ///< of the result that is repeated, checked; empty for a new run
  std::shared_ptr<FileMemory> files = nullptr;  ///< files that were read for other requests; null: none were
};

/// Everything that determines a result, loaded and checked.
struct Experiment {
  ChipConfig chip;
  Network network;
  Precision precision;
  std::string ranges_of =
      "synthetic";  ///< whose the ranges are: "precision", or the network's for weights "trained" or "synthetic"
  PriceTable energy;
  bool other_words = false;  ///< than the chip's own price table is for, which it has another one for
  RunConfig run;
  MappingFile mapping;
  std::optional<Stimulus> stimulus;  ///< each layer alone, on seeded data instead of the images
  std::vector<DataFile> images;      ///< the input images, in order; none with a stimulus
  std::vector<InputFile> inputs;     ///< all files, in the order of first use
  std::string resolved;  ///< the whole experiment as one JSON text, defaults included: composing it gives it again
  std::shared_ptr<const JsonDocument> document;  ///< the whole experiment, and where each part of it is from
  std::vector<Placement> placements;             ///< what was put where while it was composed, in order

  /// The conv and fc layers to simulate, in the network's order: those of the section "run", or all that there are
  /// (with a stimulus: all that it has data for), without unsupported ones where these are left out.
  std::vector<const Layer*> simulated_layers() const;
  /// The layers that are left out because no array of the chip's kind takes them, in order, each with the reason.
  std::vector<std::pair<const Layer*, std::string>> unsupported_layers() const;
  /// "ORIGIN: POINTER: " of a part, for messages about it.
  std::string place(const std::string& pointer) const;

 private:
  std::vector<const Layer*> wanted_layers() const;
};

/// Loads a request: resolves names, applies overrides, loads every section strictly. Defaults: price table and
/// precision of the chip, its mapping (where it is for this network, else "default"), the image the network was
/// calibrated on. Throws Error (bad_input).
Experiment compose(const Request& request);

/// The request that repeats a result. Throws Error (bad_input) when the result is from another version of the program,
/// or when one of its inputs is missing or has changed: the message names the file and both digests.
Request request_from_result(const std::string& file);

}  // namespace lacuna
