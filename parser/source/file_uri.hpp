// Names of files as the URIs that editors and code review systems know them by (RFC 8089).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parser {

/// `file:///...` for an absolute name; for another one a relative reference. What a URI can't hold
/// is percent-encoded.
std::string to_file_uri(std::string_view name);

/// The absolute name that a URI of the scheme `file` stands for; nothing for other URIs.
std::optional<std::string> from_file_uri(std::string_view uri);

}  // namespace parser
