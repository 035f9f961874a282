#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace faceward::ops {

/// A setting's value, free of where it comes from and of where it is kept.
using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

struct Switch {};

/// Both ends included.
struct Whole {
    std::int64_t least;
    std::int64_t most;
};

/// Both ends included; not a number is outside.
struct Number {
    double least;
    double most;
};

struct Text {
    bool may_be_empty;
};

/// Text, perhaps empty, that no message and no listing of settings shows.
struct Secret {};

struct Choice {
    std::span<const std::string_view> words;
};

/// Any number of words, each not empty and without blanks, control characters or commas.
struct List {};

/// What a setting may be.
using Allowed = std::variant<Switch, Whole, Number, Text, Secret, Choice, List>;

/// "true or false", "a whole number from 0 to 65535", "fast or balanced" …: ends "must be".
std::string describe(const Allowed& allowed);

/// The value if it is of the right type and in range; a whole number passes for a number. Otherwise
/// nothing.
std::optional<Value> accept(const Allowed& allowed, const Value& value);

/// The same for text as variables and options carry it: "true", "false", decimal numbers without
/// blanks, the words of a list with commas between them.
std::optional<Value> accept_text(const Allowed& allowed, std::string_view text);

}  // namespace faceward::ops
