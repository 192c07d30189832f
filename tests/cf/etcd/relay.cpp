#include "relay.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <future>

namespace cf::test {

namespace asio = boost::asio;
using asio::ip::tcp;

struct relay::connection : std::enable_shared_from_this<connection> {
    connection(relay& of, tcp::socket from_client)
        : owner(of), client(std::move(from_client)), member(of.io_) {}

    void begin() {
        member.async_connect(
            {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(owner.member_port_)},
            [self = shared_from_this()](boost::system::error_code error) {
                if (error) return self->end();
                self->pass(self->client, self->member, self->up, false);
                self->pass(self->member, self->client, self->down, true);
            });
    }
    void pass(tcp::socket& from, tcp::socket& to, std::array<char, 65536>& bytes, bool answers) {
        from.async_read_some(
            asio::buffer(bytes), [self = shared_from_this(), &from, &to, &bytes, answers](
                                     boost::system::error_code error, std::size_t size) {
                if (error) return self->end();
                if (self->owner.swallowing_ || (answers && self->owner.losing_)) {
                    self->owner.lost_ += size;
                    return self->pass(from, to, bytes, answers);
                }
                asio::async_write(to, asio::buffer(bytes, size),
                                  [self, &from, &to, &bytes, answers](
                                      boost::system::error_code failed, std::size_t) {
                                      if (failed) return self->end();
                                      self->pass(from, to, bytes, answers);
                                  });
            });
    }
    void end() {
        boost::system::error_code ignored;
        client.close(ignored);
        member.close(ignored);
    }

    relay& owner;
    tcp::socket client;
    tcp::socket member;
    std::array<char, 65536> up{};
    std::array<char, 65536> down{};
};

relay::relay(unsigned member_port)
    : member_port_(member_port),
      acceptor_(io_, {asio::ip::address_v4::loopback(), 0}),
      port_(acceptor_.local_endpoint().port()) {
    accept();
    thread_ = std::thread([this] { io_.run(); });
}

relay::~relay() {
    io_.stop();
    thread_.join();
}

void relay::accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket client) {
        if (error) return;
        auto made = std::make_shared<connection>(*this, std::move(client));
        connections_.insert(made);
        made->begin();
        accept();
    });
}

void relay::mend() {
    std::promise<void> done;
    asio::post(io_, [&] {
        losing_ = false;
        swallowing_ = false;
        for (auto const& one : connections_)
            one->end();
        connections_.clear();
        done.set_value();
    });
    done.get_future().get();
}

}  // namespace cf::test
