// Reading the daemon's JSON documents.
#include "operator/report/document.hpp"

namespace operators {

std::string document_heading::time_of_day() const {
    auto const begin = time.find('T');
    return begin == std::string::npos ? std::string() : time.substr(begin + 1, 8);
}

app::json_members open_document(boost::json::object const& document) {
    return {document, "", app::json_members::unknown::ignored};
}

document_heading take_heading(app::json_members& document) {
    document_heading heading;
    heading.schema = document.text("schema");
    heading.stack = document.text("stack");
    heading.system = document.text("system");
    heading.time = document.text("time");
    return heading;
}

socket_name take_socket(app::json_members& members, std::string_view name) {
    app::json_members socket(members.object(name), members.path_of(name), members.others());
    socket_name result{socket.text("address"),
                       static_cast<std::uint16_t>(socket.number("port", 65535))};
    members.include(socket);
    return result;
}

std::uint64_t take_count(app::json_members& members, std::string_view name) {
    return members.number(name, std::uint64_t{1} << 53);
}

std::optional<unsigned> take_length(app::json_members& members, std::string_view name) {
    auto const length = members.optional_number(name, 128);
    if (!length) return std::nullopt;
    return static_cast<unsigned>(*length);
}

std::size_t take_total(app::json_members& document, std::size_t shown) {
    auto const total = document.optional_number("total", std::uint64_t{1} << 53);
    return total ? static_cast<std::size_t>(*total) : shown;
}

bool is_ipv6(std::string_view address) {
    return address.find(':') != std::string_view::npos;
}

std::string dotted_mask(unsigned length) {
    std::uint32_t const mask =
        length == 0 ? 0 : ~std::uint32_t{0} << (32 - (length > 32 ? 32 : length));
    std::string text;
    for (unsigned shift = 32; shift > 0; shift -= 8)
        text += (text.empty() ? "" : ".") + std::to_string(mask >> (shift - 8) & 0xff);
    return text;
}

std::string zos_time(std::string_view rfc3339) {
    if (rfc3339.size() < 19) return std::string(rfc3339);
    auto const part = [rfc3339](std::size_t at, std::size_t size) {
        return std::string(rfc3339.substr(at, size));
    };
    return part(5, 2) + "/" + part(8, 2) + "/" + part(0, 4) + " " + part(11, 8);
}

}  // namespace operators
