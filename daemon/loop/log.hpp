// Messages to the operator, on standard error (and so in the journal).
#pragma once

#include <string_view>

namespace tcpplexd {

enum class severity { debug, info, warning, error };

/// One line: the severity and the text. Ordered, from any thread.
void log_message(severity level, std::string_view text);

/// Messages below `level` are dropped from here on.
void set_log_level(severity level);

}  // namespace tcpplexd
