// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/digest.hpp"

#include <openssl/evp.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

class Sha256 {
 public:
  Sha256() { check(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1); }

  void add(const void* bytes, std::size_t count) { check(EVP_DigestUpdate(context_.get(), bytes, count) == 1); }

  std::string hex() {
    std::array<unsigned char, 32> digest{};
    check(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
    std::string result;
    for (const unsigned char byte : digest) {
      result += "0123456789abcdef"[byte >> 4];
      result += "0123456789abcdef"[byte & 15];
    }
    return result;
  }

 private:
  static void check(bool good) {
    if (!good) fail_run("SHA-256 is not available in the OpenSSL library of this system");
  }
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

}  // namespace

std::string sha256_hex(Span<const unsigned char> bytes) {
  Sha256 sha;
  sha.add(bytes.data(), bytes.size());
  return sha.hex();
}

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code ignored;
  if (!file || std::filesystem::is_directory(path, ignored)) fail_input(path + ": cannot be read");
  Sha256 sha;
  std::array<char, 65536> buffer{};
  do {
    file.read(buffer.data(), buffer.size());
    sha.add(buffer.data(), static_cast<std::size_t>(file.gcount()));
  } while (file);
  if (!file.eof()) fail_input(path + ": cannot be read");
  return sha.hex();
}

}  // namespace lacuna
