using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>What breaks a rule. Listed whole in the failure: xunit's own lists end after five, each cut short.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string?> offenders)
    {
        var all = offenders.ToList();
        Assert.True(all.Count == 0, $"{all.Count} break this rule:\n{string.Join('\n', all)}");
    }
}
