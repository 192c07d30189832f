// From the text of an OBEYFILE to the configuration it makes of the running one.
#pragma once

#include "app/message/request.hpp"
#include "daemon/host/host_settings.hpp"
#include "parser/configuration.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tcpplexd {

struct obeyed_text {
    std::vector<std::string> messages;  ///< what there is to say about the text
    bool has_errors = false;
    std::optional<parser::configuration> next;  ///< none: nothing is to be changed
};

/// Parses the files asked for, which may be none, and carries out their statements, unless the
/// syntax alone is to be checked. Pure.
obeyed_text obey(app::obeyfile_request const& asked, host_settings const& host,
                 parser::configuration const& running);

}  // namespace tcpplexd
