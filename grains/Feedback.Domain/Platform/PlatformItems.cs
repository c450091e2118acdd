using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Platform;

/// <summary>Tells what was stored in the fields that mappings read.</summary>
/// <param name="tree">The organisation, for paths and names; places that it does not have go without.</param>
public sealed class PlatformItems(OrganisationTree tree)
{
    /// <summary>
    /// The identity of what is stored at a window, by that of its event: where a database is restored and terminals send again what it
    /// lost, versions are others and this is the same.
    /// </summary>
    public static string IdOf(NodeId window, Opaque identity) => $"{window.Value}-{identity}";

    /// <summary>A rating as it stands.</summary>
    /// <param name="version">Its version at its window.</param>
    /// <param name="accepted">What was stored.</param>
    /// <param name="excluded">Whether it was taken out of the figures.</param>
    /// <param name="isNew">Whether it was never sent before.</param>
    /// <param name="comment">The comment; null where there is none, it was erased, or it is not to leave.</param>
    /// <param name="number">The matter's number; null likewise.</param>
    public PlatformItem Of(long version, EvaluationAccepted accepted, bool excluded, bool isNew, string? comment = null, string? number = null)
    {
        var (said, window) = (accepted.Evaluation, accepted.Evaluation.Window);
        var id = IdOf(window, Identities.OfEvaluation(said.Source, said.Id));
        var fields = PlaceOf(id, window, accepted.Admission, said.ServiceItem, said.Staff, accepted.Matter?.Hash, number);
        fields.Set("grade", SourceValue.Of((long?)said.Grade));
        fields.Set("origin", SourceValue.Of(said.Origin.Word()));
        fields.Set("channel", SourceValue.Of(said.Channel.Word()));
        fields.Set("status", SourceValue.Of(excluded ? "excluded" : "counted"));
        fields.Set("reasons", Codes(said.Reasons));
        fields.Set("flags", Codes(accepted.Admission.Flags));
        fields.Set("language", SourceValue.Of(said.Language));
        fields.Set("occurredAt", SourceValue.At(said.OccurredAt.UtcMilliseconds));
        fields.Set(SourceFields.Comment, SourceValue.Of(comment));
        foreach (var (code, grade) in said.Dimensions)
            fields.Set(SourceFields.DimensionPrefix + code, SourceValue.Of((long?)grade));
        return new PlatformItem(id, PlatformKind.Evaluations, StreamName.Window(window), version, accepted.Admission.Day, isNew, fields);
    }

    /// <summary>A finished matter.</summary>
    /// <param name="window">The window.</param>
    /// <param name="version">Its version there.</param>
    /// <param name="finished">What was stored.</param>
    /// <param name="isNew">Whether it was never sent before.</param>
    /// <param name="number">The matter's number; null where it was erased, or is not to leave.</param>
    public PlatformItem Of(NodeId window, long version, MatterFinished finished, bool isNew, string? number = null)
    {
        var id = IdOf(window, Identities.OfMatter(finished.Source, finished.Matter.Hash));
        var fields = PlaceOf(id, window, finished.Admission, finished.ServiceItem, finished.Staff, finished.Matter.Hash, number);
        fields.Set("finishedAt", SourceValue.At(finished.FinishedAt.UtcMilliseconds));
        fields.Set("rateable", new FlagValue(finished.Rateable));
        fields.Set("source", SourceValue.Of(finished.Source));
        return new PlatformItem(id, PlatformKind.Finished, StreamName.Window(window), version, finished.Admission.Day, isNew, fields);
    }

    /// <summary>A service matter as it stands.</summary>
    /// <param name="state">The matter; it was accepted.</param>
    /// <param name="isNew">Whether it was never sent before.</param>
    public PlatformItem Of(MatterState state, bool isNew)
    {
        var (accepted, ended) = (state.Accepted!, (MatterEvent?)state.Completion ?? state.Withdrawal);
        var fields = new Dictionary<string, SourceValue>(StringComparer.Ordinal);
        fields.Set("id", SourceValue.Of(state.Id.Value));
        fields.Set("node", SourceValue.Of(accepted.Node.Value));
        Place(fields, accepted.Node, "path", "nodeZh", accepted.Stamp.Day);
        fields.Set("item", SourceValue.Of(accepted.Item));
        fields.Set("number", SourceValue.Of(accepted.Number.ToString()));
        fields.Set("stage", SourceValue.Of(state.Stage switch { MatterStage.Completed => "completed", MatterStage.Withdrawn => "withdrawn", _ => "open" }));
        fields.Set("online", new FlagValue(accepted.Online));
        fields.Set("acceptedAt", SourceValue.At(accepted.Stamp.At));
        fields.Set("acceptedDay", SourceValue.Of(accepted.Stamp.Day.DayText()));
        fields.Set("endedAt", SourceValue.At(ended?.Stamp.At));
        fields.Set("endedDay", SourceValue.Of(ended?.Stamp.Day.DayText()));
        fields.Set("result", SourceValue.Of(state.Completion?.Result));
        fields.Set("visits", SourceValue.Of((long?)state.Visits));
        fields.Set("overdue", new FlagValue(state.IsOverdue));
        fields.Set("deadline", SourceValue.At(state.Completion?.Deadline));
        return new PlatformItem(state.Id.Value, PlatformKind.Matters, StreamName.Matter(state.Id), 0, accepted.Stamp.Day, isNew, fields);
    }

    private Dictionary<string, SourceValue> PlaceOf(
        string id, NodeId window, Admission set, string? serviceItem, string? claimedStaff, Opaque? matter, string? number)
    {
        var fields = new Dictionary<string, SourceValue>(StringComparer.Ordinal);
        fields.Set("id", SourceValue.Of(id));
        fields.Set("window", SourceValue.Of(window.Value));
        Place(fields, window, "path", "windowZh", set.Day);
        fields.Set("hall", SourceValue.Of(set.Hall.Value));
        Place(fields, set.Hall, null, "hallZh", set.Day);
        fields.Set("serviceItem", SourceValue.Of(serviceItem));
        fields.Set("staff", SourceValue.Of(set.Staff ?? claimedStaff));
        fields.Set("terminal", SourceValue.Of(set.Terminal));
        fields.Set("day", SourceValue.Of(set.Day.DayText()));
        fields.Set("receivedAt", SourceValue.At(set.ReceivedAt));
        fields.Set("matter", SourceValue.Of(matter?.ToString()));
        fields.Set(SourceFields.MatterNumber, SourceValue.Of(number));
        return fields;
    }

    private void Place(Dictionary<string, SourceValue> fields, NodeId id, string? path, string name, DateOnly day)
    {
        if (tree.Find(id) is not { } node)
            return;
        if (path is not null)
            fields.Set(path, SourceValue.Of(tree.PathOf(id)));
        fields.Set(name, SourceValue.Of(node.NameOn(day).Zh));
    }

    private static ListValue? Codes(ImmutableArray<string> codes) => codes.IsEmpty ? null : new ListValue([.. codes.Select(code => new TextValue(code))]);
}

/// <summary>Fills fields.</summary>
internal static class PlatformFields
{
    /// <summary>Sets a field that has a value; what there is not is missing.</summary>
    public static void Set(this Dictionary<string, SourceValue> fields, string name, SourceValue? value)
    {
        if (value is not null)
            fields[name] = value;
    }
}
