using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Which service matters are asked for. What is null or empty lets everything through; what is given must all hold.</summary>
public sealed record MatterFilter
{
    /// <summary>Every matter.</summary>
    public static readonly MatterFilter Everything = new();

    /// <summary>Matters that one of these nodes took; null for all. Whoever asks for a hall names its windows, too.</summary>
    public IReadOnlyCollection<NodeId>? Nodes { get; init; }

    /// <summary>Where they stand.</summary>
    public IReadOnlyCollection<MatterStage> Stages { get; init; } = [];

    /// <summary>Accepted at or after this, milliseconds UTC.</summary>
    public long? OpenedFrom { get; init; }

    /// <summary>Accepted before this, milliseconds UTC.</summary>
    public long? OpenedBefore { get; init; }

    /// <summary>With at least so many visits as the two-visit rule counts them.</summary>
    public int? LeastVisits { get; init; }

    /// <summary>Whether the two-visit rule was broken.</summary>
    public bool? Broken { get; init; }

    /// <summary>The number on the notice, as <see cref="AcceptanceNumber"/> writes it.</summary>
    public string? Number { get; init; }

    /// <summary>The keyed hash of the office's own number.</summary>
    public Opaque? Hash { get; init; }
}

/// <summary>Part of a list of service matters.</summary>
/// <param name="Matters">The matters.</param>
/// <param name="Next">Where the next page goes on; null where this is the last one.</param>
public sealed record MatterPage(IReadOnlyList<MatterRow> Matters, MatterCursor? Next)
{
    /// <summary>The most matters of one page.</summary>
    public const int Most = 200;
}

/// <summary>A place in a list of service matters: just after one of them, whether that is still there or not.</summary>
/// <param name="At">When it was accepted, milliseconds UTC.</param>
/// <param name="Matter">The matter.</param>
public readonly record struct MatterCursor(long At, MatterId Matter)
{
    /// <summary>The place just after a matter.</summary>
    public static MatterCursor After(MatterRow row) => new(row.OpenedAt, row.Id);

    /// <summary>Reads what <see cref="ToString"/> wrote; false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MatterCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [var at, var id] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) || !MatterId.IsId(id))
            return false;
        cursor = new MatterCursor(time, new MatterId(id));
        return true;
    }

    /// <summary>A text that goes into an address as it is.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}.{Matter.Value}");
}
