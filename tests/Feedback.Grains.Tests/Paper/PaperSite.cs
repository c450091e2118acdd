using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;
using Feedback.Grains.Paper;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Paper;

/// <summary>A batch of hall n4, and what is done with it.</summary>
internal static class PaperSite
{
    public static readonly PaperBatchId Batch = PaperBatchId.Of(Places.Hall, 1);

    public static bool Holds(JournalUnit unit, string kind) =>
        unit.Append is { } append && append.Row.Elements().Any(element => Encoding.UTF8.GetString(element.Span).Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal));

    public static OpenPaperBatch Opening(int collected = 9) => new(Places.Hall, new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 2), 10, new CountForms(collected, ["li", "wang"]));

    public static ReadForm Form(int number, Grade grade = Grade.VerySatisfied, NodeId? window = null, string? words = null) => new(
        number,
        new PaperAnswers
        {
            Window = window ?? Places.Window,
            Day = new DateOnly(2026, 2, 27),
            Grade = grade,
            Dimensions = [new DimensionGrade("attitude", grade)],
            HasComment = words is not null,
        },
        words);

    public static IPaperGrain Grain(Site site, PaperBatchId? batch = null) => site.Silo.Get<IGrainFactory>().GetGrain<IPaperGrain>((batch ?? Batch).Value);

    public static async Task<PaperState> StateAsync(Site site) => (await site.Silo.Get<PaperBatches>().FindAsync(Batch))!;

    public static Task OpenAsync(Site site, int collected = 9) => DoAsync(site, Opening(collected));

    public static async Task<PaperAnswer> DoAsync(Site site, PaperCommand command, bool mayRefuse = false, string by = "account:li")
    {
        PaperAnswer answer = default;
        await Until.HoldsAsync("it is decided", async () =>
        {
            answer = await Grain(site).Perform(new PaperRequest(command, by));
            return answer.Refusal is not { Retryable: true } && (answer.Rows.IsDefault || answer.Rows.All(row => row.Refusal is not { Retryable: true }));
        });
        Assert.True(mayRefuse || answer.Refusal is null, answer.Refusal?.Code);
        return answer;
    }

    public static async Task AssertOnceAsync(Site site, Grade grade)
    {
        var stored = (EvaluationAccepted)Assert.Single(await site.Silo.EventsAsync(Places.Window)).Happened;
        Assert.Equal(grade, stored.Evaluation.Grade);
        var form = (await StateAsync(site)).Of(1);
        Assert.Equal((grade, null), (form.Keyed!.Answers.Grade, form.Begun));
        await site.Silo.AssertCleanAsync();
    }
}
