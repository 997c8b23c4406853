// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// Something that a configuration can name.
struct CatalogueEntry {
  std::string name;
  std::string description;  ///< one line
};

/// What can be listed: "chips", "networks", "arrays", ...
std::vector<std::string> catalogue_names();

/// All that there is of one of catalogue_names(), from the registries and the shipped files. Throws Error (bad_input)
/// for another name, and where a shipped file is not sound.
std::vector<CatalogueEntry> catalogue(const std::string& what);

}  // namespace lacuna
