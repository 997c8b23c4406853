// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "workloads/tensor/tensor.hpp"

struct zip;

namespace lacuna {

/// A zip archive of .npy files, stored or compressed, as NumPy's savez and savez_compressed write them. A member is
/// known by its name, without the ".npy" at its end if there is one.
class NpzArchive {
 public:
  /// Opens an archive and reads its directory. Throws Error (bad_input) naming the file where it cannot be read, is
  /// damaged, or has two members of one name.
  explicit NpzArchive(const std::string& file);

  /// The numbers of a member, as read_npy reads them. No more of a member is decompressed than a tensor of the wanted
  /// shape takes. Throws Error (bad_input) naming file and member where there is none (with the nearest spelling),
  /// where it is damaged, and for what read_npy refuses.
  Tensor<float> read(const std::string& tensor, const std::vector<std::int64_t>& wanted) const;

  /// Refuses what the above refuses but for the numbers, which it does not read.
  void check(const std::string& tensor, const std::vector<std::int64_t>& wanted) const;

 private:
  std::uint64_t member(const std::string& tensor) const;

  std::string file_;
  std::shared_ptr<zip> archive_;
  std::map<std::string, std::uint64_t> members_;  ///< to their places in the directory
};

}  // namespace lacuna
