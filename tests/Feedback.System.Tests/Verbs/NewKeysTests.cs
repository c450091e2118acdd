using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>The keys of a site that is to begin.</summary>
public sealed class NewKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task They_are_made_once_for_their_owner_only()
    {
        var keys = _folder["keys"];

        var made = await FeedbackProcess.RunAsync(["keys", "make", keys]);
        var master = await File.ReadAllTextAsync(Path.Combine(keys, "master.key"));
        var again = await FeedbackProcess.RunAsync(["keys", "make", keys]);

        Assert.Equal((0, ""), (made.Code, made.Errors));
        Assert.Equal("700 600 600 600\n", await Shell.RunAsync($"cd '{keys}' && echo $(stat -c %a . master.key checkpoint.key cluster.pem)"));
        Assert.Equal(1, again.Code);
        Assert.Contains("master.key is there already", again.Errors, StringComparison.Ordinal);
        Assert.Equal(master, await File.ReadAllTextAsync(Path.Combine(keys, "master.key")));
    }
}
