using Feedback.Grains.Windows;

namespace Feedback.Grains.Tests.Support;

/// <summary>Waits in real time for what happens on other threads and gives no sign of its own.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(1);

#pragma warning disable RS0030 // Other threads live in real time; nothing that is tested sees this clock.
    private static readonly TimeProvider Clock = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>Lets other threads run for a moment.</summary>
    public static Task MomentAsync() => Task.Delay(LookEvery, Clock);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not hold in time.</exception>
    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        var start = Clock.GetTimestamp();
        while (!await condition())
        {
            if (Clock.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"Waited in vain: {what}.");
            await MomentAsync();
        }
    }

    /// <summary>Asks for a decision again and again, as a person does, until it is made.</summary>
    public static async Task<Outcome> DecidedAsync(Func<Task<Outcome>> decide)
    {
        Outcome outcome = default;
        await HoldsAsync("it is decided", async () => (outcome = await decide()).Refusal is not { Retryable: true });
        return outcome;
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(string what, Func<bool> condition) => HoldsAsync(what, () => Task.FromResult(condition()));

    /// <summary>The result of a task that must end.</summary>
    public static Task<T> EndsAsync<T>(Task<T> task) => task.WaitAsync(Patience, Clock);

    /// <summary>Waits for a task that must end.</summary>
    public static Task EndsAsync(Task task) => task.WaitAsync(Patience, Clock);
}
