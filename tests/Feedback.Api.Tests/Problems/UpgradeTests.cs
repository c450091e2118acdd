using System.Text;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Problems;

/// <summary>What clients are told of what must wait until a newer release runs everywhere.</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("en", "A newer release")]
    [InlineData("zh-CN", "系统正在升级")]
    public async Task What_must_wait_for_an_upgrade_is_to_be_sent_again_and_is_stored_after_it(string language, string title)
    {
        var upgrade = new UnderWay();
        var site = new RunningSite(services => services.AddSingleton<IWrittenVocabulary>(upgrade));
        await site.InitializeAsync();
        try
        {
            var hall = await site.NewHallAsync();
            var body = Some.Evaluation(hall.Window, 5);

            var refused = await site.Client.PushAsync(body.DeepClone(), language: language);
            upgrade.IsDone = true;
            var stored = await site.Client.PushAsync(body, language: language);

            Assert.Equal((503, "upgrade-under-way", true), (refused.Status, refused.Code, (bool)refused.Json["retryable"]!));
            Assert.StartsWith(title, refused.Title, StringComparison.Ordinal);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal(201, stored.Status);
        }
        finally
        {
            await site.DisposeAsync();
        }
    }

    private sealed class UnderWay : IWrittenVocabulary
    {
        public bool IsDone { get; set; }

        public string? FindUnread(JournalRow row) =>
            !IsDone && Encoding.UTF8.GetString(row.Events.Span).Contains("evaluation.accepted", StringComparison.Ordinal) ? "evaluation.accepted/1" : null;
    }
}
