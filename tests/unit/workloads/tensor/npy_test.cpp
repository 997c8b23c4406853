// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

class Npy : public ::testing::Test {
 protected:
  void SetUp() override { file_ = folder_.path("test.npy"); }
  ScratchFolder folder_;

  void write_bytes(const std::string& bytes) const { std::ofstream(file_, std::ios::binary) << bytes; }

  /// A file of version 1.0 with this header and so many bytes of zeros behind it.
  void write_file(const std::string& header, std::size_t data_bytes) const {
    write_file(header, std::string(data_bytes, '\0'));
  }

  /// The same with these bytes behind it.
  void write_file(const std::string& header, const std::string& data) const {
    write_bytes(std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size()) + '\0' + header + data);
  }

  /// The message without the file's name, of a file with this header and four bytes of data.
  std::string header_error(const std::string& header) const {
    write_file(header, 4);
    return read_error();
  }

  std::string read_error() const {
    const std::string message = error_of([&] { read_npy(file_); });
    return message.rfind(file_ + ": ", 0) == 0 ? message.substr(file_.size() + 2) : message;
  }

  std::string file_;
};

TEST_F(Npy, ReadsWhatItWrote) {
  Tensor<float> tensor({2, 3, 1});
  tensor.data = {1.5f, -2.0f, 0.0f, 1e-30f, 3e38f, -0.25f};
  write_npy(file_, tensor);
  const Tensor<float> back = read_npy(file_);
  EXPECT_EQ(back.shape, tensor.shape);
  EXPECT_EQ(back.data, tensor.data);
  // 10 bytes of magic, version and length, a dictionary of 62 characters, blanks to the next multiple of 64: 128.
  EXPECT_EQ(std::filesystem::file_size(file_), 128u + 6u * 4u);
}

TEST_F(Npy, ReadsVersionTwoAndKeysInAnyOrder) {
  const std::string header = "{\"shape\": (2,), 'fortran_order': False, 'descr': '<f4'}";
  write_bytes(std::string("\x93NUMPY\x02\x00", 8) + static_cast<char>(header.size()) + std::string(3, '\0') + header +
              std::string("\0\0\x80\x3f\0\0\0\xc0", 8));
  EXPECT_EQ(read_npy(file_).data, (std::vector<float>{1.0f, -2.0f}));
}

TEST_F(Npy, ReadsAScalarAndAnEmptyTensor) {
  write_file("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", 4);
  EXPECT_EQ(read_npy(file_).size(), 1);
  write_file("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 5)}", 0);
  EXPECT_EQ(read_npy(file_).size(), 0);
}

TEST_F(Npy, RefusesWhatIsNoNpyFile) {
  EXPECT_EQ(read_error(), "cannot be read");
  write_bytes("");
  EXPECT_EQ(read_error(), "not a .npy file (it does not begin with \\x93NUMPY)");
  write_bytes("PK\x03\x04 an .npz archive");
  EXPECT_EQ(read_error(), "not a .npy file (it does not begin with \\x93NUMPY)");
  write_bytes(std::string("\x93NUMPY\x04\x00\x10\x00", 10));
  EXPECT_EQ(read_error(), ".npy format version 4.0 found; 1.0, 2.0 or 3.0 wanted");
  write_bytes(std::string("\x93NUMPY\x01\x00\x40\x00{'de", 14));
  EXPECT_EQ(read_error(), "damaged .npy file, it ends in its header");
  write_bytes(std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12));
  EXPECT_EQ(read_error(), "damaged .npy file, a header of 4294967295 bytes found; at most 1048576 wanted");
}

TEST_F(Npy, ReadsVersionThree) {
  const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}";
  write_bytes(std::string("\x93NUMPY\x03\x00", 8) + static_cast<char>(header.size()) + std::string(3, '\0') + header +
              std::string("\0\0\x80\x3f", 4));
  EXPECT_EQ(read_npy(file_).data, std::vector<float>{1.0F});
}

TEST_F(Npy, ReadsBothByteOrdersAndSignedBytes) {
  const std::string rest = "', 'fortran_order': False, 'shape': (2,)}";
  // 1 and -2: binary32 0x3f800000 and 0xc0000000, binary16 0x3c00 and 0xc000, int8 0x01 and 0xfe.
  const std::pair<std::string, std::string> forms[] = {
      {"<f4", std::string("\0\0\x80\x3f\0\0\0\xc0", 8)},
      {">f4", std::string("\x3f\x80\0\0\xc0\0\0\0", 8)},
      {"<f2", std::string("\0\x3c\0\xc0", 4)},
      {">f2", std::string("\x3c\0\xc0\0", 4)},
      {"|i1", "\x01\xfe"},
  };
  for (const auto& [type, data] : forms) {
    write_file("{'descr': '" + type + rest, data);
    EXPECT_EQ(read_npy(file_).data, (std::vector<float>{1.0F, -2.0F})) << type;
  }
}

