namespace Feedback.TestSupport;

/// <summary>Waits for conditions, never for time: looks often, and gives up with words when a deadline passes.</summary>
public static class Wait
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);

    /// <summary>How long tests wait for what takes milliseconds when all is well.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

#pragma warning disable RS0030 // Tests of running processes live in real time, and name its clock here only.
    /// <summary>The machine's clock.</summary>
    public static TimeProvider Clock { get; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Waits until a look finds something.</summary>
    /// <exception cref="TimeoutException">It was not there in time.</exception>
    public static async Task<T> ForAsync<T>(string what, Func<Task<T?>> look, TimeSpan? patience = null)
        where T : class
    {
        T? found = null;
        await UntilAsync(what, async () => (found = await look()) is not null, patience);
        return found!;
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan? patience = null)
    {
        var start = Clock.GetTimestamp();
        while (!await holds())
        {
            if (Clock.GetElapsedTime(start) > (patience ?? Patience))
                throw new TimeoutException($"Waited {Clock.GetElapsedTime(start).TotalSeconds:0} s in vain: {what}.");
            await Task.Delay(LookEvery, Clock);
        }
    }
}
