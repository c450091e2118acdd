namespace Feedback.Grains.Tests.Support;

/// <summary>A place where something is stopped until the test lets it pass.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when something has arrived.</summary>
    public Task ReachedAsync() => Until.EndsAsync(_reached.Task);

    /// <summary>Lets it pass.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Arrives, and waits to be let through.</summary>
    public Task PassAsync()
    {
        _reached.TrySetResult();
        return _open.Task;
    }
}
