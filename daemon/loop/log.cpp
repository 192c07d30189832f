#include "daemon/loop/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace tcpplexd {

namespace {

spdlog::level::level_enum to_spdlog(severity level) {
    switch (level) {
        case severity::debug:
            return spdlog::level::debug;
        case severity::info:
            return spdlog::level::info;
        case severity::warning:
            return spdlog::level::warn;
        case severity::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

spdlog::logger& sink() {
    static auto const logger = [] {
        auto made = std::make_shared<spdlog::logger>(
            "tcpplexd", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%Y-%m-%d %H:%M:%S.%e %l: %v");
        made->flush_on(spdlog::level::debug);
        return made;
    }();
    return *logger;
}

}  // namespace

void log_message(severity level, std::string_view text) {
    sink().log(to_spdlog(level), text);
}

void set_log_level(severity level) {
    sink().set_level(to_spdlog(level));
}

}  // namespace tcpplexd
