// SPDX-License-Identifier: Apache-2.0
#include "sim/values/cache_file.hpp"

#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace lacuna {

namespace {

namespace ipc = boost::interprocess;

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kKeyBytes = 64;
constexpr std::array<char, 8> kMagic{'l', 'a', 'c', 'u', 'n', 'a', 'V', '1'};

/// In the byte order of the host: a cache stays on it.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::array<char, kKeyBytes> key{};
  std::uint64_t payload_bytes = 0;
  std::uint64_t digest_low = 0;
  std::uint64_t digest_high = 0;
  std::array<char, 32> unused{};
};
static_assert(sizeof(Header) == 2 * kAlignment);

/// In front of every list.
struct ListHeader {
  std::uint64_t size = 0;  ///< bytes of a number
  std::uint64_t count = 0;
  std::array<char, kAlignment - 16> unused{};
};
static_assert(sizeof(ListHeader) == kAlignment);

std::size_t aligned(std::size_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

Header header_of(const std::string& key, std::size_t payload_bytes, const XXH128_hash_t& digest) {
  Header header;
  std::copy_n(key.begin(), std::min(key.size(), kKeyBytes), header.key.begin());
  header.payload_bytes = payload_bytes;
  header.digest_low = digest.low64;
  header.digest_high = digest.high64;
  return header;
}

/// The digest of bytes that come in parts.
class PartsDigest {
 public:
  PartsDigest() : state_(XXH3_createState(), XXH3_freeState) { XXH3_128bits_reset(state_.get()); }
  void add(const unsigned char* bytes, std::size_t count) { XXH3_128bits_update(state_.get(), bytes, count); }
  XXH128_hash_t digest() const { return XXH3_128bits_digest(state_.get()); }

 private:
  std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

}  // namespace

template <class Sink>
void CacheWriter::for_each_part(const Sink& sink) const {
  static constexpr std::array<unsigned char, kAlignment> kPadding{};
  for (const List& list : lists_) {
    ListHeader header;
    header.size = list.size;
    header.count = list.count;
    sink(reinterpret_cast<const unsigned char*>(&header), sizeof header);
    const std::size_t bytes = list.size * list.count;
    if (bytes > 0) sink(list.bytes, bytes);
    sink(kPadding.data(), aligned(bytes) - bytes);
  }
}

bool CacheWriter::write(const std::string& file, const std::string& key) const {
  PartsDigest digest;
  std::size_t payload_bytes = 0;
  for_each_part([&](const unsigned char* bytes, std::size_t count) {
    digest.add(bytes, count);
    payload_bytes += count;
  });
  const Header header = header_of(key, payload_bytes, digest.digest());
  const std::string partial = file + "." + std::to_string(getpid());
  std::FILE* const stream = std::fopen(partial.c_str(), "wb");
  if (stream == nullptr) return false;
  bool written = std::fwrite(&header, sizeof header, 1, stream) == 1;
  for_each_part([&](const unsigned char* bytes, std::size_t count) {
    written = written && std::fwrite(bytes, 1, count, stream) == count;
  });
  written = std::fclose(stream) == 0 && written;
  written = written && std::rename(partial.c_str(), file.c_str()) == 0;
  if (!written) std::remove(partial.c_str());
  return written;
}

std::optional<CacheReader> CacheReader::open(const std::string& file, const std::string& key) {
  std::shared_ptr<ipc::mapped_region> region;
  try {
    const ipc::file_mapping mapping(file.c_str(), ipc::read_only);
    region = std::make_shared<ipc::mapped_region>(mapping, ipc::read_only);
  } catch (const ipc::interprocess_exception&) {
    return std::nullopt;  // no such file, or an empty one
  }
  if (region->get_size() < sizeof(Header)) return std::nullopt;
  const auto* const bytes = static_cast<const unsigned char*>(region->get_address());
  Header found;
  std::memcpy(&found, bytes, sizeof found);
  const Span<const unsigned char> payload(bytes + sizeof found, region->get_size() - sizeof found);
  if (found.magic != kMagic || found.payload_bytes != payload.size()) return std::nullopt;
  const Header expected = header_of(key, payload.size(), XXH3_128bits(payload.data(), payload.size()));
  if (std::memcmp(&found, &expected, sizeof found) != 0) return std::nullopt;
  return CacheReader(std::move(region), payload);
}

Span<const unsigned char> CacheReader::next_bytes(std::size_t size) {
  ListHeader header;
  if (offset_ + sizeof header > payload_.size()) throw std::logic_error("a cache file has no further list");
  std::memcpy(&header, payload_.data() + offset_, sizeof header);
  if (header.size != size) throw std::logic_error("a list of a cache file is of another type");
  const Span<const unsigned char> list = payload_.subspan(offset_ + sizeof header, header.size * header.count);
  offset_ += sizeof header + aligned(list.size());
  return list;
}

}  // namespace lacuna
