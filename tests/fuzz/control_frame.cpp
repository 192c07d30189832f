// Fuzz target: bytes from a control socket, through frames, to requests and replies.
#include "app/channel.hpp"
#include "app/message/reply.hpp"
#include "app/message/request.hpp"

#include <cstdlib>

#include <sys/socket.h>

namespace {

// What is accepted must survive being written and read again.
void check(std::string const& body) {
    if (auto const asked = app::parse_request(body); asked.has_value()) {
        auto const again = app::parse_request(app::to_json(*asked));
        if (again.has_error() || app::to_json(*again) != app::to_json(*asked)) std::abort();
    }
    auto const raw = app::parse_reply(body);
    if (raw.has_error()) return;
    for (app::request_body const& asked :
         {app::request_body(app::connect_request{}), app::request_body(app::bind_request{}),
          app::request_body(app::listen_request{}), app::request_body(app::datagram_request{}),
          app::request_body(app::display_request{}), app::request_body(app::obeyfile_request{}),
          app::request_body(app::ping_request{})})
        (void)app::interpret(*raw, asked);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    int ends[2];
    if (size > 100'000 || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return 0;
    app::descriptor writer(ends[0]);
    app::channel reader(app::descriptor(ends[1]), 1 << 16);
    if (::send(writer.get(), data, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) return 0;
    writer.reset();
    std::vector<app::frame> frames;
    for (;;) {
        auto const state = reader.on_readable(frames);
        for (auto const& received : frames)
            check(received.body);
        frames.clear();
        if (state.has_error() || *state != app::channel::reading::more) return 0;
    }
}
