// How a node comes into service: the group first, then devices and routes, then sharing, then
// applications.
#include "daemon/change/translate.hpp"
#include "daemon/device/kernel_side.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"
#include "stack/socket/port_source.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace tcpplexd {

namespace {

/// How long a stack that starts waits for the others to say what they define.
constexpr auto group_patience = std::chrono::seconds(2);
constexpr auto poll_interval = std::chrono::milliseconds(5);
constexpr auto sharing_retry_interval = std::chrono::seconds(5);

/// Waits on the loop until `ready()` or a deadline, then calls `then`.
template <class Ready, class Then>
void await(boost::asio::io_context& io, stack::instant deadline, Ready ready, Then then) {
    if (ready() || boot_time() >= deadline) return then();
    auto const timer = std::make_shared<boost::asio::steady_timer>(io, poll_interval);
    timer->async_wait([&io, timer, deadline, ready, then](boost::system::error_code error) {
        if (!error) await(io, deadline, ready, then);
    });
}

}  // namespace

void node::start(std::function<void(std::string const&)> done) {
    joined_ = configuration_.global.join;
    note_definitions();
    group_ = std::make_unique<group>(io_, *facility_, worker_, *links_, *this,
                                     own_definitions(configuration_));
    settings_ = std::make_shared<stack::settings const>(settings_for(parser::configuration{}));
    await(
        io_, boot_time() + group_patience, [this] { return group_->complete(); },
        [this, done = std::move(done)] {
            if (auto const silent = group_->silent(); !silent.empty())
                log_message(
                    severity::warning,
                    fmt::format("no word from {} within {} s; going on without its definitions",
                                fmt::join(silent, ", "), group_patience.count()));
            group_->read_owners();
            if (auto const problem = conflict(configuration_); !problem.empty())
                return done(problem);
            enter_service(done);
        });
}

void node::enter_service(std::function<void(std::string const&)> const& done) {
    auto const planned = settings_for(configuration_);
    if (auto const problems = obstacles(kernel_, host_, planned); !problems.empty())
        return done(fmt::format("{}", fmt::join(problems, "\n")));
    auto prepared = devices_.prepare(planned);
    if (!prepared) return done(prepared.error().message);
    in_service_ = true;
    if (auto const problems = adopt(configuration_, std::move(*prepared)); !problems.empty())
        return done(fmt::format("{}", fmt::join(problems, "\n")));
    sharing_.refresh();
    ownership_.start(*group_);
    when_dvipas_settled([this, done](std::vector<std::string> const& problems) {
        if (problems.empty()) return serve(done);
        done(fmt::format("{}", fmt::join(problems, "\n")));
    });
}

void node::serve(std::function<void(std::string const&)> const& done) {
    auto const listen = [this, done](std::string const& problem) {
        if (!problem.empty()) return done("the configuration can't be kept: " + problem);
        auto server = control_server::open(loop_, *this, host_.control);
        if (!server) return done(server.error().message);
        control_ = std::move(*server);
        standing_check_.start();
        monitor();
        watch_links();
        done({});
    };
    switch_on_all([this, listen] { changes_.begin(configured_by_, listen); });
}

void node::switch_on_all(std::function<void()> done) {
    auto left = std::make_shared<std::vector<stack::address>>();
    left->push_back(stack::explicit_bind_pool);
    for (auto const& each : configuration_.dvipas)
        left->push_back(to_stack(each.address));
    switch_on_next(std::move(left), std::move(done));
}

void node::switch_on_next(std::shared_ptr<std::vector<stack::address>> left,
                          std::function<void()> done) {
    if (left->empty()) return done();
    auto const address = left->back();
    left->pop_back();
    auto const wanted = sharing_wanted(address, configuration_);
    if (!wanted) return switch_on_next(std::move(left), std::move(done));
    sharing_.switch_on(address, *wanted,
                       [this, left, done = std::move(done)](std::string const& problem) mutable {
                           if (!problem.empty()) retry_sharing(problem);
                           switch_on_next(std::move(left), std::move(done));
                       });
}

void node::retry_sharing(std::string const& problem) {
    // Until then connections from the address are refused, not made uncoordinated.
    log_message(severity::error, problem);
    sharing_retry_.expires_after(sharing_retry_interval);
    sharing_retry_.async_wait([this](boost::system::error_code error) {
        if (!error) switch_on_all([] {});
    });
}

}  // namespace tcpplexd
