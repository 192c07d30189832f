// TLS between two stacks, without a network: who is let in, who is not, and the keys both get.
#include "certificates.hpp"
#include "cf/xcf/secure/network_address.hpp"
#include "cf/xcf/secure/tls_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace cf::test {
namespace {

using namespace cf::xcf;
using ::testing::HasSubstr;

struct xcf_tls : ::testing::Test {
    static void SetUpTestSuite() { authority_ = new certificate_authority; }
    static void TearDownTestSuite() { delete authority_; }
    static certificate_authority& authority() { return *authority_; }

    // Carries bytes both ways until neither side has any.
    static void talk(tls_session& a, tls_session& b) {
        for (bool said = true; said;) {
            said = carry(a, b);
            said = carry(b, a) || said;
        }
    }
    static bool carry(tls_session& from, tls_session& to) {
        std::vector<std::byte> bytes;
        from.take_output(bytes);
        if (!bytes.empty() && !to.has_failed()) to.receive(bytes);
        std::array<std::byte, 1> nothing;
        to.read(nothing);  // alerts come after the handshake, too
        return !bytes.empty();
    }

  private:
    static inline certificate_authority* authority_ = nullptr;
};

TEST_F(xcf_tls, two_stacks_of_one_ca_know_each_other) {
    tls_session a(authority().identity("TCPIPA"), tls_role::dials);
    tls_session b(authority().identity("TCPIPB"), tls_role::accepts);
    talk(a, b);
    ASSERT_TRUE(a.is_established() && b.is_established()) << a.why() << b.why();
    EXPECT_TRUE(a.peer_is("TCPIPB") && b.peer_is("TCPIPA"));
    EXPECT_FALSE(a.peer_is("TCPIPA") || b.peer_is("TCPIP") || a.peer_is(""));
}

TEST_F(xcf_tls, both_sides_export_the_same_keys_and_other_ones_for_each_link) {
    tls_session a(authority().identity("TCPIPA"), tls_role::dials);
    tls_session b(authority().identity("TCPIPB"), tls_role::accepts);
    talk(a, b);
    auto const at_a = a.export_keys(1), at_b = b.export_keys(1), other = a.export_keys(2);
    EXPECT_EQ(at_a.link, at_b.link);
    EXPECT_EQ(at_a.sending.key, at_b.receiving.key);
    EXPECT_EQ(at_a.sending.salt, at_b.receiving.salt);
    EXPECT_EQ(at_a.receiving.key, at_b.sending.key);
    EXPECT_NE(at_a.sending.key, at_a.receiving.key);
    EXPECT_NE(at_a.sending.key, other.sending.key);
}

TEST_F(xcf_tls, a_stack_of_another_ca_is_refused_by_both_sides) {
    certificate_authority foreign;
    for (bool foreigner_dials : {true, false}) {
        auto const ours = authority().identity("TCPIPA");
        auto const theirs = foreign.identity("TCPIPB");
        tls_session a(foreigner_dials ? theirs : ours, tls_role::dials);
        tls_session b(foreigner_dials ? ours : theirs, tls_role::accepts);
        talk(a, b);
        EXPECT_TRUE(a.has_failed() && b.has_failed());
        EXPECT_THAT(a.why() + b.why(), HasSubstr("certificate")) << a.why() << b.why();
    }
}

TEST_F(xcf_tls, an_expired_certificate_is_refused) {
    auto const old =
        tls_identity::load(authority().issue("DNS:TCPIPA", "20200102000000Z"), "TCPIPA").value();
    tls_session a(old, tls_role::dials);
    tls_session b(authority().identity("TCPIPB"), tls_role::accepts);
    talk(a, b);
    EXPECT_THAT(b.why(), HasSubstr("expired"));
    EXPECT_THAT(a.why(), HasSubstr("expired")) << "the other side is told why";
}

TEST_F(xcf_tls, bytes_that_are_no_tls_are_refused) {
    tls_session b(authority().identity("TCPIPB"), tls_role::accepts);
    std::string const text = "GET / HTTP/1.0\r\n\r\n";
    EXPECT_FALSE(b.receive(std::as_bytes(std::span(text))));
    EXPECT_THAT(b.why(), HasSubstr("TLS: "));
}

TEST_F(xcf_tls, wildcards_and_common_names_count_for_nothing) {
    for (auto const* name : {"DNS:*", "DNS:TCPIPA.example", "DNS:test", "IP:10.0.0.1"}) {
        auto const refused = tls_identity::load(authority().issue(name), "TCPIPA");
        ASSERT_FALSE(refused) << name;
        EXPECT_THAT(refused.error().text, HasSubstr("subjectAltName = DNS:TCPIPA"));
    }
    EXPECT_TRUE(tls_identity::load(authority().issue("DNS:other,DNS:tcpipa"), "TCPIPA"));
}

TEST_F(xcf_tls, files_that_are_of_no_use_are_named) {
    auto const good = authority().issue("DNS:TCPIPA");
    auto const message = [](tls_identity::files const& from) {
        return tls_identity::load(from, "TCPIPA").error().text;
    };
    EXPECT_THAT(message({"/no/ca.pem", good.certificate, good.key}), HasSubstr("/no/ca.pem"));
    EXPECT_THAT(message({good.ca, "/no/cert.pem", good.key}), HasSubstr("/no/cert.pem"));
    EXPECT_THAT(message({good.ca, good.certificate, "/no/key.pem"}), HasSubstr("/no/key.pem"));
    auto const other = authority().issue("DNS:TCPIPA").key;
    EXPECT_THAT(message({good.ca, good.certificate, other}), HasSubstr(other));
}

TEST(xcf_address, is_read_as_it_is_written) {
    for (auto const* text : {"10.1.1.1:4801", "[2001:db8::1]:65535"})
        EXPECT_EQ(network_address::parse(text).value().to_string(), text);
    for (auto const* text : {"", "10.1.1.1", "10.1.1.1:0", "10.1.1.1:65536", "10.1.1:80", ":80",
                             "2001:db8::1:80", "[10.1.1.1]:80", "[]:80", "host:80", "1.2.3.4:8x"})
        EXPECT_FALSE(network_address::parse(text)) << text;
    EXPECT_TRUE(network_address::parse("0.0.0.0:1")->is_unspecified());
    EXPECT_TRUE(network_address::parse("[::]:1")->is_unspecified());
    EXPECT_FALSE(network_address::parse("10.1.1.1:1")->is_unspecified());
}

}  // namespace
}  // namespace cf::test
