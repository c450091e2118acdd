using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>The licences of what this is built with are listed, as the packages themselves state them, and bind nobody who runs it.</summary>
public sealed partial class LicenceTests
{
    private const string List = ".config/licences.md";

    // SPDX names of licences that ask for no more than to be named.
    private static readonly string[] Free = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL", "ISC", "Zlib"];

    private static readonly Dictionary<string, string> Listed = Repository.LinesOf(List)
        .Select(line => Row().Match(line)).Where(row => row.Success && row.Groups[1].Value is not "package")
        .ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

    [Fact]
    public void Every_package_has_its_licence_listed_and_nothing_else_is() =>
        Offenders.None(Packages().Select(package => package.Name).Except(Listed.Keys).Select(name => $"{name} is not listed in {List}")
            .Concat(Listed.Keys.Except(Packages().Select(package => package.Name)).Select(name => $"{name} is listed in {List} and not used")));

    [Fact]
    public void No_licence_binds_those_who_run_or_change_this() =>
        Offenders.None(Listed.Where(package => !Free.Contains(package.Value)).Select(package => $"{package.Key}: {package.Value}"));

    [Fact]
    public void The_list_says_what_the_packages_say()
    {
        // A package that only tests of another machine need may not be restored here.
        var stated = Packages().Select(package => (package.Name, Licence: LicenceOf(package.Name, package.Version))).Where(package => package.Licence is not null).ToList();

        Assert.True(stated.Count > 60, $"Only {stated.Count} packages were found.");
        Offenders.None(stated.Where(package => Listed.TryGetValue(package.Name, out var listed) && listed != package.Licence)
            .Select(package => $"{package.Name} says {package.Licence}, {List} says {Listed[package.Name]}"));
    }

    // Those that we name, and those that come along with what is shipped.
    private static List<(string Name, string Version)> Packages()
    {
        var named = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => ((string)package.Attribute("Include")!, (string)package.Attribute("Version")!)).ToList();
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "silo/Feedback.Silo/obj/project.assets.json")));
        var shipped = assets.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => (library.Name.Split('/')[0], library.Name.Split('/')[1]));
        return [.. named.Concat(shipped.ExceptBy(named.Select(package => package.Item1), package => package.Item1, StringComparer.OrdinalIgnoreCase))];
    }

    private static string? LicenceOf(string name, string version)
    {
        var folder = Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            name.ToLowerInvariant(), version.ToLowerInvariant());
        var about = Path.Combine(folder, name.ToLowerInvariant() + ".nuspec");
        if (!File.Exists(about))
            return null;
        var licence = XDocument.Load(about).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return (string?)licence?.Attribute("type") == "expression" ? licence!.Value
            : licence is not null && File.ReadAllText(Path.Combine(folder, licence.Value)).Contains("MIT License", StringComparison.OrdinalIgnoreCase) ? "MIT"
            : "unknown";
    }

    [GeneratedRegex(@"^\| (\S+) \| (\S+) \|$")]
    private static partial Regex Row();
}
