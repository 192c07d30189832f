// A daemon in the test's process: a control socket in a fresh directory, a thread, and a function
// that answers.
#pragma once

#include "app/channel.hpp"
#include "app/message/reply.hpp"
#include "app/message/request.hpp"

#include <functional>
#include <list>
#include <optional>
#include <string>
#include <thread>

namespace tests {

class fake_daemon {
  public:
    /// What the function does with one request: answer now, later (the reply is kept and sent after
    /// the next request's), or die.
    struct response {
        app::reply_body body = app::closed{};
        app::descriptor attached = {};
        bool later = false;
        bool die = false;
        std::string raw = {};  ///< sent as a frame's body instead of `body`
    };
    using handler = std::function<response(app::request const&)>;

    explicit fake_daemon(handler answer, std::string const& stack = "TCPIP1");
    ~fake_daemon();
    fake_daemon(fake_daemon const&) = delete;
    fake_daemon& operator=(fake_daemon const&) = delete;

    std::string const& directory() const { return directory_; }
    std::string const& path() const { return path_; }

  private:
    struct kept {
        std::uint64_t id;
        response what;
    };
    struct session {
        app::channel channel;
        std::list<kept> later;
    };
    void run();
    bool serve(session& with);
    bool answer(session& with, app::frame const& received);
    static void send(session& with, std::uint64_t id, response what);

    handler answer_;
    std::string directory_;
    std::string path_;
    app::descriptor listener_;
    app::descriptor stop_read_;
    app::descriptor stop_write_;
    std::jthread thread_;
};

}  // namespace tests
