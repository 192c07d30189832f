#include "daemon/host/yaml_reader.hpp"

#include "parser/suggestion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace tcpplexd {
namespace {

std::string_view kind_of(YAML::Node const& node) {
    switch (node.Type()) {
        case YAML::NodeType::Map:
            return "a mapping";
        case YAML::NodeType::Sequence:
            return "a list";
        case YAML::NodeType::Scalar:
            return "a single value";
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            break;
    }
    return "nothing";
}

}  // namespace

std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t least,
                                          std::uint32_t most) {
    std::uint32_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value < least || value > most) return std::nullopt;
    return value;
}

void yaml_reader::path(std::string_view what, YAML::Node const& node, std::size_t longest,
                       std::string& into) {
    auto written = text(node, what, "an absolute path");
    if (!written) return;
    if (written->front() != '/' || written->find('\0') != std::string::npos)
        return error(node,
                     fmt::format("{}: expected an absolute path, found '{}'", what, *written));
    if (written->size() > longest)
        return error(node, fmt::format("{}: the path has {} bytes; at most {} are possible", what,
                                       written->size(), longest));
    into = std::move(*written);
}

void yaml_reader::error(YAML::Mark const& mark, std::string message) {
    bool const placed = mark.line >= 0 && mark.column >= 0;
    errors_.push_back({placed ? static_cast<std::size_t>(mark.line) + 1 : 1,
                       placed ? static_cast<std::size_t>(mark.column) + 1 : 1, std::move(message)});
}

void yaml_reader::each(YAML::Node const& node, std::string_view what, visitor const& visit) {
    if (!node.IsMap())
        return error(node, fmt::format("{}: expected a mapping (key: value), found {}", what,
                                       kind_of(node)));
    std::map<std::string, YAML::Mark> seen;
    for (auto const& pair : node) {
        if (!pair.first.IsScalar()) {
            error(pair.first,
                  fmt::format("{}: expected a name as key, found {}", what, kind_of(pair.first)));
            continue;
        }
        std::string const& name = pair.first.Scalar();
        auto const [first, fresh] = seen.try_emplace(name, pair.first.Mark());
        if (!fresh)
            error(pair.first, fmt::format("{}: key '{}' again; it stands in line {} already", what,
                                          name, first->second.line + 1));
        else if (pair.second.IsNull())
            error(pair.first,
                  fmt::format("{}: key '{}' has no value; give it one or remove it", what, name));
        else
            visit(pair.first, pair.second);
    }
}

void yaml_reader::each_known(YAML::Node const& node, std::string_view what,
                             std::span<std::string_view const> known, visitor const& visit) {
    each(node, what, [&](YAML::Node const& key, YAML::Node const& value) {
        std::string const& name = key.Scalar();
        if (std::find(known.begin(), known.end(), name) != known.end()) return visit(key, value);
        std::string message = fmt::format("{}: unknown key '{}'; ", what, name);
        auto const meant = parser::nearest_word(name, known);
        message += meant.empty() ? fmt::format("expected {}", fmt::join(known, ", "))
                                 : fmt::format("did you mean '{}'?", meant);
        error(key, std::move(message));
    });
}

std::optional<std::string> yaml_reader::text(YAML::Node const& node, std::string_view what,
                                             std::string_view expected) {
    if (node.IsScalar() && !node.Scalar().empty()) return node.Scalar();
    error(node, fmt::format("{}: expected {}, found {}", what, expected,
                            node.IsScalar() ? "an empty text" : kind_of(node)));
    return std::nullopt;
}

std::optional<std::uint32_t> yaml_reader::number(YAML::Node const& node, std::string_view what,
                                                 std::uint32_t least, std::uint32_t most) {
    std::string const expected = fmt::format("a number from {} to {}", least, most);
    auto const written = text(node, what, expected);
    if (!written) return std::nullopt;
    auto const value = parse_number(*written, least, most);
    if (!value) error(node, fmt::format("{}: expected {}, found '{}'", what, expected, *written));
    return value;
}

}  // namespace tcpplexd
