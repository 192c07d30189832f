// What NETSTAT VIPADCFG shows, read from its document.
#pragma once

#include "operator/report/document.hpp"
#include "operator/report/screen.hpp"

namespace operators {

struct defined_dvipa {
    std::string interface;  ///< of IPv6; empty otherwise
    std::string address;
    std::optional<unsigned> length;
    std::string moveable;  ///< Immediate, WhenIdle; empty for a backup that takes it from the owner
    bool sysplex_ports = false;
    std::string form;         ///< VIPADEFINE with shared ports: BITMAP, ...
    std::uint64_t grain = 0;  ///< likewise
    std::uint64_t rank = 0;   ///< VIPABACKUP only
};

struct dvipa_range {
    std::string interface;  ///< likewise
    std::string network;
    unsigned length = 0;
    std::string moveable;
    bool sysplex_ports = false;
};

struct distributed_dvipa {
    socket_name destination;  ///< port 0: every port
    std::string xcf;          ///< ALL or an address
    bool sysplex_ports = false;
    std::string method;
    std::uint64_t timed_affinity = 0;     ///< seconds; 0: none
    std::optional<std::uint64_t> weight;  ///< WEIGHTEDACTIVE
    std::string standby;                  ///< HOTSTANDBY: PREFERRED or BACKUP, else empty
    std::optional<std::uint64_t> rank;    ///< of a BACKUP
};

struct dvipa_route {
    std::string xcf;
    std::string target;
};

struct dvipa_configuration {
    bool joined = true;
    std::vector<defined_dvipa> define;
    std::vector<defined_dvipa> backup;
    std::vector<dvipa_range> range;
    std::vector<distributed_dvipa> distribute;
    std::vector<dvipa_route> route;

    bool empty() const {
        return define.empty() && backup.empty() && range.empty() && distribute.empty() &&
               route.empty();
    }
};

/// The sections below "Dynamic VIPA Information:"; those without an entry are left out.
void put_short(screen& to, dvipa_configuration const& shown);
void put_long(screen& to, dvipa_configuration const& shown);

}  // namespace operators
