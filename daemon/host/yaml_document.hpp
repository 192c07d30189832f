// A text as the one YAML document that it should be.
#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>

namespace tcpplexd {

/// The only document of `text`; nothing if there is none (an empty text, or comments alone). Throws
/// YAML::ParserException with the place of what is wrong, a second document included.
std::optional<YAML::Node> yaml_document(std::string const& text);

}  // namespace tcpplexd
