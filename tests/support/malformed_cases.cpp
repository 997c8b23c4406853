// SPDX-License-Identifier: Apache-2.0
#include "tests/support/malformed_cases.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <stdexcept>

namespace lacuna {
namespace {

/// Words of a command line; single or double quotes keep spaces and each other together.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> words;
  char quote = 0;
  bool inside = false;
  for (const char c : line) {
    if (quote == 0 && (c == '\'' || c == '"')) {
      if (!inside) words.emplace_back();
      quote = c;
      inside = true;
    } else if (c == quote) {
      quote = 0;
    } else if (quote == 0 && c == ' ') {
      inside = false;
    } else {
      if (!inside) words.emplace_back();
      inside = true;
      words.back() += c;
    }
  }
  return words;
}

std::string bytes_of_hex(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c != ' ' && c != '\n') digits += c;
  }
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

void finish_file(MalformedCase& malformed, bool hex) {
  if (malformed.files.empty()) return;
  std::string& content = malformed.files.back().second;
  if (hex) content = bytes_of_hex(content);
}

std::vector<MalformedCase> read_file(const std::filesystem::path& path) {
  std::vector<MalformedCase> cases;
  std::ifstream stream(path);
  bool in_file = false;
  bool hex = false;
  for (std::string line; std::getline(stream, line);) {
    const std::string mark = line.substr(0, 2);
    const std::string rest = line.size() > 2 ? line.substr(mark == "==" ? 3 : 2) : "";
    const bool is_mark = mark == "==" || mark == "> " || mark == "$ " || mark == "! ";
    if (is_mark && in_file) {
      finish_file(cases.back(), hex);
      in_file = hex = false;
    }
    if (mark == "==") {
      cases.push_back({path.filename().string() + ": " + rest, {}, {}, ""});
    } else if (cases.empty()) {
      if (!line.empty() && line[0] != '#') throw std::runtime_error(path.string() + ": text before the first case");
    } else if (mark == "> ") {
      hex = rest.size() > 4 && rest.substr(rest.size() - 4) == " hex";
      cases.back().files.emplace_back(hex ? rest.substr(0, rest.size() - 4) : rest, "");
      in_file = true;
    } else if (mark == "$ ") {
      cases.back().words = split(rest);
    } else if (mark == "! ") {
      cases.back().message += (cases.back().message.empty() ? "" : "\n") + rest;
    } else if (in_file) {
      cases.back().files.back().second += line + "\n";
    } else if (!line.empty()) {
      throw std::runtime_error(path.string() + ": a line that belongs to nothing: " + line);
    }
  }
  return cases;
}

}  // namespace

std::vector<MalformedCase> read_cases(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".cases") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<MalformedCase> all;
  for (const auto& path : paths) {
    for (MalformedCase& malformed : read_file(path)) all.push_back(std::move(malformed));
  }
  return all;
}

void PrintTo(const MalformedCase& malformed, std::ostream* out) { *out << malformed.place; }

}  // namespace lacuna
