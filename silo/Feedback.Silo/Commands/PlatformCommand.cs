using System.CommandLine;
using System.Globalization;
using System.Resources;
using System.Text;
using Feedback.Domain.Platform;
using Feedback.Grains.Organisation;
using Feedback.Grains.Platform;
using Feedback.Silo.Hosting;
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
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("check", "Checks a file for --platform, and prints a made-up item of each kind as the platform would get it. Nothing is sent. With the site, which may run, it is also looked whether there is the place at or below which is reported.")
        {
            file, lang, data, postgres,
        };
        command.SetAction((parsed, _) => Sites.RunAsync(async () =>
        {
            var (path, culture) = (parsed.GetValue(file)!.FullName, RegisterCommand.CultureOf(parsed.GetValue(lang)));
            var settings = PlatformChoices.Read(path, culture);
            var seesSite = parsed.GetResult(data) is { Implicit: false } || parsed.GetValue(postgres) is not null;
            if (settings.Node is not null && seesSite)
                await CheckPlaceAsync(Sites.OpenExisting(parsed, data, postgres), settings, path, culture);
            foreach (var mapping in settings.Mappings.Values.OrderBy(mapping => mapping.Kind))
            {
                var item = PlatformSamples.Of(mapping.Kind);
                var mapped = mapping.Map(item, settings.Zone);
                Console.WriteLine(Word(culture, "example", Word(culture, "kind-" + mapping.Kind.Word())));
                Console.WriteLine(mapped.Gap?.ToString() ?? Encoding.UTF8.GetString(PlatformText.Write([(item, mapped)], indented: true)));
            }

            Console.WriteLine(settings.Counts is { } counts ? Word(culture, "check-counts", counts.Address, counts.Hour) : Word(culture, "check-no-counts"));
            if (settings.Node is { } node && !seesSite)
                Console.WriteLine(Word(culture, "check-node-unseen", node));
            Console.WriteLine(Word(culture, "check-passed", settings.Items!));
            return 0;
        }));
        return command;
    }

    /// <summary>Looks whether the site has the place at or below which is reported.</summary>
    /// <exception cref="UsageException">It has none such: nothing would be sent.</exception>
    private static async Task CheckPlaceAsync(Site site, PlatformSettings settings, string path, CultureInfo culture)
    {
        using var host = VerbHost.BuildStorage(site);
        if ((await host.Services.GetRequiredService<IBureau>().RefreshAsync()).Tree.Find(settings.Node!) is null)
            throw new UsageException($"{path}: {new PlatformFileException("node", "node-unknown", settings.Node!).Tell(culture)}");
    }

    private static string Word(CultureInfo culture, string name, params object[] values) => string.Format(culture, Texts.GetString(name, culture)!, values);
}
