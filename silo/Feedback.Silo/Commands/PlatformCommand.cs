using System.CommandLine;
using System.Globalization;
using System.Resources;
using System.Text;
using Feedback.Domain.Platform;
using Feedback.Silo.Platform;

namespace Feedback.Silo.Commands;

/// <summary><c>platform</c>: what is reported to a higher platform.</summary>
internal static class PlatformCommand
{
    private static readonly ResourceManager Texts = new("Feedback.Silo.Platform.Words", typeof(PlatformCommand).Assembly);

    public static Command Create() => new("platform", "What is reported to a higher platform.") { Check() };

    private static Command Check()
    {
        var file = new Argument<FileInfo>("file") { Description = "The file that serve takes as --platform." };
        var lang = new Option<string?>("--lang") { Description = "The language of what is told: zh or en; that of the terminal when left out.", HelpName = "LANG" };
        lang.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("check", "Checks a file for --platform, and prints a made-up item of each kind as the platform would get it. Nothing is sent, and no site is needed.") { file, lang };
        command.SetAction((parsed, _) => Sites.RunAsync(() =>
        {
            var culture = RegisterCommand.CultureOf(parsed.GetValue(lang));
            var settings = PlatformChoices.Read(parsed.GetValue(file)!.FullName, culture);
            foreach (var mapping in settings.Mappings.Values.OrderBy(mapping => mapping.Kind))
            {
                var item = PlatformSamples.Of(mapping.Kind);
                var mapped = mapping.Map(item, settings.Zone);
                Console.WriteLine(Word(culture, "example", Word(culture, "kind-" + mapping.Kind.Word())));
                Console.WriteLine(mapped.Gap?.ToString() ?? Encoding.UTF8.GetString(PlatformText.Write([(item, mapped)], indented: true)));
            }

            Console.WriteLine(settings.Counts is { } counts ? Word(culture, "check-counts", counts.Address, counts.Hour) : Word(culture, "check-no-counts"));
            Console.WriteLine(Word(culture, "check-passed", settings.Items!));
            return Task.FromResult(0);
        }));
        return command;
    }

    private static string Word(CultureInfo culture, string name, params object[] values) => string.Format(culture, Texts.GetString(name, culture)!, values);
}
