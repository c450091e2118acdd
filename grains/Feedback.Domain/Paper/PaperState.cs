using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Paper;

/// <summary>A form on its way to its window.</summary>
/// <param name="Attempt">1 for what was keyed first, one more for each correction.</param>
/// <param name="Window">The window.</param>
/// <param name="Stamp">Who sent it there, and when.</param>
public readonly record struct PaperBegun(int Attempt, NodeId Window, PaperStamp Stamp);

/// <summary>How a form of a batch stands.</summary>
/// <param name="Number">Its number.</param>
public sealed record PaperForm(int Number)
{
    /// <summary>What is on its way; null when nothing is.</summary>
    public PaperBegun? Begun { get; init; }

    /// <summary>What is stored; null when it is not.</summary>
    public PaperFormKeyed? Keyed { get; init; }

    /// <summary>Why it cannot be counted; null when nothing says so.</summary>
    public string? Spoilt { get; init; }

    /// <summary>The second keying; null when there was none.</summary>
    public PaperFormRechecked? Recheck { get; init; }

    /// <summary>Whether the two keyings differ and nobody said yet which is right.</summary>
    public bool IsDisputed { get; init; }
}

/// <summary>A batch of printed forms as its stream tells it: the immutable fold of its events.</summary>
/// <param name="Id">The batch.</param>
public sealed record PaperState(PaperBatchId Id)
{
    /// <summary>The version of the last event folded; 0 before the first.</summary>
    public long Version { get; private init; }

    /// <summary>The opening; null before it.</summary>
    public PaperBatchOpened? Opened { get; private init; }

    /// <summary>The count of the forms that came back; null before it.</summary>
    public PaperFormsCounted? Counted { get; private init; }

    /// <summary>The count that was told with the opening; null where the forms were still out then.</summary>
    public PaperFormsCounted? CountedAtOpening { get; private init; }

    /// <summary>The closing; null before it.</summary>
    public PaperBatchClosed? Closed { get; private init; }

    /// <summary>The forms that something is known of, by number.</summary>
    public ImmutableSortedDictionary<int, PaperForm> Forms { get; private init; } = ImmutableSortedDictionary<int, PaperForm>.Empty;

    /// <summary>Forms that are stored as evaluations.</summary>
    public int Valid => Forms.Values.Count(form => form.Keyed is not null);

    /// <summary>Forms that cannot be counted.</summary>
    public int Spoilt => Forms.Values.Count(form => form.Spoilt is not null);

    /// <summary>Forms of which nobody knows yet whether their window stored them.</summary>
    public IEnumerable<PaperForm> Begun => Forms.Values.Where(form => form.Begun is not null);

    /// <summary>Forms whose two keyings differ, while nobody said which is right.</summary>
    public IEnumerable<PaperForm> Disputed => Forms.Values.Where(form => form.IsDisputed);

    /// <summary>How many more were counted than are keyed or spoilt; negative for fewer.</summary>
    public int Difference => (Counted?.Collected ?? 0) - Valid - Spoilt;

    /// <summary>
    /// The forms that are keyed a second time: a tenth of those that are stored, rounded up, so at least one. Which they are is drawn
    /// by the hash of the opening's salt and the form's number: nobody who keys can choose them.
    /// </summary>
    public ImmutableArray<int> Sample
    {
        get
        {
            var keyed = Forms.Values.Where(form => form.Keyed is not null).Select(form => form.Number).ToList();
            return Opened is null ? [] : [.. keyed.OrderBy(number => Rank(Opened.Salt, number)).Take((keyed.Count + SampleOf - 1) / SampleOf).Order()];
        }
    }

    private const int SampleOf = 10;

    /// <summary>The forms of the sample that nobody keyed a second time yet.</summary>
    public IEnumerable<int> ToRecheck => Sample.Where(number => Forms[number].Recheck is null);

    /// <summary>The fold of a stream's events from the first one on.</summary>
    public static PaperState Fold(PaperBatchId id, IEnumerable<JournalEvent> events) => events.Aggregate(new PaperState(id), (state, happened) => state.Apply(happened));

    /// <summary>How a form stands; one of which nothing is known stands nowhere.</summary>
    public PaperForm Of(int number) => Forms.GetValueOrDefault(number) ?? new PaperForm(number);

    /// <summary>The batch after one more event.</summary>
    /// <exception cref="UnknownKindException">The event is none of a batch.</exception>
    public PaperState Apply(JournalEvent happened)
    {
        var next = happened switch
        {
            PaperBatchOpened e => this with { Opened = e },
            // One request tells both, and they bear one stamp.
            PaperFormsCounted e => this with { Counted = e, CountedAtOpening = Version == 1 && e.Stamp == Opened?.Stamp ? e : CountedAtOpening },
            PaperFormBegun e => With(Of(e.Form) with { Begun = new PaperBegun(e.Attempt, e.Window, e.Stamp) }),
            // Whoever corrects a form has looked at it again: nothing is disputed any more.
            PaperFormKeyed e => With(Of(e.Form) with { Begun = null, Keyed = e, IsDisputed = false }),
            PaperFormDropped e => With(Of(e.Form) with { Begun = null }),
            PaperFormSpoilt e => With(Of(e.Form) with { Spoilt = e.Reason }),
            PaperFormRechecked e => With(Of(e.Form) with { Recheck = e, IsDisputed = !e.Differences.IsEmpty }),
            PaperFirstKept e => With(Of(e.Form) with { IsDisputed = false }),
            PaperBatchClosed e => this with { Closed = e },
            _ => throw new UnknownKindException(happened.GetType().Name, 1),
        };
        return next with { Version = Version + 1 };
    }

    private PaperState With(PaperForm form) => this with { Forms = Forms.SetItem(form.Number, form) };

    private static ulong Rank(Opaque salt, int number)
    {
        Span<byte> text = stackalloc byte[Opaque.Length + sizeof(int)];
        salt.ToBytes().CopyTo(text);
        BinaryPrimitives.WriteInt32BigEndian(text[Opaque.Length..], number);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
