// SPDX-License-Identifier: Apache-2.0
// The schema of a section is what its loader reads. The test knows neither: it breaks sound documents in every place
// that the schema has, and compares what the loader says is allowed there.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "hw/base/error.hpp"
#include "sim/config/experiment.hpp"
#include "sim/config/field_loader.hpp"
#include "sim/energy/accelergy_map.hpp"
#include "sim/schema/schema_walk.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Load = void (*)(const JsonView&);

struct Section {
  std::string schema;
  std::vector<std::string> folders;  ///< of the sound documents
  Load load;
};

void PrintTo(const Section& section, std::ostream* out) { *out << section.schema; }

const Section kSections[] = {
    {"chip",
     {"configs/chips"},
     [](const JsonView& view) {
       ChipConfig chip;
       load_fields(view, chip);
     }},
    {"network", {"workloads/networks"}, [](const JsonView& view) { load_network(view); }},
    {"precision", {"configs/precision"}, [](const JsonView& view) { load_precision(view); }},
    {"energy", {"configs/energy"}, [](const JsonView& view) { load_price_table(view); }},
    {"accelergy_map", {"tests/data/accelergy"}, [](const JsonView& view) { load_accelergy_map(view); }},
    {"mapping", {"configs/mappings", "tests/data/mappings"}, [](const JsonView& view) { load_mapping(view); }},
    {"stimulus", {"workloads/stimuli"}, [](const JsonView& view) { load_stimulus(view); }},
};

/// Places where what is allowed depends on the rest of the document, which no schema can say.
bool depends_on_the_rest(const std::string& pointer) {
  const std::string key = pointer.substr(pointer.rfind('/') + 1);
  if (pointer.find("/zero_share_targets/") != std::string::npos && key == "layer") return true;  // a name of a layer
  return key.rfind("low_", 0) == 0 || key.rfind("high_", 0) == 0 || pointer.find("/valid_for/") != std::string::npos;
}

std::set<std::string> words_of(const std::string& list) {
  std::set<std::string> words;
  std::istringstream stream(list);
  for (std::string word; std::getline(stream, word, ',');) words.insert(word.substr(word.find_first_not_of(' ')));
  return words;
}

class Agreement {
 public:
  Agreement(const Section& section, Json sound) : section_(section), sound_(std::move(sound)) {
    EXPECT_EQ(refusal(sound_), "") << "the document is not sound";
  }

  void visit(const SchemaPlace& place, const Json& value) {
    if (value.is_object() && place.form->contains("oneOf")) check_kinds(place, value);
    const std::vector<SchemaPlace> members = members_of(place, &value);
    if (value.is_object()) check_keys(place, members);
    for (const SchemaPlace& member : members) {
      const Json::json_pointer pointer(member.pointer);
      check_type(member);
      check_holding(member);
      if (value.is_object() && sound_.contains(pointer)) check_missing(place, member, value);
      if (sound_.contains(pointer) && (sound_[pointer].is_object() || sound_[pointer].is_array())) {
        visit(member, sound_[pointer]);
      }
    }
  }

