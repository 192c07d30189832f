// Opening the file that a server answers with.
#include "operator/listen/server.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace operators {

app::result<served_file> open_served(listen_options const& options) {
    served_file result;
    if (options.serve_file.empty()) return result;
    result.file.reset(::open(options.serve_file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (!result.file || ::fstat(result.file.get(), &about) != 0)
        return app::system_error(errno, options.serve_file);
    if (!S_ISREG(about.st_mode))
        return app::error{EINVAL, options.serve_file + " is not a regular file"};
    result.size = static_cast<std::uint64_t>(about.st_size);
    if (options.http)
        result.header =
            "HTTP/1.0 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " +
            std::to_string(result.size) + "\r\nConnection: close\r\n\r\n";
    return result;
}

}  // namespace operators
