// An echo: nothing more is read while bytes wait to go back, so the peer's window closes as TCP
// means it.
#include "operator/listen/session.hpp"
#include "operator/stream/blocking.hpp"

#include <cerrno>
#include <vector>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace operators {

namespace {

class echo_session final : public session {
  public:
    explicit echo_session(app::descriptor stream) : stream_(std::move(stream)) {
        set_blocking(native(), false);
    }

    int native() const override { return stream_.get(); }

    std::uint32_t advance() override {
        for (;;) {
            if (begin_ == end_ && !fill()) return ended_ ? 0 : std::uint32_t{EPOLLIN};
            if (!drain()) return ended_ ? 0 : std::uint32_t{EPOLLOUT};
        }
    }

  private:
    /// False if there is nothing to read now, or the stream has ended.
    bool fill() {
        buffer_.resize(std::size_t{64} << 10);
        ssize_t const got = ::recv(native(), buffer_.data(), buffer_.size(), 0);
        begin_ = 0;
        end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
        ended_ = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
        if (got <= 0) buffer_ = {};  // an idle connection owns no memory
        return got > 0;
    }

    bool drain() {
        ssize_t const taken =
            ::send(native(), buffer_.data() + begin_, end_ - begin_, MSG_NOSIGNAL);
        if (taken < 0) ended_ = errno != EAGAIN && errno != EINTR;
        if (taken > 0) begin_ += static_cast<std::size_t>(taken);
        return begin_ == end_;
    }

    app::descriptor stream_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool ended_ = false;
};

}  // namespace

std::unique_ptr<session> make_echo_session(app::descriptor stream) {
    return std::make_unique<echo_session>(std::move(stream));
}

}  // namespace operators
