// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

namespace lacuna {

/// Bytes one after another of which it is known how many there are: those of a file, or of a member of an archive.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Reads the next `count` bytes; gives how many there were, fewer than asked for only where they end. Throws Error
  /// (bad_input) naming the place where they are damaged.
  virtual std::size_t read(char* to, std::size_t count) = 0;
  /// How many are said to be left.
  virtual std::int64_t left() const = 0;
  /// What stands before messages about the bytes: a file, and what of it.
  virtual std::string place() const = 0;
};

/// The bytes of a file; `tensor` is what messages say that it holds, or "". Throws Error (bad_input) naming the file
/// where it cannot be read.
class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::string& file, const std::string& tensor = "");

  std::size_t read(char* to, std::size_t count) override;
  std::int64_t left() const override { return left_; }
  std::string place() const override { return place_; }

 private:
  std::ifstream in_;
  std::string place_;
  std::int64_t left_ = 0;
};

}  // namespace lacuna
