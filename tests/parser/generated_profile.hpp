// Profiles by chance, for properties that hold of all: well-formed, and mostly free of conflicts.
#pragma once

#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace parser {

/// Makes profiles, and OBEYFILEs for what they start, by chance.
class generated_profile {
  public:
    explicit generated_profile(std::uint32_t seed) : random_(seed) {}

    /// A profile to start with.
    std::string text() {
        // How many interfaces there are decides what may follow.
        std::string out = interfaces();
        out += old_interfaces();
        out += routes() + settings();
        for (unsigned i = 0; i < below(6); ++i)
            out += reservation();
        return out + maybe(sources()) + vipas() + maybe("PRIMARYINTERFACE VIPA4\n") + starts();
    }

    /// A change to what text() of the same object has started; it may be refused.
    std::string change() {
        std::string out;
        for (unsigned i = 0; i <= below(3); ++i)
            out += one_change();
        return out;
    }

  private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    std::string number(unsigned least, unsigned most) {
        return std::to_string(least + below(most - least + 1));
    }
    std::string maybe(std::string const& text) { return below(2) == 0 ? text : ""; }
    std::string one_of(std::initializer_list<char const*> texts) {
        return texts.begin()[below(static_cast<unsigned>(texts.size()))];
    }
    /// A keyword that has a NO form, or its NO form, or nothing.
    std::string pair(std::string const& keyword) { return maybe(" " + maybe("NO") + keyword); }
    std::string option(std::string const& keyword, unsigned least, unsigned most) {
        return maybe(' ' + keyword + ' ' + number(least, most));
    }
    std::string job() { return one_of({"*", "JOB*", "JOB1", "JOB2", "WEB"}); }
    std::string sharing() {
        return one_of({"", "", " SYSPLEXPORTS", " NOSYSPLEXPORTS", " SYSPLEXPORTS LIST",
                       " SYSPLEXPORTS HASHTABLE", " SYSPLEXPORTS BITMAP GRAIN 64",
                       " SYSPLEXPORTS GRAIN 1024"});
    }

    /// Those that others name are always there: VIPA4 and VIPA6, IF0 of IPv4, IF1 of IPv6.
    std::string interfaces() {
        std::string out =
            "INTERFACE VIPA4 DEFINE VIRTUAL IPADDR 10.3.0.1\n"
            "INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR 2001:db8:3::1\n";
        interfaces_ = 2 + below(4);
        for (unsigned i = 0; i < interfaces_; ++i)
            out += interface(i);
        return out;
    }
    std::string interface(unsigned i) {
        std::string const n = std::to_string(i);
        bool const v4 = i % 2 == 0;
        return "INTERFACE IF" + n + " DEFINE IPAQENET" + (v4 ? "" : "6") + " PORTNAME P" + n +
               " IPADDR " +
               (v4 ? "10.2." + n + ".1/" + number(16, 30) : "2001:db8:2:" + n + "::1/64") +
               option("MTU", 1280, 9000) +
               maybe(v4 ? " SOURCEVIPAINTERFACE VIPA4" : " SOURCEVIPAINTERFACE VIPA6") + '\n';
    }

    std::string old_interfaces() {
        std::string out;
        std::string home = "HOME";
        std::string networks = "BSDROUTINGPARMS " + one_of({"TRUE", "FALSE"});
        links_ = below(4);
        for (unsigned i = 0; i < links_; ++i) {
            std::string const n = std::to_string(i);
            bool const is_virtual = below(4) == 0;
            out += "DEVICE D" + n +
                   (is_virtual ? " VIRTUAL 0\n" : one_of({" MPCIPA\n", " LCS 0AD0\n"}));
            out += "LINK L" + n +
                   (is_virtual ? " VIRTUAL 0 D" : one_of({" IPAQENET D", " CTC 1 D"})) + n + '\n';
            if (below(4) == 0) continue;
            home += " 10.8." + n + ".1 L" + n;
            networks +=
                maybe(" L" + n + ' ' + one_of({"DEFAULTSIZE", "1500"}) + " 0 255.255.255.0 0");
        }
        return out + home + '\n' + networks + " ENDBSDROUTINGPARMS\n";
    }

