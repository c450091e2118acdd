using Feedback.Domain.Windows;
using Feedback.Grains.Personal;
using Feedback.Seeds.Demo;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Seeds.Tests.Support;

/// <summary>Planned histories of the demo district.</summary>
internal static class Histories
{
    public static async Task<HistoryPlan> PlanAsync(int days = 365, string now = "2026-11-25T16:00:00+08:00", string begun = "2026-11-25", int seed = 1)
    {
        var site = await DemoDistrict.EnsureAsync(
            new BureauInMemory(), new PersonalCipher(BureauSecrets.Generate()), new FakeTimeProvider(DateTimeOffset.Parse("2026-03-02T01:00:00Z")));
        return new HistoryPlan(site, seed, DateOnly.ParseExact(begun, "yyyy-MM-dd"), days, DateTimeOffset.Parse(now));
    }

    public static IEnumerable<WindowClaim> All(HistoryPlan plan) => plan.Claims.SelectMany(one => one.Claims);

    public static IEnumerable<MatterClaim> Matters(HistoryPlan plan) => All(plan).OfType<MatterClaim>();

    public static IEnumerable<EvaluationClaim> Evaluations(HistoryPlan plan) => All(plan).OfType<EvaluationClaim>();

    public static DateTimeOffset LocalTime(WindowClaim claim) => DateTimeOffset.FromUnixTimeMilliseconds(claim.Time.UtcMilliseconds).ToOffset(TimeSpan.FromHours(8));

    public static DateOnly DayOf(WindowClaim claim) => DateOnly.FromDateTime(LocalTime(claim).Date);

    /// <summary>Identity and content in one, so that claims can be compared whole.</summary>
    public static string Text(WindowClaim claim) => claim is EvaluationClaim e
        ? $"{System.Text.Encoding.UTF8.GetString(Domain.Evaluations.EvaluationTexts.ClaimBytes(e.Evaluation))} {e.Matter} {e.Comment}"
        : claim.ToString()!;
}
