using System.Globalization;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.Domain.Tests.Windows.Flags;

/// <summary>How many planted attacks are flagged, and how many ordinary ratings are: measured on frozen days.</summary>
public sealed class FlagRateTests(ITestOutputHelper output)
{
    private const int Windows = 20;
    private const int Days = 25;
    private const long DayBegins = Some.Morning;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_planted_attacks_95_in_100_are_flagged_and_of_clean_ratings_at_most_one(bool offline)
    {
        var (clean, cleanFlagged, flaggable, flagged) = (0, 0, 0, 0);
        var attacks = new Dictionary<Attack, bool>();
        for (var window = 0; window < Windows; window++)
        {
            var (days, site) = (new PlantedDays(1000 + window), new Hall());
            // Every other window is never attacked.
            for (var day = 0; day < Days; day++)
            {
                foreach (var (rated, flags) in site.Receive(days.Day(attacks: window % 2), day, offline))
                {
                    if (rated.Attack is not { } attack)
                    {
                        clean++;
                        cleanFlagged += flags.Length > 0 ? 1 : 0;
                        continue;
                    }

                    var unique = attack with { Number = (window * 1000) + attack.Number };
                    attacks[unique] = attacks.GetValueOrDefault(unique) || flags.Length > 0;
                    (flaggable, flagged) = rated.IsFlaggable ? (flaggable + 1, flagged + (flags.Length > 0 ? 1 : 0)) : (flaggable, flagged);
                }
            }
        }

        var found = attacks.Values.Count(known => known);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"attacks flagged: {found} of {attacks.Count} ({100.0 * found / attacks.Count:0.0} %); their ratings from the first that tells: {flagged} of {flaggable} ({100.0 * flagged / flaggable:0.0} %); clean ratings flagged: {cleanFlagged} of {clean} ({100.0 * cleanFlagged / clean:0.00} %)"));
        foreach (var kind in attacks.GroupBy(attack => attack.Key.Kind))
            output.WriteLine($"  {kind.Key}: {kind.Count(attack => attack.Value)} of {kind.Count()}");
        Assert.All(attacks.GroupBy(attack => attack.Key.Kind), kind => Assert.True(kind.Count(attack => attack.Value) >= 0.95 * kind.Count(), kind.Key));
        Assert.True(flagged >= 0.95 * flaggable);
        Assert.True(cleanFlagged <= 0.01 * clean);
        Assert.True(clean > 5000 && attacks.Count >= 200);
    }

    /// <summary>One window as the service keeps it.</summary>
    private sealed class Hall
    {
        private readonly RatingWatch _watch = new();
        private readonly DutyRoster _duty = new();
        private readonly MatterLedger _matters = new();
        private long _version;

        public IEnumerable<(Rated Rated, string[] Flags)> Receive(List<Happening> happenings, int day, bool offline)
        {
            foreach (var happening in happenings)
            {
                var at = DayBegins + (day * Some.Day) + (long)(happening.At * 1000);
                // An offline terminal's ratings come together, in the evening.
                var received = offline ? DayBegins + (day * Some.Day) + (10 * 3_600_000L) : at;
                _version++;
                switch (happening)
                {
                    case Duty duty:
                        if (_duty.Change(duty.Staff, at, Some.Salt) is { } changed)
                            _duty.Apply(changed);
                        break;
                    case MatterDone done:
                        _matters.Finish(Some.Matter(done.Number).Hash, Some.On("2026-03-02").AddDays(day), received, _version);
                        _watch.Apply(Some.Finished(done.Number, Some.Admission(received)) with { FinishedAt = new Moment(at, 480) });
                        break;
                    case Rated rated:
                        yield return (rated, Rate(rated, at, received, day));
                        break;
                }
            }
        }

        private string[] Rate(Rated rated, long at, long received, int day)
        {
            var said = Some.Evaluation(rated.Grade) with { OccurredAt = new Moment(at, 480) };
            var set = Some.Admission(received) with { Terminal = rated.Terminal };
            var mark = rated.Comment is { } comment && CommentText.Compared(comment) is { } text ? (ulong?)Marked(text) : null;
            var matter = rated.Matter is { } number ? Some.Matter(number).Hash : (Domain.Journal.Opaque?)null;
            var flags = _watch.FlagsOf(said, set, new RatingSigns(
                matter is not null, matter is { } known && _matters.IsRated(known, received), rated.StaffPresent, _duty.ChangedWithin(at, RatingWatch.DutyWithin), mark));
            _watch.Apply(Some.Accepted(said, rated.Matter, set), mark);
            if (matter is { } now)
                _matters.Rate(now, Some.On("2026-03-02").AddDays(day), received, _version);
            return [.. flags];
        }

        // Any hash does; this one is the same in every process (FNV-1a).
        private static ulong Marked(string text) => text.Aggregate(14695981039346656037UL, (hash, letter) => unchecked((hash ^ letter) * 1099511628211UL));
    }
}
