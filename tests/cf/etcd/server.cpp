#include "server.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cf::test {

namespace {

using clock = std::chrono::steady_clock;

std::string url(char const* scheme, unsigned port) {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

// The name of a port is kept by an open socket until all are found, so that they differ.
struct reserved_port {
    int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unsigned number = 0;
    reserved_port() {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        auto* address = reinterpret_cast<sockaddr*>(&any);
        if (::bind(socket, address, size) != 0 || ::getsockname(socket, address, &size) != 0)
            throw std::runtime_error("no port on loopback");
        number = ntohs(any.sin_port);
    }
    ~reserved_port() { ::close(socket); }
    reserved_port(reserved_port const&) = delete;
    reserved_port& operator=(reserved_port const&) = delete;
};

void shell(std::string const& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

}  // namespace

std::vector<unsigned> free_ports(std::size_t count) {
    std::vector<std::unique_ptr<reserved_port>> all;
    std::vector<unsigned> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(std::make_unique<reserved_port>());
        numbers.push_back(all.back()->number);
    }
    return numbers;
}

etcd_member::etcd_member(place const& where, std::string const& cluster,
                         std::string const& directory, std::vector<std::string> const& more)
    : arguments_{"etcd",
                 "--name=" + where.name,
                 "--data-dir=" + directory + "/" + where.name,
                 "--initial-cluster=" + cluster,
                 "--listen-peer-urls=" + url("http", where.peer_port),
                 "--initial-advertise-peer-urls=" + url("http", where.peer_port),
                 "--logger=zap",
                 "--log-level=error"} {
    arguments_.insert(arguments_.end(), more.begin(), more.end());
    std::vector<char*> words;
    for (auto& word : arguments_)
        words.push_back(word.data());
    words.push_back(nullptr);
    auto log = directory + "/" + where.name + ".log";
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("fork");
    if (pid_ > 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execvp("etcd", words.data());
    ::_exit(127);
}

etcd_member::~etcd_member() {
    kill();
}

void etcd_member::signal(int number) {
    if (pid_ > 0) ::kill(pid_, number);
}

void etcd_member::kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

certificates::certificates(std::string const& directory)
    : ca(directory + "/ca.pem"),
      server(directory + "/server.pem"),
      server_key(directory + "/server.key"),
      client(directory + "/client.pem"),
      client_key(directory + "/client.key") {
    auto const quiet = " >>" + directory + "/openssl.log 2>&1";
    auto const ca_key = directory + "/ca.key";
    auto const make_key = "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes ";
    shell(make_key + ("-x509 -days 2 -subj /CN=ca -keyout " + ca_key + " -out " + ca) + quiet);
    auto sign = [&](std::string const& name, std::string const& key, std::string const& into) {
        auto request = into + ".csr";
        shell(make_key +
              ("-subj /CN=" + name + " -addext subjectAltName=IP:127.0.0.1 -keyout " + key +
               " -out " + request) +
              quiet);
        shell("openssl x509 -req -days 2 -copy_extensions copy -CAcreateserial -in " + request +
              " -CA " + ca + " -CAkey " + ca_key + " -out " + into + quiet);
    };
    sign("server", server_key, server);
    sign("client", client_key, client);
}

etcd_cluster::etcd_cluster(std::size_t members, certificates const* tls) {
    auto ports = free_ports(2 * members);
    std::string cluster;
    for (std::size_t i = 0; i < members; ++i) {
        places_.push_back({"n" + std::to_string(i), ports[2 * i], ports[2 * i + 1]});
        auto const& place = places_.back();
        cluster += (i == 0 ? "" : ",") + place.name + "=" + url("http", place.peer_port);
    }
    auto const* scheme = tls != nullptr ? "https" : "http";
    for (auto const& place : places_) {
        auto clients = url(scheme, place.client_port);
        std::vector<std::string> more{"--listen-client-urls=" + clients,
                                      "--advertise-client-urls=" + clients};
        if (tls != nullptr)
            more.insert(more.end(),
                        {"--client-cert-auth", "--trusted-ca-file=" + tls->ca,
                         "--cert-file=" + tls->server, "--key-file=" + tls->server_key});
        members_.push_back(
            std::make_unique<etcd_member>(place, cluster, directory_.path().string(), more));
    }
    etcd::access where{.endpoints = endpoints()};
    if (tls != nullptr) where = {endpoints(), tls->ca, tls->client, tls->client_key};
    auto probe = etcd::connect(where).value();
    auto deadline = clock::now() + std::chrono::seconds(30);
    while (!probe->read({"ready", {}}))
        if (clock::now() > deadline) throw std::runtime_error("etcd does not answer");
}

std::vector<std::string> etcd_cluster::endpoints() const {
    std::vector<std::string> all;
    for (auto const& place : places_)
        all.push_back("127.0.0.1:" + std::to_string(place.client_port));
    return all;
}

}  // namespace cf::test
