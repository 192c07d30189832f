// Copies between a connection and the command's own input and output, both ways at once: netcat.
#pragma once

#include "app/descriptor.hpp"
#include "app/error.hpp"

namespace operators {

/// `input` goes to `stream`, and its end as a half close (FIN); what `stream` brings goes to
/// `output`. Returns when the peer has closed, after sending what of `input` can be read without
/// waiting: a file is sent whole, and a terminal or an idle pipe keeps nobody waiting. Errors:
/// ECONNRESET and others of the connection, EPIPE if `output` is closed.
app::result<void> pump(app::descriptor const& stream, int input, int output);

}  // namespace operators
