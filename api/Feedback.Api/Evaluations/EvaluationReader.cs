using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Intake;
using Feedback.Api.Ratings;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.Windows;

namespace Feedback.Api.Evaluations;

/// <summary>Reads one evaluation; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class EvaluationReader
{
    internal const int LongestId = 128;
    internal const int LongestCode = 64;
    internal const int LongestComment = 1000;
    internal const int LongestPath = 512;
    internal const int MostReasons = 20;
    private const int MostDimensions = 32;

    [Flags]
    private enum Given
    {
        None = 0,
        Id = 1 << 0,
        Source = 1 << 1,
        Window = 1 << 2,
        OccurredAt = 1 << 3,
        Grade = 1 << 4,
        Origin = 1 << 5,
        Dimensions = 1 << 6,
        Matter = 1 << 7,
        ServiceItem = 1 << 8,
        Staff = 1 << 9,
        Channel = 1 << 10,
        Reasons = 1 << 11,
        Comment = 1 << 12,
        Language = 1 << 13,
        Signature = 1 << 14,
    }

    /// <summary>Reads an evaluation.</summary>
    /// <param name="body">The JSON object.</param>
    /// <param name="row">Takes the id as soon as it is read, so that a refusal can name it.</param>
    /// <param name="sender">Who sends it; where it is a CloudEvent, with the identity and time of its envelope.</param>
    /// <param name="findWindow">Resolves an id or path, or answers null.</param>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static EvaluationClaim Read(JsonElement body, Row row, Envelope sender, Func<string, NodeId?> findWindow)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        var given = Given.None;
        string? id = sender.Id, source = sender.IsCloudEvent ? sender.Source : null, window = null, matter = null, item = null, staff = null, comment = null, language = null;
        var occurredAt = sender.OccurredAt;
        Grade? grade = null;
        Origin? origin = null;
        Channel? channel = null;
        ImmutableArray<DimensionGrade> dimensions = [];
        ImmutableArray<string> reasons = [];
        foreach (var member in body.EnumerateObject())
        {
            var value = member.Value;
            switch (Once(member, sender.IsCloudEvent, ref given))
            {
                case Given.Id: row.Id = id = Members.Text(value, "id", LongestId); break;
                case Given.Source when IsNull(value): break;
                case Given.Source: source = Members.Code(value, "source", LongestId); break;
                case Given.Window: window = Members.Text(value, "window", LongestPath); break;
                case Given.OccurredAt: occurredAt = Members.Time(value, "occurredAt"); break;
                case Given.Origin: origin = OriginOf(value); break;
                case Given.Channel: channel = ChannelOf(value); break;
                case var _ when IsNull(value): break;
                case Given.Grade: grade = Members.Grade(value, "grade"); break;
                case Given.Dimensions: dimensions = DimensionsOf(value); break;
                case Given.Matter: matter = Members.Text(value, "matter", LongestCode); break;
                case Given.ServiceItem: item = Members.Code(value, "serviceItem", LongestCode); break;
                case Given.Staff: staff = Members.Code(value, "staff", LongestCode); break;
                case Given.Reasons: reasons = Members.Codes(value, "reasons", MostReasons, LongestCode); break;
                case Given.Comment: comment = Members.Text(value, "comment", LongestComment, multiline: true); break;
                case Given.Signature: row.TakeSignature(value); break;
                case Given.Language: language = Members.Text(value, "language", LongestCode); break;
            }
        }

        return new EvaluationClaim(
            new Evaluation
            {
                Id = id ?? throw Members.Missing("id"),
                Source = SourceOf(source ?? row.Signer?.Terminal ?? sender.Source),
                Window = findWindow(window ?? throw Members.Missing("window")) ?? throw Members.Refuse("window-unknown", "window", window),
                OccurredAt = occurredAt ?? throw Members.Missing("occurredAt"),
                Grade = grade,
                Origin = origin ?? throw Members.Missing("origin"),
                Dimensions = dimensions,
                ServiceItem = item,
                Staff = staff,
                Channel = channel ?? throw Members.Missing("channel"),
                Reasons = reasons,
                Language = language,
            },
            matter,
            comment);
    }

    // Under these the service itself numbers what citizens send and what is keyed from paper: a terminal could rate in their place, and before them.
    private static string SourceOf(string? source) => source switch
    {
        null => throw Members.Missing("source"),
        Invitation.Source or RatingReader.WindowCode => throw Members.Refuse("source-reserved", "source", source),
        _ when source.StartsWith(PaperBatchId.SourcePrefix, StringComparison.Ordinal) => throw Members.Refuse("source-reserved", "source", source),
        _ => source,
    };

    private static Given Once(JsonProperty member, bool cloudEvent, ref Given given)
    {
        var which = Known(member);
        // A CloudEvent's envelope carries identity and time; its data must not carry a second set.
        if (which == Given.None || (cloudEvent && which is (Given.Id or Given.Source or Given.OccurredAt)))
            throw Members.Refuse("member-unknown", Members.NameOf(member));
        if ((given & which) != 0)
            throw Members.Refuse("member-twice", Members.NameOf(member));
        given |= which;
        return which;
    }

    private static Given Known(JsonProperty member)
    {
        try
        {
            return WhichOf(member);
        }
        catch (InvalidOperationException)
        {
            // An escaped name that is no text can be compared with nothing.
            return Given.None;
        }
    }

    private static Given WhichOf(JsonProperty member) =>
        member.NameEquals("id"u8) ? Given.Id
        : member.NameEquals("window"u8) ? Given.Window
        : member.NameEquals("occurredAt"u8) ? Given.OccurredAt
        : member.NameEquals("grade"u8) ? Given.Grade
        : member.NameEquals("origin"u8) ? Given.Origin
        : member.NameEquals("channel"u8) ? Given.Channel
        : member.NameEquals("dimensions"u8) ? Given.Dimensions
        : member.NameEquals("matter"u8) ? Given.Matter
        : member.NameEquals("serviceItem"u8) ? Given.ServiceItem
        : member.NameEquals("staff"u8) ? Given.Staff
        : member.NameEquals("reasons"u8) ? Given.Reasons
        : member.NameEquals("comment"u8) ? Given.Comment
        : member.NameEquals("language"u8) ? Given.Language
        : member.NameEquals("source"u8) ? Given.Source
        : member.NameEquals("signature"u8) ? Given.Signature
        : Given.None;

    internal static ImmutableArray<DimensionGrade> DimensionsOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected", "dimensions");
        var dimensions = new List<DimensionGrade>(4);
        foreach (var member in value.EnumerateObject())
        {
            var code = Members.CodeOf(member, "dimensions", LongestCode);
            if (dimensions.Count == MostDimensions)
                throw Members.Refuse("list-too-long", "dimensions", MostDimensions.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (dimensions.Exists(known => known.Code == code))
                throw Members.Refuse("member-twice", "dimensions." + code);
            dimensions.Add(new DimensionGrade(code, Members.Grade(member.Value, "dimensions." + code)));
        }

        dimensions.Sort(static (a, b) => string.CompareOrdinal(a.Code, b.Code));
        return [.. dimensions];
    }

    private static Origin OriginOf(JsonElement value)
    {
        var word = Members.Text(value, "origin", LongestCode);
        return Words.OriginOf(word) ?? throw Members.Refuse("origin-unknown", "origin", word);
    }

    private static Channel ChannelOf(JsonElement value)
    {
        var word = Members.Text(value, "channel", LongestCode);
        return Words.ChannelOf(word) ?? throw Members.Refuse("channel-unknown", "channel", word);
    }

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;
}
