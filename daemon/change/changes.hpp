// The commands that change a running stack's configuration, and the way back.
#pragma once

#include "app/message/reply.hpp"
#include "app/message/request.hpp"
#include "daemon/change/configuration_change.hpp"
#include "daemon/change/history.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tcpplexd {

class node;

/// One command at a time, as on z/OS. A change that has to be confirmed is in effect, but becomes
/// part of the history only when it is: a stack that ends before that starts without it.
class changes {
  public:
    using finished = std::function<void(app::reply_body)>;

    changes(boost::asio::io_context& loop, node& on, std::string directory,
            std::deque<kept_configuration> kept);

    /// Keeps what the stack begins with as the newest configuration, unless it is that already.
    void begin(std::string from, std::function<void(std::string const& problem)> done);

    /// `by` is the user who asks.
    void carry_out(app::obeyfile_request const& asked, std::string const& by, finished done);
    void carry_out(app::rollback_request const& asked, std::string const& by, finished done);
    void carry_out(app::confirm_request const& asked, std::string const& by, finished done);

    /// Members of the documents "history" and "config"; none if there is no configuration of that
    /// number.
    boost::json::object history_members() const;
    boost::json::object configuration_members(std::optional<std::uint64_t> number) const;

  private:
    class command;
    struct unconfirmed;

    bool refuse_busy(finished const& done, bool to_change);
    void run(std::shared_ptr<command> under_way, parser::configuration next,
             std::optional<kept_configuration> record, std::function<void()> then);
    void await_confirmation(std::chrono::seconds within, kept_configuration record,
                            parser::configuration before);
    void take_back_if_expired();
    static void announce(app::obeyfile_request const& asked, command& under_way);
    /// What `next` would change, as the answer.
    void tell_plan(command& under_way, parser::configuration const& next) const;
    void tell_difference(command& under_way, parser::configuration const& next) const;

    boost::asio::io_context& loop_;
    node& node_;
    history history_;
    std::shared_ptr<unconfirmed> unconfirmed_;
    std::chrono::microseconds longest_held_{};
    bool changing_ = false;
};

}  // namespace tcpplexd
