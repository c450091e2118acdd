using System.Text.RegularExpressions;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>Where things are.</summary>
public sealed partial class LayoutTests
{
    [Fact]
    public void The_root_holds_only_what_a_newcomer_needs_to_see() =>
        Offenders.None(Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!).Where(name => !AtHome().IsMatch(name)));

    [Fact]
    public void Every_project_has_a_folder_of_its_own_under_a_top_level_folder() =>
        // A project inside another's folder would be compiled twice.
        Offenders.None(Repository.Projects.Where(path => path.Split('/') is not [_, var folder, var file] || Path.GetFileNameWithoutExtension(file) != folder));

    // The last four are ignored by version control: products of building and running.
    [GeneratedRegex(@"^(silo|grains|api|analytics|tests|seeds|Feedback\.sln|README\.md|README\.zh-CN\.md|run|test|LICENSE|SECURITY\.md|Directory\..*\.props|global\.json|BannedSymbols\.txt|nuget\.config|\..*|data|cluster-data|artifacts|TestResults)$")]
    private static partial Regex AtHome();
}
