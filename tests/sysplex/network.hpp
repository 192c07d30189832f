// The XCF network between the stacks: order is kept, what is sent into a cut is lost.
#pragma once

#include "boost/asio/io_context.hpp"
#include "way.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace tcpplexd {
class mesh;
}

namespace sim {

class xcf_network {
  public:
    explicit xcf_network(dice& fate) : fate_(fate) {}

    /// From here on what is sent to `name` comes to `who`, of the process that calls.
    void enter(std::string const& name, tcpplexd::mesh& who, boost::asio::io_context& loop);
    /// A message that takes its time; on the receiver's loop.
    void send(std::string const& from, std::string const& to,
              std::function<void(tcpplexd::mesh&)> what);

    void cut(std::string const& one, std::string const& other);
    void mend();
    bool is_cut(std::string const& one, std::string const& other) const;
    /// The process of `name` has died: the others' links to it break.
    void died(std::string const& name);

  private:
    struct place {
        tcpplexd::mesh* who = nullptr;
        boost::asio::io_context* loop = nullptr;
        process* on = nullptr;
    };
    static std::pair<std::string, std::string> pair_of(std::string const& one,
                                                       std::string const& other) {
        return one < other ? std::pair(one, other) : std::pair(other, one);
    }
    void break_link(std::string const& at, std::string const& peer, nanos when);

    dice& fate_;
    std::map<std::string, place> places_;
    std::set<std::pair<std::string, std::string>> cuts_;
    std::map<std::pair<std::string, std::string>, nanos> last_;  ///< arrival on each way
};

}  // namespace sim
