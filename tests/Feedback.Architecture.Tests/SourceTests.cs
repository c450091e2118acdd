using System.Text.RegularExpressions;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>What every source file keeps to, tests included.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 300;

    /// <summary>Holds examples of what it forbids.</summary>
    private const string ThisFile = "tests/Feedback.Architecture.Tests/SourceTests.cs";

    [Fact]
    public void The_sources_are_found() => Assert.Contains(ThisFile, Repository.CSharpSources);

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        Offenders.None(
            from path in Repository.Sources
            let lines = Repository.LinesOf(path).Length
            where lines > MostLines
            select $"{path}: {lines} lines, split it by subject");

    [Fact]
    public void Types_are_named_after_what_they_are() =>
        Offenders.None(Repository.LinesOfCode(EmptyName()).Concat(
            Repository.CSharpSources.Where(path => EmptyFileName().IsMatch(path))));

    [Fact]
    public void Nobody_asks_the_clock_or_the_dice_of_the_machine() =>
        Offenders.None(Repository.LinesOfCode(Ambient()).Where(line => !line.StartsWith(ThisFile, StringComparison.Ordinal)));

    [Theory]
    [InlineData("var day = DateTime.UtcNow;")]
    [InlineData("return DateTimeOffset . Now;")]
    [InlineData("_ = DateTime.Today.AddDays(1);")]
    [InlineData("Thread.Sleep(5);")]
    [InlineData("var die = Random.Shared.Next(6);")]
    [InlineData("var die = new Random();")]
    public void An_ambient_clock_or_die_is_seen(string code) => Assert.Matches(Ambient(), code);

    [Theory]
    [InlineData("public sealed class WindowManager")]
    [InlineData("internal static partial class TimeUtils(int size)")]
    [InlineData("public readonly record struct CaseDto(int Id);")]
    [InlineData("    private interface IHelper<T>")]
    public void An_empty_name_is_seen(string code) => Assert.Matches(EmptyName(), code);

    [Theory]
    [InlineData("public sealed class GrainStorageDatabase")]
    [InlineData("internal sealed class ManagerOnDuty")]
    [InlineData("var dto = baseClass;")]
    public void A_telling_name_is_not_an_empty_one(string code) => Assert.DoesNotMatch(EmptyName(), code);

    private const string EmptyEnding = "(Manager|Helper|Util|Utils|Common|Base|Impl|Dto)s?";

    [GeneratedRegex(@"^\s*((public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|new)\s+)*(class|struct|interface|enum|record(\s+(class|struct))?)\s+\w*" + EmptyEnding + @"\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(EmptyEnding + @"\.(cs|razor)$")]
    private static partial Regex EmptyFileName();

    [GeneratedRegex(@"\bDateTime(Offset)?\s*\.\s*(UtcNow|Now|Today)\b|\bThread\s*\.\s*Sleep\b|\bRandom\s*\.\s*Shared\b|\bnew\s+Random\(\)|\bEnvironment\s*\.\s*TickCount")]
    private static partial Regex Ambient();
}
