using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Keys;

/// <summary>A key for pushing events was issued. Only its hash is kept.</summary>
public sealed record DeviceKeyIssued : JournalEvent
{
    /// <summary>The key's id, such as <c>k3</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The terminal that it proves, such as <c>t3</c>; a terminal outlives its keys.</summary>
    public required string Terminal { get; init; }

    /// <summary>The key is good for windows at or below this node.</summary>
    public required NodeId Scope { get; init; }

    /// <summary>SHA-256 of the secret, 64 hexadecimal digits; the secret itself has at least 128 random bits.</summary>
    public required string Hash { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A token for reading figures was issued. Only its hash is kept.</summary>
public sealed record ApiTokenIssued : JournalEvent
{
    /// <summary>The token's id, such as <c>k4</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The token reads nodes at or below this one.</summary>
    public required NodeId Scope { get; init; }

    /// <summary>SHA-256 of the secret, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}

/// <summary>A device key or an API token is good no longer.</summary>
public sealed record KeyRevoked : JournalEvent
{
    /// <summary>The id of the key or token.</summary>
    public required string Key { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long At { get; init; }
}
