// A running stack: all its parts, and the configuration they run on.
#pragma once

#include "daemon/application/control_server.hpp"
#include "daemon/application/operations.hpp"
#include "daemon/change/changes.hpp"
#include "daemon/device/device_set.hpp"
#include "daemon/device/link_watch.hpp"
#include "daemon/host/host_settings.hpp"
#include "daemon/loop/random_source.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/node/fencing.hpp"
#include "daemon/node/further_shard.hpp"
#include "daemon/node/stall_guard.hpp"
#include "daemon/node/world.hpp"
#include "daemon/service/misc_datagrams.hpp"
#include "daemon/service/misc_server.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/group.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "daemon/sysplex/ownership.hpp"
#include "daemon/sysplex/port_bridge.hpp"
#include "daemon/sysplex/problem_detection.hpp"
#include "daemon/sysplex/recall.hpp"
#include "daemon/sysplex/sharing.hpp"
#include "daemon/sysplex/stack_ports.hpp"
#include "daemon/sysplex/standing_check.hpp"
#include "daemon/sysplex/starting_over.hpp"
#include "daemon/sysplex/target_reports.hpp"
#include "parser/configuration.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace tcpplexd {

/// What a node is made of before it can exist: opened by main, so that what is wrong stops the
/// start with a message.
struct node_parts {
    host_settings host;
    std::vector<uid_t> operators;
    tcpplexd::resources resources;
    parser::configuration configuration;
    std::string configured_by;            ///< where it is from, for the history
    std::deque<kept_configuration> kept;  ///< history::read()
    std::unique_ptr<cf::connector> facility;
    std::unique_ptr<mesh> links;
    kernel_network kernel;
};

/// Milliseconds of the Unix epoch: what dvipa_definition::since counts in.
std::int64_t now_in_ms();

