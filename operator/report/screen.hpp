// A rendered report before it gets its front end's header, case and trailer.
#pragma once

#include "operator/report/document.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace operators {

/// Which of z/OS's front ends a screen looks like.
enum class front_end {
    unix_shell,  ///< mixed case, rule lines, no trailer (TSO and z/OS UNIX)
    console      ///< upper case, message ids, no rule lines, a trailer
};

/// SHORT is for IPv4 alone; LONG has room for IPv6 addresses, each on a line of its own.
enum class layout { short_lines, long_lines };

struct screen {
    struct line {
        std::string text;
        bool rule = false;  ///< dashes below a heading
    };
    std::vector<line> lines;
    std::size_t shown = 0;  ///< records displayed
    std::size_t total = 0;  ///< records there are
    layout shape = layout::short_lines;
    bool counted = true;  ///< the console's trailer says `n OF m RECORDS DISPLAYED`

    void put(std::string text) { lines.push_back({std::move(text)}); }
    void rule(std::string text) { lines.push_back({std::move(text), true}); }
};

/// A netstat screen: header, lines and trailer, ending in a newline.
std::string netstat_text(screen const& body, document_heading const& heading, front_end form);
/// The same without a header: answers to other DISPLAY commands begin with their own message.
std::string display_text(screen const& body, front_end form);

}  // namespace operators
