// SPDX-License-Identifier: Apache-2.0
#include "sim/config/field_loader.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/config/field_echo.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

struct Disc : Described {
  double radius = 1.5;
  void describe(FieldVisitor& v) override { v.real(FieldInfo("radius", "radius", "mm").real_range(0.5, 10.0), radius); }
};

struct Square : Described {
  std::int64_t side = 2;
  void describe(FieldVisitor& v) override { v.integer(FieldInfo("side", "side", "mm").range(1, 9), side); }
};

class ShapeSlot : public PartSlot {
 public:
  std::vector<std::string> kinds() const override { return {"disc", "square"}; }
  std::string kind() const override { return kind_; }
  void select(const std::string& kind) override { kind_ = kind; }
  Described& part() override { return kind_ == "disc" ? static_cast<Described&>(disc) : square; }
  Disc disc;
  Square square;

 private:
  std::string kind_;
};

struct Plate : Described {
  std::string name;
  std::string finish = "matt";
  std::int64_t count = 1;
  bool heated = false;
  std::vector<std::string> marks;
  Square hole;
  ShapeSlot shape;
  void describe(FieldVisitor& v) override {
    v.text(FieldInfo("name", "name").must(), name);
    v.text(FieldInfo("finish", "surface").one_of({"matt", "bright"}), finish);
    v.integer(FieldInfo("count", "how many").range(1, 4), count);
    v.boolean(FieldInfo("heated", "whether it is heated"), heated);
    v.texts(FieldInfo("marks", "marks on it").one_of({"a", "b"}), marks);
    v.object(FieldInfo("hole", "the hole"), hole);
    v.part(FieldInfo("shape", "its shape").must(), shape);
  }
};

const char* const kPlate = R"({"name": "p", "finish": "bright", "count": 4, "heated": true, "marks": ["b", "a"],
                               "hole": {"side": 3}, "shape": {"kind": "disc", "radius": 10}})";

std::string load_error(const std::string& pointer, const std::string& value) {
  JsonDocument doc = JsonDocument::parse(kPlate, "plate.json");
  doc.set(pointer, nlohmann::json::parse(value), "--set " + pointer);
  return error_of([&] {
    Plate plate;
    load_fields(doc.view(), plate);
  });
}

TEST(FieldLoader, SetsEveryFieldThatIsGiven) {
  const JsonDocument doc = JsonDocument::parse(kPlate, "plate.json");
  Plate plate;
  load_fields(doc.view(), plate);
  EXPECT_EQ(plate.name, "p");
  EXPECT_EQ(plate.finish, "bright");
  EXPECT_EQ(plate.count, 4);
  EXPECT_TRUE(plate.heated);
  EXPECT_EQ(plate.marks, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(plate.hole.side, 3);
  EXPECT_EQ(plate.shape.kind(), "disc");
  EXPECT_EQ(plate.shape.disc.radius, 10.0);
}

TEST(FieldLoader, KeepsDefaultsOfFieldsThatAreNotGiven) {
  const JsonDocument doc = JsonDocument::parse(R"({"name": "p", "shape": {"kind": "square"}})", "plate.json");
  Plate plate;
  load_fields(doc.view(), plate);
  EXPECT_EQ(plate.finish, "matt");
  EXPECT_EQ(plate.count, 1);
  EXPECT_EQ(plate.hole.side, 2);
  EXPECT_EQ(plate.shape.square.side, 2);
}

TEST(FieldLoader, RefusesUnknownKeysAtEveryLevel) {
  EXPECT_EQ(
      load_error("/nam", "1"),
      "--set /nam: /nam: unknown key, found 'nam'; allowed name, finish, count, heated, marks, hole, shape; did you "
      "mean 'name'?");
  EXPECT_EQ(load_error("/hole/depth", "1"), "--set /hole/depth: /hole/depth: unknown key, found 'depth'; allowed side");
  EXPECT_EQ(load_error("/shape/side", "1"),
            "--set /shape/side: /shape/side: unknown key, found 'side'; allowed kind, radius");
}

TEST(FieldLoader, RefusesValuesThatTheFieldDoesNotAllow) {
  EXPECT_EQ(load_error("/count", "5"), "--set /count: /count: out of range, found 5; allowed an integer from 1 to 4");
  EXPECT_EQ(load_error("/count", "true"),
            "--set /count: /count: wrong type, found true; allowed an integer from 1 to 4");
  EXPECT_EQ(load_error("/finish", "\"mat\""),
            "--set /finish: /finish: unknown value, found \"mat\"; allowed matt, bright; did you mean 'matt'?");
  EXPECT_EQ(load_error("/marks", "[\"a\", \"c\"]"), "--set /marks: /marks/1: unknown value, found \"c\"; allowed a, b");
  EXPECT_EQ(load_error("/shape/radius", "0.25"),
            "--set /shape/radius: /shape/radius: out of range, found 0.25; allowed a number from 0.5 to 10.0");
  EXPECT_EQ(
      load_error("/shape/kind", "\"disk\""),
      "--set /shape/kind: /shape/kind: unknown value, found \"disk\"; allowed disc, square; did you mean 'disc'?");
}

TEST(FieldLoader, RefusesMissingRequiredFields) {
  EXPECT_EQ(load_error("", R"({"shape": {"kind": "disc"}})"), "--set : missing key 'name', found shape");
  EXPECT_EQ(load_error("/shape", "{}"), "--set /shape: /shape: missing key 'kind', found none");
}

TEST(FieldEcho, WritesWhatTheLoaderReadsBack) {
  const JsonDocument doc = JsonDocument::parse(kPlate, "plate.json");
  Plate plate;
  load_fields(doc.view(), plate);
  nlohmann::json expected = doc.json();
  expected["shape"]["radius"] = 10.0;
  EXPECT_EQ(echo_fields(plate).dump(), expected.dump());
}

TEST(FieldEcho, WritesDefaultsToo) {
  Plate plate;
  plate.shape.select("square");
  EXPECT_EQ(echo_fields(plate).dump(),
            R"({"count":1,"finish":"matt","heated":false,"hole":{"side":2},"marks":[],"name":"",)"
            R"("shape":{"kind":"square","side":2}})");
}

}  // namespace
}  // namespace lacuna
