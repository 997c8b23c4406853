// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <string>

namespace lacuna {

/// A file that is written beside its place and put there when it is whole. What is not committed is removed.
class NewFile {
 public:
  /// Throws Error (bad_input) where it cannot be written.
  explicit NewFile(const std::string& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  std::ostream& stream() { return stream_; }
  /// Throws Error (run_failed) where not all of it could be written.
  void commit();

 private:
  std::string path_;
  std::string partial_;
  std::ofstream stream_;
};

}  // namespace lacuna
