#include "cf/backend/etcd/endpoints.hpp"

#include "cf/backend/etcd/deadline.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

namespace cf::etcd {

namespace {

using clock = std::chrono::steady_clock;

failure refused(std::string text) {
    return {error::unavailable, "coupling facility: " + std::move(text), {}};
}

result<std::string> contents_of(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || text.str().empty())
        return refused("PEM file " + path + " cannot be read or is empty");
    return text.str();
}

result<std::shared_ptr<grpc::ChannelCredentials>> credentials_of(access const& where) {
    if (where.certificate.empty() != where.key.empty())
        return refused("cert and key belong together: name both or none");
    if (where.ca.empty()) {
        if (!where.key.empty()) return refused("a client certificate needs ca, too");
        return grpc::InsecureChannelCredentials();
    }
    grpc::SslCredentialsOptions tls;
    auto read = [](std::string const& path, std::string& into) -> result<> {
        if (path.empty()) return {};
        auto text = contents_of(path);
        if (!text) return text.error();
        into = std::move(*text);
        return {};
    };
    for (auto [path, into] : {std::pair{&where.ca, &tls.pem_root_certs},
                              std::pair{&where.certificate, &tls.pem_cert_chain},
                              std::pair{&where.key, &tls.pem_private_key}})
        if (auto done = read(*path, *into); !done) return done.error();
    return grpc::SslCredentials(tls);
}

result<std::string> checked_target(std::string const& written, bool tls) {
    if (written.starts_with("https://") && !tls)
        return refused("endpoint " + written + " asks for TLS: name ca, cert and key");
    if (written.starts_with("http://") && tls)
        return refused("endpoint " + written + " is without TLS, and ca is named: write https://");
    auto target = target_of(written);
    if (!target)
        return refused("endpoint " + written + ": expected host:port, as in 10.1.1.1:2379");
    return *target;
}

grpc::ChannelArguments arguments() {
    grpc::ChannelArguments all;
    all.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    all.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    all.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    all.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
    all.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);  // it is the connect time-out, too
    all.SetMaxReceiveMessageSize(64 * 1024 * 1024);
    return all;
}

// How long an endpoint that is connecting keeps the others from being tried.
constexpr std::chrono::milliseconds connecting_patience{200};

bool connects(grpc::Channel& channel, clock::time_point until) {
    auto state = channel.GetState(true);
    while (state != GRPC_CHANNEL_READY) {
        if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN) return false;
        if (!channel.WaitForStateChange(state, to_grpc(until))) return false;
        state = channel.GetState(true);
    }
    return true;
}

}  // namespace

endpoints::endpoints(endpoints&& other) noexcept
    : all_(std::move(other.all_)), current_(other.current_.load()) {}

result<endpoints> endpoints::open(access const& where) {
    auto credentials = credentials_of(where);
    if (!credentials) return credentials.error();
    if (where.endpoints.empty()) return refused("no endpoint of etcd is named");
    std::vector<endpoint> all;
    for (auto const& written : where.endpoints) {
        auto target = checked_target(written, !where.ca.empty());
        if (!target) return target.error();
        all.push_back({*target, grpc::CreateCustomChannel(*target, *credentials, arguments())});
    }
    return endpoints(std::move(all));
}

endpoints::endpoint const* endpoints::connected(clock::time_point deadline) {
    for (;;) {
        // All of them: one that cannot be reached at once, each time a little longer.
        for (std::size_t i = 0; i < all_.size(); ++i) {
            auto index = current_.load() % all_.size();
            auto const& one = all_[index];
            auto patience = all_.size() == 1 ? deadline : clock::now() + connecting_patience;
            if (connects(*one.channel, std::min(deadline, patience))) return &one;
            if (clock::now() >= deadline) return nullptr;
            leave(one);
        }
        // Every one has just failed: gRPC tries again by itself, after its back-off.
        auto& next = *all_[current_.load() % all_.size()].channel;
        auto pause = std::min(deadline, clock::now() + connecting_patience);
        next.WaitForStateChange(next.GetState(true), to_grpc(pause));
        if (clock::now() >= deadline) return nullptr;
    }
}

void endpoints::leave(endpoint const& failed) {
    auto index = static_cast<std::size_t>(&failed - all_.data());
    current_.compare_exchange_strong(index, (index + 1) % all_.size());
}

std::string endpoints::names() const {
    std::string text = "etcd at ";
    for (auto const& one : all_)
        text += (&one == &all_.front() ? "" : ", ") + one.name;
    return text;
}

}  // namespace cf::etcd
