// Strict reading of a JSON object.
#include "app/json_members.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cerrno>

namespace app {

namespace json = boost::json;

json_members::json_members(json::object const& object, std::string path, unknown others)
    : object_(object), path_(std::move(path)), others_(others) {}

bool json_members::has(std::string_view name) const {
    auto const* const value = object_.if_contains(name);
    return value != nullptr && !(value->is_null() && others_ == unknown::ignored);
}

std::string json_members::path_of(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

void json_members::fault(std::string text) {
    if (!fault_) fault_ = std::move(text);
}

json::value const* json_members::take(std::string_view name) {
    taken_.push_back(name);
    return object_.if_contains(name);
}

json::value const* json_members::take_required(std::string_view name) {
    auto const* const value = take(name);
    if (value == nullptr) fault(path_of(name) + " is missing");
    return value;
}

std::string json_members::text(std::string_view name) {
    auto const* const value = take_required(name);
    if (value == nullptr) return {};
    if (auto const* const text = value->if_string()) return std::string(*text);
    fault(path_of(name) + " is not a string");
    return {};
}

std::string json_members::text_or_empty(std::string_view name) {
    return has(name) ? text(name) : std::string();
}

std::uint64_t json_members::number(std::string_view name, std::uint64_t highest) {
    auto const* const value = take_required(name);
    if (value == nullptr) return 0;
    json::error_code failure;
    auto const number = value->to_number<std::uint64_t>(failure);
    if (!value->is_double() && !failure && number <= highest) return number;
    fault(path_of(name) + " is not a whole number from 0 to " + std::to_string(highest));
    return 0;
}

std::optional<std::uint64_t> json_members::optional_number(std::string_view name,
                                                           std::uint64_t highest) {
    if (!has(name)) return std::nullopt;
    return number(name, highest);
}

bool json_members::flag(std::string_view name) {
    auto const* const value = take_required(name);
    if (value == nullptr) return false;
    if (auto const* const flag = value->if_bool()) return *flag;
    fault(path_of(name) + " is neither true nor false");
    return false;
}

json::object const* json_members::optional_object(std::string_view name) {
    auto const* const value = take(name);
    if (value == nullptr) return nullptr;
    if (!value->is_object()) fault(path_of(name) + " is not an object");
    return value->if_object();
}

json::object const& json_members::object(std::string_view name) {
    static json::object const empty;
    if (!has(name)) fault(path_of(name) + " is missing");
    auto const* const object = optional_object(name);
    return object != nullptr ? *object : empty;
}

json::array const* json_members::optional_array(std::string_view name) {
    auto const* const value = take(name);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) fault(path_of(name) + " is not an array");
    return value->if_array();
}

json::array const& json_members::array(std::string_view name) {
    static json::array const empty;
    if (!has(name)) fault(path_of(name) + " is missing");
    auto const* const array = optional_array(name);
    return array != nullptr ? *array : empty;
}

std::vector<std::string> json_members::texts_or_empty(std::string_view name) {
    std::vector<std::string> texts;
    auto const* const array = optional_array(name);
    if (array == nullptr) return texts;
    for (auto const& value : *array) {
        if (!value.is_string()) fault(path_of(name) + " holds something that is not a string");
        if (auto const* const text = value.if_string()) texts.emplace_back(*text);
    }
    return texts;
}

void json_members::include(json_members const& nested) {
    if (auto const inner = nested.first_fault()) fault(*inner);
}

std::optional<std::string> json_members::first_fault() const {
    if (fault_ || others_ == unknown::ignored) return fault_;
    for (auto const& member : object_)
        if (std::ranges::find(taken_, std::string_view(member.key())) == taken_.end())
            return path_of(member.key()) + " is not a member of this message";
    return std::nullopt;
}

result<void> json_members::finish() const {
    if (auto text = first_fault()) return error{EPROTO, std::move(*text)};
    return {};
}

result<json::object> parse_object(std::string_view text) {
    json::error_code failure;
    json::value parsed = json::parse(json::string_view(text.data(), text.size()), failure);
    if (failure) return error{EPROTO, "a message is not JSON: " + failure.message()};
    if (!parsed.is_object()) return error{EPROTO, "a message is not a JSON object"};
    return std::move(parsed.as_object());
}

}  // namespace app
