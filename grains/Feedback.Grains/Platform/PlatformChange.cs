using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Platform;

namespace Feedback.Grains.Platform;

/// <summary>What changes in the tables of what was reported, in one transaction.</summary>
public sealed record PlatformChange
{
    /// <summary>A batch that begins; while another is under way it does not.</summary>
    public PlatformBatch? Begin { get; init; }

    /// <summary>The batch under way, by which all below is done. Where it is no more, another was first, and nothing is done.</summary>
    public string? Batch { get; init; }

    /// <summary>How the batch ends; null where it goes on.</summary>
    public BatchEnd? End { get; init; }

    /// <summary>Streams up to the version through which they are reported; never goes back.</summary>
    public IReadOnlyList<ReportedStream> Streams { get; init; } = [];

    /// <summary>How many more items of a day the platform has.</summary>
    public IReadOnlyList<ReportedCount> Counts { get; init; } = [];

    /// <summary>Items that were rejected, in the place of what was known of them.</summary>
    public IReadOnlyList<RejectedItem> Rejected { get; init; } = [];

    /// <summary>Rejected items that are rejected no more.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>Rejected items that somebody wants sent again. Needs no batch.</summary>
    public IReadOnlyList<string> Again { get; init; } = [];

    /// <summary>Days that were compared. Needs no batch.</summary>
    public IReadOnlyList<ComparedDay> Compared { get; init; } = [];
}

/// <summary>What is sent together: planned and stored before it is sent, so that it is the same when it is sent again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parts">What it is made of.</param>
/// <param name="Begun">When it was planned, milliseconds UTC.</param>
public sealed record PlatformBatch(string Id, ImmutableArray<BatchPart> Parts, long Begun)
{
    /// <summary>The parts as the table keeps them.</summary>
    public string Text => JsonSerializer.Serialize(Parts);

    /// <summary>Reads a row.</summary>
    public static PlatformBatch Read(string id, string parts, long begun) => new(id, JsonSerializer.Deserialize<ImmutableArray<BatchPart>>(parts), begun);

    /// <summary>How much it is: events of windows, and items that are one whatever happened to them.</summary>
    public long Size => Parts.Sum(part => part.Again is not null || new StreamName(part.Stream).AsWindow is null ? 1 : part.Through - part.After);
}

/// <summary>A stretch of a stream, or one rejected item that is sent again.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="After">The version before the first.</param>
/// <param name="Through">The last version.</param>
/// <param name="Again">The identity of the one item at <paramref name="Through"/>, which was rejected before; null for a stretch.</param>
/// <param name="Kinds">The words of what whoever planned it reports of it, with spaces between them; null in batches of releases that kept none.</param>
public sealed record BatchPart(string Stream, long After, long Through, string? Again = null, string? Kinds = null);

/// <summary>How a batch ended.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Items">How many items the platform took.</param>
/// <param name="Rejected">How many it, or the mapping, did not.</param>
public sealed record BatchEnd(long At, int Items, int Rejected);

/// <summary>How far a stream is reported.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Version">Everything up to this version is.</param>
public sealed record ReportedStream(string Stream, long Version);

/// <summary>Items of a day that the platform took.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Items">How many more.</param>
public sealed record ReportedCount(DateOnly Day, PlatformKind Kind, long Items);

/// <summary>An item that was not taken.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Stream">Where it is stored.</param>
/// <param name="Version">Under which version; 0 for a service matter.</param>
/// <param name="Day">The local day on which it is counted.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Batch">In which batch.</param>
/// <param name="IsKnown">Whether the platform has an earlier state of it.</param>
/// <param name="Again">Whether somebody wants it sent again.</param>
public sealed record RejectedItem(
    string Id, PlatformKind Kind, string Stream, long Version, DateOnly Day, string Reason, long At, string Batch, bool IsKnown, bool Again = false);

/// <summary>What the platform said that it has of a day.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Kind">What was counted.</param>
/// <param name="Theirs">How many.</param>
/// <param name="At">When it was asked, milliseconds UTC.</param>
public sealed record ComparedDay(DateOnly Day, PlatformKind Kind, long Theirs, long At);
