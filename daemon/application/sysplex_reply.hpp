// What an operator's change of the sysplex is answered with.
#pragma once

#include "app/message/reply.hpp"
#include "daemon/application/operations.hpp"

namespace tcpplexd {

/// A command has its echo before the messages, and EZZ0053I after them if it was carried out.
app::reply_body sysplex_reply(app::sysplex_request const& asked, vary_outcome outcome);

}  // namespace tcpplexd
