#include "daemon/sysplex/recall.hpp"

#include "daemon/loop/log.hpp"
#include "daemon/sysplex/port_bridge.hpp"

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

using clock = cf::steady_clock;

/// For this long a holder that did not answer is not asked for the same port again.
constexpr auto quiet_time = std::chrono::seconds(1);
/// For this long a refusal may have been due to it.
constexpr auto memory_time = std::chrono::seconds(5);

}  // namespace

recall::recall(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
               mesh& links)
    : timer_(io), facility_(facility), worker_(worker), links_(links) {}

void recall::ask(stack::address const& dvipa, std::uint16_t port,
                 std::vector<stack::member_id> const& holders, std::function<void(bool)> done) {
    auto const now = clock::now();
    bool const silent = std::any_of(expired_.begin(), expired_.end(), [&](expired const& each) {
        return each.dvipa == dvipa && each.port == port && now - each.when < quiet_time;
    });
    if (holders.empty() || silent) return done(false);
    ++counters_.asked;
    recall_request const request{++last_number_, dvipa, port};
    asking_.push_back({request, holders, std::move(done), false, now + patience});
    for (auto const& each : holders)
        links_.send_control(each, control_kind::recall, to_json(request));
    arm();
}

bool recall::has_timed_out(stack::address const& dvipa, std::uint16_t port) const {
    auto const now = clock::now();
    return std::any_of(expired_.begin(), expired_.end(), [&](expired const& each) {
        return each.dvipa == dvipa && each.port == port && now - each.when < memory_time;
    });
}

void recall::on_message(stack::member_id from, std::string_view text) {
    auto const message = recall_from_json(text);
    if (!message)
        return log_message(severity::error,
                           "a recall of another stack refused: " + message.error());
    if (auto const* request = std::get_if<recall_request>(&*message))
        answer(from, *request);
    else
        answered(from, std::get<recall_answer>(*message));
}

void recall::answer(stack::member_id asker, recall_request const& request) {
    worker_.run(
        [this, request] { return facility_.recall(facility_key(request.dvipa), request.port); },
        [this, asker, request](cf::result<cf::connector::recalled> const& outcome) {
            if (!outcome) return;  // what it owes the facility it may still hold: time runs out
            bool const gave = *outcome == cf::connector::recalled::given_back;
            if (gave) ++counters_.served;
            links_.send_control(asker, control_kind::recall,
                                to_json(recall_answer{request.number, gave}));
        });
}

void recall::answered(stack::member_id by, recall_answer const& what) {
    auto const found = std::find_if(asking_.begin(), asking_.end(), [&](asking const& each) {
        return each.what.number == what.number;
    });
    if (found == asking_.end()) return;  // too late
    std::erase(found->awaited, by);
    found->gave |= what.gave;
    if (!found->awaited.empty()) return;
    auto const finished = std::move(*found);
    asking_.erase(found);
    finished.done(finished.gave);
}

void recall::member_gone(stack::member_id who) {
    std::vector<std::uint32_t> waiting;
    for (auto const& each : asking_)
        waiting.push_back(each.what.number);
    for (auto number : waiting)
        answered(who, {number, false});
}

void recall::arm() {
    if (asking_.empty()) return;
    timer_.expires_at(asking_.front().deadline);
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error) expire();
    });
}

void recall::expire() {
    auto const now = clock::now();
    while (!expired_.empty() && now - expired_.front().when >= memory_time)
        expired_.pop_front();
    while (!asking_.empty() && asking_.front().deadline <= now) {
        auto const late = std::move(asking_.front());
        asking_.pop_front();
        ++counters_.timed_out;
        expired_.push_back({late.what.dvipa, late.what.port, now});
        late.done(late.gave);
    }
    arm();
}

}  // namespace tcpplexd