TEST_F(Npy, ReadsEveryFloat16Exactly) {
  std::string data;
  for (int half = 0; half < 65536; ++half) data += {static_cast<char>(half), static_cast<char>(half >> 8)};
  write_file("{'descr': '<f2', 'fortran_order': False, 'shape': (65536,)}", data);
  const std::vector<float> read = read_npy(file_).data;
  for (int half = 0; half < 65536; ++half) {
    const int exponent = half >> 10 & 31;
    const int fraction = half & 1023;
    const float found = read[static_cast<std::size_t>(half)];
    EXPECT_EQ(std::signbit(found), half >= 32768) << half;
    if (exponent == 31) {
      EXPECT_TRUE(fraction == 0 ? std::isinf(found) : std::isnan(found)) << half;
    } else {
      // IEEE 754: (1 + fraction / 2^10) 2^(exponent - 15), and fraction / 2^10 x 2^-14 where the exponent is 0.
      const double magnitude = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
      EXPECT_EQ(std::fabs(static_cast<double>(found)), magnitude) << half;
    }
  }
}

TEST_F(Npy, TurnsFortranOrderIntoCOrder) {
  // Shape (2, 3, 2): word i + 2 j + 6 k of the file is element (i, j, k), which stands at 6 i + 2 j + k.
  std::string data;
  for (int k = 0; k < 2; ++k) {
    for (int j = 0; j < 3; ++j) {
      for (int i = 0; i < 2; ++i) data += static_cast<char>(6 * i + 2 * j + k);
    }
  }
  write_file("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3, 2)}", data);
  EXPECT_EQ(read_npy(file_).data, (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  write_file("{'descr': '|i1', 'fortran_order': True, 'shape': (3,)}", "\x01\x02\x03");
  EXPECT_EQ(read_npy(file_).data, (std::vector<float>{1, 2, 3}));
  write_file("{'descr': '|i1', 'fortran_order': True, 'shape': ()}", "\x05");
  EXPECT_EQ(read_npy(file_).data, std::vector<float>{5});
  write_file("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 0)}", "");
  EXPECT_EQ(read_npy(file_).size(), 0);
}

TEST_F(Npy, ReadsMoreWordsThanOneBlock) {
  std::string data(100001, '\x03');
  data.back() = '\x07';
  write_file("{'descr': '|i1', 'fortran_order': False, 'shape': (100001,)}", data);
  const std::vector<float> read = read_npy(file_).data;
  EXPECT_EQ(std::count(read.begin(), read.end(), 3.0F), 100000);
  EXPECT_EQ(read.back(), 7.0F);
}

TEST_F(Npy, RefusesOtherTypes) {
  const std::string wanted = " found; float32 ('<f4', '>f4'), float16 ('<f2', '>f2') or int8 ('|i1') wanted";
  for (const std::string type : {"<f8", "|O", "|b1", "|u1", "<i4", "<c8", "f4", ""}) {
    EXPECT_EQ(header_error("{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,), }"),
              "type '" + type + "' of shape (1,)" + wanted);
  }
  EXPECT_EQ(header_error("{'descr': [('a]', '<f4'), ('b', '<i2', (2,))], 'fortran_order': False, 'shape': (1,), }"),
            "type '[('a]', '<f4'), ('b', '<i2', (2,))]' of shape (1,)" + wanted);
  EXPECT_EQ(header_error("{'descr': [('" + std::string(90, 'x') + "', '<f4')], 'fortran_order': False, 'shape': ()}"),
            "type '[('" + std::string(57, 'x') + "...' of shape ()" + wanted);
  write_file("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", std::string(32, '\0'));
  EXPECT_EQ(error_of([&] {
              read_npy(file_, "conv1.weight", {8, 3});
            }),
            file_ +
                ": conv1.weight: type '<f8' of shape (2, 2) found; float32 ('<f4', '>f4'), float16 ('<f2', '>f2') or "
                "int8 ('|i1') of shape (8, 3) wanted");
}

TEST_F(Npy, RefusesNotANumberAndInfinitiesOfFloat16) {
  const std::string header = "{'descr': '<f2', 'fortran_order': False, 'shape': (2,)}";
  write_file(header, std::string("\0\0\x01\x7c", 4));
  EXPECT_EQ(error_of([&] { read_npy(file_, "b", {2}); }), file_ + ": b: NaN found at word 1; finite numbers wanted");
  write_file(header, std::string("\0\xfc\0\0", 4));
  EXPECT_EQ(error_of([&] { read_npy(file_, "b", {2}); }),
            file_ + ": b: infinity found at word 0; finite numbers wanted");
}

TEST_F(Npy, RefusesDamagedHeaders) {
  EXPECT_EQ(header_error("descr"), "damaged .npy header at character 1: '{' wanted");
  EXPECT_EQ(header_error("{descr"), "damaged .npy header at character 2: a quoted text wanted");
  EXPECT_EQ(header_error("{'descr"), "damaged .npy header at character 3: a closing ' wanted");
  EXPECT_EQ(header_error("{'descr': [('a', '<f4')"), "damaged .npy header at character 24: a closing ] wanted");
  EXPECT_EQ(header_error("{'descr' '<f4'}"), "damaged .npy header at character 10: ':' wanted");
  EXPECT_EQ(header_error("{'fortran_order': 0}"), "damaged .npy header at character 19: True or False wanted");
  EXPECT_EQ(header_error("{'shape': (1, x)}"), "damaged .npy header at character 15: an extent wanted");
  EXPECT_EQ(header_error("{'shape': (1 2)}"), "damaged .npy header at character 14: ',' or ')' wanted");
  EXPECT_EQ(header_error("{'shape': (-1,)}"), "damaged .npy header at character 12: an extent wanted");
  EXPECT_EQ(header_error("{'shape': (99999999999999999999,)}"),
            "damaged .npy header at character 25: an extent of at most 2^40 wanted");
  EXPECT_EQ(header_error("{'shape': (1,), 'shape': (1,)}"),
            "damaged .npy header at character 25: key 'shape' a second time");
  EXPECT_EQ(header_error("{'extra': 1}"),
            "damaged .npy header at character 10: unknown key 'extra'; descr, fortran_order and shape wanted");
  EXPECT_EQ(header_error("{'descr': '<f4'}"),
            "damaged .npy header at character 17: all of descr, fortran_order and shape wanted");
  EXPECT_EQ(header_error("{} x"), "damaged .npy header at character 4: nothing more wanted");
}

TEST_F(Npy, RefusesDataThatIsTooShortTooLongOrTooMuch) {
  EXPECT_EQ(header_error("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"),
            "damaged .npy file, 4 bytes of data found; 8 wanted for type '<f4' and shape (2,)");
  EXPECT_EQ(header_error("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }"),
            "damaged .npy file, 4 bytes of data found; 0 wanted for type '<f4' and shape (0,)");
  EXPECT_EQ(header_error("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000, 1000000, 1000000)}"),
            "shape (1000000, 1000000, 1000000, 1000000) found; at most 4294967296 words wanted");
}

TEST_F(Npy, ChecksShapeAndFinitenessByTheTensorsName) {
  Tensor<float> tensor({2, 2}, 1.0f);
  write_npy(file_, tensor);
  EXPECT_EQ(error_of([&] { read_npy(file_, "conv1.weight", {2, 2}); }), "no error");
  EXPECT_EQ(error_of([&] { read_npy(file_, "conv1.weight", {4}); }),
            file_ + ": conv1.weight: shape (2, 2) found; (4,) wanted");
  tensor.data[3] = std::numeric_limits<float>::quiet_NaN();
  write_npy(file_, tensor);
  EXPECT_EQ(error_of([&] {
              read_npy(file_, "conv1.weight", {2, 2});
            }),
            file_ + ": conv1.weight: NaN found at word 3; finite numbers wanted");
  tensor.data[2] = -std::numeric_limits<float>::infinity();
  write_npy(file_, tensor);
  EXPECT_EQ(error_of([&] {
              read_npy(file_, "conv1.weight", {2, 2});
            }),
            file_ + ": conv1.weight: infinity found at word 2; finite numbers wanted");
}

TEST_F(Npy, NamesAFileThatCannotBeWritten) {
  try {
    write_npy("/no/such/folder/x.npy", Tensor<float>({1}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::run_failed);
    EXPECT_STREQ(error.what(), "/no/such/folder/x.npy: cannot be written");
  }
}

}  // namespace
}  // namespace lacuna
