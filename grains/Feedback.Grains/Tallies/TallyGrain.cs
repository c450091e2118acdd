using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Feedback.Grains.Tallies;

[Reentrant]
internal sealed partial class TallyGrain(
    IJournal journal, IDayStore days, IBureau bureau, ReportRelay relay, IGrainFactory grains, IHostApplicationLifetime host, ILogger<TallyGrain> log) : Grain, ITallyGrain
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly MonthTally _month = new();
    private readonly Dictionary<NodeId, long> _told = [];
    private readonly string _epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private TallyKey _key;
    private ChildWindows _windows = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = TallyKey.Parse(this.GetPrimaryKeyString());
        _windows = new ChildWindows(_key, journal, days, grains, await journal.GenerationAsync(cancellationToken));
        if (bureau.Current.Tree.Find(_key.Node) is null)
            await bureau.RefreshAsync();
        Take(await _windows.LoadAsync(Windows()));
        // Whoever reads a tally must not get half of it: an activation that cannot look everywhere fails, and is tried again.
        await LookAsync(patient: false);
        this.RegisterGrainTimer(LookAgainAsync, new GrainTimerCreationOptions(LookEvery, LookEvery) { Interleave = true });
    }

    public Task Report(ImmutableArray<ChildReport> reports)
    {
        if (Tree.Find(_key.Node) is { } node)
            ReportTelemetry.NoteLevel(node.Kind);
        foreach (var gap in Take(reports))
            _ = CloseGapAsync(gap);
        return Task.CompletedTask;
    }

    public Task<NodeDays> GetDays(DateOnly from, DateOnly to, bool children) => Task.FromResult(new NodeDays(
        Mark, _month.Days(from, to), children ? _month.Children(from, to) : ImmutableDictionary<NodeId, ImmutableArray<DayTally>>.Empty));

    public Task<ChildReport> DaysSince(string epoch, long after)
    {
        var from = epoch == _epoch ? after : 0;
        return Task.FromResult(new ChildReport(_key.Node, _epoch, from, _month.Sequence, Told(_month.Days(_key.Month, _key.End, from))));
    }

    public ValueTask<FigureMark> GetMark() => ValueTask.FromResult(Mark);

    private FigureMark Mark => new(_epoch, _month.Sequence);

    private OrganisationTree Tree => bureau.Current.Tree;

    private List<NodeId> Windows() =>
        [.. Tree.EverUnder(_key.Node).Where(node => node.Kind == NodeKind.Window).Select(node => node.Id)];

    /// <summary>Takes reports, tells the parents, and answers the children of whom something is missing.</summary>
    private List<NodeId> Take(IEnumerable<ChildReport> reports)
    {
        var changed = new HashSet<DateOnly>();
        var gaps = new List<NodeId>();
        foreach (var report in reports)
        {
            // A child that this silo has not heard of yet: until it has, nobody knows on which days it belongs here.
            if (Tree.Find(report.Child) is null || !_month.Take(report, day => Tree.Find(report.Child)?.ParentOn(day) == _key.Node, changed))
                gaps.Add(report.Child);
        }

        Tell(changed);
        return gaps;
    }

    private void Tell(IEnumerable<DateOnly> changed)
    {
        if (Tree.Find(_key.Node) is not { } node)
            return;
        foreach (var parent in changed.Select(node.ParentOn).OfType<NodeId>().Distinct())
        {
            var from = _told.GetValueOrDefault(parent);
            var days = _month.Days(_key.Month, _key.End, from).Where(day => node.ParentOn(day.Day) == parent);
            _told[parent] = _month.Sequence;
            relay.Offer(_key with { Node = parent }, new ChildReport(_key.Node, _epoch, from, _month.Sequence, Told([.. days])));
        }
    }

    // Who was rated is known at the window and in its hall, and nowhere above.
    private ImmutableArray<DayTally> Told(ImmutableArray<DayTally> days) =>
        Tree.Find(_key.Node)?.Kind is NodeKind.Team ? days : [.. days.Select(day => day with { Tally = day.Tally.Without(CellKind.Staff) })];

    private async Task LookAsync(bool patient)
    {
        Exception? failed = null;
        await TryAsync(_windows.LookAsync(Windows(), window => _month.ThroughOf(window).Through, reports => Take(reports), patient));
        foreach (var child in Tree.EverUnder(_key.Node).Where(node => node.Kind != NodeKind.Window).ToList())
            await TryAsync(FetchAsync(child.Id));
        if (failed is not null)
            ExceptionDispatchInfo.Throw(failed);

        // A child that cannot be asked, such as a window whose stream is damaged, keeps nothing of the others away.
        async Task TryAsync(Task look)
        {
            try
            {
                await look;
            }
            catch (Exception e) when (patient)
            {
                failed ??= e;
            }
        }
    }

    private async Task FetchAsync(NodeId child)
    {
        if (Tree.Find(child) is null)
            await bureau.RefreshAsync();
        var (epoch, through) = _month.ThroughOf(child);
        if (Tree.Find(child)?.Kind != NodeKind.Window)
        {
            Take([await grains.GetGrain<ITallyGrain>((_key with { Node = child }).ToString()).DaysSince(epoch, through)]);
            return;
        }

        // A window is asked by its version alone. Where it speaks of another epoch, nothing known counts, and it is asked for all.
        var report = await _windows.FetchAsync(child, through);
        Take([report.Epoch == epoch || report.From == 0 ? report : await _windows.FetchAsync(child, 0)]);
    }

    private async Task LookAgainAsync()
    {
        try
        {
            await LookAsync(patient: true);
        }
        catch (Exception e)
        {
            Tell(e);
        }
    }

    private async Task CloseGapAsync(NodeId child)
    {
        try
        {
            await FetchAsync(child);
        }
        catch (Exception e)
        {
            Tell(e);
        }
    }

    // While the silo stops there is soon nobody to ask, and nothing is missed: the next activation looks.
    private void Tell(Exception e)
    {
        if (!host.ApplicationStopping.IsCancellationRequested)
            CouldNotLook(log, _key, e);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Tally} could not look for missing days; it looks again in five seconds.")]
    private static partial void CouldNotLook(ILogger log, TallyKey tally, Exception e);
}
