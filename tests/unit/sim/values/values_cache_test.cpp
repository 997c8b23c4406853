// SPDX-License-Identifier: Apache-2.0
#include "sim/values/values_cache.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <numeric>

#include "hw/base/arithmetic.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

const std::string kKey(64, 'a');
const std::string kOther(64, 'b');

/// Three lists of different types, one of them empty.
CacheWriter three_lists() {
  static std::vector<StoredWord> words(1000);
  std::iota(words.begin(), words.end(), StoredWord{-500});
  static const double ratio = 41.5;
  CacheWriter writer;
  writer.add(Span<const StoredWord>(words));
  writer.add(Span<const Word>());
  writer.add(Span<const double>(&ratio, 1));
  return writer;
}

void expect_three_lists(std::optional<CacheReader> reader) {
  ASSERT_TRUE(reader);
  const Span<const StoredWord> words = reader->next<StoredWord>();
  ASSERT_EQ(words.size(), 1000u);
  EXPECT_EQ(words[0], -500);
  EXPECT_EQ(words[999], 499);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(words.data()) % 64, 0u);
  EXPECT_TRUE(reader->next<Word>().empty());
  EXPECT_EQ(reader->next<double>()[0], 41.5);
}

TEST(ValuesCache, GivesBackTheListsThatWerePutToEveryProcess) {
  const ScratchFolder folder;
  ValuesCache writer(folder.path("new/cache"));
  EXPECT_FALSE(writer.find(kKey));
  expect_three_lists(writer.put(kKey, three_lists()));
  ValuesCache reader(folder.path("new/cache"));  // another process opens the files anew
  expect_three_lists(reader.find(kKey));
  expect_three_lists(reader.find(kKey));  // a reader starts at the first list each time
  EXPECT_FALSE(reader.find(kOther));
}

TEST(ValuesCache, RefusesToReadAListAsAnotherType) {
  const ScratchFolder folder;
  ValuesCache cache(folder.path());
  std::optional<CacheReader> reader = cache.put(kKey, three_lists());
  ASSERT_TRUE(reader);
  EXPECT_THROW(reader->next<double>(), std::logic_error);
}

TEST(ValuesCache, DoesNotTrustAFileWithAnyBitFlippedOrAnyByteMissing) {
  const ScratchFolder folder;
  ValuesCache(folder.path()).put(kKey, three_lists());
  const std::string whole = bytes_of(folder.path(kKey));
  for (std::size_t byte = 0; byte < whole.size(); byte += byte < 200 ? 1 : 37) {
    std::string damaged = whole;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    folder.write(kKey, damaged);
    EXPECT_FALSE(ValuesCache(folder.path()).find(kKey)) << "byte " << byte;
    folder.write(kKey, whole.substr(0, byte));
    EXPECT_FALSE(ValuesCache(folder.path()).find(kKey)) << "cut at byte " << byte;
  }
  folder.write(kKey, whole + '\0');
  EXPECT_FALSE(ValuesCache(folder.path()).find(kKey)) << "a byte too many";
  folder.write(kOther, whole);
  EXPECT_FALSE(ValuesCache(folder.path()).find(kOther)) << "under another key";
  ValuesCache mended(folder.path());
  expect_three_lists(mended.put(kKey, three_lists()));
}

TEST(ValuesCache, LeavesNothingBehindWhereItCannotWrite) {
  ValuesCache nowhere("/proc/lacuna");
  EXPECT_FALSE(nowhere.put(kKey, three_lists()));
  const ScratchFolder folder;
  std::filesystem::create_directory(folder.path(kKey));  // the name is taken
  ValuesCache taken(folder.path());
  EXPECT_FALSE(taken.put(kKey, three_lists()));
  EXPECT_EQ(names_below(folder.path()), std::vector<std::string>{});
}

TEST(ValuesCache, RemovesWhatWasNotUsedForTheLongestTime) {
  using namespace std::chrono_literals;
  const ScratchFolder folder;
  const std::int64_t size = 128 + 64 + 2048 + 64 + 64 + 64;  // two headers' worth, then a header before each list
  ValuesCache cache(folder.path(), 2 * size + size / 8);     // no third one, and what is taken on trust
  const auto age = [&folder](const std::string& key, std::chrono::hours hours) {
    std::filesystem::last_write_time(folder.path(key), std::filesystem::file_time_type::clock::now() - hours);
  };
  const std::string third(64, 'c');
  cache.put(kKey, three_lists());
  age(kKey, 2h);
  cache.put(kOther, three_lists());
  age(kOther, 3h);
  ValuesCache(folder.path()).find(kOther);  // used now
  // What is not the cache's own is neither counted nor removed, however old and large.
  for (const std::string name : {"thesis.iso", "deadbeef"}) {
    folder.write(name, std::string(100000, 'x'));
    age(name, 1000h);
  }
  cache.put(third, three_lists());
  EXPECT_EQ(names_below(folder.path()), (std::vector<std::string>{kOther, third, "deadbeef", "thesis.iso"}));
}

TEST(ValuesCache, LiesWhereTheUserWantsIt) {
  const ScopedVariable home("HOME", "/somewhere");
  const ScopedVariable caches("XDG_CACHE_HOME", "");
  {
    const ScopedVariable given("LACUNA_CACHE", "here");
    EXPECT_EQ(ValuesCache::default_folder(), "here");
  }
  {
    const ScopedVariable given("LACUNA_CACHE", "off");
    EXPECT_EQ(ValuesCache::default_folder(), "");
  }
  const ScopedVariable given("LACUNA_CACHE", "");
  EXPECT_EQ(ValuesCache::default_folder(), "/somewhere/.cache/lacuna");
  const ScopedVariable other("XDG_CACHE_HOME", "/caches");
  EXPECT_EQ(ValuesCache::default_folder(), "/caches/lacuna");
}

}  // namespace
}  // namespace lacuna