    std::string routes() {
        std::string out = "BEGINROUTES\n";
        for (unsigned i = 0; i < below(6); ++i)
            out += route();
        return out + "ENDROUTES\n";
    }
    std::string route() {
        unsigned const i = below(interfaces_);
        std::string const n = std::to_string(i);
        std::string const m = number(1, 200);
        std::string const to =
            i % 2 == 0 ? one_of({"DEFAULT 10.2.", "10.50.0.0/16 10.2.", "10.51.0.1 HOST 10.2."}) +
                             n + '.' + m
                       : one_of({"DEFAULT6 fe80::", "2001:db8:50::/48 2001:db8:2::",
                                 "2001:db8:51::1 HOST 2001:db8:2::"}) +
                             m;
        return "  ROUTE " + to + " IF" + n + " MTU " + one_of({"DEFAULTSIZE", "1500"}) +
               one_of({"", " REPLACEABLE", " NOREPLACEABLE"}) + '\n';
    }

    std::string settings() {
        return "IPCONFIG DYNAMICXCF 10.1.10.1/24 " + number(0, 14) +
               maybe(" SOURCEVIPAINTERFACE VIPA4") + '\n' +
               "IPCONFIG6 DYNAMICXCF 2001:db8:10::1/64" + maybe(" SOURCEVIPAINTERFACE VIPA6") +
               '\n' + ip() + ip6() + tcp() + udp() + global() + "SOMAXCONN " + number(1, 9999) +
               '\n';
    }
    std::string ip() {
        return "IPCONFIG" + pair("DATAGRAMFWD") + pair("SOURCEVIPA") + pair("SYSPLEXROUTING") +
               pair("MULTIPATH") + option("TTL", 1, 255) + option("REASSEMBLYTIMEOUT", 1, 240) +
               maybe(" TCPSTACKSOURCEVIPA 10.1.9.1") + '\n';
    }
    std::string ip6() {
        return "IPCONFIG6" + pair("DATAGRAMFWD") + pair("SOURCEVIPA") + pair("MULTIPATH") +
               option("HOPLIMIT", 1, 255) + maybe(" TCPSTACKSOURCEVIPA VIPA6") + '\n';
    }
    std::string tcp() {
        return "TCPCONFIG" +
               maybe(" EPHEMERALPORTS " + number(1024, 2000) + ' ' + number(2000, 65535)) +
               option("TIMEWAITINTERVAL", 0, 120) + option("FINWAIT2TIME", 1, 3600) +
               option("CONNECTTIMEOUT", 5, 190) + option("CONNECTINITINTERVAL", 100, 3000) +
               option("TCPSENDBFRSIZE", 256, 65536) + option("TCPRCVBUFRSIZE", 256, 65536) +
               option("TCPMAXSENDBUFRSIZE", 65536, 99999) +
               option("TCPMAXRCVBUFRSIZE", 65536, 99999) + option("RETRANSMITATTEMPTS", 0, 15) +
               option("MAXIMUMRETRANSMITTIME", 1, 999) + option("INTERVAL", 0, 35791) +
               option("KEEPALIVEPROBES", 1, 10) + option("KEEPALIVEPROBEINTERVAL", 1, 75) +
               option("FRRTHRESHOLD", 1, 2048) +
               one_of({"", " RESTRICTLOWPORTS", " UNRESTRICTLOWPORTS"}) + pair("DELAYACKS") +
               pair("NAGLE") + pair("TCPTIMESTAMP") + pair("SELECTIVEACK") + '\n';
    }
    std::string udp() {
        return "UDPCONFIG" +
               maybe(" EPHEMERALPORTS " + number(1024, 2000) + ' ' + number(2000, 65535)) +
               one_of({"", " RESTRICTLOWPORTS", " UNRESTRICTLOWPORTS"}) + pair("UDPCHKSUM") +
               option("UDPSENDBFRSIZE", 1, 65535) + option("UDPRCVBUFRSIZE", 1, 65535) + '\n';
    }
    std::string global() {
        return "GLOBALCONFIG" + maybe(" ADJUSTDVIPAMSS " + one_of({"AUTO", "ALL", "NONE"})) +
               one_of({"", " EXPLICITBINDPORTRANGE 5000 100", " NOEXPLICITBINDPORTRANGE"}) +
               option("SYSPLEXWLMPOLL", 1, 180) +
               maybe(" SYSPLEXMONITOR" + pair("RECOVERY") + pair("AUTOREJOIN") + pair("DELAYJOIN") +
                     pair("MONINTERFACE") + pair("DYNROUTE") + option("TIMERSECS", 10, 3600)) +
               '\n';
    }

