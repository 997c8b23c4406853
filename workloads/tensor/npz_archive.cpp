// SPDX-License-Identifier: Apache-2.0
#include "workloads/tensor/npz_archive.hpp"

#include <zip.h>

#include "hw/base/error.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/tensor/npy.hpp"

namespace lacuna {

namespace {

/// The name of a member without the ending that NumPy gives it.
std::string tensor_name(const std::string& member) {
  const std::string ending = ".npy";
  const bool ends =
      member.size() > ending.size() && member.compare(member.size() - ending.size(), ending.size(), ending) == 0;
  return ends ? member.substr(0, member.size() - ending.size()) : member;
}

/// The bytes of a member, decompressed as they are read.
class MemberSource final : public ByteSource {
 public:
  MemberSource(zip& archive, std::uint64_t index, std::string place) : place_(std::move(place)) {
    zip_stat_t status;
    if (zip_stat_index(&archive, index, 0, &status) != 0) fail(zip_strerror(&archive));
    if ((status.valid & ZIP_STAT_SIZE) == 0) fail("no size is known of it");
    left_ = static_cast<std::int64_t>(status.size);
    file_.reset(zip_fopen_index(&archive, index, 0));
    if (file_ == nullptr) fail(zip_strerror(&archive));
  }

  std::size_t read(char* to, std::size_t count) override {
    const zip_int64_t found = zip_fread(file_.get(), to, count);
    if (found < 0) fail(zip_file_strerror(file_.get()));
    left_ -= found;
    return static_cast<std::size_t>(found);
  }

  std::int64_t left() const override { return left_; }
  std::string place() const override { return place_; }

 private:
  struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };

  [[noreturn]] void fail(const std::string& problem) const {
    fail_input(place_ + ": member cannot be read, damaged or of an unknown kind (" + problem + ")");
  }

  std::string place_;
  std::unique_ptr<zip_file_t, Close> file_;
  std::int64_t left_ = 0;
};

std::shared_ptr<zip> open_archive(const std::string& file) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY, &code);
  if (archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string problem = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail_input(file + ": zip archive cannot be read (" + problem + ")");
  }
  return {archive, [](zip_t* open) { zip_discard(open); }};
}

}  // namespace

NpzArchive::NpzArchive(const std::string& file) : file_(file), archive_(open_archive(file)) {
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    const char* name = zip_get_name(archive_.get(), index, 0);
    if (name == nullptr) {
      fail_input(file + ": damaged zip archive, member " + std::to_string(i + 1) + " has no name (" +
                 zip_strerror(archive_.get()) + ")");
    }
    if (!members_.emplace(tensor_name(name), index).second) {
      fail_input(file + ": duplicate member, found '" + tensor_name(name) +
                 "' a second time; allowed one of each name");
    }
  }
}

std::uint64_t NpzArchive::member(const std::string& tensor) const {
  const auto found = members_.find(tensor);
  if (found != members_.end()) return found->second;
  std::vector<std::string> names;
  names.reserve(members_.size());
  for (const auto& [name, index] : members_) names.push_back(name);
  fail_input(file_ + ": no member '" + tensor + "' or '" + tensor + ".npy' among " + std::to_string(names.size()) +
             did_you_mean(tensor, names));
}

Tensor<float> NpzArchive::read(const std::string& tensor, const std::vector<std::int64_t>& wanted) const {
  MemberSource source(*archive_, member(tensor), file_ + ": " + tensor);
  return read_npy(source, wanted);
}

void NpzArchive::check(const std::string& tensor, const std::vector<std::int64_t>& wanted) const {
  MemberSource source(*archive_, member(tensor), file_ + ": " + tensor);
  check_npy(source, wanted);
}

}  // namespace lacuna
