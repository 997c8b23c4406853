// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/digest.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

// FIPS 180-4's example of one block: "abc".
const char* const kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
// No bytes at all.
const char* const kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Digest, IsSha256) {
  const std::vector<unsigned char> abc = {'a', 'b', 'c'};
  EXPECT_EQ(sha256_hex(abc), kAbc);
  EXPECT_EQ(sha256_hex({}), kEmpty);
}

TEST(Digest, OfAFileIsThatOfItsBytes) {
  const ScratchFolder folder;
  const std::filesystem::path path = folder.path("file");
  const std::vector<unsigned char> bytes(200000, 'x');  // more than one read
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), 200000);
  EXPECT_EQ(sha256_of_file(path.string()), sha256_hex(bytes));
  std::ofstream(path, std::ios::trunc).close();
  EXPECT_EQ(sha256_of_file(path.string()), kEmpty);
  EXPECT_EQ(error_of([] { sha256_of_file("no/such"); }), "no/such: cannot be read");
}

}  // namespace
}  // namespace lacuna
