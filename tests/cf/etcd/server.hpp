// etcd members on loopback, with their data in a directory that goes with them.
#pragma once

#include "cf/backend/etcd/grpc_client.hpp"
#include "stacks.hpp"

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cf::test {

/// One member's process. It dies with the test.
class etcd_member {
  public:
    struct place {
        std::string name;
        unsigned client_port = 0;
        unsigned peer_port = 0;
    };
    etcd_member(place const& where, std::string const& cluster, std::string const& directory,
                std::vector<std::string> const& more);
    ~etcd_member();
    etcd_member(etcd_member const&) = delete;
    etcd_member& operator=(etcd_member const&) = delete;

    void signal(int number);
    void kill();

  private:
    std::vector<std::string> arguments_;
    pid_t pid_ = 0;
};

/// PEM files of a certificate authority, a server on 127.0.0.1 and a client.
struct certificates {
    explicit certificates(std::string const& directory);
    std::string ca, server, server_key, client, client_key;
};

class etcd_cluster {
  public:
    /// It answers when this returns. With `tls`, to clients with a certificate only.
    explicit etcd_cluster(std::size_t members = 1, certificates const* tls = nullptr);

    std::vector<std::string> endpoints() const;
    unsigned port_of(std::size_t index) const { return places_[index].client_port; }
    etcd_member& operator[](std::size_t index) { return *members_[index]; }
    std::size_t size() const { return members_.size(); }

  private:
    scratch directory_;
    std::vector<etcd_member::place> places_;
    std::vector<std::unique_ptr<etcd_member>> members_;
};

/// Ports of 127.0.0.1 that nobody uses just now.
std::vector<unsigned> free_ports(std::size_t count);

}  // namespace cf::test
