#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace faceward::model {

/// Reads keys of one table, collects what is wrong under the table's name, and knows which keys
/// nobody asked for.
class TableReader {
  public:
    TableReader(const toml::table& table, std::string where, std::vector<std::string>& problems)
        : table_(table), where_(std::move(where)), problems_(problems) {}

    std::string text(std::string_view key, bool required = true) {
        const toml::node* node = take(key);
        const auto value = node ? node->value_exact<std::string>() : std::nullopt;
        if (node && !value) problem(key, "must be text");
        if (required && (!node || (value && value->empty()))) problem(key, "is missing or empty");
        return value.value_or("");
    }

    std::optional<double> number(std::string_view key) {
        const toml::node* node = take(key);
        if (!node) return std::nullopt;
        const auto value = node->value<double>();
        if (!value || !node->is_number() || !std::isfinite(*value))
            problem(key, "must be a number");
        return value;
    }

    double number_in(std::string_view key, double low, double high,
                     std::optional<double> otherwise) {
        const std::optional<double> value = number(key);
        if (!value && !otherwise) problem(key, "is missing");
        if (value && (*value < low || *value > high)) {
            std::ostringstream range;
            range << "is " << *value << ", must lie in " << low << "…" << high;
            problem(key, range.str());
        }
        return value.value_or(otherwise.value_or(low));
    }

    int whole(std::string_view key, int low, int high) {
        const toml::node* node = take(key);
        const auto value = node ? node->value_exact<std::int64_t>() : std::nullopt;
        if (!value || *value < low || *value > high) {
            problem(key, "must be a whole number in " + std::to_string(low) + "…" +
                             std::to_string(high));
            return low;
        }
        return static_cast<int>(*value);
    }

    bool flag(std::string_view key) {
        const toml::node* node = take(key);
        const auto value = node ? node->value_exact<bool>() : std::optional(false);
        if (!value) problem(key, "must be true or false");
        return value.value_or(false);
    }

    template <class T>
    std::optional<std::vector<T>> list(std::string_view key) {
        const toml::node* node = take(key);
        if (!node) return std::nullopt;
        std::vector<T> values;
        const toml::array* array = node->as_array();
        for (std::size_t i = 0; array && i < array->size(); ++i)
            if (const auto value = array->get(i)->value<T>()) values.push_back(*value);
        if (!array || values.size() != array->size() || values.empty())
            problem(key, "must be a list of values of one kind");
        return values;
    }

    template <class Word>
    std::optional<Word> word(std::string_view key,
                             const std::vector<std::pair<std::string, Word>>& choices) {
        const std::string value = text(key);
        const auto found = std::ranges::find_if(
            choices, [&](const auto& choice) { return choice.first == value; });
        if (found != choices.end()) return found->second;
        std::string known;
        for (const auto& choice : choices) known += (known.empty() ? "" : ", ") + choice.first;
        if (!value.empty()) problem(key, "is \"" + value + "\", known are " + known);
        return std::nullopt;
    }

    const toml::table* table(std::string_view key) {
        const toml::node* node = take(key);
        if (node && !node->is_table()) problem(key, "must be a table");
        return node ? node->as_table() : nullptr;
    }

    const toml::array* array(std::string_view key) {
        const toml::node* node = take(key);
        if (node && !node->is_array()) problem(key, "must be a list");
        return node ? node->as_array() : nullptr;
    }

    void problem(std::string_view key, const std::string& what) {
        problems_.push_back(where_ + ": " + std::string(key) + " " + what);
    }

    void refuse_unknown_keys() {
        for (const auto& [key, node] : table_)
            if (!asked_.contains(std::string(key.str()))) problem(key.str(), "is not known here");
    }

    const std::string& where() const { return where_; }
    std::vector<std::string>& problems() { return problems_; }

  private:
    const toml::node* take(std::string_view key) {
        asked_.emplace(key);
        return table_.get(key);
    }

    const toml::table& table_;
    std::string where_;
    std::vector<std::string>& problems_;
    std::set<std::string> asked_;
};

}  // namespace faceward::model
