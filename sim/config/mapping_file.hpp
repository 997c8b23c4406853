// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "hw/array/array.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {

/// A named way to cut the layers of a network into passes: configs/mappings/NAME.json. Those named "default" and
/// "search" have no file and no entries: every layer gets the array's default mapping, or the one that the search
/// finds. A layer without an entry gets the default mapping too.
struct MappingFile {
  std::string name = "default";
  std::string description;
  std::string source;
  std::string array;    ///< registered kind of PE array that the entries are for
  std::string network;  ///< name of the network whose layers they are for; "" = any that has layers of these names
  std::map<std::string, std::shared_ptr<const ArrayMapping>> layers;

  /// Whether mappings are searched for.
  bool searched() const { return array.empty() && name == "search"; }
  /// The entry of a layer, or nullptr: the array's default mapping.
  const ArrayMapping* find(const std::string& layer) const;
};

/// The texts that stand for mappings without a file: "default", "search".
const std::vector<std::string>& built_in_mappings();

/// Reads a mapping, or one of built_in_mappings(). Throws Error (bad_input) as load_fields does.
MappingFile load_mapping(const JsonView& view);

/// Throws Error (bad_input) when a mapping is for another kind of array or another network, or names a layer that the
/// network does not have. Capacities are checked by ArrayKind::check, layer by layer.
void check_mapping(const JsonView& view, const MappingFile& mapping, const std::string& array, const Network& network);

/// What load_mapping reads back, defaults included.
nlohmann::json echo_mapping(const MappingFile& mapping);

}  // namespace lacuna
