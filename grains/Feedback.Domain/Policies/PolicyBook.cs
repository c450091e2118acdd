using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>A policy that was set at a node.</summary>
/// <param name="From">The first local day on which it holds.</param>
/// <param name="Version">The version of the event that set it.</param>
/// <param name="Text">The document, as canonical JSON.</param>
/// <param name="By">The account that set it; null for a verb.</param>
public sealed record PolicyEntry(DateOnly From, long Version, string Text, string? By);

/// <summary>What holds at a place on a day.</summary>
/// <typeparam name="T">The document.</typeparam>
/// <param name="Document">The document.</param>
/// <param name="Node">The node that set it; null when nobody did, and the default holds.</param>
/// <param name="Version">The version of the event that set it; 0 for the default.</param>
public sealed record PolicyInForce<T>(T Document, NodeId? Node, long Version);

/// <summary>
/// Policies and the calendar as the <c>policy</c> stream tells them: an immutable fold that every silo holds whole. Where nothing was
/// set the default holds, so that nothing ever waits for a policy.
/// </summary>
public sealed class PolicyBook
{
    /// <summary>Before the first event: only defaults, and the calendar that comes with the program.</summary>
    public static readonly PolicyBook Empty = new(0, WorkCalendar.China, ImmutableDictionary<(NodeId, string), ImmutableArray<Held>>.Empty);

    private readonly ImmutableDictionary<(NodeId Node, string Subject), ImmutableArray<Held>> _policies;

    private PolicyBook(long version, WorkCalendar calendar, ImmutableDictionary<(NodeId, string), ImmutableArray<Held>> policies) =>
        (Version, Calendar, _policies) = (version, calendar, policies);

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; }

    /// <summary>Which days are worked.</summary>
    public WorkCalendar Calendar { get; }

    /// <summary>What was set at a node about a subject, by day, ascending; also what is still to come into force.</summary>
    public IEnumerable<PolicyEntry> At(NodeId node, string subject) => EntriesOf(node, subject).Select(held => held.Entry);

    /// <summary>Every node and subject about which something was set.</summary>
    public IEnumerable<(NodeId Node, string Subject)> Set => _policies.Keys.OrderBy(key => key.Node).ThenBy(key => key.Subject, StringComparer.Ordinal);

    /// <summary>What holds at a place on a day: the document of the nearest node that has one, else the default.</summary>
    /// <param name="line">The node and everything above it on that day, as <see cref="OrganisationTree.LineOn"/> gives it.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="day">The local day.</param>
    public PolicyInForce<T> Find<T>(IEnumerable<Node> line, PolicySubject<T> subject, DateOnly day)
        where T : class
    {
        return HeldOn(line, subject, day) is var (node, found)
            ? new PolicyInForce<T>((T)found.Document.Value!, node, found.Entry.Version)
            : new PolicyInForce<T>(subject.Default, null, 0);
    }

    /// <summary>What holds at a place on a day, as it was set: the entry of the nearest node that has one; null where the default holds.</summary>
    /// <param name="line">The node and everything above it on that day.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="day">The local day.</param>
    public (NodeId Node, PolicyEntry Entry)? FindEntry(IEnumerable<Node> line, IPolicySubject subject, DateOnly day) =>
        HeldOn(line, subject, day) is var (node, found) ? (node, found.Entry) : null;

    /// <summary>
    /// The version of the last event about a subject at a node or above it, also one that is still to come into force; 0 for none.
    /// As long as it is the same, nobody decided anything new.
    /// </summary>
    /// <param name="line">The node and everything above it.</param>
    /// <param name="subject">The subject's word.</param>
    public long LastDecision(IEnumerable<Node> line, string subject) =>
        line.SelectMany(node => EntriesOf(node.Id, subject)).Select(held => held.Entry.Version).DefaultIfEmpty().Max();

    /// <summary>The book after one more event.</summary>
    public PolicyBook Apply(JournalEvent happened) => happened switch
    {
        PolicySet e => new(Version + 1, Calendar, _policies.SetItem((e.Node, e.Subject), Changed(e))),
        CalendarDefined e => new(Version + 1, Calendar.With(e.Calendar), _policies),
        _ => throw new UnknownKindException(happened.GetType().Name, 0),
    };

    // A later decision about the same or an earlier day replaces what was planned from that day on.
    private ImmutableArray<Held> Changed(PolicySet e) =>
        [.. EntriesOf(e.Node, e.Subject).Where(held => held.Entry.From < e.From), new Held(new PolicyEntry(e.From, Version + 1, e.Text, e.By), e.Subject)];

    private (NodeId Node, Held Held)? HeldOn(IEnumerable<Node> line, IPolicySubject subject, DateOnly day)
    {
        foreach (var node in line)
        {
            // A text that this release cannot read, because a later one wrote it, is passed over: an older rule is better than none.
            if (EntriesOf(node.Id, subject.Word).LastOrDefault(held => held.Entry.From <= day && held.Document.Value is not null) is { } found)
                return (node.Id, found);
        }

        return null;
    }

    private ImmutableArray<Held> EntriesOf(NodeId node, string subject) => _policies.TryGetValue((node, subject), out var held) ? held : [];

    private sealed class Held(PolicyEntry entry, string subject)
    {
        public PolicyEntry Entry => entry;

        public Lazy<object?> Document { get; } = new(() => PolicySubjects.Find(subject)?.Read(entry.Text));
    }
}
