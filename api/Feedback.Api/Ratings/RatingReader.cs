using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Time;

namespace Feedback.Api.Ratings;

/// <summary>What a citizen sends: by invitation with its token, or from a window's printed code with the window.</summary>
public sealed record Rating
{
    /// <summary>The token of the invitation; null where a window is rated without one.</summary>
    public string? Token { get; init; }

    /// <summary>The window's id or path; null with a token.</summary>
    public string? Window { get; init; }

    /// <summary>What the sender drew, at most 64 characters: a retry carries the same. Null for a sender who will not try again.</summary>
    public string? Id { get; init; }

    /// <summary>When, without a token: within the last three days, a retry carries the same. Null with a token, which says when.</summary>
    public Moment? OccurredAt { get; init; }

    /// <summary>The overall grade.</summary>
    public required Grade Grade { get; init; }

    /// <summary>Grades by dimension, ascending by code.</summary>
    public ImmutableArray<DimensionGrade> Dimensions { get; init; } = [];

    /// <summary>Codes of the reasons chosen, ascending.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>At most 1,000 characters.</summary>
    public string? Comment { get; init; }

    /// <summary>The form's language.</summary>
    public string? Language { get; init; }
}

/// <summary>Reads a rating; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class RatingReader
{
    /// <summary>The source of ratings from a window's printed code.</summary>
    public const string WindowCode = "window-code";

    private const int LongestDraw = 64;

    /// <summary>Reads a rating.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static Rating Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        var given = new HashSet<string>(StringComparer.Ordinal);
        Grade? grade = null;
        var rating = new Rating { Grade = default };
        foreach (var member in body.EnumerateObject())
        {
            var (name, value) = (Members.NameOf(member), member.Value);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", name);
            if (name == "grade")
                grade = Members.Grade(value, name);
            else
                rating = With(rating, name, value);
        }

        if (rating.Token is null == rating.Window is null)
            throw rating.Token is null ? Missing("token") : Members.Refuse("token-or-window", "window");
        if (rating.Token is not null && rating.OccurredAt is not null)
            throw Members.Refuse("member-unknown", "occurredAt");
        if (rating.Window is not null && (rating.Id is null || rating.OccurredAt is null))
            throw Missing(rating.Id is null ? "id" : "occurredAt");
        return rating with { Grade = grade ?? throw Missing("grade") };
    }

    private static Rating With(Rating rating, string name, JsonElement value)
    {
        var isNull = value.ValueKind == JsonValueKind.Null;
        return name switch
        {
            "token" => rating with { Token = Members.Text(value, name, InvitationToken.Longest) },
            "window" => rating with { Window = Members.Text(value, name, EvaluationReader.LongestPath) },
            "id" => isNull ? rating : rating with { Id = Members.Text(value, name, LongestDraw) },
            "occurredAt" => rating with { OccurredAt = Members.Time(value, name) },
            "dimensions" => isNull ? rating : rating with { Dimensions = EvaluationReader.DimensionsOf(value) },
            "reasons" => isNull ? rating : rating with { Reasons = Members.Codes(value, name, EvaluationReader.MostReasons, EvaluationReader.LongestCode) },
            "comment" => isNull ? rating : rating with { Comment = Members.Text(value, name, EvaluationReader.LongestComment, multiline: true) },
            "language" => isNull ? rating : rating with { Language = Members.Text(value, name, EvaluationReader.LongestCode) },
            _ => throw Members.Refuse("member-unknown", name),
        };
    }

    private static RefusedException Missing(string field) => Members.Refuse("member-missing", field);
}
