using CsCheck;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.Grains.Tests.Programs;

public sealed class ProgramTests(ITestOutputHelper output)
{
    /// <summary>
    /// Whatever happens in whatever order: what was acknowledged is stored, what is stored was sent, nothing is stored twice, a
    /// repeat gets its first receipt, and within thirty seconds of quiet every figure at every level equals a recount by hand.
    /// </summary>
    [Fact]
    public Task Whatever_happens_every_figure_soon_equals_a_recount_of_what_was_sent() =>
        Step.Programs.SampleAsync(Player.PlayAsync, time: 60, threads: 1, writeLine: output.WriteLine, print: program => string.Join(", ", program));
}
