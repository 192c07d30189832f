// Makes an application's read fail with ECONNRESET instead of ending, as TCP does after a reset.
#pragma once

#include <sys/types.h>

namespace tcpplexd {

/// A Unix stream socket tells its peer ECONNRESET if it is closed with unread data in its own queue
/// (unix(7)). This puts one byte there through the application's own end, found by its inode among
/// the descriptors of `process`. False if it isn't there any more (inherited or passed on): the
/// application then sees an end of file.
bool leave_unread_byte(pid_t process, ino_t application_end);

}  // namespace tcpplexd
