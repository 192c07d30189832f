#include "certificates.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace cf::test {

namespace {

constexpr auto settings = R"([ca]
default_ca = test
[test]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
)";
constexpr auto new_key = " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=test ";

}  // namespace

certificate_authority::certificate_authority() {
    auto name = (std::filesystem::temp_directory_path() / "tcpplex-ca-XXXXXX").string();
    directory_ = ::mkdtemp(name.data());
    std::ofstream(directory_ / "ca.conf") << settings;
    std::ofstream(directory_ / "index.txt");
    run(std::string("req -x509 -days 2 -keyout ca.key -out ca.pem") + new_key);
}

certificate_authority::~certificate_authority() {
    std::filesystem::remove_all(directory_);
}

void certificate_authority::run(std::string const& arguments) const {
    auto const command = "cd " + directory_.string() + " && openssl " + arguments + " >>log 2>&1";
    if (std::system(command.c_str()) != 0)
        throw std::runtime_error("openssl " + arguments + ": see " + directory_.string() + "/log");
}

xcf::tls_identity::files certificate_authority::issue(std::string const& name,
                                                      std::string const& until) {
    auto const stem = "issued" + std::to_string(++issued_);
    run("req -keyout " + stem + ".key -out " + stem + ".csr -addext subjectAltName=" + name +
        new_key);
    run("ca -batch -notext -config ca.conf -cert ca.pem -keyfile ca.key -startdate 20200101000000Z "
        "-enddate " +
        until + " -in " + stem + ".csr -out " + stem + ".pem");
    return {ca(), (directory_ / (stem + ".pem")).string(), (directory_ / (stem + ".key")).string()};
}

std::shared_ptr<xcf::tls_identity const> certificate_authority::identity(std::string const& stack) {
    return xcf::tls_identity::load(issue("DNS:" + stack), stack).value();
}

}  // namespace cf::test
