// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// A file of a result: its name in the output folder and all of its bytes, or the file beside that already holds them.
struct OutputFile {
  std::string name;
  std::string content;
  std::string written_as{};  ///< name in the output folder; "" where `content` has yet to be written
};

/// Before the simulation: makes the folder if need be, and makes sure that files can be written there and that
/// `bytes_needed` fit on its file system. Throws Error (bad_input) otherwise. Leaves no file behind.
void prepare_output(const std::string& folder, std::int64_t bytes_needed);

/// After the simulation: writes every file beside its place, to the disk, and only then renames them all, in the order
/// given. Throws Error (run_failed) when that fails; then none of the files of this call is left.
void commit_output(const std::string& folder, const std::vector<OutputFile>& files);

}  // namespace lacuna