    /// Of a few ports, so that entries meet.
    std::string reservation() {
        switch (below(3)) {
            case 0:
                return "PORT UNRSV " + one_of({"TCP ", "UDP "}) +
                       one_of({"* DENY", "* SAF RES1", "JOB1", "JOB*", "WEB SAF RES2"}) +
                       one_of({"\n", " WHENBIND\n"});
            case 1:
                return "PORTRANGE " + number(1, 20) + "00 " + number(1, 120) + ' ' + protocol() +
                       ' ' + range_user() + '\n';
            default:
                return "PORT " + number(1, 30) + "0 " + protocol() + ' ' + port_user() + '\n';
        }
    }
    std::string protocol() { return one_of({"TCP", "UDP"}); }
    std::string port_user() {
        if (below(4) == 0) return "RESERVED";
        return job() + maybe(" NOAUTOLOG") + pair("DELAYACKS") +
               one_of({"", "", " SHAREPORT", " SHAREPORTWLM"}) +
               one_of({"", "", " BIND 10.3.0.1", " BIND 2001:db8:3::1", " BIND 10.1.9.1"}) +
               maybe(" SAF RES1");
    }
    std::string range_user() {
        if (below(4) == 0) return one_of({"RESERVED", "AUTHPORT"});
        return job() + maybe(" NOAUTOLOG") + pair("DELAYACKS") + maybe(" SAF RES1");
    }

    std::string sources() {
        std::string const role = one_of({"", " CLIENT", " SERVER", " BOTH"});
        return "SRCIP\n" + maybe("  JOBNAME JOB1 10.3.0.1" + role + '\n') +
               maybe("  JOBNAME JOB1 VIPA6" + role + '\n') +
               maybe("  JOBNAME * 10.1.9.1" + role + '\n') +
               maybe("  JOBNAME JOB* " + one_of({"TEMPADDRS", "PUBLICADDRS"}) + '\n') +
               maybe("  DESTINATION 10.6.0.0/" + number(16, 31) + " 10.1.9.1\n") +
               maybe("  DESTINATION 10.6.7.8 10.3.0.1\n") +
               maybe("  DESTINATION 2001:db8:6::/48 DV6X1\n") + "ENDSRCIP\n";
    }

