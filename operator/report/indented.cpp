// JSON for people and line tools: one member a line.
#include "operator/report/render.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace operators {

namespace {

namespace json = boost::json;

void append(std::string& text, json::value const& value, std::size_t depth);

template <typename Container, typename Member>
void append_list(std::string& text, Container const& items, char open, char close,
                 std::size_t depth, Member member) {
    text += open;
    bool first = true;
    for (auto const& item : items) {
        text += first ? "\n" : ",\n";
        text.append((depth + 1) * 2, ' ');
        member(item);
        first = false;
    }
    if (!first) text.append("\n").append(depth * 2, ' ');
    text += close;
}

void append(std::string& text, json::value const& value, std::size_t depth) {
    if (auto const* const array = value.if_array())
        append_list(text, *array, '[', ']', depth,
                    [&](json::value const& item) { append(text, item, depth + 1); });
    else if (auto const* const object = value.if_object())
        append_list(text, *object, '{', '}', depth, [&](json::key_value_pair const& item) {
            text += json::serialize(json::string(item.key())) + ": ";
            append(text, item.value(), depth + 1);
        });
    else
        text += json::serialize(value);
}

}  // namespace

std::string indented(json::value const& value) {
    std::string text;
    append(text, value, 0);
    return text + "\n";
}

}  // namespace operators
