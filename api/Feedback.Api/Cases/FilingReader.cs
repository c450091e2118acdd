using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>What a citizen brings to the office.</summary>
/// <param name="Id">The sender's own id of it, at most 100 characters: a retry carries the same and opens no second case.</param>
/// <param name="Kind">complaint, suggestion, praise or question.</param>
/// <param name="Channel">How it came in: window, hotline, web, phone, paper, meeting, box, qr or api.</param>
/// <param name="Node">The id or path of the node that it concerns.</param>
/// <param name="Category">The code of a category; left out for none yet.</param>
/// <param name="Words">What the citizen says, at most 10,000 characters; kept apart and encrypted.</param>
/// <param name="Contact">How the citizen can be reached; left out for an anonymous matter. Kept apart, and told to nobody by the way.</param>
/// <param name="About">Codes of the members of staff complained of. One that nobody has is refused; from a program it is kept with the words, for a citizen cannot know it.</param>
/// <param name="Language">The citizen's language, such as zh-CN.</param>
/// <param name="OccurredAt">When it happened, as the citizen said: RFC 3339 with an offset.</param>
public sealed record CaseFilingBody(
    string Id, string Kind, string Channel, string Node, string? Category, string Words, string? Contact, IReadOnlyList<string>? About, string? Language,
    DateTimeOffset? OccurredAt);

/// <summary>Reads a filing; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class FilingReader
{
    /// <summary>The most members of staff of one case.</summary>
    public const int MostPersons = 20;

    private const int LongestContact = 500;

    private static readonly ImmutableArray<CaseKind> Filed = [CaseKind.Complaint, CaseKind.Suggestion, CaseKind.Praise, CaseKind.Question];

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="scope">Where its sender may file.</param>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static (string Id, Filing Filing) Read(JsonElement body, NodeScope scope)
    {
        string? id = null, node = null, category = null, words = null, contact = null, language = null;
        CaseKind? kind = null;
        CaseChannel? channel = null;
        ImmutableArray<string> about = [];
        Moment? occurredAt = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "id": id = Members.Text(value, name, StepReader.LongestId); break;
                case "kind": kind = KindOf(value); break;
                case "channel": channel = ChannelOf(value); break;
                case "node": node = Members.Text(value, name, EvaluationReader.LongestPath); break;
                case "category": category = OptionalMember.Code(value, name, EvaluationReader.LongestCode); break;
                case "words": words = Members.Text(value, name, CaseRequest.LongestText, multiline: true); break;
                case "contact": contact = OptionalMember.Text(value, name, LongestContact, multiline: true); break;
                case "about": about = OptionalMember.Codes(value, name, MostPersons, EvaluationReader.LongestCode) ?? []; break;
                case "language": language = OptionalMember.Code(value, name, EvaluationReader.LongestCode); break;
                case "occurredAt": occurredAt = OptionalMember.Time(value, name); break;
                default: return false;
            }

            return true;
        });
        return (id ?? throw Members.Missing("id"), new Filing(kind ?? throw Members.Missing("kind"), channel ?? throw Members.Missing("channel"), node ?? throw Members.Missing("node"))
        {
            Scope = scope,
            Category = category,
            Words = words ?? throw Members.Missing("words"),
            Contact = contact,
            About = about,
            Language = language,
            OccurredAt = occurredAt,
        });
    }

    private static CaseKind KindOf(JsonElement value)
    {
        var word = Members.Text(value, "kind", EvaluationReader.LongestCode);
        return CaseWords.KindOf(word) is { } kind && Filed.Contains(kind) ? kind : throw Members.Refuse("kind-unknown", "kind", word);
    }

    private static CaseChannel ChannelOf(JsonElement value)
    {
        var word = Members.Text(value, "channel", EvaluationReader.LongestCode);
        return CaseWords.ChannelOf(word) is { } channel and not CaseChannel.Automatic ? channel : throw Members.Refuse("word-unknown", "channel", word);
    }
}
