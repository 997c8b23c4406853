// SPDX-License-Identifier: Apache-2.0
#include "sim/result/output.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// A file descriptor that is closed in any case.
class File {
 public:
  File(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  bool write(const std::string& bytes) const {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      done += static_cast<std::size_t>(count);
    }
    return true;
  }
  bool to_disk() const { return ::fsync(descriptor_) == 0; }
  bool close() {
    const int descriptor = descriptor_;
    descriptor_ = -1;
    return ::close(descriptor) == 0;
  }

 private:
  int descriptor_;
};

std::string reason() { return std::strerror(errno); }

/// Where a file lies until all are whole.
std::string partial(const std::string& folder, const OutputFile& file) {
  return folder + "/" + (file.written_as.empty() ? file.name + ".partial" : file.written_as);
}

bool write_whole(const std::string& path, const std::string& content) {
  File file(path, O_WRONLY | O_CREAT | O_TRUNC);
  return file.is_open() && file.write(content) && file.to_disk() && file.close();
}

/// Removes what a failed commit leaves, then fails.
[[noreturn]] void give_up(const std::vector<std::string>& paths, const std::string& message) {
  for (const std::string& path : paths) ::unlink(path.c_str());
  fail_run(message + "; no result was written");
}

}  // namespace

void prepare_output(const std::string& folder, std::int64_t bytes_needed) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder, error)) {
    fail_input(folder + ": the output folder cannot be made: " + (error ? error.message() : "it is a file"));
  }
  const std::string probe = folder + "/.lacuna-probe";
  errno = 0;
  const bool written = write_whole(probe, "probe\n");
  const std::string why = reason();
  ::unlink(probe.c_str());
  if (!written) fail_input(folder + ": the output folder cannot be written: " + why);
  struct statvfs room {};
  if (::statvfs(folder.c_str(), &room) != 0) fail_input(folder + ": the output folder cannot be examined: " + reason());
  const double bytes_free = static_cast<double>(room.f_bavail) * static_cast<double>(room.f_frsize);
  if (bytes_free < static_cast<double>(bytes_needed)) {
    fail_input(folder + ": no room for the result, found " + std::to_string(static_cast<std::int64_t>(bytes_free)) +
               " bytes free; needed " + std::to_string(bytes_needed));
  }
}

void commit_output(const std::string& folder, const std::vector<OutputFile>& files) {
  std::vector<std::string> made;
  for (const OutputFile& file : files) {
    made.push_back(partial(folder, file));
    if (file.written_as.empty() && !write_whole(made.back(), file.content)) {
      give_up(made, folder + "/" + file.name + ": cannot be written: " + reason());
    }
  }
  for (const OutputFile& file : files) {
    const std::string path = folder + "/" + file.name;
    if (std::rename(partial(folder, file).c_str(), path.c_str()) != 0) {
      give_up(made, path + ": cannot be put in place: " + reason());
    }
    made.push_back(path);
  }
  const File directory(folder, O_RDONLY | O_DIRECTORY);
  if (!directory.is_open() || !directory.to_disk()) give_up(made, folder + ": cannot be written: " + reason());
}

}  // namespace lacuna
