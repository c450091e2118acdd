using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Evaluations;

/// <summary>The stored text of evaluations: <c>claim</c> holds what the client said, <c>set</c> what the server added.</summary>
public static class EvaluationTexts
{
    internal static readonly EventKind[] Kinds =
    [
        EventKind.Of<EvaluationAccepted>("evaluation.accepted", 1, Write, Read),
    ];

    /// <summary>
    /// The bytes of what a client said, less personal text: two claims with the same bytes are the same claim.
    /// </summary>
    public static byte[] ClaimBytes(Evaluation evaluation)
    {
        var text = new CanonicalWriter().BeginObject();
        WriteClaim(text, evaluation);
        return text.EndObject().Written.ToArray();
    }

    /// <summary>Reads what <see cref="ClaimBytes"/> wrote.</summary>
    /// <exception cref="FormatException">A member is not what a claim demands.</exception>
    public static Evaluation ReadClaim(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return EventReading.Whole(document.RootElement, ReadClaim);
    }

    private static void Write(CanonicalWriter text, EvaluationAccepted accepted)
    {
        text.BeginObject("claim"u8);
        WriteClaim(text, accepted.Evaluation);
        text.Reference("matter"u8, accepted.Matter);
        text.Reference("comment"u8, accepted.Comment);
        text.EndObject();
        AdmissionText.Write(text, accepted.Admission);
    }

    private static void WriteClaim(CanonicalWriter text, Evaluation evaluation)
    {
        text.Member("id"u8, evaluation.Id)
            .Member("source"u8, evaluation.Source)
            .Member("window"u8, evaluation.Window.Value);
        MomentText.Write(text, evaluation.OccurredAt);
        text.Member("grade"u8, (long?)(byte?)evaluation.Grade)
            .Member("origin"u8, evaluation.Origin.Word());
        if (evaluation.Dimensions.Length > 0)
        {
            text.BeginObject("dimensions"u8);
            foreach (var dimension in evaluation.Dimensions)
                text.Name(dimension.Code).Value((byte)dimension.Grade);
            text.EndObject();
        }

        text.Member("serviceItem"u8, evaluation.ServiceItem)
            .Member("staff"u8, evaluation.Staff)
            .Member("channel"u8, evaluation.Channel.Word())
            .Member("reasons"u8, evaluation.Reasons)
            .Member("language"u8, evaluation.Language);
    }

    private static EvaluationAccepted Read(JsonElement text, Opaque salt)
    {
        var claim = text.GetProperty("claim");
        return new EvaluationAccepted
        {
            Salt = salt,
            Evaluation = ReadClaim(claim),
            Matter = claim.MatterReference("matter"),
            Comment = claim.PersonalReference("comment"),
            Admission = AdmissionText.Read(text),
        };
    }

    private static Evaluation ReadClaim(JsonElement claim) => new()
    {
        Id = claim.Text("id"),
        Source = claim.Text("source"),
        Window = claim.Node("window"),
        OccurredAt = MomentText.Read(claim),
        Grade = claim.GradeOrNull("grade"),
        Origin = Words.OriginOf(claim.Text("origin")) ?? throw new FormatException("Member 'origin' is not a known word."),
        Dimensions = claim.TryGetProperty("dimensions", out var dimensions) ? ReadDimensions(dimensions) : [],
        ServiceItem = claim.TextOrNull("serviceItem"),
        Staff = claim.TextOrNull("staff"),
        Channel = Words.ChannelOf(claim.Text("channel")) ?? throw new FormatException("Member 'channel' is not a known word."),
        Reasons = claim.Texts("reasons"),
        Language = claim.TextOrNull("language"),
    };

    private static ImmutableArray<DimensionGrade> ReadDimensions(JsonElement dimensions) =>
        [.. dimensions.EnumerateObject().Select(member => new DimensionGrade(member.Name, member.Value.AsGrade(member.Name)))];
}
