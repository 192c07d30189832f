#include "parser/source/file_uri.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/grammar/lut_chars.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace parser {

namespace {

/// No colon: the first part of a relative reference with one would be a scheme.
constexpr auto kept = boost::urls::unreserved_chars + '/';

}  // namespace

std::string to_file_uri(std::string_view name) {
    return (name.starts_with('/') ? "file://" : "") + boost::urls::encode(name, kept);
}

std::optional<std::string> from_file_uri(std::string_view uri) {
    auto const parsed = boost::urls::parse_uri(uri);
    if (!parsed || parsed->scheme_id() != boost::urls::scheme::file) return std::nullopt;
    std::string path = parsed->path();
    if (!path.starts_with('/')) return std::nullopt;
    return path;
}

}  // namespace parser