    std::string vipas() {
        std::string out = "VIPADYNAMIC\n";
        for (unsigned i = 1; i <= below(6); ++i)
            out += dvipa(i) + maybe(distribution(i));
        return out + ranges() + "ENDVIPADYNAMIC\n";
    }
    /// Every third is of IPv6.
    static bool is_six(unsigned i) { return i % 3 == 0; }
    static std::string address_of(unsigned i) {
        return (is_six(i) ? "2001:db8:9::" : "10.1.9.") + std::to_string(i);
    }
    static std::string name_of(unsigned i) {
        return is_six(i) ? "DV6X" + std::to_string(i) : address_of(i);
    }
    std::string dvipa(unsigned i) {
        std::string const moveable =
            is_six(i) ? " MOVEABLE IMMEDIATE" : " MOVEABLE " + one_of({"IMMEDIATE", "WHENIDLE"});
        std::string const plain =
            is_six(i) ? ' ' + name_of(i) + ' ' + address_of(i) : ' ' + address_of(i);
        std::string const with_mask = is_six(i) ? plain + "/64" : " 255.255.255.0" + plain;
        if (below(2) == 0) return "  VIPADEFINE" + sharing() + maybe(moveable) + with_mask + '\n';
        return "  VIPABACKUP " + number(1, 254) + (below(2) == 0 ? plain : moveable + with_mask) +
               '\n';
    }
    std::string distribution(unsigned i) {
        bool const standby = below(5) == 0;
        std::string const method =
            standby
                ? " DISTMETHOD HOTSTANDBY" + maybe(" NOAUTOSWITCHBACK") + maybe(" NOHEALTHSWITCH")
                : maybe(" DISTMETHOD " +
                        one_of({"ROUNDROBIN", "BASEWLM", "SERVERWLM", "WEIGHTEDACTIVE"}));
        std::string const target = is_six(i) ? " 2001:db8:10::" : " 10.1.10.";
        std::string const targets =
            standby ? target + "1 PREFERRED" + target + "2 BACKUP" + maybe(' ' + number(1, 254))
                    : target + '1' + maybe(" WEIGHT " + number(0, 99)) + target + '2';
        return "  VIPADISTRIBUTE" + method + maybe(" TIMEDAFFINITY " + number(0, 9999)) +
               one_of({"", " OPTLOCAL", " NOOPTLOCAL", " OPTLOCAL 7"}) + sharing() + ' ' +
               name_of(i) + maybe(" PORT " + number(1, 99) + ' ' + number(100, 200) + "-300") +
               " DESTIP " + (!standby && below(2) == 0 ? "ALL" : targets) + '\n';
    }
    std::string ranges() {
        std::string const moveable = maybe(" MOVEABLE " + one_of({"DISRUPTIVE", "NONDISRUPTIVE"}));
        return maybe("  VIPARANGE" + sharing() + moveable + " 255.255.255.0 10.7." + number(0, 3) +
                     ".0\n") +
               maybe("  VIPARANGE" + sharing() + " RANGE6 2001:db8:7::/" + number(48, 64) + '\n') +
               maybe("  VIPAROUTE 10.1.10.2 10.2.0." + number(2, 9) + '\n') +
               maybe("  VIPAROUTE DEFINE 2001:db8:10::2 2001:db8:2::2\n");
    }

    std::string starts() {
        std::string out;
        for (unsigned i = 0; i < interfaces_; ++i)
            out += maybe("START IF" + std::to_string(i) + '\n');
        for (unsigned i = 0; i < links_; ++i)
            out += maybe("START D" + std::to_string(i) + '\n');
        return out;
    }

    std::string one_change() {
        unsigned const i = 1 + below(6);
        switch (below(18)) {
            case 0:
                return ip();
            case 1:
                return ip6();
            case 2:
                return tcp();
            case 3:
                return udp();
            case 4:
                return global();
            case 5:
                return routes();
            case 6:
                return sources();
            case 7:
                return interface(6 + below(2));
            case 8:
                return one_of({"START ", "STOP "}) + one_of({"IF", "D"}) + number(0, 3) + '\n';
            case 9:
                return "DELETE " + reservation();
            case 10:
                return "DELETE " + one_of({"LINK L", "DEVICE D"}) + number(0, 3) + '\n';
            case 11:
                return block("  VIPADELETE " + name_of(i) + '\n' + maybe(dvipa(i)));
            case 12:
                return block(distribution(i));
            case 13:
                return block("  VIPADISTRIBUTE DELETE " + name_of(i) + " DESTIP ALL\n");
            case 14:
                return block(maybe(dvipa(i)) + ranges());
            case 15:
                return block(one_of({"  VIPARANGE DELETE 255.255.255.0 10.7.1.0\n",
                                     "  VIPAROUTE DELETE 2001:db8:10::2 2001:db8:2::2\n"}));
            case 16:
                return "DEVICE D9 MPCIPA LINK L9 IPAQENET D9\n";
            default:
                return reservation();
        }
    }
    static std::string block(std::string const& statements) {
        return "VIPADYNAMIC\n" + statements + "ENDVIPADYNAMIC\n";
    }

    std::mt19937 random_;
    unsigned interfaces_ = 0;  ///< IF0 and on
    unsigned links_ = 0;       ///< L0 and on, each with its device
};

}  // namespace parser
