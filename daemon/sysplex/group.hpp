// The stacks of the sysplex as this one knows them: who is there, what they define, and how to
// reach them.
#pragma once

#include "cf/connector.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/sysplex/definitions.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "daemon/sysplex/roles.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <vector>

namespace tcpplexd {

/// Whoever acts on changes of the group.
class group_listener {
  public:
    virtual ~group_listener() = default;
    /// Definitions or members are different now.
    virtual void group_changed() = 0;
    /// Its process is proven dead or it has left; its definitions stay until another stack has its
    /// DVIPAs.
    virtual void member_gone(stack::member_id who) = 0;
    /// There is a (new) link to a member: what was sent over an older one may be lost.
    virtual void member_reached(stack::member_id who) = 0;
    /// A stack asks for a port of a block, or answers: see recall.
    virtual void recall_received(stack::member_id from, std::string_view text) = 0;
    /// A new owner asks for what there is, or is told that this was all: see ownership.
    virtual void settle_received(stack::member_id from, std::string_view text) = 0;
    /// How many connections a target can take: see target_reports.
    virtual void report_received(stack::member_id from, std::string_view text) = 0;
    /// The facility's change counter has moved.
    virtual void facility_changed() = 0;
};

/// Watches the facility for joins, leaves and deaths, keeps an XCF link to each member and
/// exchanges definitions over it. Ports of the dead are recovered by whoever sees it.
class group : public mesh_listener {
  public:
    group(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
          mesh& links, group_listener& listener, member_definitions own);

    /// This stack first.
    std::vector<group_member> const& members() const { return members_; }
    stack::member_id self() const { return members_.front().id; }
    /// All others that run.
    std::vector<stack::member_id> others() const;
    /// True if every member that runs has told what it defines.
    bool complete() const;
    /// Names of the members that have not.
    std::vector<std::string> silent() const;
    /// Tells all members, if it is other than before.
    void publish(member_definitions own);
    /// Reads who owns the DVIPAs of all definitions, but of those in `but`, which nobody is shown
    /// to own. Returns whether that has changed.
    bool read_owners(std::set<stack::address> const& but = {});
    /// This stack acts as the owner of `dvipa`, or does not any more. The facility's record is to
    /// say the same: before the first, and after the second.
    void owns(stack::address const& dvipa, bool whether);

    bool is_member(stack::member_id peer, std::string_view name) override;
    void on_link_up(stack::member_id peer) override;
    void on_control(stack::member_id from, control_kind kind, std::string_view text) override;

    void stop() { timer_.cancel(); }

  private:
    std::set<stack::address> defined_dvipas() const;
    void watch();
    void look();
    void joined(cf::member const& who);
    void gone(cf::member const& who, std::string_view how);
    void recover(cf::member const& who);
    bool is_listed(cf::member const& who) const;
    group_member* find(stack::member_id id);

    boost::asio::steady_timer timer_;
    cf::connector& facility_;
    facility_thread& worker_;
    mesh& links_;
    group_listener& listener_;
    std::vector<group_member> members_;
    std::vector<stack::member_id> heard_;  ///< members whose definitions have arrived
    std::vector<cf::member> unrecovered_;  ///< failed, and recovering them was refused
    std::uint64_t changes_ = 0;
};

}  // namespace tcpplexd
