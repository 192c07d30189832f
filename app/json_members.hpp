// Strict reading of a JSON object: every member is asked for by name and type, the rest is refused.
#pragma once

#include "app/error.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Takes members out of an object. The first fault is kept and named by its path
/// ("connect.remote.port is not a port number"); later calls then return empty values, so a caller
/// reads everything and asks finish() once.
class json_members {
  public:
    enum class unknown { refused, ignored };

    /// `path` names the object in messages. The object must outlive the reader. Where unknown
    /// members are ignored (in documents, which may grow) null counts as missing.
    json_members(boost::json::object const& object, std::string path,
                 unknown others = unknown::refused);

    std::string text(std::string_view name);
    std::string text_or_empty(std::string_view name);
    std::uint64_t number(std::string_view name, std::uint64_t highest);
    std::optional<std::uint64_t> optional_number(std::string_view name, std::uint64_t highest);
    bool flag(std::string_view name);
    boost::json::object const& object(std::string_view name);
    boost::json::object const* optional_object(std::string_view name);
    boost::json::array const& array(std::string_view name);
    boost::json::array const* optional_array(std::string_view name);
    std::vector<std::string> texts_or_empty(std::string_view name);

    bool has(std::string_view name) const;
    unknown others() const { return others_; }
    std::string path_of(std::string_view name) const;
    void fault(std::string text);
    /// Takes over the first fault of a reader of a nested object.
    void include(json_members const& nested);
    /// The first fault, or the name of a member nobody asked for; EPROTO.
    result<void> finish() const;

  private:
    boost::json::value const* take(std::string_view name);
    boost::json::value const* take_required(std::string_view name);
    std::optional<std::string> first_fault() const;

    boost::json::object const& object_;
    std::string path_;
    unknown others_;
    std::vector<std::string_view> taken_;
    std::optional<std::string> fault_;
};

/// Text to JSON object, or EPROTO. Depth is limited by Boost.JSON (32 levels).
result<boost::json::object> parse_object(std::string_view text);

}  // namespace app
