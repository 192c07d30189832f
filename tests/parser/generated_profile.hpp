// Valid profiles by chance, for properties that hold of all.
#pragma once

#include <random>
#include <string>

namespace parser {

/// Makes valid profiles by chance.
class generated_profile {
  public:
    explicit generated_profile(std::uint32_t seed) : random_(seed) {}

    std::string text() {
        std::string out = "IPCONFIG DYNAMICXCF 10.1.10.1/24 1 TTL " + number(1, 255) + '\n';
        for (unsigned i = 1; i <= below(4); ++i)
            out += interface_number(i);
        for (unsigned i = 0; i < below(6); ++i)
            out += port();
        out += "TCPCONFIG EPHEMERALPORTS " + number(1024, 2000) + ' ' + number(2000, 65535) + '\n';
        out += "VIPADYNAMIC\n";
        for (unsigned i = 1; i <= below(6); ++i)
            out += dvipa("10.1.9." + std::to_string(i));
        if (below(2) == 0) out += "VIPARANGE" + sharing() + " 255.255.255.0 10.7.0.0\n";
        return out + "ENDVIPADYNAMIC\n";
    }

  private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    std::string number(unsigned least, unsigned most) {
        return std::to_string(least + below(most - least + 1));
    }
    std::string sharing() { return below(2) == 0 ? " SYSPLEXPORTS" : ""; }

    std::string interface_number(unsigned i) {
        std::string const n = std::to_string(i);
        std::string out = "INTERFACE IF" + n + " DEFINE IPAQENET PORTNAME P IPADDR 10.2." + n +
                          ".1/" + number(16, 30) + (below(2) == 0 ? " MTU 1400\n" : "\n");
        if (below(2) == 0) out += "START IF" + n + '\n';
        return out + "BEGINROUTES ROUTE 10." + number(50, 250) + ".0.0/16 = IF" + n +
               " MTU DEFAULTSIZE ENDROUTES\n";
    }

    std::string port() {
        return "PORT " + number(1, 65535) + (below(2) == 0 ? " TCP " : " UDP ") +
               (below(3) == 0 ? "RESERVED\n" : "JOB" + number(1, 99) + '\n');
    }

    std::string dvipa(std::string const& address) {
        std::string out = below(2) == 0
                              ? "VIPADEFINE" + sharing() + " 255.255.255.255 " + address + '\n'
                              : "VIPABACKUP " + number(1, 254) + ' ' + address + '\n';
        if (below(2) == 0) return out;
        out += "VIPADISTRIBUTE" + std::string(below(2) == 0 ? " DISTM ROUNDROBIN" : "") +
               (below(2) == 0 ? " OPTLOCAL " + number(0, 16) : "") + sharing() + ' ' + address;
        if (below(2) == 0) out += " PORT " + number(1, 99) + ' ' + number(100, 200) + "-300";
        return out + (below(2) == 0 ? " DESTIP ALL\n" : " DESTIP 10.1.10.1 10.1.10.2\n");
    }

    std::mt19937 random_;
};

}  // namespace parser
