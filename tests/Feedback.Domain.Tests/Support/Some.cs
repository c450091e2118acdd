using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Release;
using Feedback.Domain.Tallies;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Tests.Support;

/// <summary>Ordinary facts: a good rating at window n5, on a Monday morning in Shanghai. Tests change what they are about with <c>with</c>.</summary>
public static class Some
{
    /// <summary>2026-03-02T09:30:00+08:00, in milliseconds UTC.</summary>
    public const long Morning = 1_772_415_000_000;

    /// <summary>One minute in milliseconds.</summary>
    public const long Minute = 60_000;

    /// <summary>One day in milliseconds.</summary>
    public const long Day = 24 * 60 * Minute;

    /// <summary>The sixteen bytes 00, 01 … 0f.</summary>
    public static readonly Opaque Salt = Bytes(0);

    /// <summary>The window of <see cref="Bureau.Tree"/> that stands directly in a hall.</summary>
    public static readonly NodeId Window = new("n5");

    /// <summary>The hall above <see cref="Window"/>.</summary>
    public static readonly NodeId Hall = new("n3");

    /// <summary>The fold of <see cref="Window"/>, from its first event on or from what waited for its release.</summary>
    public static WindowFold Fold(WaitingRatings? waiting = null) => new(Window, () => Bureau.Tree, waiting);

    /// <summary>What a fold counts exactly, day by day. What is released goes its own way: it depends on the order and not on the claimed days.</summary>
    public static IEnumerable<(DateOnly Day, Tally Tally)> Exact(WindowFold fold) => fold.Days.Order()
        .Select(day => (day, fold.TallyOf(day)!.Without(CellKind.Released))).Where(day => day.Item2.Count > 0);

    /// <summary>Sixteen ascending bytes from the first one on.</summary>
    public static Opaque Bytes(byte first) => Opaque.FromBytes([.. Enumerable.Range(first, Opaque.Length).Select(value => (byte)value)]);

    /// <summary>A day, written as people do.</summary>
    public static DateOnly On(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant in RFC 3339, in milliseconds UTC. Read by .NET alone, so that tests of our own reading can rely on it.</summary>
    public static long At(string rfc3339) => DateTimeOffset.Parse(rfc3339, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    /// <summary>A matter by number; equal numbers are the same matter.</summary>
    public static MatterReference Matter(int number) => new(new Opaque(new UInt128((ulong)number, 7)), null);

    /// <summary>An active rating from a terminal.</summary>
    public static Evaluation Evaluation(Grade? grade = Grade.VerySatisfied, Origin origin = Origin.Active) => new()
    {
        Id = "e-1",
        Source = "t1",
        Window = Window,
        OccurredAt = new Moment(Morning, 480),
        Grade = grade,
        Origin = origin,
        Channel = Channel.Terminal,
    };

    /// <summary>What the server sets for it.</summary>
    public static Admission Admission(long receivedAt = Morning + 1000, string? day = null) => new()
    {
        ReceivedAt = receivedAt,
        Terminal = "t1",
        Key = "k1",
        Hall = Hall,
        Parent = Hall,
        Day = day is null ? HallZone.Get("Asia/Shanghai").LocalTime(receivedAt).Day : On(day),
        Hour = 9,
        Scheme = 0,
        Catalogue = 0,
        Policy = 0,
    };

    /// <summary>The stored event of an evaluation.</summary>
    public static EvaluationAccepted Accepted(Evaluation? evaluation = null, int? matter = null, Admission? admission = null) => new()
    {
        Salt = Salt,
        Evaluation = evaluation ?? Evaluation(),
        Matter = matter is { } number ? Matter(number) : null,
        Admission = admission ?? Admission(),
    };

    /// <summary>The stored event of a finished matter.</summary>
    public static MatterFinished Finished(int matter, Admission? admission = null, bool rateable = true) => new()
    {
        Salt = Salt,
        Source = "t1",
        Matter = Matter(matter),
        FinishedAt = new Moment(Morning, 480),
        Rateable = rateable,
        Admission = admission ?? Admission(),
    };

    /// <summary>The exclusion of an evaluation by its version.</summary>
    public static EvaluationExcluded Excluded(long evaluation) =>
        new() { Salt = Salt, Evaluation = evaluation, Reason = "self-rating", At = Morning };

    /// <summary>Its reinstatement.</summary>
    public static EvaluationReinstated Reinstated(long evaluation) =>
        new() { Salt = Salt, Evaluation = evaluation, Reason = "appeal", At = Morning };

    /// <summary>A device's claim to store an evaluation.</summary>
    public static EvaluationClaim Claim(Evaluation? evaluation = null) => new(evaluation ?? Evaluation());

    /// <summary>Codes, as an immutable array.</summary>
    public static ImmutableArray<string> Codes(params string[] codes) => [.. codes];
}
