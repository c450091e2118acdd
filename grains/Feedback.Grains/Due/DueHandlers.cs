using System.Collections.Concurrent;

namespace Feedback.Grains.Due;

/// <summary>Who performs which command on this silo.</summary>
internal sealed class DueHandlers(IEnumerable<IDueHandler> handlers)
{
    private const int MostRemembered = 1000;

    private readonly Dictionary<string, IDueHandler> _handlers = handlers.ToDictionary(handler => handler.Command, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unknown = new(StringComparer.Ordinal);

    /// <summary>The handler of a word; null where this release has none.</summary>
    public IDueHandler? Find(string word) => _handlers.GetValueOrDefault(word);

    /// <summary>Whether a word without a handler is met for the first time since the silo started.</summary>
    public bool IsNews(string word) => _unknown.Count < MostRemembered && _unknown.TryAdd(word, true);
}
