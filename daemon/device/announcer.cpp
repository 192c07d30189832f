#include "daemon/device/announcer.hpp"

#include "daemon/loop/log.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace tcpplexd {
namespace {

/// A DVIPA is announced at once and after each of these: a message may be lost, or come before a
/// switch forwards (RFC 5227 3 and RFC 4861 7.2.6 want two and up to three of them).
constexpr std::array<std::chrono::milliseconds, 2> again_after{std::chrono::milliseconds(100),
                                                               std::chrono::milliseconds(1000)};

}  // namespace

announcer::announcer(boost::asio::io_context& io, std::vector<std::string> const& links,
                     stack::tun::fence const& fence)
    : io_(io) {
    for (auto const& each : links)
        links_.emplace_back(io, each, fence);
}

std::vector<std::string> announcer::own(std::set<stack::address> const& dvipas) {
    std::vector<std::string> problems;
    if (links_.empty()) return problems;
    for (auto& link : links_)
        for (auto& problem : link.answer_for(dvipas))
            problems.push_back(std::move(problem));
    std::erase_if(owned_, [&](auto const& each) { return !dvipas.contains(each.first); });
    for (auto const& each : dvipas) {
        auto const [place, is_new] = owned_.try_emplace(each);
        if (!is_new) continue;
        place->second = std::make_shared<boost::asio::steady_timer>(io_);
        announce(each, 0);
    }
    return problems;
}

std::vector<std::string> announcer::came_up(std::string const& link) {
    bool const is_ours = std::any_of(links_.begin(), links_.end(),
                                     [&](auto const& each) { return each.name() == link; });
    if (!is_ours) return {};
    std::set<stack::address> all;
    for (auto const& [dvipa, timer] : std::exchange(owned_, {}))
        all.insert(dvipa);
    return own(all);
}

void announcer::announce(stack::address const& dvipa, std::size_t times_before) {
    for (auto& link : links_)
        if (auto const sent = link.announce(dvipa); !sent)
            log_message(severity::warning, sent.error().message);
    if (times_before == again_after.size()) return;
    auto const& timer = owned_.at(dvipa);
    timer->expires_after(again_after[times_before]);
    timer->async_wait(
        [this, dvipa, times_before, still = std::weak_ptr(timer)](boost::system::error_code error) {
            if (!error && !still.expired()) announce(dvipa, times_before + 1);
        });
}

}  // namespace tcpplexd
