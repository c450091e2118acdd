using Feedback.Grains.Journal;

namespace Feedback.Api.Tests.Health;

/// <summary>A journal that commits, fails or hangs as a test wants it, and counts what it was asked.</summary>
internal sealed class FakeJournal : IJournalProbe, IJournalVitals
{
    private Task _answer = Task.CompletedTask;

    public int Asked { get; private set; }

    public JournalVitals Vitals { get; set; } = JournalVitals.Fresh;

    public Task CommitAsync(CancellationToken cancellation = default)
    {
        Asked++;
        return _answer;
    }

    public JournalVitals Read() => Vitals;

    public void Commits() => _answer = Task.CompletedTask;

    public void Fails(Exception with) => _answer = Task.FromException(with);

    public TaskCompletionSource Hangs()
    {
        var held = new TaskCompletionSource();
        _answer = held.Task;
        return held;
    }
}
