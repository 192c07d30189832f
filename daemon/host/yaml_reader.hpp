// Strict reading of YAML nodes: every key known and once, every value of the type asked for, every
// error with its place.
#pragma once

#include "daemon/host/host_settings.hpp"

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// Reads nodes and collects what is wrong with them.
class yaml_reader {
  public:
    explicit yaml_reader(std::vector<settings_error>& errors) : errors_(errors) {}

    /// Calls `visit` for each pair of the mapping `node`, keys as text. Anything but a mapping, a
    /// key that is no text or a key that came before is an error. `what` names the mapping in
    /// messages, "'interfaces'".
    using visitor = std::function<void(YAML::Node const& key, YAML::Node const& value)>;
    void each(YAML::Node const& node, std::string_view what, visitor const& visit);

    /// Calls `visit` for each pair of `node` whose key is in `known`; another key is an error with
    /// a suggestion.
    void each_known(YAML::Node const& node, std::string_view what,
                    std::span<std::string_view const> known, visitor const& visit);

    /// A scalar that is not empty; `expected` completes "expected ...".
    std::optional<std::string> text(YAML::Node const& node, std::string_view what,
                                    std::string_view expected);

    /// A decimal number from `least` to `most`.
    std::optional<std::uint32_t> number(YAML::Node const& node, std::string_view what,
                                        std::uint32_t least, std::uint32_t most);

    /// An absolute path of at most `longest` bytes. `into` stays as it is if it is none.
    void path(std::string_view what, YAML::Node const& node, std::size_t longest,
              std::string& into);

    /// Reports `message` at the place of `node`.
    void error(YAML::Node const& node, std::string message) {
        error(node.Mark(), std::move(message));
    }
    void error(YAML::Mark const& mark, std::string message);

  private:
    std::vector<settings_error>& errors_;
};

/// The number that the whole of `text` spells in decimal, if it is in the range.
std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t least,
                                          std::uint32_t most);

}  // namespace tcpplexd
