using Feedback.Grains.Cluster;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Feedback.Api.Cluster;

/// <summary>Asks every silo how it fares, all at once and none for longer than a second.</summary>
public sealed class ClusterReader(
    IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails here, SiloVitals own, TimeProvider clock, ISiloMetadataCache? metadata = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Whoever is gone for longer is no news.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>How the silos fare now.</summary>
    public async Task<ClusterReport> ReadAsync()
    {
        var at = clock.GetUtcNow();
        var entries = await EntriesAsync();
        var members = membership.CurrentSnapshot.Members.Values.ToList();
        var shown = members.Where(member => IsShown(member, members, entries, at));
        var silos = await Task.WhenAll(shown.Select(member => AskAsync(member, entries?.GetValueOrDefault(member.SiloAddress))));
        return ClusterReport.Of(at, silos, membershipRead: entries is not null);
    }

    // The table of members is in the database, which may be away just when somebody wants to know how the silos fare.
    private async Task<Dictionary<SiloAddress, MembershipEntry>?> EntriesAsync()
    {
        try
        {
            var entries = await grains.GetGrain<IManagementGrain>(0).GetDetailedHosts().WaitAsync(Patience, clock);
            return entries.ToDictionary(entry => entry.SiloAddress);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Of those that are gone, the last of each name is shown, unless another came in its place.</summary>
    private static bool IsShown(ClusterMember member, IReadOnlyList<ClusterMember> members, Dictionary<SiloAddress, MembershipEntry>? entries, DateTimeOffset at) =>
        member.Status != SiloStatus.Dead
        || (!members.Any(other => other != member && (other.Name == member.Name || other.SiloAddress.Endpoint.Equals(member.SiloAddress.Endpoint))
                && (other.Status != SiloStatus.Dead || other.SiloAddress.Generation > member.SiloAddress.Generation))
            && (entries?.GetValueOrDefault(member.SiloAddress) is not { } entry || at - Utc(entry.IAmAliveTime) < Remembered));

    private async Task<SiloView> AskAsync(ClusterMember member, MembershipEntry? entry)
    {
        var tags = TagsOf(member.SiloAddress);
        var (report, ahead, silent) = member.Status == SiloStatus.Active ? await AskAsync(member.SiloAddress) : (null, default, null);
        return new SiloView(
            member.Name, AddressOf(member.SiloAddress), tags.GetValueOrDefault("site"), WordOf(member.Status), SinceOf(member.Status, entry),
            report?.Version ?? tags.GetValueOrDefault("version"), silent,
            LeftInOrder: member.Status == SiloStatus.Dead && entry is not null && OwnFarewell(entry) is not null,
            report is null ? null : SiloFigures.Of(report, ahead));
    }

    private async Task<(SiloReport? Report, TimeSpan Ahead, string? Silent)> AskAsync(SiloAddress silo)
    {
        try
        {
            var asked = clock.GetUtcNow();
            var asking = silo.Equals(here.SiloAddress) ? own.ReadAsync() : grains.GetGrain<ISiloGrain>(silo.ToParsableString()).Report();
            var report = await asking.WaitAsync(Patience, clock);
            // It told the time about half-way between question and answer.
            return (report, report.At - (asked + ((clock.GetUtcNow() - asked) / 2)), null);
        }
        catch (TimeoutException)
        {
            return (null, default, "late");
        }
        catch (SiloGoneException)
        {
            return (null, default, "gone");
        }
        catch (Exception)
        {
            return (null, default, "failed");
        }
    }

    private IReadOnlyDictionary<string, string> TagsOf(SiloAddress silo) =>
        metadata?.GetSiloMetadata(silo)?.Metadata as IReadOnlyDictionary<string, string> ?? new Dictionary<string, string>();

    private static string AddressOf(SiloAddress silo) => $"{silo.Endpoint}@{silo.Generation}";

    private static DateTimeOffset? SinceOf(SiloStatus status, MembershipEntry? entry) =>
        entry is null ? null : Utc(status == SiloStatus.Dead ? OwnFarewell(entry) ?? entry.IAmAliveTime : entry.StartTime);

    // Whoever stops in order declares itself dead; the others do so with those that they can no longer reach.
    private static DateTime? OwnFarewell(MembershipEntry entry) =>
        entry.SuspectTimes?.LastOrDefault(vote => vote.Item1.Equals(entry.SiloAddress))?.Item2;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    /// <summary>Every word of a status.</summary>
    internal static readonly IReadOnlyList<string> Words = ["joining", SiloView.Active, "shutting-down", SiloView.Dead];

    /// <summary>The word of a status.</summary>
    internal static string WordOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => SiloView.Active,
        SiloStatus.ShuttingDown or SiloStatus.Stopping => "shutting-down",
        SiloStatus.Dead => SiloView.Dead,
        _ => "joining",
    };
}
