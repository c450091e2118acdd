using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Cluster;

/// <summary>
/// Remembers the last warning or error that this product logged, and how many there were lately. Only the words of the
/// template and the kinds of exceptions are kept: values and messages may name a window or hold what somebody said.
/// </summary>
public sealed class RecentErrors(TimeProvider clock) : ILoggerProvider
{
    private const string Ours = "Feedback.";
    private const string Template = "{OriginalFormat}";
    private const int Minutes = 60;

    private readonly Lock _noting = new();
    private readonly int[] _counts = new int[Minutes];
    private readonly long[] _minutes = new long[Minutes];
    private (string Text, DateTimeOffset At)? _last;

    /// <summary>The last one, and when it was, UTC; null when there was none since the start.</summary>
    public (string Text, DateTimeOffset At)? Last
    {
        get
        {
            lock (_noting)
                return _last;
        }
    }

    /// <summary>How many there were in this minute and the 59 before it.</summary>
    public int InHour
    {
        get
        {
            var minute = MinuteOf(clock.GetUtcNow());
            lock (_noting)
                return _counts.Where((_, slot) => minute - _minutes[slot] is >= 0 and < Minutes).Sum();
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Sink(categoryName.StartsWith(Ours, StringComparison.Ordinal) ? this : null);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    private void Note(string text)
    {
        var now = clock.GetUtcNow();
        var minute = MinuteOf(now);
        var slot = (int)(minute % Minutes);
        lock (_noting)
        {
            _last = (text, now);
            _counts[slot] = _minutes[slot] == minute ? _counts[slot] + 1 : 1;
            _minutes[slot] = minute;
        }
    }

    private sealed class Sink(RecentErrors? errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => errors is not null && logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var words = (state as IEnumerable<KeyValuePair<string, object?>>)?.FirstOrDefault(value => value.Key == Template).Value as string;
            errors!.Note(string.Join(" ", new[] { words, KindsOf(exception) }.Where(part => !string.IsNullOrEmpty(part))));
        }

        private static string KindsOf(Exception? exception)
        {
            var kinds = new List<string>();
            for (var cause = exception; cause is not null && kinds.Count < 4; cause = cause.InnerException)
                kinds.Add(cause.GetType().Name);
            return kinds.Count == 0 ? "" : $"({string.Join(" ← ", kinds)})";
        }
    }
}
