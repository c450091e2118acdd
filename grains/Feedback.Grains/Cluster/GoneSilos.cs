using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Cluster;

/// <summary>Hears that calls fail, which may be because a silo is gone.</summary>
public interface ISiloWatch
{
    /// <summary>A call of a grain failed. Returns at once.</summary>
    void Suspect();
}

/// <summary>
/// Notices that the process of another silo is gone, so that its windows come back elsewhere. Orleans finds that out, too, by several
/// probes, which take the longer the busier a silo is, and those are busy that carry what it left. A process that is gone needs no
/// probes: its machine refuses connections to its address, twice in a row.
/// <para>
/// A silo that gives no answer at all may be slow or cut off, and is left to the probes. So is one that refuses this silo only: a firewall
/// between two offices does so, too. Where there is a third silo, one of those must be refused as well.
/// </para>
/// </summary>
internal sealed partial class GoneSilos(
    IClusterMembershipService membership, ILocalSiloDetails self, ISiloWitnesses witnesses, ISiloDoors doors, TimeProvider clock, ILogger<GoneSilos> log) : ISiloWatch
{
    /// <summary>Between the two looks at a silo, and from one round to the next.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private int _looking;

    /// <inheritdoc/>
    public void Suspect()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 0)
            _ = Task.Run(LookAsync);
    }

    /// <summary>Looks at all other silos, and has those declared dead that are gone.</summary>
    public async Task LookAsync()
    {
        try
        {
            var others = membership.CurrentSnapshot.Members.Values
                .Where(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(self.SiloAddress))
                .Select(member => member.SiloAddress).ToList();
            await Task.WhenAll(others.Select(silo => LookAtAsync(silo, [.. others.Where(other => !other.Equals(silo))])));
            await Task.Delay(Pause, clock);
        }
        catch (Exception e)
        {
            // The probes find out as well, later.
            LogFailed(e);
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    private async Task LookAtAsync(SiloAddress silo, IReadOnlyList<SiloAddress> others)
    {
        if (!await doors.IsShutAsync(silo))
            return;
        await Task.Delay(Pause, clock);
        if (!await doors.IsShutAsync(silo) || !await OthersAgreeAsync(silo, others))
            return;
        if (await membership.TryKill(silo))
            LogGone(silo);
    }

    private async Task<bool> OthersAgreeAsync(SiloAddress silo, IReadOnlyList<SiloAddress> others)
    {
        if (others.Count == 0)
            return true;
        var asked = others.Select(other => IsShutForAsync(other, silo)).ToList();
        while (asked.Count > 0)
        {
            var answer = await Task.WhenAny(asked);
            if (await answer)
                return true;
            asked.Remove(answer);
        }

        return false;
    }

    // A release that does not know the question has no opinion; nor has a silo that is gone itself.
    private async Task<bool> IsShutForAsync(SiloAddress other, SiloAddress silo)
    {
        try
        {
            return await witnesses.IsShutAsync(other, silo).WaitAsync(Patience, clock);
        }
        catch (Exception)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo {Silo} is gone: nobody listens at its address any more. It is declared dead.")]
    private partial void LogGone(SiloAddress silo);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether another silo is gone could not be found out; it is left to the probes.")]
    private partial void LogFailed(Exception e);
}
