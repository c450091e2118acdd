using System.Collections.Immutable;
using System.Reflection;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;

namespace Feedback.Seeds.Tests.Support;

/// <summary>Windows without silo and journal: they admit by the real rules, and store every identity once.</summary>
internal sealed class WindowsInMemory(IBureau bureau, TimeProvider clock)
{
    private readonly Dictionary<string, WindowInMemory> _windows = [];

    /// <summary>What stands between a submission and its window; returns false to pass it on.</summary>
    public Func<bool> IsBusy { get; set; } = () => false;

    /// <summary>Throws before or after a submission is stored.</summary>
    public Action BeforeStoring { get; set; } = () => { };

    public Action AfterStoring { get; set; } = () => { };

    public IEnumerable<EvaluationClaim> Stored => _windows.Values.SelectMany(window => window.Claims.Values);

    public IEnumerable<Sender> Senders => _windows.Values.SelectMany(window => window.Senders);

    public IGrainFactory Factory => FactoryProxy.For(this);

    private WindowInMemory Window(string id)
    {
        lock (_windows)
            return _windows.TryGetValue(id, out var window) ? window : _windows[id] = new WindowInMemory(this, bureau, clock);
    }

    /// <summary>Only grains with text keys are asked for.</summary>
    private class FactoryProxy : DispatchProxy
    {
        private WindowsInMemory _windows = null!;

        public static IGrainFactory For(WindowsInMemory windows)
        {
            var proxy = Create<IGrainFactory, FactoryProxy>();
            ((FactoryProxy)(object)proxy)._windows = windows;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod?.Name == nameof(IGrainFactory.GetGrain) && args is [string id, ..]
                ? _windows.Window(id)
                : throw new NotSupportedException(targetMethod?.Name);
    }

    private sealed class WindowInMemory(WindowsInMemory owner, IBureau bureau, TimeProvider clock) : IWindowGrain
    {
        public Dictionary<(string Source, string Id), EvaluationClaim> Claims { get; } = [];

        public List<Sender> Senders { get; } = [];

        public Task<ImmutableArray<ClaimResult>> Submit(Submission submission)
        {
            lock (owner)
            {
                owner.BeforeStoring();
                Senders.Add(submission.Sender);
                ImmutableArray<ClaimResult> results = [.. submission.Claims.Select(claim => Store((EvaluationClaim)claim, submission.Sender))];
                owner.AfterStoring();
                return Task.FromResult(results);
            }
        }

        private ClaimResult Store(EvaluationClaim claim, Sender sender)
        {
            if (owner.IsBusy())
                return ClaimResult.Refuse(new Domain.Evaluations.Refusal("busy", Retryable: true));
            var key = (claim.Evaluation.Source, claim.Evaluation.Id);
            if (Claims.TryGetValue(key, out var known))
                return new ClaimResult(known.SaysTheSameAs(claim) ? ClaimStatus.Repeated : ClaimStatus.Conflicting, 1);
            var (_, refusal) = Admissions.Admit(
                claim, sender, clock.GetUtcNow().ToUnixTimeMilliseconds(), bureau.Current.Tree, bureau.Current.Catalogue, new DutyRoster());
            if (refusal is not null)
                return ClaimResult.Refuse(refusal);
            Claims.Add(key, claim);
            return new ClaimResult(ClaimStatus.Accepted, Claims.Count);
        }

        public Task<Outcome> SetStaff(string? staff, long? at = null) => throw new NotSupportedException();

        public Task<Outcome> SetExcluded(long version, bool excluded, string reason) => throw new NotSupportedException();

        public Task<Outcome> Erase(ImmutableArray<long> versions, ErasedPart part, ErasureCause cause, string reason) => throw new NotSupportedException();

        public Task<NodeDays> GetDays(DateOnly from, DateOnly to) => throw new NotSupportedException();

        public Task<ChildReport> DaysSince(DateOnly month, long after) => throw new NotSupportedException();

        public Task<RatingStanding> FindRating(long version) => throw new NotSupportedException();

        public ValueTask<FigureMark> GetMark() => throw new NotSupportedException();
    }
}
