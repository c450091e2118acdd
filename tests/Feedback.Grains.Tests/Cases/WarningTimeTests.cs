using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>Whatever cases came in at whatever time: what their clocks are due to do is done within five seconds of its time, and warnings among it.</summary>
public sealed class WarningTimeTests
{
    private const int Cases = 8;
    private const int Wakings = 15;
    private const long MostLate = 5000;
    private static readonly CaseKind[] Kinds = [CaseKind.Complaint, CaseKind.Suggestion, CaseKind.Praise, CaseKind.Question, CaseKind.HotlineOrder];

    [Theory, InlineData(1), InlineData(2)]
    public async Task Warnings_come_within_five_seconds_of_their_time(int seed)
    {
        await using var site = await CaseSite.OpenAsync();
        var (draw, times) = (new Random(seed), new Dictionary<CaseId, HashSet<long>>());
        for (var n = 0; n < Cases; n++)
        {
            await site.Silo.JumpAsync(TimeSpan.FromSeconds(draw.Next(3600)));
            times[await site.OpenCaseAsync(Complaint() with { Kind = Kinds[draw.Next(Kinds.Length)] })] = [];
        }

        for (var waking = 0; waking < Wakings; waking++)
        {
            if (await site.WaitingAsync() is not { Count: > 0 } waiting)
                break;
            foreach (var (id, known) in times.Where(one => waiting.ContainsKey(CaseWork.ClockKey(one.Key))))
                known.Add(waiting[CaseWork.ClockKey(id)].At);
            var due = waiting.Values.Min(row => row.At);
            // Ticks fall anywhere between the time and a second later.
            await site.Silo.JumpAsync(TimeSpan.FromMilliseconds(Math.Max(0, due - site.Now - draw.Next(1000))));
            await site.Silo.AdvanceAsync(TimeSpan.FromMilliseconds(MostLate));
            Assert.DoesNotContain(await site.WaitingAsync(), row => row.Value.At <= due);
        }

        var warnings = 0;
        foreach (var (id, known) in times)
        {
            foreach (var at in (await site.EventsAsync(id)).OfType<CaseWarned>().Select(warned => warned.Stamp.At))
            {
                Assert.Contains(known, time => at >= time && at <= time + MostLate);
                warnings++;
            }
        }

        Assert.InRange(warnings, Cases / 2, int.MaxValue);
        await site.Silo.AssertCleanAsync();
    }
}
