using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Programs;

/// <summary>Plays a program on a site of its own, and looks afterwards whether everything is as it was sent.</summary>
internal sealed class Player : IAsyncDisposable
{
    private static readonly TimeSpan[] OwnTimes =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(-30), TimeSpan.FromHours(-2), TimeSpan.FromDays(-3), TimeSpan.FromDays(-40), TimeSpan.FromDays(-100),
        TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10), TimeSpan.FromDays(400), TimeSpan.Zero, TimeSpan.Zero,
    ];

    // Terminals that were offline tell late who came and went.
    private static readonly TimeSpan[] SignedAgo = [TimeSpan.Zero, TimeSpan.FromMinutes(-1), TimeSpan.FromHours(-3), TimeSpan.FromDays(-4)];

    private readonly Sent _sent = new();
    private readonly PlainMoves _moves = new();
    private readonly Site _site;
    private int _numbers;

    private Player(Site site) => _site = site;

    private RunningSilo Silo => _site.Silo;

    private DateTimeOffset Now => Silo.Clock.GetUtcNow();

    /// <summary>Plays a program to its end.</summary>
    public static async Task PlayAsync(Step[] program)
    {
        await using var player = new Player(await Site.OpenAsync());
        foreach (var step in program)
            await player.PlayAsync(step);
        await player.CheckAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private Task PlayAsync(Step step) => step.Kind switch
    {
        StepKind.Submit => SubmitAsync(step),
        StepKind.Repeat => RepeatAsync(step),
        StepKind.Finish => SendAsync(Window(step.B), _sent.Send(
            Some.Finished($"m-{step.A % 4}", Window(step.B), Now.AddSeconds(_numbers++)) with { Source = step.A % 5 == 0 ? "ob" : "oa" })),
        StepKind.Exclude => ExcludeAsync(step),
        StepKind.Staff => Silo.Window(Window(step.B)).SetStaff(
            step.A % 2 == 0 ? Places.Staff : null, Now.Add(SignedAgo[step.A / 2 % SignedAgo.Length]).ToUnixTimeMilliseconds()),
        StepKind.Advance => AdvanceAsync(step.A % 8),
        StepKind.Deactivate => step.A % 2 == 0
            ? Silo.DeactivateAsync(Silo.Window(Window(step.B)))
            : Silo.DeactivateAsync(Silo.Tally(Places.Above[step.B % Places.Above.Length], Month)),
        StepKind.Crash => _site.CrashAndRestartAsync(),
        StepKind.Move => MoveAsync(step),
        StepKind.Look => Silo.DaysAsync(Places.Above[step.B % Places.Above.Length], Month),
        _ => Task.Run(() => Arm(step)),
    };

    private DateOnly Month => new(Some.LocalDay(Now).Year, Some.LocalDay(Now).Month, 1);

    private static NodeId Window(int number) => Places.Windows[number % Places.Windows.Length];

    private void Arm(Step step)
    {
        switch (step)
        {
            case { Kind: StepKind.FailFlush, A: < 50 }: Silo.Journal.FailBeforeNext(FaultyJournal.IsFlush); break;
            case { Kind: StepKind.FailFlush }: Silo.Journal.FailAfterNext(FaultyJournal.IsFlush); break;
            case { Kind: StepKind.FailAppend, A: < 25 }: Silo.Journal.FailBeforeNext(FaultyJournal.IsAppend); break;
            case { Kind: StepKind.FailAppend, A: < 60 }: Silo.Journal.FailAfterNext(FaultyJournal.IsAppend); break;
            case { Kind: StepKind.FailAppend, A: < 80 }: Silo.Journal.DoubleNext(FaultyJournal.IsAppend); break;
            case { Kind: StepKind.FailAppend }: Silo.Journal.RefuseNext(FaultyJournal.IsAppend); break;
            default: Silo.Reports.OnNext([.. Enumerable.Repeat((ReportFault)(1 + (step.A % 4)), 1 + (step.B % 5))]); break;
        }
    }

    private Task SubmitAsync(Step step)
    {
        var (here, there) = (Window(step.B), Window(step.B + 1 + (step.A % 3)));
        var claims = Enumerable.Range(0, 1 + (step.A % 4)).Select(i => _sent.Send(NewRating(here, step.A + (7 * i), step.B + i))).ToArray();
        return Task.WhenAll(SendAsync(here, claims), SendAsync(here, claims[^1]), SendAsync(there, _sent.Send(NewRating(there, step.B, step.A))));
    }

    private EvaluationClaim NewRating(NodeId window, int a, int b)
    {
        var origin = (a % 9) switch { 0 => Origin.Declined, 1 => Origin.Default, _ => Origin.Active };
        return Some.Rating(
            $"e-{_numbers++}", window, Now + OwnTimes[b % OwnTimes.Length], origin == Origin.Declined ? null : (Grade)(1 + (a % 5)), origin,
            matter: b % 3 == 0 ? null : $"m-{a % 4}", comment: a % 6 == 0 ? $"评语{a}" : null);
    }

    private Task RepeatAsync(Step step)
    {
        var here = _sent.Claims.Values.Where(claim => claim.Window == Window(step.B)).ToList();
        return here.Count == 0 ? Task.CompletedTask
            : SendAsync(Window(step.B), [.. Enumerable.Range(0, 1 + (step.A % 5)).Select(i => here[(step.A + (3 * i)) % here.Count])]);
    }

    private async Task SendAsync(NodeId window, params WindowClaim[] claims)
    {
        var results = await Silo.SubmitAsync(window, [.. claims]);
        for (var i = 0; i < claims.Length; i++)
            _sent.Hear(claims[i], results[i]);
    }

    private async Task ExcludeAsync(Step step)
    {
        var known = _sent.Acknowledged.Where(one => _sent.Claims[one.Key] is EvaluationClaim).ToList();
        if (known.Count == 0)
            return;
        var (key, version) = known[step.B % known.Count];
        var outcome = await Silo.Window(_sent.Claims[key].Window).SetExcluded(version, step.A % 3 != 0, "checked");
        Assert.True(outcome.Refusal is null or { Retryable: true }, $"{outcome}");
    }

    private async Task MoveAsync(Step step)
    {
        var node = step.A % 3 == 0 ? Places.Team : Window(step.A);
        NodeId[] parents = node == Places.Team ? [Places.Hall, Places.OtherHall] : [Places.Hall, Places.OtherHall, Places.Team];
        var parent = parents[step.B % parents.Length];
        if (await Silo.MoveAsync(node, parent) is { } from)
            _moves.Note(node, from, parent);
    }

    private Task AdvanceAsync(int how)
    {
        switch (how)
        {
            case 0: return Silo.AdvanceAsync(TimeSpan.FromSeconds(1));
            case 1: return Silo.AdvanceAsync(TimeSpan.FromSeconds(6));
            case 2 or 3: return Silo.AdvanceAsync(TimeSpan.FromSeconds(9));
            case 4: return Silo.JumpAsync(TimeSpan.FromHours(1));
            case 5: return Silo.JumpAsync(TimeSpan.FromHours(20));
            case 6: return Silo.JumpAsync(new DateTimeOffset(Some.LocalDay(Now).AddDays(1), default, TimeSpan.FromHours(8)).AddSeconds(-1) - Now);
            default:
                Silo.Clock.AdjustTime(Now.AddSeconds(-90));
                return Task.CompletedTask;
        }
    }

    private async Task CheckAsync()
    {
        Silo.Journal.Disarm();
        Silo.Reports.Clear();
        foreach (var claim in _sent.Unknown.ToList())
            _sent.Hear(claim, await Silo.InsistAsync(claim));

        var recount = new PlainRecount(_sent, _moves);
        foreach (var window in Places.Windows)
            recount.Count(window, await Silo.EventsAsync(window));
        Assert.Equal(_sent.Claims.Keys.Order(), recount.StoredKeys.Order());
        await Silo.SoonAsync(() => AssertCountsAsync(recount));
        await Silo.AssertCleanAsync();
    }

    private async Task AssertCountsAsync(PlainRecount recount)
    {
        foreach (var month in recount.All.ToList().GroupBy(one => (one.Node, Month: new DateOnly(one.Day.Year, one.Day.Month, 1))))
        {
            var told = (await Silo.DaysAsync(month.Key.Node, month.Key.Month)).ToDictionary(day => day.Day, day => PlainRecount.Words(day.Tally));
            foreach (var (node, day, counts) in month)
            {
                Assert.Equal(
                    counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{node} {day:O} {one.Key}: {one.Value}"),
                    told.GetValueOrDefault(day, new Dictionary<string, int>())
                        .OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{node} {day:O} {one.Key}: {one.Value}"));
            }
        }
    }
}
