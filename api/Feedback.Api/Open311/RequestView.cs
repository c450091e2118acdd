using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;

namespace Feedback.Api.Open311;

/// <summary>What is told of a request in words.</summary>
/// <param name="Service">The name of its service.</param>
/// <param name="Description">What the citizen said; null for whoever did not bring it.</param>
/// <param name="Into">The number of the request as which it goes on; null where there is none, or the reader does not see it.</param>
internal sealed record RequestWords(string Service, string? Description, string? Into);

/// <summary>A service request as the specification tells it. There are no coordinates: what it concerns is a node of the organisation.</summary>
internal static class RequestView
{
    /// <summary>The request.</summary>
    /// <param name="found">The case.</param>
    /// <param name="times">Its clocks.</param>
    /// <param name="reading">Who reads.</param>
    /// <param name="words">What is told in words.</param>
    public static Spark Told(CaseRecord found, CaseTimes times, Reading reading, RequestWords words)
    {
        var state = found.State;
        var (tree, language) = (reading.View.Tree, reading.Language);
        var zone = tree.Find(state.Intake.Node)?.Zone;
        var closed = RequestFilter.IsClosed(state.Stage);
        List<(string, Spark)> members =
        [
            ("service_request_id", Spark.Of(state.Intake.Number)),
            ("status", Spark.Of(closed ? "closed" : "open")),
            ("status_notes", Spark.Of(NotesOf(state, words.Into, language))),
            ("service_name", Spark.Of(words.Service)),
            ("service_code", Spark.Of(Service.CodeOf(state.Intake.Kind, state.Category))),
            ("description", Spark.Of(words.Description)),
            ("agency_responsible", Spark.Of(NameOf(state.Lead, reading))),
            ("service_notice", Spark.Of((string?)null)),
            ("requested_datetime", Spark.Of(TimeOf(state.Opened!.Stamp.At, zone))),
            ("updated_datetime", Spark.Of(TimeOf(UpdatedAt(found), zone))),
            ("expected_datetime", Spark.Of(closed ? null : ExpectedAt(times) is { } due ? TimeOf(due, zone) : null)),
            ("address", Spark.Of(AddressOf(state.Intake.Node, times.Today, reading))),
            ("address_id", Spark.Of(state.Intake.Node.Value)),
        ];
        if (reading.Extended)
            members.Add(("extended_attributes", Extended(state, times, words.Into)));
        return Spark.Of(members);
    }

    private static string NotesOf(CaseState state, string? into, CultureInfo language) => state.Stage == CaseStage.Merged && into is not null
        ? Open311Words.Of("merged-into", language, into)
        : Open311Words.StageOf(state, language);

    private static long UpdatedAt(CaseRecord found) => found.State.Closing?.Stamp.At ?? found.State.Merging?.Stamp.At
        ?? found.Timeline.Select(one => one.Happened).OfType<CaseEvent>().Max(happened => happened.Stamp.At);

    // When the matter is to have its result; where no clock runs for that, the next thing that the citizen may expect.
    private static long? ExpectedAt(CaseTimes times) =>
        times.Deadlines.GetValueOrDefault(ClockKind.Completion) ?? times.Deadlines.Values.Min();

    private static string TimeOf(long at, HallZone? zone) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at).ToOffset(TimeSpan.FromMinutes(zone?.At(at).OffsetMinutes ?? 0))
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string? NameOf(NodeId id, Reading reading) =>
        reading.View.Tree.Find(id) is { } node && reading.View.Sees(node) ? NameOf(node, reading) : null;

    private static string NameOf(Node node, Reading reading) =>
        reading.Language.TwoLetterISOLanguageName == "zh" ? node.Name.Zh : node.Name.En;

    // From the most specific on, and nothing of what lies above the reader's scope.
    private static string AddressOf(NodeId id, DateOnly day, Reading reading) =>
        string.Join(", ", reading.View.Tree.LineOn(id, day).TakeWhile(reading.View.Sees).Select(node => NameOf(node, reading)));

    private static Spark Extended(CaseState state, CaseTimes times, string? into)
    {
        var next = times.Deadlines.Where(clock => clock.Value is not null && !state.IsPaused(clock.Key)).OrderBy(clock => clock.Value).Select(clock => clock.Key.Word()).FirstOrDefault();
        return Spark.Of(
            ("stage", Spark.Of(state.Stage.Word())),
            ("claimed", Spark.Of(state.WasClaimed)),
            ("confirmed", Spark.Of(state.Solved)),
            ("overdue", Spark.Of(state.Overdue.Keys.Any(state.IsLive))),
            ("clock", Spark.Of(next)),
            ("merged_into", Spark.Of(into)));
    }
}
