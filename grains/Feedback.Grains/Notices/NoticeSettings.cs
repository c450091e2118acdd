using System.Collections.Immutable;
using Feedback.Grains.Accounts;

namespace Feedback.Grains.Notices;

/// <summary>Who is told about cases, and how. All silos of a cluster have the same: whichever of them does the work tells.</summary>
public sealed record NoticeSettings
{
    /// <summary>Nobody is told; the log says what would have been.</summary>
    public static readonly NoticeSettings None = new();

    /// <summary>Whether mails are sent.</summary>
    public bool Mail { get; init; }

    /// <summary>Whether citizens who left an e-mail address are told that there is an answer, or news.</summary>
    public bool Citizens { get; init; }

    /// <summary>E-mail addresses of accounts, by their names in lower case; they come before those that the accounts have themselves.</summary>
    public ImmutableDictionary<string, string> Recipients { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Systems that are told what happens to cases.</summary>
    public ImmutableArray<HookEndpoint> Hooks { get; init; } = [];

    /// <summary>Whether anybody outside the office is told what happens to a case, be that a citizen or another system.</summary>
    public bool WantsNews => (Mail && Citizens) || !Hooks.IsEmpty;

    /// <summary>The address of an account: that of the file, else its own, else its name where that is one; null for none.</summary>
    public string? AddressOf(Account account) =>
        Recipients.GetValueOrDefault(account.Name.ToLowerInvariant()) ?? account.Email ?? MailAddress.Read(account.Name);
}

/// <summary>A system that is told what happens to cases.</summary>
/// <param name="Name">What it is called here; part of the identity of what is sent to it.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Keys">The keys of the signature: while one is replaced by another, both sign.</param>
public sealed record HookEndpoint(string Name, Uri Url, ImmutableArray<ImmutableArray<byte>> Keys)
{
    /// <summary>The words of what it wants to hear; empty for everything.</summary>
    public ImmutableHashSet<string> Events { get; init; } = [];

    /// <summary>The node, by id or path, at or below which it hears of cases; null for the whole bureau.</summary>
    public string? Node { get; init; }

    /// <summary>Whether it may be in the bureau's own network or on this machine, because the operator said so.</summary>
    public bool AllowPrivate { get; init; }
}
