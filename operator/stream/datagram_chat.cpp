// One loop for both directions.
#include "operator/stream/datagram_chat.hpp"

#include "app/datagram.hpp"
#include "operator/stream/signals.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <vector>

#include <poll.h>
#include <unistd.h>

namespace operators {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::size_t longest_read = std::size_t{8} << 10;

class datagram_chat {
  public:
    datagram_chat(context const& with, app::datagrams const& socket, chat_rules const& rules)
        : with_(with), socket_(socket), rules_(rules), room_(app::longest_datagram) {
        if (connected()) to_.emplace();
        input_ended_ = rules.echo;
    }

    app::result<void> run() {
        while (!finished()) {
            std::array<pollfd, 3> watched{pollfd{signals_.native(), POLLIN, 0},
                                          pollfd{socket_.packets.get(), POLLIN, 0},
                                          pollfd{wanted_input(), POLLIN, 0}};
            if (::poll(watched.data(), watched.size(), wait_time()) < 0 && errno != EINTR)
                return app::system_error(errno, "poll");
            if (watched[0].revents != 0) return {};
            if (watched[1].revents != 0)
                if (auto const done = receive(); done.has_error()) return done.error();
            if (watched[2].revents != 0)
                if (auto const done = send_input(); done.has_error()) return done.error();
        }
        return {};
    }

  private:
    bool connected() const { return socket_.remote.port != 0; }
    /// A negative descriptor is not watched (poll(2)).
    int wanted_input() const { return to_ && !input_ended_ ? with_.input : -1; }

    bool finished() const {
        if (!input_ended_) return false;
        return (rules_.count && received_ >= *rules_.count) ||
               (rules_.quiet && clock::now() - last_ >= *rules_.quiet);
    }
    int wait_time() const {
        if (!input_ended_ || !rules_.quiet) return -1;
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(last_ + *rules_.quiet - clock::now());
        return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }

    app::result<void> receive() {
        auto const came = app::receive_datagram(socket_.packets.get(), room_);
        if (came.has_error()) return came.error();
        if (!*came) return app::error{ECONNRESET, "the daemon has ended"};
        auto const& header = (*came)->header;
        if (header.what == app::datagram_header::kind::error) return take_error(header);
        ++received_;
        last_ = clock::now();
        if (!connected()) {
            to_.emplace();
            to_->peer = header.peer;
            to_->port = header.port;
            to_->local = header.local;  // an answer comes from where the question went
        }
        auto const payload = std::span(room_).first((*came)->length);
        if (rules_.echo) return app::send_datagram(socket_.packets.get(), *to_, payload);
        if (write_text(with_.output,
                       {reinterpret_cast<char const*>(payload.data()), payload.size()}))
            return {};
        return app::error{EPIPE, "standard output is closed"};
    }

    app::result<void> take_error(app::datagram_header const& told) const {
        auto const why = app::system_error(told.error, app::peer_of(told).to_string());
        if (connected()) return why;
        fail(with_, app::error_name(why.code) + ": " + why.message);
        return {};
    }

    app::result<void> send_input() {
        auto const part = std::span(room_).first(longest_read);
        ssize_t const got = ::read(with_.input, part.data(), part.size());
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) return {};
        last_ = clock::now();
        input_ended_ = got <= 0;
        if (input_ended_) return {};
        return app::send_datagram(socket_.packets.get(), *to_,
                                  part.first(static_cast<std::size_t>(got)));
    }

    context const& with_;
    app::datagrams const& socket_;
    chat_rules const& rules_;
    end_signals signals_;
    std::vector<std::byte> room_;
    std::optional<app::datagram_header> to_;  ///< none: nobody has sent anything yet
    bool input_ended_ = false;
    std::size_t received_ = 0;
    clock::time_point last_ = clock::now();  ///< when something was read from either side
};

}  // namespace

app::result<void> chat(context const& with, app::datagrams const& socket, chat_rules const& rules) {
    return datagram_chat(with, socket, rules).run();
}

}  // namespace operators
