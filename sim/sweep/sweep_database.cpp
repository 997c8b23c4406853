// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/sweep_database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "hw/base/error.hpp"
#include "hw/base/strict_sql.hpp"
#include "sim/sweep/database_schema.hpp"

namespace lacuna {
namespace {

constexpr int kWaitMs = 10'000;  // for others that read or write for a moment

std::int64_t pragma(SQLite::Database& database, const char* name) {
  return database.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

/// Refuses what is not ours to write to.
void check_form(SQLite::Database& database, const std::string& file) {
  if (pragma(database, "application_id") != kSweepApplicationId) {
    fail_input(file + ": a database of something else; allowed one that lacuna sweep has made, or a new file");
  }
  const std::int64_t version = pragma(database, "user_version");
  if (version != kSweepDatabaseVersion) {
    fail_input(file + ": a database of another schema version, found " + std::to_string(version) + "; allowed " +
               std::to_string(kSweepDatabaseVersion) + "; nothing was changed");
  }
}

/// Damage that is met half-way would be taken for results that are there.
void check_sound(SQLite::Database& database, const std::string& file) {
  std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
  std::replace(found.begin(), found.end(), '\n', ' ');
  if (found != "ok") fail_input(file + ": a damaged database: " + found + "; allowed a sound one, or a new file");
}

void check_sweep(SQLite::Database& database, const std::string& file, const SweepFile& sweep) {
  SQLite::Statement find(database, "SELECT value FROM meta WHERE key = 'name'");
  if (!find.executeStep()) return;
  const std::string name = find.getColumn(0).getString();
  if (name != sweep.name) {
    fail_input(file + ": holds the points of another sweep, found '" + name + "'; allowed '" + sweep.name +
               "', or another --out");
  }
}

/// An open file that no other sweep has, and whether it was made now. The lock is of the kind that SQLite does not use
/// (flock).
int locked(const std::string& file, bool& made) {
  int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  made = descriptor >= 0;
  if (!made) {
    struct stat found {};
    const bool other = ::stat(file.c_str(), &found) == 0 && !S_ISREG(found.st_mode);
    if (other) fail_input(file + ": is no file; allowed the name of a file");
    descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  }
  if (descriptor < 0) fail_input(file + ": cannot be opened for writing: " + std::strerror(errno));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    fail_input(file + ": another sweep is writing to it; allowed when that has ended, or another --out");
  }
  return descriptor;
}

}  // namespace

SweepDatabase::SweepDatabase(const std::string& file, const SweepFile& sweep, const std::vector<SweepPoint>& points)
    : file_(file) {
  bool made = false;  // what was there before is not ours to remove
  lock_ = locked(file, made);
  bool is_new = ::lseek(lock_, 0, SEEK_END) == 0;
  try {
    SQLite::Database database(file, SQLite::OPEN_READWRITE, kWaitMs);
    make_strict(database.getHandle());
    // A sweep that was killed while it made its database leaves one that is empty.
    is_new = is_new || (pragma(database, "application_id") == 0 &&
                        database.execAndGet("SELECT count(*) FROM sqlite_master").getInt64() == 0);
    if (!is_new) check_form(database, file);
    if (!is_new) check_sound(database, file);
    database.exec("PRAGMA journal_mode = WAL");
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (is_new) create_tables(database);
    check_sweep(database, file, sweep);
    write_plan(database, sweep, points);
    transaction.commit();
  } catch (const SQLite::Exception& error) {
    if (made) ::unlink(file.c_str());
    ::close(lock_);
    if (error.getErrorCode() == SQLITE_NOTADB) {
      fail_input(file + ": no database; allowed one that lacuna sweep has made, or a new file");
    }
    if (error.getErrorCode() == SQLITE_CORRUPT) {
      fail_input(file + ": a damaged database: " + error.what() + "; allowed a sound one, or a new file");
    }
    fail_run(file + ": cannot be written: " + error.what());
  } catch (...) {
    if (made) ::unlink(file.c_str());
    ::close(lock_);
    throw;
  }
}

void SweepDatabase::check_in_place() const {
  struct stat ours {};
  struct stat named {};
  const bool same = ::fstat(lock_, &ours) == 0 && ::stat(file_.c_str(), &named) == 0 && ours.st_ino == named.st_ino &&
                    ours.st_dev == named.st_dev;
  if (!same) {
    fail_run(file_ + ": was moved or removed while the sweep wrote to it; results are where it went, and in " + file_ +
             "-wal: put them side by side again");
  }
}

std::int64_t SweepDatabase::results() const {
  return SQLite::Database(file_, SQLite::OPEN_READWRITE, kWaitMs).execAndGet("SELECT count(*) FROM results").getInt64();
}

std::vector<std::string> SweepDatabase::prices() const {
  const SQLite::Database database(file_, SQLite::OPEN_READWRITE, kWaitMs);
  SQLite::Statement select(
      database, "SELECT DISTINCT prices FROM plan JOIN points USING(key) WHERE status = 'ok' ORDER BY prices");
  std::vector<std::string> prices;
  while (select.executeStep()) prices.push_back(select.getColumn(0).getString());
  return prices;
}

std::string SweepDatabase::first_failure() const {
  const SQLite::Database database(file_, SQLite::OPEN_READWRITE, kWaitMs);
  SQLite::Statement first(database, "SELECT * FROM failures ORDER BY position LIMIT 1");
  if (!first.executeStep()) return "";
  std::string point;
  for (int column = 1; std::string(first.getColumnName(column)) != "status"; ++column) {
    const std::string value = first.getColumn(column).getString();
    point += (point.empty() ? "" : ", ") + std::string(first.getColumnName(column)) + "=" + value;
  }
  return point + ": " + first.getColumn("error").getString();
}

/// What a sweep leaves is one file: no log beside it, and nothing that readers would have to write.
SweepDatabase::~SweepDatabase() {
  try {
    SQLite::Database(file_, SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception&) {  // somebody reads it: the log stays beside it
  }
  ::close(lock_);
}

}  // namespace lacuna