/// One thread runs the first shard and everything but what waits for the facility; further shards
/// have threads of their own. Order of destruction matters: parts are declared before those that
/// use them.
class node : public operations,
             public group_listener,
             public ownership_listener,
             public fencing_listener {
  public:
    node(boost::asio::io_context& io, node_parts parts);
    ~node() override;

    /// Meets the group, takes the devices into use and switches on sharing where the profile says
    /// so; `done` with an empty text when all of the stack is in service, else with what stops the
    /// start.
    void start(std::function<void(std::string const& problem)> done);

    /// `end` is called, from the loop, when the other stacks have declared this one dead.
    void on_declared_dead(std::function<void()> end) { end_ = std::move(end); }

    /// Resets all connections: the end is orderly for the peers too.
    void stop();

    // ---- operations ----
    boost::json::object display(std::string_view report, display_filter const& filter) override;
    changes& configuration_changes() override { return changes_; }
    void vary_sysplex(app::sysplex_request const& asked,
                      std::function<void(vary_outcome)> done) override;
    app::alive identity() const override;
    std::vector<uid_t> const& operators() const override { return operators_; }
    std::string guarded_from(caller const& who, wanted_name const& wanted) override;
    void activate(stack::address const& host, std::function<void()> then) override;
    std::vector<shard_loop*> const& shards() override { return loops_; }
    std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                        stack::error_code why) override;

    // ---- group_listener ----
    void group_changed() override;
    void member_gone(stack::member_id who) override;
    void member_reached(stack::member_id who) override;
    void recall_received(stack::member_id from, std::string_view text) override {
        recall_.on_message(from, text);
    }
    void settle_received(stack::member_id from, std::string_view text) override {
        ownership_.on_message(from, text);
    }
    void report_received(stack::member_id from, std::string_view text) override {
        reports_.on_message(from, text);
    }
    void facility_changed() override {
        sharing_.refresh();
        ownership_.facility_changed();
    }

    // ---- ownership_listener ----
    bool uses(stack::address const& dvipa) const override;
    void ownership_changed() override;
    void tell_all(stack::address const& dvipa, std::function<void()> told) override;

    // ---- fencing_listener ----
    void fence() override;
    void take_part_again() override;
    void declared_dead() override;

    // ---- the operator's ----
    /// With an empty text when it is done, else with the reason why not.
    using operation_done = std::function<void(std::string const& problem)>;
    /// SYSPLEX,LEAVEGROUP: gives all DVIPAs up, to backups where there are any; what the profile
    /// says of them is kept.
    void leave_group(operation_done done);
    /// SYSPLEX,JOINGROUP: what was kept is in effect again.
    void join_group(operation_done done);
    /// SYSPLEX,DEACTIVATE: as if its VIPADEFINE or VIPABACKUP were not there, but that its
    /// connections go on where another stack owns it then.
    void deactivate(stack::address const& dvipa, operation_done done);
    void reactivate(stack::address const& dvipa, operation_done done);

    // ---- for changes ----
    host_settings const& host() const { return host_; }
    parser::configuration const& configuration() const { return configuration_; }
    device_set& devices() { return devices_; }
    sharing& ports() { return sharing_; }
    shard_loop& loop() { return loop_; }
    /// What `from` asks the facility for, of a DVIPA or of stack::explicit_bind_pool; nothing if it
    /// does not share its ports.
    std::optional<cf::sharing_request> sharing_wanted(stack::address const& dvipa,
                                                      parser::configuration const& from) const;
    /// Every DVIPA this stack defines, those made by bind in a VIPARANGE included.
    std::vector<stack::address> defined_dvipas() const;
    /// The settings that `from` means in the group as it is.
    stack::settings settings_for(parser::configuration const& from) const;
    /// What in `from` another stack of the group has already, or this one can't have; empty if
    /// nothing.
    std::string conflict(parser::configuration const& from) const;
    /// Runs on `next` from here on, and tells the others. Returns what the kernel refused.
    std::vector<std::string> adopt(parser::configuration next, device_set::prepared added);
    /// `done` when the DVIPAs that adopt() has brought or taken are here or given up, with what the
    /// kernel refused then.
    void when_dvipas_settled(std::function<void(std::vector<std::string>)> done);
    /// The stack as displays see it, during the call.
    void with_subject(std::function<void(display_subject const&)> const& look) const;

  private:
    std::vector<shard_loop*> make_further_shards();
    void configure_shards();
    void reconfigure();
    std::vector<stack::address> all_dvipas() const;
    void guard_dvipas();
    void enter_service(std::function<void(std::string const&)> const& done);
    void serve(std::function<void(std::string const&)> const& done);
    void switch_on_all(std::function<void()> done);
    void switch_on_next(std::shared_ptr<std::vector<stack::address>> left,
                        std::function<void()> done);
    void retry_sharing(std::string const& problem);
    void note_activations(stack::settings const& now);
    member_definitions own_definitions(parser::configuration const& from) const;
    /// The group as it is once the others know of `from`.
    std::vector<group_member> members_with(parser::configuration const& from) const;
    void note_resources();
    void note_definitions();
    void note_explicit_bind();
    void hear_explicit_bind();
    stack::explicit_bind_settings explicit_bind(parser::configuration const& from) const;
    void report_vipa_routes();
    void note_owners();
    void publish();
    void watch_uses();
    void drop_unused();
    void when_owned(stack::address const& dvipa, std::function<void()> then);
    bool is_awaited(stack::address const& dvipa) const;
    bool has_moving() const;
    sysplex_health health() const;
    bool has_memory() const;
    void monitor();
    void watch_links();
    void guard_against_stalls();
    std::vector<std::string> change_part();
    void when_done(operation_done done);
    std::set<std::uint16_t> servers_named(app::sysplex_request const& asked) const;
    vary_outcome quiesce(app::sysplex_request const& asked);
    void create_vipa(stack::address const& dvipa, std::function<void(vary_outcome)> done);
    void delete_vipa(stack::address const& dvipa, std::function<void(vary_outcome)> done);
    std::string why_not_operable(stack::address const& dvipa) const;

    boost::asio::io_context& io_;
    host_settings host_;
    std::vector<uid_t> operators_;
    tcpplexd::resources resources_;
    std::set<std::string> unnamed_resources_;  ///< that the operator has been told of
    parser::configuration configuration_;
    std::string configured_by_;
    std::unique_ptr<cf::connector> facility_;
    facility_thread worker_;
    random_source random_;
    std::vector<stack::tun::fence> fences_;  ///< by shard, on whose thread it is used
    world world_;
    port_bridge bridge_;
    stack::placement place_;
    stack_ports held_ports_;
    stack::shard core_;
    shard_loop loop_;
    std::unique_ptr<post_office> office_;  ///< if there are further shards
    std::unique_ptr<mail_reader> mail_;
    std::vector<std::unique_ptr<further_shard>> further_;
    std::vector<shard_loop*> loops_;  ///< of all shards, by number
    kernel_network kernel_;
    device_set devices_;
    std::unique_ptr<mesh> links_;
    recall recall_;
    sharing sharing_;
    standing_check standing_check_;
    target_reports reports_;
    misc_server services_;
    misc_datagrams datagrams_;
    boost::asio::steady_timer sharing_retry_;
    boost::asio::steady_timer use_watch_;
    bool watching_uses_ = false;
    std::vector<dvipa_definition> made_in_range_;  ///< DVIPAs that came to life in a VIPARANGE
    std::set<stack::address> created_;  ///< of these, those that an operator made: they stay unused
    std::map<stack::address, std::int64_t> defined_since_;       ///< as dvipa_definition::since
    std::map<stack::address, dvipa_definition> of_last_owners_;  ///< of what this is a backup of
    std::set<stack::address> deactivated_;
    latest_bind_range bind_range_;
    /// What this stack's configuration says of it, and how often that has been specified.
    std::optional<std::pair<parser::port_range, std::uint32_t>> explicit_bind_named_;
    bool joined_ = true;
    stack::quiesced_servers quiesced_;
    ownership ownership_;
    /// Who waits until this stack owns a DVIPA that another has to pass to it.
    struct owner_waiter {
        stack::address dvipa;
        std::function<void()> then;
        std::shared_ptr<boost::asio::steady_timer> patience;
    };
    std::vector<owner_waiter> owner_waiters_;
    problem_detection detection_;
    boost::asio::steady_timer monitor_timer_;
    std::unique_ptr<link_watch> link_watch_;
    std::unique_ptr<stall_guard> stall_guard_;  ///< while the loops are to run
    std::vector<std::string> problems_;  ///< what the kernel refused since they were asked for
    std::unique_ptr<group> group_;
    std::unique_ptr<control_server> control_;
    std::shared_ptr<stack::settings const> settings_;
    std::map<stack::address, std::int64_t> active_since_;
    std::set<stack::address> unrouted_;  ///< of VIPAROUTE, reported
    std::function<void()> end_;
    starting_over starting_over_;
    fencing fencing_;
    bool in_service_ = false;
    changes changes_;
};

}  // namespace tcpplexd
