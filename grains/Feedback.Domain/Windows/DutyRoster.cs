using System.Globalization;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>
/// Who was signed in at a window when: a fold of its sign-ins and sign-outs by their own times, in whatever order they came in.
/// What was signed at one time holds until the next time at which something was signed.
/// </summary>
/// <remarks>
/// The rule of attribution: an evaluation is attributed to who was signed in at its own time; where nobody was, to who had
/// signed out at most five minutes before, else to who signed in at most five minutes after, because clocks of terminals
/// differ by as much. Nobody else is ever guessed, and what was attributed once stays so: a sign-in that comes in late only
/// counts for what comes in after it.
/// </remarks>
public sealed class DutyRoster
{
    /// <summary>How far the clocks of a sign-in and of an evaluation may differ: 5 minutes, in milliseconds.</summary>
    public const long Slack = 5L * 60 * 1000;

    // An evaluation is at most 90 days old, and its sign-in at most five minutes newer than now: nothing older is asked for.
    private const long Memory = DayRule.Patience + DayRule.Ahead + Slack;

    // Far more changes at one window than 90 days of people bring; it bounds what a terminal gone wild can do.
    private const int MostEntries = 4096;

    private readonly List<(long At, string? Staff)> _entries = [];

    /// <summary>Whether nobody ever signed in.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Who is signed in at a time; null when nobody is.</summary>
    /// <param name="time">Milliseconds UTC.</param>
    public string? At(long time) => IndexAt(time) is >= 0 and var index ? _entries[index].Staff : null;

    /// <summary>To whom an evaluation of a time is attributed; null when to nobody.</summary>
    /// <param name="time">The evaluation's own time, milliseconds UTC.</param>
    public string? Attributed(long time)
    {
        var index = IndexAt(time);
        if (index >= 0 && _entries[index].Staff is { } present)
            return present;
        // Both ends are included: exactly five minutes are still slack.
        if (index > 0 && time - _entries[index].At <= Slack && _entries[index - 1].Staff is { } left)
            return left;
        return index + 1 < _entries.Count && _entries[index + 1].At - time <= Slack ? _entries[index + 1].Staff : null;
    }

    /// <summary>Whether somebody signed in or out near a time.</summary>
    /// <param name="time">Milliseconds UTC.</param>
    /// <param name="slack">How near, in milliseconds, both ends included.</param>
    public bool ChangedWithin(long time, long slack)
    {
        var index = IndexAt(time);
        return (index >= 0 && time - _entries[index].At <= slack) || (index + 1 < _entries.Count && _entries[index + 1].At - time <= slack);
    }

    /// <summary>The event by which somebody takes the window over, or leaves it; null when that was signed already, or nobody is there to leave.</summary>
    /// <remarks>Who is there already may sign in again: it tells that they still are, should a sign-out of an earlier time come in late.</remarks>
    /// <param name="staff">Who takes it over; null when whoever is there leaves.</param>
    /// <param name="at">The change's own time, milliseconds UTC.</param>
    /// <param name="salt">The event's salt.</param>
    public JournalEvent? Change(string? staff, long at, Opaque salt)
    {
        var index = IndexAt(at);
        var present = index >= 0 ? _entries[index].Staff : null;
        if (staff is null)
            return present is null ? null : new StaffSignedOut { Salt = salt, Staff = present, At = at };
        return present == staff && _entries[index].At == at ? null : new StaffSignedIn { Salt = salt, Staff = staff, At = at };
    }

    /// <summary>Folds a sign-in or sign-out in; other events change nothing.</summary>
    public void Apply(JournalEvent happened)
    {
        switch (happened)
        {
            case StaffSignedIn e:
                Set(e.At, e.Staff);
                break;
            case StaffSignedOut e when At(e.At) == e.Staff:
                Set(e.At, null);
                break;
        }
    }

    /// <summary>The text that <see cref="Read"/> reads: a line per change, its time and who.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (at, staff) in _entries)
            text.Append(at.ToString(CultureInfo.InvariantCulture)).Append('\t').Append(staff).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static DutyRoster Read(string text)
    {
        var roster = new DutyRoster();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            roster._entries.Add((long.Parse(line.AsSpan(0, tab), CultureInfo.InvariantCulture), tab + 1 < line.Length ? line[(tab + 1)..] : null));
        }

        return roster;
    }

    private void Set(long at, string? staff)
    {
        var index = IndexAt(at);
        if (index >= 0 && _entries[index].At == at)
            _entries[index] = (at, staff);
        else
            _entries.Insert(index + 1, (at, staff));
        Forget();
    }

    // The newest entry before the horizon is kept: it holds at the horizon, and one before it bounds the slack.
    private void Forget()
    {
        var horizon = IndexAt(_entries[^1].At - Memory) - 1;
        var surplus = Math.Max(horizon, _entries.Count - MostEntries);
        if (surplus > 0)
            _entries.RemoveRange(0, surplus);
    }

    // The last entry at or before a time; −1 when there is none.
    private int IndexAt(long time)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].At <= time)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
