namespace Feedback.Seeds.Simulation;

/// <summary>
/// What a terminal keeps of the bodies that were acknowledged, each with the life of the database that did: for
/// <see cref="KeptFor"/>, and at most <see cref="MostBytes"/>, the oldest going first. Safe for many threads.
/// </summary>
/// <param name="clock">Tells what is too old.</param>
internal sealed class KeptBodies(TimeProvider clock)
{
    /// <summary>Longer than any backup should be old.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>The bodies' bytes.</summary>
    public const long MostBytes = 64 << 20;

    private readonly Lock _gate = new();
    private readonly LinkedList<(DateTimeOffset At, string Generation, string Path, byte[] Body)> _kept = [];
    private readonly Dictionary<string, int> _lives = [];
    private long _bytes;

    /// <summary>Keeps bodies that were acknowledged; a server that does not tell its database's life cannot be served so.</summary>
    public void Add(string? generation, string path, IReadOnlyList<byte[]> bodies)
    {
        if (generation is null)
            return;
        lock (_gate)
        {
            foreach (var body in bodies)
            {
                _kept.AddLast((clock.GetUtcNow(), generation, path, body));
                _bytes += body.Length;
            }

            if (bodies.Count > 0)
                _lives[generation] = _lives.GetValueOrDefault(generation) + bodies.Count;

            while (_kept.First is { Value: var oldest } && (_bytes > MostBytes || clock.GetUtcNow() - oldest.At > KeptFor))
                Remove(_kept.First);
        }
    }

    /// <summary>Keeps bodies on whose repetition failed: they belong to no life that is known.</summary>
    public void PutBack(string path, IReadOnlyList<byte[]> bodies) => Add("", path, bodies);

    /// <summary>Takes what another life of the database than this one acknowledged, by path, matters first.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<byte[]> Bodies)> TakeOthers(string? generation)
    {
        if (generation is null)
            return [];
        lock (_gate)
        {
            // All of one life is the rule; then nothing is looked through.
            if (_lives.Keys.All(life => life == generation))
                return [];
            var others = new List<(string Path, byte[] Body)>();
            for (var one = _kept.First; one is not null;)
            {
                var next = one.Next;
                if (one.Value.Generation != generation)
                {
                    others.Add((one.Value.Path, one.Value.Body));
                    Remove(one);
                }

                one = next;
            }

            return [.. others.GroupBy(one => one.Path).OrderByDescending(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlyList<byte[]>)[.. group.Select(one => one.Body)]))];
        }
    }

    private void Remove(LinkedListNode<(DateTimeOffset At, string Generation, string Path, byte[] Body)> one)
    {
        _kept.Remove(one);
        _bytes -= one.Value.Body.Length;
        if (--_lives[one.Value.Generation] == 0)
            _lives.Remove(one.Value.Generation);
    }
}
