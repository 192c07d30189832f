// The two ends of the Unix socket pair that a connection or a UDP socket is handed out through.
#pragma once

#include "app/descriptor.hpp"
#include "app/error.hpp"
#include "daemon/application/stream.hpp"

#include <sys/socket.h>

namespace tcpplexd {

/// One end for the daemon, one for the application.
struct handover {
    app::descriptor ours;
    app::descriptor theirs;
    application_end identity;
};

/// `type`: SOCK_STREAM, or SOCK_SEQPACKET for datagrams. EMFILE when this process has no
/// descriptors left.
app::result<handover> make_handover(pid_t application, int type = SOCK_STREAM);

}  // namespace tcpplexd
