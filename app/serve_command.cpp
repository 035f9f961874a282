#include "app/commands.hpp"
#include "app/serving.hpp"
#include "app/setup.hpp"
#include "app/signals.hpp"

#include <iostream>

namespace faceward::app {
namespace {

using ops::LogLevel;

void greet(const std::string& address, bool with_console) {
    std::cout << "\nfaceward answers on " << address << '\n';
    if (with_console) std::cout << "The console is at " << address << "/console\n";
    std::cout
        << "\nTry it:\n"
        << "  curl " << address << "/v1/face/pattern/health\n"
        << "  curl -H 'Content-Type: image/jpeg' --data-binary @face.jpg -o face.template \\\n"
        << "       " << address << "/v1/face/pattern/extract\n"
        << "  curl -F 'sample_1=@face.jpg;type=image/jpeg' -F "
           "'sample_2=@other.jpg;type=image/jpeg' \\\n"
        << "       " << address << "/v1/face/pattern/extract_and_compare\n\n"
        << "Ctrl-C stops it.\n"
        << std::flush;
}

int serve(const SettingsSource& source, bool greeting) {
    const auto settings = source.load();
    if (!settings) return give_up(settings.error());
    if (const auto models = models_folder(*settings); !models) return give_up(models.error());
    ops::Log log(settings->log_level, std::cerr);
    Signals signals(
        [&log](int signal) { log.event(LogLevel::info, "stopping", {{"signal", signal}}); });
    Serving serving(*settings, log);
    if (const auto started = serving.start(); !started) return give_up(started.error());
    if (greeting) greet(serving.address(), serving.has_console());
    auto asked_to_stop = signals.next();
    for (; !asked_to_stop; asked_to_stop = signals.next()) serving.reload(source.load());
    const std::size_t dropped = serving.stop(*asked_to_stop);
    log.event(LogLevel::info, "stopped", {{"dropped", dropped}});
    return 0;
}

}  // namespace

void add_serve(CLI::App& program, Run& run) {
    CLI::App* command =
        program.add_subcommand("serve", "Answer HTTP requests until SIGINT or SIGTERM");
    const auto source = std::make_shared<SettingsSource>(*command);
    const auto greeting = std::make_shared<bool>(false);
    command->add_flag("--greet", *greeting, "Print the address and some requests to try")
        ->group("Output");
    command->callback([&run, source, greeting] {
        run = [source, greeting] { return serve(*source, *greeting); };
    });
}

}  // namespace faceward::app