 private:
  /// What the loader says of a document; "" for nothing.
  std::string refusal(const Json& document) const {
    try {
      section_.load(JsonDocument(document, "file").view());
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

  std::string refusal_with(const std::string& pointer, const Json& value) const {
    Json broken = sound_;
    broken[Json::json_pointer(pointer)] = value;
    return refusal(broken);
  }

  static std::string allowed_of(const std::string& message) {
    const std::size_t found = message.find("; allowed ");
    if (found == std::string::npos) return "";
    const std::string rest = message.substr(found + 10);
    return rest.substr(0, rest.find("; did you mean"));
  }

  /// The keys of an object are those of its form, or of all forms that it might have.
  void check_keys(const SchemaPlace& place, const std::vector<SchemaPlace>& members) const {
    if (!place.form->contains("oneOf") && !place.form->contains("properties")) return;
    if (place.form->value("additionalProperties", Schema()).is_object()) return;  // names are free
    std::set<std::string> own;
    for (const SchemaPlace& member : members) own.insert(Json::json_pointer(member.pointer).back());
    std::set<std::string> any = own;
    for (const SchemaPlace& member : members_of(place, nullptr)) any.insert(Json::json_pointer(member.pointer).back());
    const std::string message = refusal_with(place.pointer + "/no-such-key", 1);
    const std::set<std::string> allowed = words_of(allowed_of(message));
    EXPECT_TRUE(allowed == own || allowed == any) << place.pointer << ": " << message;
  }

  /// The constant that tells forms from each other is one of what the loader knows.
  void check_kinds(const SchemaPlace& place, const Json& value) const {
    for (const auto& [key, ignored] : value.items()) {
      std::set<std::string> kinds;
      for (const SchemaPlace& member : members_of(place, nullptr)) {
        if (Json::json_pointer(member.pointer).back() == key && member.form->contains("const")) {
          kinds.insert((*member.form)["const"].get<std::string>());
        }
      }
      if (kinds.empty()) continue;
      const std::string message = refusal_with(place.pointer + pointer_step(key), Json::object());
      EXPECT_EQ(words_of(allowed_of(message)), kinds) << message;
    }
  }

  void check_type(const SchemaPlace& member) const {
    if (member.form->contains("const") || depends_on_the_rest(member.pointer)) return;
    const Schema& form = *member.form;
    const bool list = form.contains("items");
    const bool single = is_leaf(form) && !list;
    const std::string message = refusal_with(member.pointer, single ? Json::object() : Json(3));
    EXPECT_EQ(allowed_of(message), single ? allowed_text(form) : list ? "an array" : "an object") << message;
    EXPECT_NE(message.find(member.pointer + ": "), std::string::npos) << message;
  }

  /// A value that cannot be meant for a place is refused there, and the one that stands there is none such.
  void check_holding(const SchemaPlace& member) const {
    const Json::json_pointer pointer(member.pointer);
    EXPECT_TRUE(!sound_.contains(pointer) || may_hold(*member.form, sound_[pointer])) << member.pointer;
    for (const Json& value : {Json(1.5), Json("text")}) {
      if (may_hold(*member.form, value)) continue;
      EXPECT_NE(refusal_with(member.pointer, value), "") << member.pointer << " takes " << value;
      return;
    }
  }

  /// What the schema requires is asked for, and nothing else is.
  void check_missing(const SchemaPlace& place, const SchemaPlace& member, const Json& value) const {
    const std::string key = Json::json_pointer(member.pointer).back();
    const Schema* form = place.form;
    Json broken = sound_;
    broken[Json::json_pointer(place.pointer)].erase(key);
    if (form->contains("oneOf")) {
      for (const Schema& one : (*form)["oneOf"]) {
        if (one.contains("properties") && one["properties"].contains(key) && &one["properties"][key] == member.form) {
          form = &one;
        }
      }
    }
    if (!form->contains("properties")) return;
    const std::vector<std::string> required = form->value("required", std::vector<std::string>());
    const bool must = std::find(required.begin(), required.end(), key) != required.end();
    const std::string message = refusal(broken);
    const bool asked = message.find("missing key '" + key + "'") != std::string::npos;
    // Where a key tells one form from another, the form without it is another form: a key too many there.
    const bool other_form = place.form->contains("oneOf") && !message.empty();
    EXPECT_TRUE(must == asked || (must && other_form)) << member.pointer << ": " << message << value.size();
  }

  const Section& section_;
  Json sound_;
};

Json read(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return Json::parse(stream);
}

class LoaderAgreement : public ::testing::TestWithParam<Section> {};

TEST_P(LoaderAgreement, HoldsInEveryPlaceOfEverySoundDocument) {
  const Schema schema = schema_of(GetParam().schema);
  int documents = 0;
  for (const std::string& folder : GetParam().folders) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(LACUNA_SOURCE_DIR "/") + folder)) {
      if (entry.path().extension() != ".json") continue;
      const Json sound = read(entry.path());
      SCOPED_TRACE(entry.path().string());
      Agreement(GetParam(), sound).visit(places_at(schema, nullptr, "").at(0), sound);
      ++documents;
    }
  }
  EXPECT_GT(documents, 0);
}

INSTANTIATE_TEST_SUITE_P(Sections, LoaderAgreement, ::testing::ValuesIn(kSections),
                         [](const auto& section) { return section.param.schema; });

TEST(LoaderAgreement, HoldsForTheSectionRun) {
  const Schema experiment = schema_of("experiment");
  const SchemaPlace run = places_at(experiment, nullptr, "/run").at(0);
  RunConfig config;
  const JsonDocument document(Json{{"no-such-key", 1}}, "file");
  std::string message;
  try {
    load_fields(document.view(), config, {"mapping", "stimulus"});
  } catch (const Error& error) {
    message = error.what();
  }
  std::string keys;
  for (const SchemaPlace& member : members_of(run, nullptr)) {
    keys += (keys.empty() ? "" : ", ") + Json::json_pointer(member.pointer).back();
  }
  EXPECT_NE(message.find("allowed " + keys), std::string::npos) << message << "\n" << keys;
}

}  // namespace
}  // namespace lacuna
