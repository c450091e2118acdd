using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Bodies;
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

    internal const int LongestDraw = 64;

    /// <summary>Reads a rating.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static Rating Read(JsonElement body)
    {
        Grade? grade = null;
        var rating = new Rating { Grade = default };
        BodyMembers.Each(body, (name, value) =>
        {
            if (name == "grade")
                grade = Members.Grade(value, name);
            else if (With(rating, name, value) is { } more)
                rating = more;
            else
                return false;
            return true;
        });
        if (rating.Token is null == rating.Window is null)
            throw rating.Token is null ? Members.Missing("token") : Members.Refuse("token-or-window", "window");
        if (rating.Token is not null && rating.OccurredAt is not null)
            throw Members.Refuse("member-unknown", "occurredAt");
        if (rating.Window is not null && (rating.Id is null || rating.OccurredAt is null))
            throw Members.Missing(rating.Id is null ? "id" : "occurredAt");
        return rating with { Grade = grade ?? throw Members.Missing("grade") };
    }

    private static Rating? With(Rating rating, string name, JsonElement value) => name switch
    {
        "token" => rating with { Token = Members.Text(value, name, InvitationToken.Longest) },
        "window" => rating with { Window = Members.Text(value, name, EvaluationReader.LongestPath) },
        "id" => rating with { Id = OptionalMember.Text(value, name, LongestDraw) },
        "occurredAt" => rating with { OccurredAt = Members.Time(value, name) },
        "dimensions" => value.ValueKind == JsonValueKind.Null ? rating : rating with { Dimensions = EvaluationReader.DimensionsOf(value) },
        "reasons" => rating with { Reasons = OptionalMember.Codes(value, name, EvaluationReader.MostReasons, EvaluationReader.LongestCode) ?? [] },
        "comment" => rating with { Comment = OptionalMember.Text(value, name, EvaluationReader.LongestComment, multiline: true) },
        "language" => rating with { Language = OptionalMember.Text(value, name, EvaluationReader.LongestCode) },
        _ => null,
    };
}
