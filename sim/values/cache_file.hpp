// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/base/span.hpp"

namespace lacuna {

/// What a cache file holds: lists of numbers, one behind the other, each at a multiple of 64 bytes.
class CacheWriter {
 public:
  /// The numbers stay where they are, and are read when the file is written.
  template <class T>
  void add(Span<const T> numbers) {
    lists_.push_back({reinterpret_cast<const unsigned char*>(numbers.data()), sizeof(T), numbers.size()});
  }

  /// Writes the file beside its place and renames it. Returns false, leaving nothing behind, where that fails: a full
  /// disk, a folder that cannot be written.
  bool write(const std::string& file, const std::string& key) const;

 private:
  struct List {
    const unsigned char* bytes;
    std::size_t size;  ///< of a number
    std::size_t count;
  };
  /// Calls sink(bytes, count) for what stands behind the header of the file, in order.
  template <class Sink>
  void for_each_part(const Sink& sink) const;

  std::vector<List> lists_;
};

/// A cache file, mapped into memory. The lists are read in the order in which they were added.
class CacheReader {
 public:
  /// Nothing where there is no such file, where it is of another key, not whole, or damaged by its digest (XXH3, 128
  /// bits).
  static std::optional<CacheReader> open(const std::string& file, const std::string& key);

  /// The next list. Throws std::logic_error where it is not of this type: a mistake in the program.
  template <class T>
  Span<const T> next() {
    const Span<const unsigned char> bytes = next_bytes(sizeof(T));
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  /// Keeps the lists where they are.
  std::shared_ptr<const void> owner() const { return region_; }

 private:
  CacheReader(std::shared_ptr<const void> region, Span<const unsigned char> payload)
      : region_(std::move(region)), payload_(payload) {}
  Span<const unsigned char> next_bytes(std::size_t size);

  std::shared_ptr<const void> region_;
  Span<const unsigned char> payload_;
  std::size_t offset_ = 0;
};

}  // namespace lacuna
