// One run of apply(): the configuration being made, and what there is to say about it.
#pragma once

#include "parser/apply/lookup.hpp"
#include "parser/configuration.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace parser {

/// An error, as far as it decides what else is left out.
struct fault {
    span where;
    std::string message_id;  ///< of z/OS, or empty
};

/// The list that the HOMEs of the file write anew.
struct home_list {
    std::map<std::string, interface_configuration> before;  ///< by link
    std::size_t place = 0;                                  ///< of its first link, in `next`
    std::optional<std::string> last_virtual;                ///< link so far
};

class application {
  public:
    /// `complete`: what the statements do not define is not defined.
    application(configuration const& before, source_text const& source, bool complete, phase at)
        : running(before),
          next(before),
          find(next),
          when(at),
          source_(source),
          complete_(complete) {}
    application(application const&) = delete;
    application& operator=(application const&) = delete;

    configuration const& running;
    configuration next;
    lookup find;  ///< in `next`
    phase const when;

    std::optional<home_list> home;
    bool sources_begun = false;  ///< an SRCIP block has replaced the entries
    bool routes_begun = false;   ///< a BEGINROUTES block has replaced the routes
    /// A route of the file.
    struct route_place {
        std::size_t route;  ///< place in next.routes
        span where;
    };
    std::vector<route_place> route_places;
    std::set<ip_address>
        defined_here;  ///< by VIPADEFINE or VIPABACKUP, without VIPADELETE after it
    std::map<ip_address, bool> sharing_here;  ///< DVIPAs with SYSPLEXPORTS (true) or NOSYSPLEXPORTS
    unsigned misspelt = 0;  ///< names of interfaces that a suggestion was looked for

    void error(span where, std::string text, std::string suggestion, std::string message_id = {});
    /// An error because nothing defines what the statement needs. Not said of an incomplete
    /// profile: the definition may be the statement that had an error.
    void missing(span where, std::string text, std::string suggestion);
    void warning(span where, std::string text, std::string suggestion, std::string message_id = {});

    /// Places of entries of lists that are left out, see is_left_out().
    std::set<std::uint32_t> left_out;
    bool is_left_out(span entry) const {
        return !left_out.empty() && left_out.contains(entry.begin);
    }

    bool keeps_faults = false;
    /// Whether there are so many errors that none is said any more, nor are any wanted.
    bool has_enough_errors() const;
    /// The errors so far, in the order in which they were found, if they are to be kept.
    std::vector<fault> const& faults() const { return faults_; }

    apply_result take() && { return {std::move(next), std::move(diagnostics_), complete_}; }

  private:
    void report(severity level, span where, std::string text, std::string suggestion,
                std::string message_id);

    source_text const& source_;
    bool const complete_;
    std::vector<diagnostic> diagnostics_;
    std::vector<fault> faults_;
    std::size_t errors_ = 0;
    std::size_t warnings_ = 0;
};

// One overload a statement, in the file named after it.
void carry_out(application& run, interface_statement const& wanted);
void carry_out(application& run, device_statement const& wanted);
void carry_out(application& run, link_statement const& wanted);
void carry_out(application& run, home_statement const& wanted);
void carry_out(application& run, link_network_statement const& wanted);
void carry_out(application& run, start_statement const& wanted);
void carry_out(application& run, stop_statement const& wanted);
void carry_out(application& run, begin_routes_statement const& wanted);
void carry_out(application& run, route_statement const& wanted);
void carry_out(application& run, ipconfig_statement const& wanted, span where);
void carry_out(application& run, ipconfig6_statement const& wanted, span where);
void carry_out(application& run, tcpconfig_statement const& wanted);
void carry_out(application& run, udpconfig_statement const& wanted);
void carry_out(application& run, somaxconn_statement const& wanted);
void carry_out(application& run, port_statement const& wanted);
void carry_out(application& run, unreserved_statement const& wanted);
void carry_out(application& run, portrange_statement const& wanted);
void carry_out(application& run, srcip_statement const& wanted, span where);
void carry_out(application& run, srcip_job_statement const& wanted);
void carry_out(application& run, srcip_destination_statement const& wanted);
void carry_out(application& run, globalconfig_statement const& wanted, span where);
void carry_out(application& run, primaryinterface_statement const& wanted);
void carry_out(application& run, vipadefine_statement const& wanted);
void carry_out(application& run, vipabackup_statement const& wanted);
void carry_out(application& run, vipadelete_statement const& wanted);
void carry_out(application& run, vipadistribute_statement const& wanted);
void carry_out(application& run, viparange_statement const& wanted);
void carry_out(application& run, viparoute_statement const& wanted);

/// TCPSTACKSOURCEVIPA stays off without SOURCEVIPA; `where` is the last IPCONFIG.
void settle_source_vipa(application& run, span where);

/// IPCONFIG6 TCPSTACKSOURCEVIPA the same; and it names an interface or a DVIPA's.
void settle_source_vipa6(application& run, span where);

/// Says which port ranges leave nothing to choose from, or take ports from distributed servers;
/// `where` is the last PORTRANGE.
void settle_ports(application& run, span where);

/// Says what z/OS would need for SRCIP entries that changed; `where` is the SRCIP.
void settle_sources(application& run, span where);

/// Refuses routes of the file that are there already.
void settle_routes(application& run);

/// Takes away what referred to links that HOME leaves out; refuses addresses that are no host's
/// with the mask of BSDROUTINGPARMS. `where` is the last HOME.
void settle_home(application& run, span where);
/// START or STOP of a DEVICE; false if none has this name.
bool start_device(application& run, spanned_name const& name, bool start);

/// The first and the last address of a network are not a host's, unless it has no others (RFC
/// 3021). Of IPv6 it is the first alone (RFC 4291 2.6.1), and RFC 6164 as RFC 3021.
bool is_in_the_middle(ip_address const& host, std::uint8_t length);

/// Whether an interface may have the address, in a network of `length` bits; says so if not.
bool accept_home_address(application& run, spanned_address const& host, std::uint8_t length);

/// Whether `vipa` is a VIRTUAL interface of the family of `of`, as SOURCEVIPAINTERFACE needs; says
/// so if not.
bool accept_source_vipa(application& run, spanned_name const& vipa, ip_address const& of);

/// What to write instead of `name`, which is no interface; empty if none has such a name, and after
/// the first few that were looked for: each goes through all names there are.
std::string near_interface(application& run, std::string const& name);

/// Unicast, and neither loopback, unspecified nor of one link alone.
bool is_host_address(ip_address const& address);

/// Refuses forms of sharing that the coupling facility does not have yet, and SYSPLEXPORTS beside
/// NOSYSPLEXPORTS. Returns whether the keyword may be used. `dvipas` are those it is about.
bool accept_sharing(application& run, sharing_keyword const& keyword,
                    std::vector<spanned_address> const& dvipas);
/// Carries out the keyword on a definition of `dvipa`: NOSYSPLEXPORTS switches off all its
/// definitions.
void set_sharing(application& run, dvipa_configuration& dvipa,
                 std::optional<port_sharing>& definition, sharing_keyword const& keyword);

}  // namespace parser
