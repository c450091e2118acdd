using System.Security.Cryptography;
using Feedback.Domain.Placement;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using Orleans.Serialization.TypeSystem;

namespace Feedback.Grains.Placement;

/// <summary>
/// Moves windows, and the tallies above them, to where they belong. A grain lives as long as it is used, so without this a silo that
/// joins, or comes back, would stay empty for days. Every quarter of a minute each silo looks at what it holds beside what the others hold,
/// and gives away a few: first what prefers another silo, then what it has too much.
/// </summary>
/// <remarks>
/// Orleans' own rebalancer does not fit: it evens out memory and the number of all activations by moving random ones, knows no
/// preference and so would move windows away from their site, cannot be told that an upgrade is under way, and is experimental.
/// Moving is Orleans' migration: the window finishes what it has begun, stores its days, and what came meanwhile is handed on to the
/// new place. Should it go wrong, the window ends where it was and the next call finds it a place; the journal's key fences either.
/// </remarks>
internal sealed partial class WindowSpread(
    IGrainFactory grains, ILocalSiloDetails silo, ISiloStatusOracle silos, SiloFacts facts, PreferredSilos preferred, IBureau bureau,
    IHostApplicationLifetime host, TimeProvider clock, ILogger<WindowSpread> log) : BackgroundService
{
    /// <summary>The shortest and the longest time between two looks: silos that were started together look at different times.</summary>
    private static readonly (TimeSpan Least, TimeSpan Most) Pause = (TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(18));

    /// <summary>How many windows a silo gives away at one look, and how many tallies: so a restart costs the database no burst of readings.</summary>
    private const int MovesPerLook = 50;

    private static readonly string[] Kinds = [RuntimeTypeNameFormatter.Format(typeof(WindowGrain)), RuntimeTypeNameFormatter.Format(typeof(TallyGrain))];

    private HashSet<SiloAddress> _seen = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await TellUnknownSiteAsync();
            while (true)
            {
                await Task.Delay(NextPause(), clock, stoppingToken);
                await TryLookAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    /// <summary>Looks once, and moves what should be elsewhere.</summary>
    /// <returns>How many grains were told to move.</returns>
    internal async Task<int> LookAsync()
    {
        if (Settled() is not { } active)
            return 0;
        var held = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics(Kinds, active);
        var moved = 0;
        foreach (var kind in Kinds)
        {
            var places = held.Where(one => one.GrainType == kind).ToLookup(one => one.SiloAddress, one => one.GrainId);
            var moves = Spreading.Decide(
                silo.SiloAddress, places[silo.SiloAddress], active.ToDictionary(one => one, one => places[one].Count()), grain => preferred.For(grain, active), MovesPerLook);
            foreach (var (grain, to) in moves.TakeWhile(_ => !IsStopping))
            {
                await MoveAsync(grain, to);
                moved++;
            }
        }

        return moved;
    }

    private bool IsStopping => host.ApplicationStopping.IsCancellationRequested;

    /// <summary>
    /// The active silos, where they are the same as at the last look and all run the same release; null while silos come and go:
    /// what is moved during an upgrade would be moved once more by the next restart.
    /// </summary>
    private SiloAddress[]? Settled()
    {
        var members = silos.GetApproximateSiloStatuses();
        var active = members.Where(member => member.Value == SiloStatus.Active).Select(member => member.Key).Order().ToArray();
        var same = _seen.SetEquals(active);
        _seen = [.. active];
        return same && active.Length > 1 && active.Contains(silo.SiloAddress) && !IsStopping
            && !members.Values.Any(status => status is SiloStatus.ShuttingDown or SiloStatus.Stopping)
            && active.Select(facts.VersionOf).Distinct().Count() == 1
                ? active
                : null;
    }

    private async Task MoveAsync(GrainId grain, SiloAddress to)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, to);
        try
        {
            await grains.GetGrain(grain).AsReference<IGrainManagementExtension>().MigrateOnIdle();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }

    private async Task TryLookAsync()
    {
        try
        {
            if (await LookAsync() is > 0 and var moved)
                Moved(log, moved);
        }
        catch (Exception e)
        {
            CouldNotLook(log, e);
        }
    }

    private async Task TellUnknownSiteAsync()
    {
        if (facts.OwnSite is not { } site)
            return;
        try
        {
            if ((await bureau.RefreshAsync()).Tree.Find(site) is null)
                SiteUnknown(log, site);
        }
        catch (Exception)
        {
            // Whoever reads the organisation says so; a notice is not worth a second one.
        }
    }

    private static TimeSpan NextPause() =>
        TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)Pause.Least.TotalMilliseconds, (int)Pause.Most.TotalMilliseconds));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} windows and tallies go from here to the silos where they belong.")]
    private static partial void Moved(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be seen how the windows are spread over the silos; it is looked at again in a moment.")]
    private static partial void CouldNotLook(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No node of the organisation is named {Site}, which this silo names as its site: it holds any windows until --site or $FEEDBACK_SITE names a node by its id or path, such as n2 or jiangyuan/hall-1, or such a node is opened.")]
    private static partial void SiteUnknown(ILogger log, string site);
}
