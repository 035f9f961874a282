#include "app/files.hpp"

#include <fstream>
#include <iterator>

namespace faceward::app {

std::optional<std::vector<std::uint8_t>> read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file)) return std::nullopt;
    return std::vector<std::uint8_t>{std::istreambuf_iterator<char>(stream), {}};
}

bool write_file(const std::filesystem::path& file, const std::vector<std::uint8_t>& bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    return static_cast<bool>(stream.flush());
}

std::string_view meaning(Fault fault) {
    switch (fault) {
        case Fault::picture_unreadable:
            return "the picture cannot be read";
        case Fault::medium_unreadable:
            return "the medium cannot be read";
        case Fault::not_judgeable:
            return "whether the face is bona fide cannot be told";
        case Fault::template_unreadable:
            return "the template cannot be read";
        case Fault::face_not_found:
            return "there is no face on the picture";
        case Fault::several_faces:
            return "more than one person is on the picture";
        case Fault::template_not_extracted:
            return "no template can be made of the face";
        case Fault::inference_failed:
            return "the inference engine failed";
        case Fault::decoder_failed:
            return "no decoder can be started";
        case Fault::pack_invalid:
            return "the model pack does not hold";
        case Fault::internal:
            break;
    }
    return "an internal error";
}

std::string describe(const Error& error) {
    std::string text(meaning(error.fault));
    if (!error.reason.empty()) text += ": " + error.reason;
    return text;
}

}  // namespace faceward::app
