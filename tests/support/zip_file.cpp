// SPDX-License-Identifier: Apache-2.0
#include "tests/support/zip_file.hpp"

#include <gtest/gtest.h>
#include <zip.h>

namespace lacuna {

void write_zip(const std::string& file, const std::vector<std::pair<std::string, std::string>>& members,
               bool compressed) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  ASSERT_NE(archive, nullptr) << code;
  for (const auto& [name, bytes] : members) {
    zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, 0);
    ASSERT_GE(index, 0) << zip_strerror(archive);
    ASSERT_EQ(zip_set_file_compression(archive, static_cast<zip_uint64_t>(index),
                                       compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 9),
              0);
  }
  ASSERT_EQ(zip_close(archive), 0) << zip_strerror(archive);
}

}  // namespace lacuna
