using System.Collections.Immutable;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Windows;

/// <summary>What the server sets when it stores a window's event; no client can send any of it.</summary>
public sealed record Admission
{
    /// <summary>The server's true clock, milliseconds UTC.</summary>
    public required long ReceivedAt { get; init; }

    /// <summary>The terminal that sent it (it outlives its keys), or <c>import</c>.</summary>
    public required string Terminal { get; init; }

    /// <summary>The key that proved the terminal; null for imports.</summary>
    public string? Key { get; init; }

    /// <summary>The terminal's signature over the event in base64url; null when it does not sign.</summary>
    public string? Signature { get; init; }

    /// <summary>The hall in which it is counted, on its day.</summary>
    public required NodeId Hall { get; init; }

    /// <summary>The window's direct parent on that day.</summary>
    public required NodeId Parent { get; init; }

    /// <summary>The hall's local day, fixed for good.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The hall's local hour, 0 to 23; null for sources that know only the day.</summary>
    public int? Hour { get; init; }

    /// <summary>The staff member to whom it is attributed by <see cref="DutyRoster"/>, decided once, when it is appended; null when to nobody.</summary>
    public string? Staff { get; init; }

    /// <summary>The version of the dimension scheme it was checked against.</summary>
    public required long Scheme { get; init; }

    /// <summary>The version of the catalogue stream that was in force.</summary>
    public required long Catalogue { get; init; }

    /// <summary>The version of the policy stream that was in force; 0 while there are only built-in policies.</summary>
    public required long Policy { get; init; }

    /// <summary>Coded remarks such as <c>clock-ahead</c>; a flagged event still counts.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>What the catalogue did not have, as <c>serviceItem:</c> or <c>reason:</c> and the code; it is counted under <c>?</c>.</summary>
    public ImmutableArray<string> Uncatalogued { get; init; } = [];

    /// <summary>The import that brought it; null for what windows pushed.</summary>
    public string? Imported { get; init; }
}
