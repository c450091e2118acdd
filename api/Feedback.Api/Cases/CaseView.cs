using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>A case as somebody sees it.</summary>
/// <param name="Id">Its immutable id.</param>
/// <param name="Version">Its version; the ETag, too.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="Kind">complaint, suggestion, praise, question, bad-rating, hotline-order or finding.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Stage">registered, dispatched, verifying, handling, appealed, handled, answered, closed or merged.</param>
/// <param name="Node">The node that it concerns.</param>
/// <param name="Lead">The unit that handles it.</param>
/// <param name="Assisting">Units that help.</param>
/// <param name="Owner">The account that answers for it; null for none yet.</param>
/// <param name="Category">The code of its category; null for none yet.</param>
/// <param name="External">Where it came from; null when it came in here.</param>
/// <param name="Rating">The rating that opened it; null for others, and for whom the case is about.</param>
/// <param name="About">Codes of the members of staff complained of; null where that is withheld.</param>
/// <param name="Anonymous">Whether the citizen gave no name.</param>
/// <param name="Reachable">Whether a contact is kept.</param>
/// <param name="Language">The citizen's language.</param>
/// <param name="OpenedAt">When it was received; for whom the case is about, the start of that day, as are all times here.</param>
/// <param name="Day">The local day of that.</param>
/// <param name="ClosedAt">When it was closed or merged; null while it is open, and while the citizen of a merged case has no answer yet.</param>
/// <param name="Ending">What closed it; null while it is open.</param>
/// <param name="Finding">What looking into a bad rating found.</param>
/// <param name="Handled">Whether the office claims that it is done.</param>
/// <param name="Solved">Whether it is solved, as the citizen said last; null while nothing was said.</param>
/// <param name="Overdue">Whether a clock passed its deadline and still runs.</param>
/// <param name="Supervised">Whether supervision watches over it.</param>
/// <param name="ToCallBack">Whether a call back is to be made.</param>
/// <param name="Urged">How often somebody asked to hurry.</param>
/// <param name="Reopened">How often the citizen opened it again.</param>
/// <param name="MergedInto">The case as which it goes on; null for others.</param>
/// <param name="Absorbed">Cases that go on as this one.</param>
/// <param name="Clocks">Its clocks with their deadlines.</param>
/// <param name="Timeline">What happened, oldest first.</param>
/// <param name="Texts">What was said and written, as far as the reader may read it; the contact never.</param>
/// <param name="Files">The files.</param>
/// <param name="Steps">What the reader may try with it now.</param>
/// <param name="Withheld">Why texts are kept from the reader: a code; null where they are not.</param>
public sealed record CaseView(
    string Id, long Version, string Number, string Kind, string Channel, string Stage, NodeLabel? Node, NodeLabel? Lead, IReadOnlyList<NodeLabel> Assisting,
    string? Owner, string? Category, ExternalView? External, CaseRatingView? Rating, IReadOnlyList<string>? About, bool Anonymous, bool Reachable, string? Language,
    DateTimeOffset OpenedAt, DateOnly Day, DateTimeOffset? ClosedAt, string? Ending, string? Finding, bool Handled, bool? Solved, bool Overdue, bool Supervised,
    bool ToCallBack, int Urged, int Reopened, string? MergedInto, IReadOnlyList<string> Absorbed, IReadOnlyList<CaseClockView> Clocks,
    IReadOnlyList<CaseHappening> Timeline, IReadOnlyList<CaseTextView> Texts, IReadOnlyList<CaseFileView> Files, IReadOnlyList<string> Steps, string? Withheld)
{
    /// <summary>The view of a case.</summary>
    /// <param name="seen">The case as its reader sees it.</param>
    /// <param name="view">The organisation as they know it.</param>
    /// <param name="program">Whether a program reads: it is told texts without what gives persons away, and takes no step.</param>
    /// <param name="culture">The language of the words that mask.</param>
    public static CaseView Of(SeenCase seen, ReaderView view, bool program, CultureInfo culture)
    {
        var state = seen.State;
        var (intake, opened) = (state.Intake, state.Opened!);
        return new CaseView(
            state.Id.Value, state.Version, intake.Number, intake.Kind.Word(), intake.Channel.Word(), state.Stage.Word(),
            LabelOf(intake.Node, view), LabelOf(state.Lead, view), [.. state.Assisting.Select(node => LabelOf(node, view)).OfType<NodeLabel>()],
            NameOf(state.Owner), state.Category, ExternalView.Of(intake.External), CaseRatingView.Of(seen.IsAboutReader ? null : intake.Rating),
            seen.Withheld is null ? state.About : null, intake.Anonymous, state.CanBeReached, intake.Language,
            At(seen.Told(opened.Stamp.At)), opened.Stamp.Day, state.ClosedAt is { } end ? At(seen.Told(end)) : null, state.Closing?.Ending.Word(), state.Finding?.Word(),
            state.Claim is not null, state.Solved, state.Overdue.Keys.Any(state.IsLive), state.Supervised, state.ToCallBack, state.Urged, state.Reopened,
            state.Merging?.Into.Value, [.. state.Absorbed.Select(other => other.Value)],
            CaseClockView.AllOf(seen, view.Now.ToUnixTimeMilliseconds()),
            [.. seen.Record.Timeline.Select(one => CaseHappening.Of(one.Version, one.Happened, seen))],
            [.. seen.Texts.Where(text => text.What != CaseReferences.File).Select(text => CaseTextView.Of(text, program, culture))],
            CaseFileView.AllOf(seen.Record, _ => true),
            program ? [] : seen.Steps, seen.Withheld?.Code);
    }

    /// <summary>How somebody is named who owns a case: as they sign in.</summary>
    internal static string? NameOf(string? owner) => owner?.StartsWith(AccountPrefix, StringComparison.Ordinal) == true ? owner[AccountPrefix.Length..] : owner;

    /// <summary>The label of a node; null for one that is not there.</summary>
    internal static NodeLabel? LabelOf(NodeId id, ReaderView view) => view.Tree.Find(id) is { } node ? NodeLabel.Of(node, view) : null;

    internal const string AccountPrefix = "account:";

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>Where a case came from.</summary>
/// <param name="Source">The system.</param>
/// <param name="Number">The number there.</param>
public sealed record ExternalView(string Source, string Number)
{
    internal static ExternalView? Of(ExternalNumber? external) => external is null ? null : new(external.Source, external.Number);
}

/// <summary>The bad rating that opened a case.</summary>
/// <param name="Window">The window.</param>
/// <param name="Version">The version of the evaluation there.</param>
/// <param name="Grade">Its overall grade; null for none.</param>
public sealed record CaseRatingView(string Window, long Version, int? Grade)
{
    internal static CaseRatingView? Of(CaseRating? rating) => rating is null ? null : new(rating.Window.Value, rating.Version, (int?)rating.Grade);
}

/// <summary>Something that was said or written.</summary>
/// <param name="Version">The version of the event that it belongs to.</param>
/// <param name="What">text for what the citizen brought, note for the office's own, words for what was said on either side.</param>
/// <param name="Text">The text; null where it was erased.</param>
public sealed record CaseTextView(long Version, string What, string? Text)
{
    internal static CaseTextView Of(CaseTextRead read, bool masked, CultureInfo culture) =>
        new(read.Version, read.What, masked && read.Text is { } text ? MaskWords.Mask(text, culture) : read.Text);
}

/// <summary>A file of a case.</summary>
/// <param name="File">Its id.</param>
/// <param name="Version">The version of the event that attached it.</param>
/// <param name="Type">Its media type, as its content shows it.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Erased">Whether it was destroyed.</param>
public sealed record CaseFileView(string File, long Version, string Type, long Size, bool Erased)
{
    internal static IReadOnlyList<CaseFileView> AllOf(CaseRecord record, Func<CaseAttached, bool> shown) =>
    [
        .. from one in record.Timeline
           let attached = one.Happened as CaseAttached
           where attached is not null && shown(attached)
           select new CaseFileView(attached.File.ToString(), one.Version, attached.Type, attached.Size, record.State.Erased.Contains(attached.File)),
    ];
}
