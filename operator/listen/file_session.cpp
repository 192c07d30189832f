// The answer with a file: request, header, contents, end.
#include "operator/listen/session.hpp"
#include "operator/stream/blocking.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

namespace operators {

namespace {

constexpr std::size_t longest_request = std::size_t{64} << 10;

class file_session final : public session {
  public:
    file_session(app::descriptor stream, served_file const& file)
        : stream_(std::move(stream)), file_(file) {
        set_blocking(native(), false);
    }

    int native() const override { return stream_.get(); }

    std::uint32_t advance() override {
        if (at_ == phase::request) read_request();
        if (at_ == phase::answer) send_answer();
        if (at_ == phase::end) await_end();
        if (at_ == phase::over) return 0;
        return at_ == phase::answer ? EPOLLOUT : EPOLLIN;
    }

  private:
    enum class phase : std::uint8_t { request, answer, end, over };

    static bool would_block() { return errno == EAGAIN || errno == EINTR; }

    void read_request() {
        std::array<char, 4096> buffer;
        for (;;) {
            ssize_t const got = ::recv(native(), buffer.data(), buffer.size(), 0);
            if (got < 0 && would_block()) return;
            if (got <= 0) return void(at_ = phase::over);
            request_.append(buffer.data(), static_cast<std::size_t>(got));
            bool const complete = request_.find("\r\n\r\n") != std::string::npos ||
                                  request_.find("\n\n") != std::string::npos;
            if (complete) return void(at_ = phase::answer);
            if (request_.size() > longest_request) return void(at_ = phase::over);
        }
    }

    void send_answer() {
        std::uint64_t const header = file_.header.size();
        while (sent_ < header + file_.size) {
            ssize_t const taken = sent_ < header ? send_header() : send_contents();
            if (taken < 0 && would_block()) return;
            if (taken <= 0) return void(at_ = phase::over);  // 0: the file has become shorter
            sent_ += static_cast<std::uint64_t>(taken);
        }
        ::shutdown(native(), SHUT_WR);
        at_ = phase::end;
    }

    ssize_t send_header() {
        return ::send(native(), file_.header.data() + sent_, file_.header.size() - sent_,
                      MSG_NOSIGNAL);
    }

    // The offset is this session's own: all share the file's descriptor.
    ssize_t send_contents() {
        constexpr std::uint64_t step = std::uint64_t{1} << 20;
        auto offset = static_cast<off_t>(sent_ - file_.header.size());
        std::uint64_t const left = file_.header.size() + file_.size - sent_;
        return ::sendfile(native(), file_.file.get(), &offset,
                          static_cast<std::size_t>(std::min(left, step)));
    }

    // Closing with the rest of a request unread would reset the connection and could lose the
    // answer's end.
    void await_end() {
        std::array<char, 4096> buffer;
        for (;;) {
            ssize_t const got = ::recv(native(), buffer.data(), buffer.size(), 0);
            if (got < 0 && would_block()) return;
            if (got <= 0) return void(at_ = phase::over);
        }
    }

    app::descriptor stream_;
    served_file const& file_;
    std::string request_;
    std::uint64_t sent_ = 0;
    phase at_ = phase::request;
};

}  // namespace

std::unique_ptr<session> make_file_session(app::descriptor stream, served_file const& file) {
    return std::make_unique<file_session>(std::move(stream), file);
}

}  // namespace operators
