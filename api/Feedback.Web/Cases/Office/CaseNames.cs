using Feedback.Api.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Office;

/// <summary>How the pages of cases call things, in the reader's language.</summary>
/// <param name="Words">The words.</param>
/// <param name="View">The organisation as the reader may know it.</param>
public sealed record CaseNames(PageWords Words, ReaderView View)
{
    // Where nothing tells a zone, times say so themselves.
    private const string Fallback = "Etc/UTC";

    /// <summary>What it is about.</summary>
    public string Of(CaseKind kind) => Words["office-kind-" + kind.Word()];

    /// <summary>How it came in.</summary>
    public string Of(CaseChannel channel) => Words["office-channel-" + channel.Word()];

    /// <summary>Where it stands; a bad rating that is handled is being put right.</summary>
    public string Of(CaseStage stage, CaseKind kind) =>
        Words[stage == CaseStage.Handling && kind == CaseKind.BadRating ? "office-stage-rectifying" : "office-stage-" + stage.Word()];

    /// <summary>What a clock waits for.</summary>
    public string Of(ClockKind clock) => Words.IsChinese ? clock.Zh() : clock.En();

    /// <summary>A clock by its word; the word itself of one that is not known here.</summary>
    public string Clock(string? word) => ClockWords.ClockOf(word ?? "") is { } clock ? Of(clock) : word ?? "";

    /// <summary>A limit as people say it; the text itself where it is none.</summary>
    public string Limit(string? text) => Domain.WorkingTime.Limit.TryParse(text ?? "", out var limit, out _) ? DeadlineWords.Of(limit, Words.IsChinese) : text ?? "";

    /// <summary>The word of a code, or the code itself where there is none.</summary>
    public string Code(string prefix, string code) => Words.Find("office-" + prefix + "-" + code) ?? code;

    /// <summary>A place by its name; a window with its hall's, where the reader sees that.</summary>
    public string Place(NodeId id)
    {
        if (View.Tree.Find(id) is not { } node)
            return id.Value;
        if (node.Kind is not (NodeKind.Window or NodeKind.Team))
            return Words.Name(node);
        var above = View.Tree.LineOn(id, View.TodayAt(node)).Skip(1).FirstOrDefault(one => one.Kind is not (NodeKind.Window or NodeKind.Team));
        return above is not null && View.Sees(above) ? Words.Name(above) + " · " + Words.Name(node) : Words.Name(node);
    }

    /// <summary>Who did something, as people call them.</summary>
    public string Who(string by) => by.StartsWith("account:", StringComparison.Ordinal) ? by["account:".Length..]
        : CaseActor.IsOtherCitizen(by) ? Words["office-by-other-citizen"]
        : Words.Find("office-by-" + by) ?? by;

    /// <summary>The owner; words for nobody.</summary>
    public string Owner(string? owner) => owner is null ? Words["office-owner-none"] : Who(owner);

    /// <summary>The zone in which times of a case are told: that of its node.</summary>
    public HallZone ZoneOf(NodeId node) => View.Tree.Find(node)?.Zone ?? HallZone.Get(Fallback);

    /// <summary>The local date and time at a node, to the minute.</summary>
    public string Time(NodeId node, long at) => ZoneOf(node).LocalText(at)[..16];
}
