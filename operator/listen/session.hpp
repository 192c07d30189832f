// One accepted connection of a server.
#pragma once

#include "app/descriptor.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace operators {

/// A file to answer with; header and contents.
struct served_file {
    app::descriptor file;
    std::uint64_t size = 0;
    std::string header;
};

/// Driven by readiness; never waits.
class session {
  public:
    session() = default;
    session(session const&) = delete;
    session& operator=(session const&) = delete;
    virtual ~session() = default;

    /// Does what can be done now and returns the epoll events to wait for; 0: over, in order or
    /// not.
    virtual std::uint32_t advance() = 0;
    virtual int native() const = 0;
};

/// Returns every byte, then the peer's FIN.
std::unique_ptr<session> make_echo_session(app::descriptor stream);
/// Waits for a request that ends in an empty line, sends header and file, then FIN. The file must
/// outlive it.
std::unique_ptr<session> make_file_session(app::descriptor stream, served_file const& file);

}  // namespace operators
