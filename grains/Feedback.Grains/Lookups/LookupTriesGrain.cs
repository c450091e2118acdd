using Feedback.Domain.Lookups;

namespace Feedback.Grains.Lookups;

/// <summary>Counts the wrong query codes of one window's numbers; what it counted outlives restarts. The key is the window's id.</summary>
[Alias("feedback.lookup-tries")]
public interface ILookupTriesGrain : IGrainWithStringKey
{
    /// <summary>Takes one try.</summary>
    /// <param name="version">The number's version.</param>
    /// <param name="fits">Whether the code is the right one.</param>
    /// <returns>Whether the code is right and the number open.</returns>
    [Alias("take")]
    Task<bool> Take(long version, bool fits);
}

/// <summary>The wrong codes, as <c>LookupTries</c> writes them.</summary>
[GenerateSerializer, Alias("feedback.lookup-tries-state")]
public sealed class LookupTriesState
{
    /// <summary>The text.</summary>
    [Id(0)]
    public string Text { get; set; } = "";
}

internal sealed class LookupTriesGrain([PersistentState("lookup-tries")] IPersistentState<LookupTriesState> saved, TimeProvider clock) : Grain, ILookupTriesGrain
{
    private LookupTries _tries = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _tries = LookupTries.Read(saved.State.Text);
        return Task.CompletedTask;
    }

    public async Task<bool> Take(long version, bool fits)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (!_tries.MayTry(version, now))
            return false;
        if (fits)
            return true;
        // Stored before it is answered: or else whoever makes the service restart tries on.
        _tries.Fail(version, now);
        saved.State.Text = _tries.Write();
        try
        {
            await saved.WriteStateAsync();
        }
        catch (Exception)
        {
            DeactivateOnIdle();
            throw;
        }

        return false;
    }
}
