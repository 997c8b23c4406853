// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npz_archive.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/zip_file.hpp"

namespace lacuna {
namespace {

const std::string kShort = "{'descr': '|i1', 'fortran_order': False, 'shape': (3,)}";

std::string npy_bytes(const std::string& header, const std::string& data) {
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size()) + '\0' + header + data;
}

class NpzArchives : public ::testing::Test {
 protected:
  std::string read_error(const std::string& tensor = "conv1.bias", std::int64_t words = 3) const {
    return without_file(error_of([&] { NpzArchive(file_).read(tensor, {words}); }));
  }
  std::string without_file(const std::string& message) const {
    return message.rfind(file_ + ": ", 0) == 0 ? message.substr(file_.size() + 2) : message;
  }
  /// The archive's bytes with every occurrence of `from` replaced by one of `to`, as long.
  void replace_bytes(const std::string& from, const std::string& to) const {
    std::ifstream in(file_, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::size_t replaced = 0;
    for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1), ++replaced) {
      bytes.replace(at, from.size(), to);
    }
    ASSERT_GT(replaced, 0U);
    folder_.write("w.npz", bytes);
  }

  ScratchFolder folder_;
  std::string file_ = folder_.path("w.npz");
};

TEST_F(NpzArchives, GiveStoredAndCompressedMembersWithAndWithoutTheirEnding) {
  for (const bool compressed : {false, true}) {
    write_zip(file_,
              {{"conv1.weight", npy_bytes(kShort, "\x01\x02\xff")}, {"conv1.bias.npy", npy_bytes(kShort, "abc")}},
              compressed);
    const NpzArchive archive(file_);
    archive.check("conv1.weight", {3});
    EXPECT_EQ(archive.read("conv1.weight", {3}).data, (std::vector<float>{1, 2, -1}));
    EXPECT_EQ(archive.read("conv1.bias", {3}).data, (std::vector<float>{97, 98, 99}));
  }
}

TEST_F(NpzArchives, SayWhichMemberIsMissingAndWhichOneMayBeMeant) {
  write_zip(file_, {{"conv1.biass.npy", npy_bytes(kShort, "abc")}});
  EXPECT_EQ(read_error(), "no member 'conv1.bias' or 'conv1.bias.npy' among 1; did you mean 'conv1.biass'?");
  EXPECT_EQ(read_error("fc8.weight"), "no member 'fc8.weight' or 'fc8.weight.npy' among 1");
}

TEST_F(NpzArchives, RefuseTwoMembersOfOneName) {
  const std::string bytes = npy_bytes(kShort, "abc");
  write_zip(file_, {{"conv1.bias", bytes}, {"conv1.bias.npy", bytes}});
  EXPECT_EQ(read_error(), "duplicate member, found 'conv1.bias' a second time; allowed one of each name");
  write_zip(file_, {{"conv1.bias", bytes}, {"conv2.bias", bytes}});
  replace_bytes("conv2.bias", "conv1.bias");
  EXPECT_EQ(read_error(), "duplicate member, found 'conv1.bias' a second time; allowed one of each name");
}

TEST_F(NpzArchives, AreRefusedWhereTheyAreDamaged) {
  EXPECT_EQ(read_error(), "zip archive cannot be read (No such file)");
  folder_.write("w.npz", "PK\x03\x04 and nothing more");
  EXPECT_EQ(read_error(), "zip archive cannot be read (Not a zip archive)");
  write_zip(file_, {{"conv1.bias", npy_bytes(kShort, "abc")}});
  replace_bytes("abc", "abd");
  EXPECT_EQ(read_error(), "conv1.bias: member cannot be read, damaged or of an unknown kind (CRC error)");
}

TEST_F(NpzArchives, AreRefusedAtEveryCutAndReadNothingWrongAtEveryChangedByte) {
  write_zip(file_, {{"conv1.bias", npy_bytes(kShort, std::string(1, 'a') + "bc")}}, true);
  std::ifstream in(file_, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    folder_.write("w.npz", bytes.substr(0, at));
    EXPECT_NE(read_error(), "no error") << at;
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x11);
    folder_.write("w.npz", changed);
    std::vector<float> read = {97, 98, 99};
    error_of([&] { read = NpzArchive(file_).read("conv1.bias", {3}).data; });
    EXPECT_EQ(read, (std::vector<float>{97, 98, 99})) << at;  // times and the like may change
  }
}

TEST_F(NpzArchives, DecompressNoNumbersOfATensorOfAnotherShape) {
  const std::string million = "{'descr': '|i1', 'fortran_order': False, 'shape': (1000000,)}";
  write_zip(file_, {{"conv1.bias", npy_bytes(million, std::string(1000000, '\0'))}}, true);
  EXPECT_EQ(read_error(), "conv1.bias: shape (1000000,) found; (3,) wanted");
  // A small shape, and a million bytes behind it.
  write_zip(file_, {{"conv1.bias", npy_bytes(kShort, std::string(1000000, '\0'))}}, true);
  const std::string damaged =
      "conv1.bias: damaged .npy file, 1000000 bytes of data found; 3 wanted for type '|i1' and shape (3,)";
  EXPECT_EQ(read_error(), damaged);
  EXPECT_EQ(without_file(error_of([&] { NpzArchive(file_).check("conv1.bias", {3}); })), damaged);
}

TEST_F(NpzArchives, RefuseAMemberThatHoldsMoreThanTheDirectorySays) {
  const std::string member = npy_bytes(kShort, std::string(1000, '\0'));
  write_zip(file_, {{"conv1.bias", member}}, true);
  const auto size = [](std::size_t bytes) {
    return std::string({static_cast<char>(bytes), static_cast<char>(bytes >> 8), '\0', '\0'});
  };
  replace_bytes(size(member.size()), size(member.size() - 997));  // as if there were three bytes of data
  const std::string message = read_error();
  EXPECT_EQ(message.rfind("conv1.bias: ", 0), 0U) << message;
}

TEST_F(NpzArchives, RefuseMembersThatAreNoArrays) {
  write_zip(file_, {{"conv1.bias", "hello"}, {"dir/", ""}});
  EXPECT_EQ(read_error(), "conv1.bias: not a .npy file (it does not begin with \\x93NUMPY)");
  EXPECT_EQ(read_error("dir/"), "dir/: not a .npy file (it does not begin with \\x93NUMPY)");
}

}  // namespace
}  // namespace lacuna
