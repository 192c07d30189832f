// tcpplex_load: a stack that opens connections by itself, told so on standard input.
//
//   tcpplex_load PROFILE [--host FILE]          as tcpplexd; prints its lines, then
//   open COUNT ADDR PORT [ADDR PORT ...]        answers of one line of JSON each
//   reset COUNT
//   churn RATE SECONDS ADDR PORT [ADDR PORT ...]
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"
#include "daemon/node/options.hpp"
#include "daemon/node/run.hpp"
#include "opener.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>
#include <exception>
#include <istream>
#include <memory>
#include <sstream>

#include <unistd.h>

namespace {

/// Reads commands until the input ends; lives as long as the loop has it read.
class console : public std::enable_shared_from_this<console> {
  public:
    explicit console(tcpplexd::node& on)
        : opener_(on.loop()), input_(on.loop().io(), ::dup(STDIN_FILENO)) {}

    void read() {
        auto const next = [self = shared_from_this()](boost::system::error_code error,
                                                      std::size_t) {
            if (error) return;
            std::istream lines(&self->buffer_);
            std::string line;
            std::getline(lines, line);
            self->obey(line);
            self->read();
        };
        boost::asio::async_read_until(input_, buffer_, '\n', next);
    }

  private:
    void obey(std::string const& line) {
        std::istringstream words(line);
        std::string verb;
        std::size_t count = 0;
        words >> verb >> count;
        if (verb == "reset") return opener_.reset(count, print);
        if (verb == "open") return opener_.open(count, places(words), print);
        std::int64_t seconds = 0;
        words >> seconds;
        if (verb == "churn")
            return opener_.churn(static_cast<std::uint32_t>(count), std::chrono::seconds(seconds),
                                 places(words), print);
        print({{"error", "unknown command: " + line}});
    }

    static std::vector<stack::endpoint> places(std::istringstream& words) {
        std::vector<stack::endpoint> all;
        std::string host;
        std::uint16_t port = 0;
        while (words >> host >> port)
            if (auto const address = stack::address::parse(host)) all.push_back({*address, port});
        return all;
    }

    static void print(boost::json::object const& answer) {
        std::printf("%s\n", boost::json::serialize(answer).c_str());
        std::fflush(stdout);
    }

    load::opener opener_;
    boost::asio::posix::stream_descriptor input_;
    boost::asio::streambuf buffer_;
};

}  // namespace

int main(int argc, char** argv) {
    auto const asked = tcpplexd::parse_options(argc, argv);
    if (asked.exit_status) return *asked.exit_status;
    try {
        return tcpplexd::run(asked,
                             [](tcpplexd::node& on) { std::make_shared<console>(on)->read(); });
    } catch (std::exception const& problem) {
        tcpplexd::log_message(tcpplexd::severity::error, problem.what());
        return 1;
    }
}
