using System.Collections.Concurrent;
using Feedback.Domain.Journal;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;

namespace Feedback.Grains.Tests.Due;

/// <summary>
/// Performs <c>test.book</c> by one append to a stream of the command's own, as those do who open a case: whoever comes a second
/// time finds it done. It outlives the silos, and so remembers who called it.
/// </summary>
internal sealed class Bookkeeper
{
    public const string Command = """{"command":"test.book"}""";

    private readonly ConcurrentQueue<(string Key, DateTimeOffset At)> _calls = new();
    private readonly ConcurrentDictionary<string, Func<int, Task<DueOutcome?>>> _does = new();
    private readonly ConcurrentDictionary<string, int> _times = new();

    /// <summary>Every call, with the silo's time.</summary>
    public IReadOnlyList<(string Key, DateTimeOffset At)> Calls => [.. _calls];

    /// <summary>The keys of all calls.</summary>
    public IEnumerable<string> Keys => _calls.Select(call => call.Key);

    /// <summary>Does something before the book is written; an outcome that is given back takes the place of writing it.</summary>
    /// <param name="key">The command.</param>
    /// <param name="does">Told the number of the call, from 1.</param>
    public void On(string key, Func<int, Task<DueOutcome?>> does) => _does[key] = does;

    /// <summary>Holds the first call of a command.</summary>
    public Gate Hold(string key)
    {
        var gate = new Gate();
        On(key, async times =>
        {
            if (times == 1)
                await gate.PassAsync();
            return null;
        });
        return gate;
    }

    /// <summary>The handler on one silo.</summary>
    public IDueHandler On(IJournal journal, TimeProvider clock) => new Handler(this, journal, clock);

    /// <summary>Where a command is booked.</summary>
    public static StreamName Book(string key) => new("test:" + key);

    /// <summary>How often a command took effect.</summary>
    public static async Task<long> BookedAsync(IJournal journal, string key) => (await journal.HeadsAsync([Book(key)]))[Book(key)];

    private sealed class Handler(Bookkeeper keeper, IJournal journal, TimeProvider clock) : IDueHandler
    {
        public string Command => "test.book";

        public async Task<DueOutcome> PerformAsync(DueCommand command)
        {
            keeper._calls.Enqueue((command.Key, clock.GetUtcNow()));
            var times = keeper._times.AddOrUpdate(command.Key, 1, (_, before) => before + 1);
            if (keeper._does.TryGetValue(command.Key, out var does) && await does(times) is { } outcome)
                return outcome;
            var stream = Book(command.Key);
            if ((await journal.HeadsAsync([stream]))[stream] > 0)
                return DueOutcome.Done;
            try
            {
                await journal.WriteAsync(new JournalUnit { Append = new Append(stream, StreamTail.Of(stream).Next(["""{"kind":"test.booked","v":1}"""u8.ToArray()], 0)) });
            }
            catch (VersionConflictException)
            {
                // Another silo was first.
            }

            return DueOutcome.Done;
        }
    }
}
