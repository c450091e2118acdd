using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Api.Matters.Services;
using Feedback.Domain.Evaluations;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;

namespace Feedback.Api.Matters.Told;

/// <summary>A matter as the list of another system tells it.</summary>
/// <param name="Node">The id or path of the node that took it.</param>
/// <param name="Number">Its number there; kept only as a keyed hash.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Stage">open, completed or withdrawn.</param>
/// <param name="Online">true: it was applied for online, without a visit.</param>
/// <param name="Limit">How long it may take, such as 10wd; what is published about the item when left out.</param>
/// <param name="Visits">How many visits there were, lawful ones too.</param>
/// <param name="EndedAt">When it was completed or withdrawn; now when left out.</param>
/// <param name="Outcome">The result's code, or why it was withdrawn; needed at the end.</param>
/// <param name="LawfulVisits">Of these visits, those only to hand in what had been listed as missing; none when left out. They break no rule.</param>
public sealed record ToldMatterBody(
    string Node, string Number, string ServiceItem, DateTimeOffset AcceptedAt, string Stage, bool? Online = null, string? Limit = null, int? Visits = null,
    DateTimeOffset? EndedAt = null, string? Outcome = null, int? LawfulVisits = null);

/// <summary>A matter that was not taken.</summary>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Problem">Why, as a problem document.</param>
public sealed record RejectedMatter(int Index, JsonNode Problem);

/// <summary>What became of a list of matters.</summary>
/// <param name="Stored">Whether it was stored; false for one that was only checked, and for one with a matter that cannot be taken.</param>
/// <param name="Accepted">Matters that were not here before.</param>
/// <param name="Moved">Matters that were here, and to which something happened.</param>
/// <param name="Unchanged">Matters of which the list told nothing new.</param>
/// <param name="Rejected">Matters that were not taken.</param>
public sealed record ToldMatters(bool Stored, int Accepted, int Moved, int Unchanged, IReadOnlyList<RejectedMatter> Rejected);

/// <summary>A line of a list as it was sent.</summary>
internal sealed record ToldLine(
    string Node, string Number, string Item, bool Online, string? Limit, Moment AcceptedAt, int Visits, MatterStage Stage, Moment? EndedAt, string? Outcome,
    int LawfulVisits);

/// <summary>Reads lists of matters, each line by itself.</summary>
internal static class ToldMatterBodies
{
    /// <summary>The most matters of one request.</summary>
    public const int Most = 200;

    private const int LongestCode = 64;
    private const int LongestPath = 512;

    /// <summary>The lines, or why one cannot be taken; a list of one line where it is sent by itself.</summary>
    public static (ToldLine? Line, Refusal? Refusal)[] Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
            return [(Line(body), null)];
        if (body.GetArrayLength() > Most)
            throw Members.Refuse("too-many", null, Most.ToString(CultureInfo.InvariantCulture));
        return body.GetArrayLength() == 0 ? throw Members.Refuse("batch-empty") : [.. body.EnumerateArray().Select(ReadOne)];
    }

    private static (ToldLine? Line, Refusal? Refusal) ReadOne(JsonElement body)
    {
        try
        {
            return (Line(body), null);
        }
        catch (RefusedException e)
        {
            return (null, e.Refusal);
        }
    }

    private static ToldLine Line(JsonElement body)
    {
        string? node = null, number = null, item = null, limit = null, outcome = null, stage = null;
        Moment? acceptedAt = null, endedAt = null;
        var (online, visits, lawful) = (false, 0, 0);
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "node": node = OptionalMember.Text(value, name, LongestPath); break;
                case "number": number = OptionalMember.Text(value, name, LongestCode); break;
                case "serviceItem": item = OptionalMember.Code(value, name, LongestCode); break;
                case "acceptedAt": acceptedAt = OptionalMember.Time(value, name); break;
                case "stage": stage = OptionalMember.Text(value, name, LongestCode); break;
                case "online": online = OptionalMember.Flag(value, name) ?? false; break;
                case "limit": limit = ServiceMatterBodies.Limited(value, name); break;
                case "visits": visits = Visits(value, name); break;
                case "lawfulVisits": lawful = Visits(value, name); break;
                case "endedAt": endedAt = OptionalMember.Time(value, name); break;
                case "outcome": outcome = OptionalMember.Code(value, name, LongestCode); break;
                default: return false;
            }

            return true;
        });
        var stands = MatterWords.StageOf(ServiceMatterBodies.Needed(stage, "stage")) ?? throw Members.Refuse("word-unknown", "stage", stage);
        if (stands == MatterStage.Open && (endedAt is not null || outcome is not null))
            throw Members.Refuse("member-unknown", endedAt is not null ? "endedAt" : "outcome");
        if (lawful > visits)
            throw Members.Refuse("count-invalid", "lawfulVisits", string.Create(CultureInfo.InvariantCulture, $"0–{visits}"));
        if (endedAt?.UtcMilliseconds < acceptedAt?.UtcMilliseconds)
            throw Members.Refuse("ended-before-accepted", "endedAt");
        return new ToldLine(
            ServiceMatterBodies.Needed(node, "node"), ServiceMatterBodies.Needed(number, "number"), ServiceMatterBodies.Needed(item, "serviceItem"), online, limit,
            acceptedAt ?? throw Members.Missing("acceptedAt"), visits, stands, endedAt,
            stands == MatterStage.Open ? null : ServiceMatterBodies.Needed(outcome, "outcome"), lawful);
    }

    private static int Visits(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Null ? 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var visits) && visits is >= 0 and <= TellMatter.MostVisits ? visits
        : throw Members.Refuse("count-invalid", name, string.Create(CultureInfo.InvariantCulture, $"0–{TellMatter.MostVisits}"));
}
