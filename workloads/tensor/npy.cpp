// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npy.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "hw/base/error.hpp"
#include "workloads/tensor/npy_header.hpp"
#include "workloads/tensor/npy_number.hpp"

namespace lacuna {

namespace {

static_assert(sizeof(float) == 4 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "files are written as numbers lie here");

// NumPy enhancement proposal 1: the magic string, two version bytes, the header's length (2 bytes, from version 2 on 4,
// little-endian), the header, padded so that the data starts at a multiple of 64. From version 3 on the header is UTF-8
// and not Latin-1: a difference in the names of fields of structured types alone.
const std::string kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;
constexpr std::uint32_t kLongestHeader = 1U << 20;
constexpr std::int64_t kMostWords = std::int64_t{1} << 32;
constexpr std::size_t kBlock = std::size_t{1} << 14;  // words

std::uint32_t little_endian(const std::string& bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string read_bytes(ByteSource& source, std::size_t count) {
  std::string bytes(count, '\0');
  if (source.read(bytes.data(), count) != count) {
    fail_input(source.place() + ": damaged .npy file, it ends in its header");
  }
  return bytes;
}

std::string read_header(ByteSource& source) {
  std::string magic(kMagic.size(), '\0');
  if (source.read(magic.data(), magic.size()) != magic.size() || magic != kMagic) {
    fail_input(source.place() + ": not a .npy file (it does not begin with \\x93NUMPY)");
  }
  const std::string version = read_bytes(source, 2);
  if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
    fail_input(source.place() + ": .npy format version " + std::to_string(static_cast<unsigned char>(version[0])) +
               "." + std::to_string(static_cast<unsigned char>(version[1])) + " found; 1.0, 2.0 or 3.0 wanted");
  }
  const std::uint32_t length = little_endian(read_bytes(source, version[0] == 1 ? 2 : 4));
  if (length > kLongestHeader) {
    fail_input(source.place() + ": damaged .npy file, a header of " + std::to_string(length) +
               " bytes found; at most " + std::to_string(kLongestHeader) + " wanted");
  }
  return read_bytes(source, length);
}

std::int64_t checked_count(const std::vector<std::int64_t>& shape, const std::string& place) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) {
    if (extent > 0 && count > kMostWords / extent) {
      fail_input(place + ": shape " + shape_text(shape) + " found; at most " + std::to_string(kMostWords) +
                 " words wanted");
    }
    count *= extent;
  }
  return count;
}

/// What a header says, once the data is known to be what it says.
struct NpyContents {
  const NpyNumber* number = nullptr;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
};

/// Reads as far as the numbers. `wanted`: the only shape that is taken; nullptr: any.
NpyContents open_npy(ByteSource& source, const std::vector<std::int64_t>* wanted) {
  const NpyHeader header = parse_npy_header(read_header(source), source.place());
  const NpyNumber* number = find_npy_number(header.type);
  const std::string shape = shape_text(header.shape);
  if (number == nullptr) {
    fail_input(source.place() + ": type '" + header.type + "' of shape " + shape + " found; " + kNpyNumbers +
               (wanted == nullptr ? "" : " of shape " + shape_text(*wanted)) + " wanted");
  }
  if (wanted != nullptr && header.shape != *wanted) {
    fail_input(source.place() + ": shape " + shape + " found; " + shape_text(*wanted) + " wanted");
  }
  const std::int64_t bytes = checked_count(header.shape, source.place()) * static_cast<std::int64_t>(number->bytes);
  if (source.left() != bytes) {
    fail_input(source.place() + ": damaged .npy file, " + std::to_string(source.left()) + " bytes of data found; " +
               std::to_string(bytes) + " wanted for type '" + header.type + "' and shape " + shape);
  }
  return {number, header.fortran_order, header.shape};
}

/// The numbers of a tensor whose first index was fastest, with the last one fastest.
std::vector<float> in_c_order(const std::vector<std::int64_t>& shape, const std::vector<float>& fortran) {
  std::vector<std::int64_t> strides(shape.size(), 1);
  for (std::size_t k = shape.size(); k-- > 1;) strides[k - 1] = strides[k] * shape[k];
  std::vector<std::int64_t> index(shape.size(), 0);
  std::vector<float> result(fortran.size());
  std::int64_t place = 0;
  for (const float value : fortran) {
    result[static_cast<std::size_t>(place)] = value;
    for (std::size_t k = 0; k < shape.size(); ++k) {
      place += strides[k];
      if (++index[k] < shape[k]) break;
      place -= strides[k] * shape[k];
      index[k] = 0;
    }
  }
  return result;
}

Tensor<float> read_contents(ByteSource& source, const NpyContents& contents) {
  Tensor<float> tensor(contents.shape);
  std::vector<char> block(kBlock * contents.number->bytes);
  for (std::size_t at = 0; at < tensor.data.size(); at += kBlock) {
    const std::size_t words = std::min(kBlock, tensor.data.size() - at);
    const std::size_t bytes = words * contents.number->bytes;
    if (source.read(block.data(), bytes) != bytes) fail_input(source.place() + ": cannot be read to its end");
    contents.number->to_float(block.data(), tensor.data.data() + at, words);
  }
  // An archive is checked where it ends, and not before somebody asks for what is behind.
  if (source.read(block.data(), 1) != 0) fail_input(source.place() + ": damaged .npy file, longer than it says");
  if (contents.fortran_order) tensor.data = in_c_order(tensor.shape, tensor.data);
  return tensor;
}

void check_finite(const Tensor<float>& tensor, const std::string& place) {
  for (std::size_t i = 0; i < tensor.data.size(); ++i) {
    if (std::isfinite(tensor.data[i])) continue;
    fail_input(place + ": " + (std::isnan(tensor.data[i]) ? "NaN" : "infinity") + " found at word " +
               std::to_string(i) + "; finite numbers wanted");
  }
}

}  // namespace

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t extent : shape) text += (text.empty() ? "" : ", ") + std::to_string(extent);
  return "(" + text + (shape.size() == 1 ? ",)" : ")");
}

Tensor<float> read_npy(const std::string& file) {
  FileSource source(file);
  return read_contents(source, open_npy(source, nullptr));
}

Tensor<float> read_npy(ByteSource& source, const std::vector<std::int64_t>& wanted) {
  Tensor<float> tensor = read_contents(source, open_npy(source, &wanted));
  check_finite(tensor, source.place());
  return tensor;
}

void check_npy(ByteSource& source, const std::vector<std::int64_t>& wanted) { open_npy(source, &wanted); }

Tensor<float> read_npy(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& wanted) {
  FileSource source(file, tensor);
  return read_npy(source, wanted);
}

void check_npy(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& wanted) {
  FileSource source(file, tensor);
  check_npy(source, wanted);
}

void write_npy(const std::string& file, const Tensor<float>& tensor) {
  std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape_text(tensor.shape) + ", }";
  const std::size_t before = kMagic.size() + 4;
  header.append(kAlignment - 1 - (before + header.size()) % kAlignment, ' ');
  header += '\n';
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << kMagic << '\1' << '\0' << static_cast<char>(header.size() & 0xff) << static_cast<char>(header.size() >> 8)
      << header;
  out.write(reinterpret_cast<const char*>(tensor.data.data()),
            static_cast<std::streamsize>(tensor.data.size() * sizeof(float)));
  out.close();
  if (!out) fail_run(file + ": cannot be written");
}

}  // namespace lacuna
