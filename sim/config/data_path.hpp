// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"

namespace lacuna {

/// What a reference in an experiment refers to. Each kind of shipped data has a folder of its own.
enum class DataKind { chip, network, precision, energy, mapping, stimulus, image, sweep };

/// "chip", "network", ... as in messages.
std::string to_string(DataKind kind);

/// A file and the name under which results record it. Shipped files are recorded below the data root
/// ("configs/chips/eyeriss.json"), so that no result holds a path of the machine it was made on; others as they were
/// given.
struct DataFile {
  std::string recorded;
  std::string path;
};

/// The folder of the shipped data: $LACUNA_DATA, else ../share/lacuna beside the executable, else the source tree.
/// Throws Error (bad_input) when LACUNA_DATA names no folder.
std::string data_root();

/// The names of the shipped files of a kind, in alphabetical order.
std::vector<std::string> data_names(DataKind kind);

/// The shipped file of that name.
DataFile shipped_file(DataKind kind, const std::string& name);

/// A file given by its path. Results record it as given, or with "./" before it where that would look like shipped
/// data.
DataFile user_file(const std::string& path);

/// The file that a text refers to: a path if it has a '/' or an ending of its kind (.json; .png, .jpg, .jpeg), in small
/// or capital letters, else a shipped name.
/// Throws Error (bad_input) when there is none: of a name with all names and the nearest.
DataFile find_data(DataKind kind, const JsonView& reference);

/// The file now there under a recorded name. It need not exist.
DataFile recorded_file(const std::string& recorded);

}  // namespace lacuna
