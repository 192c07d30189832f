#include "daemon/change/history.hpp"

#include "app/descriptor.hpp"
#include "daemon/host/run_directory.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

namespace json = boost::json;

constexpr std::string_view suffix = ".profile";

/// The first line is a comment of the profile: who made it, when, by what.
std::string text_of(kept_configuration const& kept) {
    return "; " +
           json::serialize(json::object{{"number", kept.number},
                                        {"time", kept.time},
                                        {"by", kept.by},
                                        {"command", kept.command}}) +
           '\n' + kept.profile;
}

std::optional<kept_configuration> parse(std::string text) {
    auto const end = text.find('\n');
    if (!text.starts_with("; ") || end == std::string::npos) return std::nullopt;
    boost::system::error_code wrong;
    auto const first = json::parse(std::string_view(text).substr(2, end - 2), wrong);
    auto const* const head = wrong ? nullptr : first.if_object();
    if (head == nullptr) return std::nullopt;
    auto const* const number = head->if_contains("number");
    auto const* const time = head->if_contains("time");
    auto const* const by = head->if_contains("by");
    auto const* const command = head->if_contains("command");
    if (number == nullptr || time == nullptr || by == nullptr || command == nullptr ||
        !by->is_string() || !command->is_string())
        return std::nullopt;
    kept_configuration kept;
    kept.number = number->to_number<std::uint64_t>(wrong);
    if (!wrong) kept.time = time->to_number<std::int64_t>(wrong);
    if (wrong) return std::nullopt;
    kept.by = by->get_string().c_str();
    kept.command = command->get_string().c_str();
    kept.profile = text.substr(end + 1);
    return kept;
}

/// The number that a file's name has; nothing if it is no file of ours.
std::optional<std::uint64_t> number_of(std::string const& name) {
    if (!name.ends_with(suffix)) return std::nullopt;
    std::uint64_t number = 0;
    auto const* const end = name.data() + name.size() - suffix.size();
    auto const [at, problem] = std::from_chars(name.data(), end, number);
    return problem == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

std::string failed(std::string_view what, std::string const& path) {
    return fmt::format("{} {}: {}", what, path, std::strerror(errno));
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        auto const done = ::write(file, text.data(), text.size());
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(done));
    }
    return true;
}

/// Empty when the file is there, whole, on its disk. Displays are not for everybody: nor is it.
std::string write(std::string const& directory, std::string const& path, std::string const& text) {
    std::string const draft = path + ".new";
    app::descriptor const file(
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0 || !write_all(file.get(), text) || ::fsync(file.get()) != 0)
        return failed("can't write", draft);
    if (::rename(draft.c_str(), path.c_str()) != 0) return failed("can't make", path);
    app::descriptor const entries(::open(directory.c_str(), O_RDONLY | O_CLOEXEC));
    if (entries.get() < 0 || ::fsync(entries.get()) != 0) return failed("can't write", directory);
    return {};
}

}  // namespace

host_result<std::deque<kept_configuration>> history::read(std::string const& directory) {
    if (auto const made = make_run_directory(directory); !made) return made.error();
    std::deque<kept_configuration> kept;
    std::error_code wrong;
    for (auto const& each : std::filesystem::directory_iterator(directory, wrong)) {
        if (!number_of(each.path().filename().string())) continue;
        std::ifstream file(each.path(), std::ios::binary);
        auto read = parse({std::istreambuf_iterator<char>(file), {}});
        if (!read)
            return failure{
                fmt::format("{} does not begin as a kept configuration does; move it away",
                            each.path().string())};
        kept.push_back(std::move(*read));
    }
    if (wrong) return failure{fmt::format("directory {}: {}", directory, wrong.message())};
    std::ranges::sort(kept, {}, &kept_configuration::number);
    return kept;
}

history::history(boost::asio::io_context& loop, std::string directory,
                 std::deque<kept_configuration> kept)
    : loop_(loop), directory_(std::move(directory)), kept_(std::move(kept)) {}

history::~history() {
    writer_.join();  // what is under way is written
}

std::string history::path_of(std::uint64_t number) const {
    return fmt::format("{}/{:08}{}", directory_, number, suffix);
}

void history::append(kept_configuration added,
                     std::function<void(std::string const& problem)> done) {
    added.number = kept_.empty() ? 1 : kept_.back().number + 1;
    std::string const forgotten =
        kept_.size() >= most_kept ? path_of(kept_.front().number) : std::string();
    auto text = text_of(added);
    boost::asio::post(writer_, [this, added = std::move(added), forgotten, text = std::move(text),
                                done = std::move(done)]() mutable {
        auto problem = write(directory_, path_of(added.number), text);
        if (problem.empty() && !forgotten.empty()) ::unlink(forgotten.c_str());
        boost::asio::post(loop_, [this, added = std::move(added), problem = std::move(problem),
                                  done = std::move(done)]() mutable {
            if (problem.empty()) {
                kept_.push_back(std::move(added));
                if (kept_.size() > most_kept) kept_.pop_front();
            }
            done(problem);
        });
    });
}

}  // namespace tcpplexd
