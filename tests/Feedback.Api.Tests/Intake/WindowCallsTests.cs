using System.Collections.Immutable;
using System.Reflection;
using System.Threading.Channels;
using Feedback.Api.Intake;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Cluster;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Intake;

/// <summary>A window that is moving to another silo, as the API sees it.</summary>
public sealed class WindowCallsTests : ISiloWatch
{
    private static readonly NodeId Window = NodeId.Numbered(7);
    private static readonly ImmutableArray<WindowClaim> Two = [null!, null!];

    private readonly WaitedOn _clock = new();
    private int _suspected;

    [Fact]
    public async Task What_a_silo_that_is_gone_could_not_answer_is_asked_again_until_the_window_is_elsewhere()
    {
        var asked = new Queue<Func<Submission, Task<ImmutableArray<ClaimResult>>>>(
        [
            _ => throw new SiloUnavailableException(),
            _ => Task.FromException<ImmutableArray<ClaimResult>>(new OrleansException("moving")),
            submission => Answer(submission.Claims.Select(_ => new ClaimResult(ClaimStatus.Accepted, 1))),
        ]);

        var answers = await AdvanceAsync(Calls(submission => asked.Dequeue()(submission)).SubmitAsync(Window, Two, null!));

        Assert.Empty(asked);
        Assert.All(answers, answer => Assert.Equal(ClaimStatus.Accepted, answer.Status));
        Assert.Equal(2, _suspected);
    }

    [Fact]
    public async Task Only_what_is_elsewhere_is_asked_again_and_every_claim_gets_its_own_answer()
    {
        var sizes = new List<int>();
        var calls = Calls(submission =>
        {
            sizes.Add(submission.Claims.Length);
            return submission.Claims.Length == 2
                ? Answer([new ClaimResult(ClaimStatus.Elsewhere), new ClaimResult(ClaimStatus.Repeated, 5)])
                : Answer([new ClaimResult(ClaimStatus.Accepted, 9)]);
        });

        var answers = await AdvanceAsync(calls.SubmitAsync(Window, Two, null!));

        Assert.Equal([2, 1], sizes);
        Assert.Equal([(ClaimStatus.Accepted, 9L), (ClaimStatus.Repeated, 5L)], answers.Select(answer => (answer.Status, answer.Version)));
    }

    [Fact]
    public async Task After_less_than_three_seconds_nobody_waits_any_longer()
    {
        var begun = _clock.GetUtcNow();

        var answers = await AdvanceAsync(Calls(_ => throw new SiloUnavailableException()).SubmitAsync(Window, Two, null!));

        Assert.All(answers, answer => Assert.Equal(ClaimStatus.Elsewhere, answer.Status));
        Assert.InRange(_clock.GetUtcNow() - begun, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task What_was_not_answered_in_time_is_undecided_and_not_asked_again()
    {
        var asked = 0;
        var calls = Calls(_ =>
        {
            asked++;
            return new TaskCompletionSource<ImmutableArray<ClaimResult>>().Task;
        });

        var answers = await AdvanceAsync(calls.SubmitAsync(Window, Two, null!));

        Assert.Equal((1, 1), (asked, _suspected));
        Assert.All(answers, answer => Assert.Equal(ClaimStatus.Undecided, answer.Status));
    }

    [Fact]
    public async Task Whoever_is_woken_late_is_answered_and_nobody_is_asked_any_more()
    {
        var asked = 0;
        var calls = Calls(_ =>
        {
            asked++;
            throw new SiloUnavailableException();
        }).SubmitAsync(Window, Two, null!);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.All(await calls, answer => Assert.Equal(ClaimStatus.Elsewhere, answer.Status));
        Assert.Equal((1, 1), (asked, _suspected));
    }

    void ISiloWatch.Suspect() => _suspected++;

    private WindowCalls Calls(Func<Submission, Task<ImmutableArray<ClaimResult>>> submit)
    {
        var window = Stub<IWindowGrain>((method, arguments) => method.Name == nameof(IWindowGrain.Submit)
            ? submit((Submission)arguments[0]!)
            : throw new NotSupportedException(method.Name));
        return new WindowCalls(Stub<IGrainFactory>((_, _) => window), this, _clock);
    }

    private static Task<ImmutableArray<ClaimResult>> Answer(IEnumerable<ClaimResult> results) => Task.FromResult(results.ToImmutableArray());

    // Time passes only when somebody waits for it, and by as much as is waited for.
    private async Task<T> AdvanceAsync<T>(Task<T> task)
    {
        while (await Task.WhenAny(task, _clock.Waits.WaitToReadAsync().AsTask()) != task)
        {
            Assert.True(_clock.Waits.TryRead(out var wait));
            _clock.Advance(wait);
        }

        return await task;
    }

    private static T Stub<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var stub = DispatchProxy.Create<T, Stubbed>();
        ((Stubbed)(object)stub).Answer = answer;
        return stub;
    }

    /// <summary>A clock that tells who waits for it.</summary>
    private sealed class WaitedOn : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public ChannelReader<TimeSpan> Waits => _waits.Reader;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    /// <summary>Answers every call by a function.</summary>
    public class Stubbed : DispatchProxy
    {
        internal Func<MethodInfo, object?[], object?> Answer { get; set; } = null!;

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            try
            {
                return Answer(targetMethod!, args!);
            }
            catch (OrleansException e)
            {
                return Task.FromException<ImmutableArray<ClaimResult>>(e);
            }
        }
    }
}
