#include "operator/language_server/purpose.hpp"

#include <algorithm>
#include <array>

namespace operators::lsp {

namespace {

struct statement_purpose {
    std::string_view keyword;
    std::string_view purpose;
};

// clang-format off
constexpr std::array purposes{
    statement_purpose{"INTERFACE", "Defines an interface to a network, or a static VIPA"},
    statement_purpose{"START", "Starts an interface, after all other statements of the file"},
    statement_purpose{"STOP", "Stops an interface, after all other statements of the file"},
    statement_purpose{"BEGINRoutes", "Static routes; the first block of a file replaces those there are, further blocks add to them"},
    statement_purpose{"ROUTE", "A static route: destination, first hop or =, interface and MTU"},
    statement_purpose{"IPCONFig", "Settings of IPv4; several statements add up, and the last value of a parameter counts"},
    statement_purpose{"IPCONFIG6", "Settings of IPv6; several statements add up, and the last value of a parameter counts"},
    statement_purpose{"TCPCONFIG", "Settings of TCP; several statements add up, and the last value of a parameter counts"},
    statement_purpose{"UDPCONFIG", "Settings of UDP; several statements add up, and the last value of a parameter counts"},
    statement_purpose{"SOMAXCONN", "The most connections that wait to be accepted from one socket"},
    statement_purpose{"PORT", "Reserves ports for jobs"},
    statement_purpose{"PORTRange", "Reserves ranges of ports for jobs"},
    statement_purpose{"VIPADynamic", "Dynamic VIPAs: addresses that move between the stacks of a sysplex"},
    statement_purpose{"VIPADEFine", "Dynamic VIPAs that this stack owns, if no other has them"},
    statement_purpose{"VIPABackup", "Dynamic VIPAs that this stack takes over when their owner fails, the highest rank first"},
    statement_purpose{"VIPADELete", "Removes dynamic VIPAs"},
    statement_purpose{"VIPADISTribute", "Distributes connections to a dynamic VIPA over the stacks of the sysplex"},
    statement_purpose{"VIPARange", "A network whose addresses become dynamic VIPAs when an application binds to one"},
    statement_purpose{"VIPAROUTE", "The way by which packets for a distributed dynamic VIPA go to a target, instead of dynamic XCF"},
    statement_purpose{"VIPASMparms", "Parameters of the Service Manager for distribution"},
    statement_purpose{"ARPAGE", "Minutes until an entry of the ARP table is dropped"},
    statement_purpose{"AUTOLog", "Procedures that are started with the stack"},
    statement_purpose{"BSDRoutingparms", "MTU, metric and mask of interfaces, where routing daemons have none"},
    statement_purpose{"DEFADDRTABLE", "The policy table for choosing default IPv6 addresses"},
    statement_purpose{"DELEte", "Removes a DEVICE, a LINK, or reservations of ports"},
    statement_purpose{"DEVice", "Defines a device for IPv4; INTERFACE is the newer form"},
    statement_purpose{"GATEWAY", "Static routes in their old form; BEGINROUTES is the newer one"},
    statement_purpose{"GLOBALCONFig", "Settings of the whole stack"},
    statement_purpose{"HOME", "Gives links their IPv4 addresses"},
    statement_purpose{"IPSEC", "Default rules of IP filters"},
    statement_purpose{"ITRACE", "Traces of the configuration component"},
    statement_purpose{"LINK", "Defines a link of a DEVICE"},
    statement_purpose{"NETACCESS", "Names networks to which access is controlled"},
    statement_purpose{"NETMONitor", "Services that hand out traces and records to monitors"},
    statement_purpose{"OSAENTA", "Traces taken by an OSA adapter"},
    statement_purpose{"PKTTRACE", "Which packets are traced"},
    statement_purpose{"PRIMARYINTERFACE", "The interface whose address is the host's"},
    statement_purpose{"SACONFig", "Settings of the SNMP subagent"},
    statement_purpose{"SMFCONFig", "Which SMF records are written"},
    statement_purpose{"SMFPARMS", "Which SMF records are written, in the old form"},
    statement_purpose{"SRCIP", "Source addresses of outbound connections by job or destination"},
    statement_purpose{"JOBNAME", "The source address of a job's connections"},
    statement_purpose{"DESTINATION", "The source address of connections to a destination"},
    statement_purpose{"TRANSLATE", "Static entries of the ARP table"},
    statement_purpose{"DEFAULTNET", "The default route, in the old form"},
};
// clang-format on

}  // namespace

std::string_view purpose_of(std::string_view keyword) {
    auto const found = std::ranges::find(purposes, keyword, &statement_purpose::keyword);
    return found == purposes.end() ? std::string_view() : found->purpose;
}

}  // namespace operators::lsp
