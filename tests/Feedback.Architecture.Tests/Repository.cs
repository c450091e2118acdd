using System.Text.RegularExpressions;

namespace Feedback.Architecture.Tests;

/// <summary>The working tree the tests were built from.</summary>
internal static partial class Repository
{
    /// <summary>Folders of products of the build, of running, and of others' code.</summary>
    private static readonly string[] NotOurs = ["bin", "obj", "data", "cluster-data", "artifacts", "TestResults", "node_modules", "lib"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every written source file: path from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Sources { get; } =
        [.. FilesBelow(Root).Where(path => Path.GetExtension(path) is ".cs" or ".razor" or ".js" or ".css" or ".sql").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> CSharpSources { get; } =
        [.. Sources.Where(path => Path.GetExtension(path) is ".cs" or ".razor")];

    /// <summary>Top-level folders that hold what is shipped.</summary>
    public static IReadOnlyList<string> ProductFolders { get; } = ["silo", "grains", "api", "analytics", "seeds"];

    /// <summary>Every project: path from the root.</summary>
    public static IReadOnlyList<string> Projects { get; } = [.. FilesBelow(Root).Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))];

    public static string[] LinesOf(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>"path:line text" of every line of C# code that matches; lines that are only comment do not count.</summary>
    public static IEnumerable<string> LinesOfCode(Regex pattern) =>
        from path in CSharpSources
        from line in LinesOf(path).Index()
        where !OnlyComment().IsMatch(line.Item) && pattern.IsMatch(line.Item)
        select $"{path}:{line.Index + 1} {line.Item.Trim()}";

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(path => Path.GetFileName(path) is var name && name[0] != '.' && !NotOurs.Contains(name))
                .SelectMany(FilesBelow));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Feedback.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from within the repository.");
    }

    [GeneratedRegex(@"^\s*(//|\*|@\*)")]
    private static partial Regex OnlyComment();
}
