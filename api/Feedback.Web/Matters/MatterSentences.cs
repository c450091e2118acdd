using System.Collections.Immutable;
using Feedback.Domain.ServiceMatters;
using Feedback.Web.Words;

namespace Feedback.Web.Matters;

/// <summary>What happened to a matter, in plain words.</summary>
internal sealed class MatterSentences(MatterNames names, MatterState state)
{
    private PageWords Words => names.Words;

    /// <summary>The sentence of an event.</summary>
    public string Of(MatterEvent happened) => happened switch
    {
        MatterAccepted e => Words.Say("matter-event-accepted", names.Way(e.Online)) + (e.Missing.IsEmpty ? "" : Words.Say("matter-event-told", Titles([.. e.Missing.Select(one => one.Code)]))),
        MatterSupplemented e => Words.Say("matter-event-supplemented", Titles(e.Documents)),
        MatterVisited e => Visited(e),
        MatterCompleted e => Words.Say("matter-event-completed", names.Code("result", e.Result), e.Visits),
        MatterWithdrawn e => Words.Say("matter-event-withdrawn", names.Code("reason", e.Reason)),
        MatterAccountable e => Words["matter-event-" + e.Reason] + (e.Documents.IsEmpty ? "" : Words["office-comma"] + Titles(e.Documents)),
        _ => happened.GetType().Name,
    };

    private string Visited(MatterVisited e) =>
        Words[e.Lawful ? "matter-event-visited-lawful" : "matter-event-visited"]
        + (e.Documents.IsEmpty ? "" : Words.Say("matter-event-handed", Titles(e.Documents)))
        + (e.Asked.IsEmpty ? "" : Words.Say("matter-event-asked", string.Join(Words["office-comma"], e.Asked.Select(one => one.Title))));

    private string Titles(ImmutableArray<string> documents) => string.Join(Words["office-comma"], documents.Select(TitleOf));

    private string TitleOf(string code) =>
        state.Accepted?.Missing.FirstOrDefault(one => one.Code == code)?.Title ?? state.AskedLate.FirstOrDefault(one => one.Code == code)?.Title ?? code;
}
