// Reading the JSON documents that a daemon answers a display with.
#pragma once

#include "app/json_members.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace operators {

/// What every document says about itself.
struct document_heading {
    std::string schema;  ///< "tcpplex/conn/1"
    std::string stack;
    std::string system;
    std::string time;  ///< RFC 3339

    std::string time_of_day() const;  ///< hh:mm:ss of `time`
};

/// A z/OS socket: `addr..port`.
struct socket_name {
    std::string address;
    std::uint16_t port = 0;

    std::string text() const { return address + ".." + std::to_string(port); }
};

/// A document's members; the first fault is kept (app::json_members), unknown members are ignored.
app::json_members open_document(boost::json::object const& document);
document_heading take_heading(app::json_members& document);
socket_name take_socket(app::json_members& members, std::string_view name);
std::uint64_t take_count(app::json_members& members, std::string_view name);
/// A prefix length, 0 to 128.
std::optional<unsigned> take_length(app::json_members& members, std::string_view name);

/// Reads each object of the list `name` with `read`.
template <typename Read>
auto take_list(app::json_members& document, std::string_view name, Read read) {
    std::vector<decltype(read(document))> list;
    auto const* const array = document.optional_array(name);
    if (array == nullptr) {
        document.fault(document.path_of(name) + " is missing");
        return list;
    }
    for (auto const& value : *array) {
        std::string const path = document.path_of(name) + "[" + std::to_string(list.size()) + "]";
        auto const* const object = value.if_object();
        if (object == nullptr) {
            document.fault(path + " is not an object");
            return list;
        }
        app::json_members item(*object, path, app::json_members::unknown::ignored);
        list.push_back(read(item));
        document.include(item);
    }
    return list;
}

/// How many records there are when `shown` of them are in the document: its `total` if it was cut.
std::size_t take_total(app::json_members& document, std::size_t shown);

bool is_ipv6(std::string_view address);
/// "255.255.255.240" for 28.
std::string dotted_mask(unsigned length);
/// The date and time of an RFC 3339 text as z/OS writes it: "11/17/2024 14:56:23".
std::string zos_time(std::string_view rfc3339);

}  // namespace operators
