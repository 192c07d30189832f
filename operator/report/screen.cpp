// Headers, case and trailers of the front ends.
#include "operator/report/screen.hpp"

#include "operator/report/columns.hpp"

#include <algorithm>

namespace operators {

namespace {

// The release whose screens are imitated, where scripts expect one.
constexpr std::string_view release = "CS V2R5";

std::string unix_header(document_heading const& heading) {
    std::string name = heading.stack;
    name.resize(std::max<std::size_t>(name.size(), 16), ' ');
    return "MVS TCP/IP NETSTAT " + std::string(release) + "       TCPIP Name: " + name +
           heading.time_of_day();
}

std::string console_header(screen const& body, document_heading const& heading) {
    std::string const id = body.shape == layout::long_lines ? "EZD0101I" : "EZZ2500I";
    return id + " NETSTAT " + std::string(release) + " " + heading.stack;
}

std::string counted(screen const& body) {
    return std::to_string(body.shown) + " OF " + std::to_string(body.total) +
           " RECORDS DISPLAYED\n";
}

std::string lines_of(screen const& body, front_end form) {
    std::string text;
    for (auto const& line : body.lines) {
        if (form == front_end::unix_shell) text += line.text + "\n";
        if (form == front_end::console && !line.rule) text += upper_case(line.text) + "\n";
    }
    return text;
}

}  // namespace

std::string netstat_text(screen const& body, document_heading const& heading, front_end form) {
    if (form == front_end::unix_shell) return unix_header(heading) + "\n" + lines_of(body, form);
    return console_header(body, heading) + "\n" + lines_of(body, form) +
           (body.counted ? counted(body) : "") + "END OF THE REPORT\n";
}

std::string display_text(screen const& body, front_end form) {
    bool const trailer = form == front_end::console && body.counted;
    return lines_of(body, form) + (trailer ? counted(body) : "");
}

}  // namespace operators
