// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npy.hpp"

#include <cmath>
#include <cstring>
#include <fstream>

#include "hw/base/error.hpp"
#include "workloads/tensor/npy_header.hpp"

namespace lacuna {

namespace {

static_assert(sizeof(float) == 4 && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "files hold little-endian float32");

// NumPy enhancement proposal 1: the magic string, two version bytes, the header's length (2 or 4 bytes, little-endian),
// the header, padded so that the data starts at a multiple of 64.
const std::string kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;
constexpr std::uint32_t kLongestHeader = 1u << 20;
constexpr std::int64_t kMostWords = std::int64_t{1} << 32;

std::uint32_t little_endian(const std::string& bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string read_bytes(std::istream& in, std::size_t count, const std::string& file) {
  std::string bytes(count, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(count));
  if (static_cast<std::size_t>(in.gcount()) != count) fail_input(file + ": damaged .npy file, it ends in its header");
  return bytes;
}

std::string read_header(std::istream& in, const std::string& file) {
  std::string magic(kMagic.size(), '\0');
  in.read(magic.data(), static_cast<std::streamsize>(magic.size()));
  if (in.gcount() != static_cast<std::streamsize>(magic.size()) || magic != kMagic) {
    fail_input(file + ": not a .npy file (it does not begin with \\x93NUMPY)");
  }
  const std::string version = read_bytes(in, 2, file);
  if ((version[0] != 1 && version[0] != 2) || version[1] != 0) {
    fail_input(file + ": .npy format version " + std::to_string(static_cast<unsigned char>(version[0])) + "." +
               std::to_string(static_cast<unsigned char>(version[1])) + " found; 1.0 or 2.0 wanted");
  }
  const std::uint32_t length = little_endian(read_bytes(in, version[0] == 1 ? 2 : 4, file));
  if (length > kLongestHeader) {
    fail_input(file + ": damaged .npy file, a header of " + std::to_string(length) + " bytes found; at most " +
               std::to_string(kLongestHeader) + " wanted");
  }
  return read_bytes(in, length, file);
}

std::int64_t checked_count(const std::vector<std::int64_t>& shape, const std::string& file) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) {
    if (extent > 0 && count > kMostWords / extent) {
      fail_input(file + ": shape " + shape_text(shape) + " found; at most " + std::to_string(kMostWords) +
                 " words wanted");
    }
    count *= extent;
  }
  return count;
}

/// Bytes from the current position to the end.
std::int64_t bytes_left(std::istream& in) {
  const auto here = in.tellg();
  in.seekg(0, std::ios::end);
  const auto end = in.tellg();
  in.seekg(here);
  return static_cast<std::int64_t>(end - here);
}

/// Opens a file and reads as far as its numbers; gives their shape.
std::vector<std::int64_t> open_npy(std::ifstream& in, const std::string& file) {
  in.open(file, std::ios::binary);
  if (!in) fail_input(file + ": cannot be read");
  NpyHeader header = parse_npy_header(read_header(in, file), file);
  if (header.type != "<f4" || header.fortran_order) {
    fail_input(file + ": type '" + header.type + "' in " + (header.fortran_order ? "Fortran" : "C") +
               " order found; '<f4' (little-endian float32) in C order wanted");
  }
  const std::int64_t wanted = checked_count(header.shape, file) * 4;
  const std::int64_t found = bytes_left(in);
  if (found != wanted) {
    fail_input(file + ": damaged .npy file, " + std::to_string(found) + " bytes of data found; " +
               std::to_string(wanted) + " wanted for shape " + shape_text(header.shape));
  }
  return header.shape;
}

void check_shape(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& found,
                 const std::vector<std::int64_t>& wanted) {
  if (found == wanted) return;
  fail_input(file + ": " + tensor + ": shape " + shape_text(found) + " found; " + shape_text(wanted) + " wanted");
}

}  // namespace

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text;
  for (const std::int64_t extent : shape) text += (text.empty() ? "" : ", ") + std::to_string(extent);
  return "(" + text + (shape.size() == 1 ? ",)" : ")");
}

Tensor<float> read_npy(const std::string& file) {
  std::ifstream in;
  Tensor<float> tensor(open_npy(in, file));
  in.read(reinterpret_cast<char*>(tensor.data.data()),
          static_cast<std::streamsize>(tensor.data.size() * sizeof(float)));
  if (!in) fail_input(file + ": cannot be read");
  return tensor;
}

void check_npy(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& wanted) {
  std::ifstream in;
  check_shape(file, tensor, open_npy(in, file), wanted);
}

Tensor<float> read_npy(const std::string& file, const std::string& tensor, const std::vector<std::int64_t>& wanted) {
  Tensor<float> result = read_npy(file);
  check_shape(file, tensor, result.shape, wanted);
  for (std::size_t i = 0; i < result.data.size(); ++i) {
    if (!std::isfinite(result.data[i])) {
      fail_input(file + ": " + tensor + ": " + (std::isnan(result.data[i]) ? "NaN" : "infinity") + " found at word " +
                 std::to_string(i) + "; finite numbers wanted");
    }
  }
  return result;
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
