// The two ends of the Unix stream socket pair that a connection is handed out through.
#pragma once

#include "app/descriptor.hpp"
#include "app/error.hpp"
#include "daemon/application/stream.hpp"

namespace tcpplexd {

/// One end for the daemon, one for the application.
struct handover {
    app::descriptor ours;
    app::descriptor theirs;
    application_end identity;
};

/// EMFILE when this process has no descriptors left.
app::result<handover> make_handover(pid_t application);

}  // namespace tcpplexd
