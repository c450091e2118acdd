using System.Globalization;
using System.Text;

namespace Feedback.Domain.Lookups;

/// <summary>
/// Wrong query codes by number, of one window: after five a number is closed for a day, even for the right code. Six digits would
/// be guessed otherwise.
/// </summary>
public sealed class LookupTries
{
    /// <summary>How many wrong codes close a number.</summary>
    public const int Most = 5;

    /// <summary>How long a number is closed, and how long a wrong code is remembered: a day, in milliseconds.</summary>
    public const long Closed = 24L * 60 * 60 * 1000;

    /// <summary>
    /// How many numbers are remembered. Where more are tried within a day, that is no citizen: then the number with the fewest
    /// wrong codes is forgotten for each new one, which takes them over but for one. So every number keeps one try at least, and
    /// nobody gets more tries by making us forget.
    /// </summary>
    public const int Capacity = 2000;

    private readonly Dictionary<long, (int Wrong, long At)> _numbers = [];

    /// <summary>Whether a code may be tried for a number.</summary>
    /// <param name="version">The number's version.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public bool MayTry(long version, long now)
    {
        Forget(now);
        return !_numbers.TryGetValue(version, out var known) || known.Wrong < Most;
    }

    /// <summary>A wrong code was tried for a number for which one might be.</summary>
    /// <param name="version">The number's version.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public void Fail(long version, long now)
    {
        if (!_numbers.TryGetValue(version, out var known) && _numbers.Count >= Capacity)
        {
            var (fewest, counted) = _numbers.MinBy(one => (one.Value.Wrong, one.Value.At));
            _numbers.Remove(fewest);
            known = (Math.Min(counted.Wrong, Most - 1), now);
        }

        _numbers[version] = (known.Wrong + 1, now);
    }

    /// <summary>The text that <see cref="Read"/> reads: a line per number, its wrong codes and the time of the last one.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (version, (wrong, at)) in _numbers)
            text.Append(CultureInfo.InvariantCulture, $"{version} {wrong} {at}\n");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LookupTries Read(string text)
    {
        var tries = new LookupTries();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            tries._numbers[Number(parts[0])] = ((int)Number(parts[1]), Number(parts[2]));
        }

        return tries;

        static long Number(string part) => long.Parse(part, CultureInfo.InvariantCulture);
    }

    private void Forget(long now)
    {
        foreach (var (version, (_, at)) in _numbers)
        {
            if (now - at >= Closed)
                _numbers.Remove(version);
        }
    }
}
