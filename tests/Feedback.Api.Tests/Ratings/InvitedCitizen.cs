using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

/// <summary>What a counter and a citizen send.</summary>
internal static class InvitedCitizen
{
    public const string Ratings = "/api/v1/ratings";

    public static Task<Answer> InviteAsync(this RunningSite site, string window, JsonObject body) =>
        site.Client.PushAsync(body, $"/api/v1/windows/{window.Replace("/", "%2F", StringComparison.Ordinal)}/invite");

    /// <summary>The token of an invitation to rate a matter, served an hour ago.</summary>
    public static async Task<string> TokenAsync(this RunningSite site, string window, string matter, string? occurredAt = null)
    {
        var answer = await site.InviteAsync(window, new JsonObject { ["matter"] = matter, ["occurredAt"] = occurredAt ?? Some.Time(TimeSpan.FromHours(1)) });
        Assert.Equal(200, answer.Status);
        return (string)answer.Json["token"]!;
    }

    public static JsonObject Rating(string token, int grade = 5, string? id = null) =>
        id is null ? new JsonObject { ["token"] = token, ["grade"] = grade } : new JsonObject { ["token"] = token, ["grade"] = grade, ["id"] = id };

    public static JsonObject OfWindow(string window, int grade = 5, string? id = null) =>
        new() { ["window"] = window, ["grade"] = grade, ["id"] = id ?? Some.Id(), ["occurredAt"] = Some.Time() };

    /// <summary>Rates as a citizen does, who shows no key.</summary>
    public static Task<Answer> RateAsync(this RunningSite site, JsonNode rating) => site.Client.PushAsync(rating, Ratings, key: null);
}
