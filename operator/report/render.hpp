// From a daemon's document to what stands on the screen.
#pragma once

#include "app/error.hpp"
#include "operator/report/reports.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace operators {

/// How a document is to be shown.
struct rendering {
    bool json = false;  ///< as it is, indented
    front_end form = front_end::unix_shell;
    wanted_layout wanted = {};
};

/// Errors: EPROTO for a document of an unknown schema or without a member the report needs (named);
/// EINVAL with EZZ2383I for FORMAT SHORT when an IPv6 address occurs.
app::result<std::string> render(boost::json::object const& document, rendering const& how);

/// JSON with two blanks of indentation a level, members in the order the daemon gave them; ends in
/// a newline.
std::string indented(boost::json::value const& value);

}  // namespace operators
