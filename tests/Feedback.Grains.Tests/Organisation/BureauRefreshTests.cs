using System.Reflection;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Grains.Tests.Organisation;

public sealed class BureauRefreshTests
{
    [Fact]
    public async Task Who_asks_while_a_look_is_under_way_gets_one_that_began_later_and_shares_it()
    {
        var journal = DispatchProxy.Create<IJournal, SlowHeads>();
        var heads = (SlowHeads)(object)journal;
        using var bureau = new Bureau(journal, new FakeTimeProvider(), NullLogger<Bureau>.Instance);

        var first = bureau.RefreshAsync();
        var second = bureau.RefreshAsync();
        var third = bureau.RefreshAsync();
        Assert.Single(heads.Asked);
        heads.Asked[0].SetResult(Nothing);
        await first;
        await heads.AskedAgain.Task;

        Assert.False(second.IsCompleted);
        Assert.Same(second, third);
        heads.Asked[1].SetResult(Nothing);
        await second;
        Assert.Equal(2, heads.Asked.Count);
    }

    [Fact]
    public async Task A_look_that_fails_does_not_keep_the_next_one_from_being_made()
    {
        var journal = DispatchProxy.Create<IJournal, SlowHeads>();
        var heads = (SlowHeads)(object)journal;
        using var bureau = new Bureau(journal, new FakeTimeProvider(), NullLogger<Bureau>.Instance);

        var first = bureau.RefreshAsync();
        var second = bureau.RefreshAsync();
        heads.Asked[0].SetException(new IOException("The database is away."));
        await Assert.ThrowsAsync<IOException>(() => first);
        await heads.AskedAgain.Task;
        heads.Asked[1].SetResult(Nothing);
        await second;

        var later = bureau.RefreshAsync();
        Assert.Equal(3, heads.Asked.Count);
        heads.Asked[2].SetResult(Nothing);
        await later;
    }

    private static IReadOnlyDictionary<StreamName, long> Nothing => new Dictionary<StreamName, long>();

    /// <summary>A journal whose heads are told when the test says so.</summary>
    public class SlowHeads : DispatchProxy
    {
        internal List<TaskCompletionSource<IReadOnlyDictionary<StreamName, long>>> Asked { get; } = [];

        internal TaskCompletionSource AskedAgain { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(IJournal.HeadsAsync), targetMethod!.Name);
            Asked.Add(new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (Asked.Count == 2)
                AskedAgain.SetResult();
            return Asked[^1].Task;
        }
    }
}
