#include "daemon/host/yaml_document.hpp"

#include <yaml-cpp/eventhandler.h>

#include <sstream>

namespace tcpplexd {
namespace {

// Keeps where the document starts, and nothing else.
class document_start : public YAML::EventHandler {
  public:
    YAML::Mark mark;

    void OnDocumentStart(YAML::Mark const& start) override { mark = start; }
    void OnDocumentEnd() override {}
    void OnNull(YAML::Mark const&, YAML::anchor_t) override {}
    void OnAlias(YAML::Mark const&, YAML::anchor_t) override {}
    void OnScalar(YAML::Mark const&, std::string const&, YAML::anchor_t,
                  std::string const&) override {}
    void OnSequenceStart(YAML::Mark const&, std::string const&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(YAML::Mark const&, std::string const&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

}  // namespace

// Not YAML::LoadAll: yaml-cpp 0.7 takes a stray "," or "]" at the top for documents without end.
std::optional<YAML::Node> yaml_document(std::string const& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    document_start start;
    if (!parser.HandleNextDocument(start)) return std::nullopt;
    if (parser.HandleNextDocument(start))
        throw YAML::ParserException(start.mark, "expected one document, found more here");
    return YAML::Load(text);
}

}  // namespace tcpplexd
