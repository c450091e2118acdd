using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.WorkingTime;

namespace Feedback.Api.Matters.Services;

/// <summary>A matter that is accepted.</summary>
/// <param name="Node">The id or path of the node that takes it: a hall where several windows serve it.</param>
/// <param name="Number">Its number there, as finished matters tell it; kept only as a keyed hash.</param>
/// <param name="ServiceItem">The service item's code.</param>
/// <param name="Online">true: it was applied for online, without a visit.</param>
/// <param name="Missing">Everything that is missing. What is not in this list is not to be asked for later.</param>
/// <param name="Limit">How long it may take, such as 10wd; what is published about the item when left out.</param>
public sealed record AcceptanceBody(string Node, string Number, string ServiceItem, bool? Online = null, IReadOnlyList<MissingBody>? Missing = null, string? Limit = null);

/// <summary>A document that is missing.</summary>
/// <param name="Code">Its code, unique in the list.</param>
/// <param name="Title">Its short title; without names and numbers of persons.</param>
/// <param name="How">ordinary: it must come before work goes on; to-follow: it may follow by a day; promised: the applicant promised that the condition is met.</param>
/// <param name="DueOn">The local day by which it is to be handed in; needed for to-follow.</param>
public sealed record MissingBody(string Code, string Title, string How, string? DueOn = null);

/// <summary>A step of a matter.</summary>
/// <param name="Step">visit, supplement, complete or withdraw.</param>
/// <param name="Id">The caller's own id of the step, at most 100 characters: sent again with the same, it is done once.</param>
/// <param name="Documents">visit, supplement: codes of the documents that were handed in.</param>
/// <param name="Asked">visit: documents that were asked for.</param>
/// <param name="Result">complete: the result's code, such as granted; visit: the same, when it was completed there and then.</param>
/// <param name="Reason">withdraw: why, as a code.</param>
public sealed record MatterStepBody(
    string Step, string? Id = null, IReadOnlyList<string>? Documents = null, IReadOnlyList<AskedBody>? Asked = null, string? Result = null, string? Reason = null);

/// <summary>A document that was asked for.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its short title; without names and numbers of persons.</param>
public sealed record AskedBody(string Code, string Title);

/// <summary>An acceptance as it was sent.</summary>
internal sealed record SentAcceptance(string Node, string Number, string Item, bool Online, ImmutableArray<MissingDocument> Missing, string? Limit);

/// <summary>Reads bodies about service matters; every member is known, given once, and of the right shape, or refused by name. Null is as good as left out, whatever the member.</summary>
internal static class ServiceMatterBodies
{
    private const int LongestCode = 64;
    private const int LongestTitle = 60;
    private const int LongestId = 100;
    private const int LongestPath = 512;

    public static SentAcceptance Acceptance(JsonElement body)
    {
        string? node = null, number = null, item = null, limit = null;
        var online = false;
        ImmutableArray<MissingDocument> missing = [];
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "node": node = OptionalMember.Text(value, name, LongestPath); break;
                case "number": number = OptionalMember.Text(value, name, LongestCode); break;
                case "serviceItem": item = OptionalMember.Code(value, name, LongestCode); break;
                case "online": online = OptionalMember.Flag(value, name) ?? false; break;
                case "missing": missing = OptionalMember.List(value, name, MatterRules.MostDocuments, Missing) ?? []; break;
                case "limit": limit = Limited(value, name); break;
                default: return false;
            }

            return true;
        });
        return new SentAcceptance(Needed(node, "node"), Needed(number, "number"), Needed(item, "serviceItem"), online, missing, limit);
    }

    public static (MatterCommand Command, string? Id) Step(JsonElement body)
    {
        string? step = null, id = null, result = null, reason = null;
        ImmutableArray<string>? documents = null;
        ImmutableArray<AskedDocument>? asked = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "step": step = OptionalMember.Text(value, name, LongestCode); break;
                case "id": id = OptionalMember.Text(value, name, LongestId); break;
                case "documents": documents = OptionalMember.Codes(value, name, MatterRules.MostDocuments, LongestCode); break;
                case "asked": asked = OptionalMember.List(value, name, MatterRules.MostDocuments, Asked); break;
                case "result": result = OptionalMember.Code(value, name, LongestCode); break;
                case "reason": reason = OptionalMember.Code(value, name, LongestCode); break;
                default: return false;
            }

            return true;
        });
        // A member that a step does not take would otherwise be lost without a word.
        MatterCommand command = Needed(step, "step") switch
        {
            "visit" => new VisitMatter(documents ?? [], asked ?? [], result),
            "supplement" => new SupplementMatter(documents ?? []),
            "complete" => new CompleteMatter(Needed(result, "result")),
            "withdraw" => new WithdrawMatter(Needed(reason, "reason")),
            var other => throw Members.Refuse("matter-step-unknown", "step", other),
        };
        Unsuited(command is not (VisitMatter or SupplementMatter) && documents is not null, "documents");
        Unsuited(command is not VisitMatter && asked is not null, "asked");
        Unsuited(command is not (VisitMatter or CompleteMatter) && result is not null, "result");
        Unsuited(command is not WithdrawMatter && reason is not null, "reason");
        return (command, id);
    }

    private static void Unsuited(bool given, string name)
    {
        if (given)
            throw Members.Refuse("member-unknown", name);
    }

    private static MissingDocument Missing(JsonElement body, string at)
    {
        string? code = null, title = null;
        MissingKind? how = null;
        DateOnly? dueOn = null;
        BodyMembers.Each(body, (name, value) =>
        {
            var field = $"{at}.{name}";
            switch (name)
            {
                case "code": code = OptionalMember.Code(value, field, LongestCode); break;
                case "title": title = OptionalMember.Code(value, field, LongestTitle); break;
                case "how" or "dueOn" when value.ValueKind == JsonValueKind.Null: break;
                case "how":
                    how = MatterWords.KindOf(Members.Text(value, field, LongestCode)) ?? throw Members.Refuse("missing-kind-unknown", field, string.Join(", ", MatterWords.KindWords));
                    break;
                case "dueOn":
                    dueOn = DateOnly.TryParseExact(Members.Text(value, field, LongestCode), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                        ? day : throw Members.Refuse("day-invalid", field);
                    break;
                default: return false;
            }

            return true;
        }, at);
        return new MissingDocument(
            Needed(code, at + ".code"), Needed(title, at + ".title"), how ?? throw Members.Missing(at + ".how"), dueOn);
    }

    private static AskedDocument Asked(JsonElement body, string at)
    {
        string? code = null, title = null;
        BodyMembers.Each(body, (name, value) =>
        {
            var field = $"{at}.{name}";
            switch (name)
            {
                case "code": code = OptionalMember.Code(value, field, LongestCode); break;
                case "title": title = OptionalMember.Code(value, field, LongestTitle); break;
                default: return false;
            }

            return true;
        }, at);
        return new AskedDocument(Needed(code, at + ".code"), Needed(title, at + ".title"));
    }

    internal static string? Limited(JsonElement value, string name) => value.ValueKind == JsonValueKind.Null ? null
        : Limit.TryParse(Members.Text(value, name, LongestCode), out var limit, out var refusal, name) ? limit.ToString() : throw new RefusedException(refusal);

    internal static string Needed(string? value, string name) => value ?? throw Members.Missing(name);
}
