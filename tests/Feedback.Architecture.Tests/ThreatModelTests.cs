using System.Text.RegularExpressions;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>What SECURITY.md says is tested is tested.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var named = TestName().Matches(string.Join('\n', Repository.LinesOf("SECURITY.md"))).Select(match => match.Groups[1].Value).ToList();
        var written = Repository.CSharpSources.Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => Declaration().Matches(string.Join('\n', Repository.LinesOf(path)))).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.True(named.Count >= 20, $"Only {named.Count} tests are named.");
        Offenders.None(named.Where(name => !written.Contains(name)));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+){3,})`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"public (?:async )?\w+ (\w+)\(")]
    private static partial Regex Declaration();
}
