using Feedback.Silo.Hosting;
using Xunit;

namespace Feedback.Api.Tests.Setup;

/// <summary>What a silo of a cluster says of the code for the first administrator.</summary>
public sealed class FirstRunTests
{
    [Theory]
    [InlineData("http://10.1.2.3:5080", "ssh -L 5080:10.1.2.3:5080 SERVER", "http://127.0.0.1:5080/setup")]
    [InlineData("http://127.0.0.1:8080", "kubectl port-forward pod/silo-2 5080:8080", "http://127.0.0.1:5080/setup")]
    [InlineData("https://10.1.2.3:443", "ssh -L 5080:10.1.2.3:443 SERVER", "https://127.0.0.1:5080/setup")]
    public void The_code_of_one_silo_is_entered_at_that_silo_by_an_address_that_is_let_in(string listens, string reached, string page)
    {
        var words = FirstRun.WordsOfOne("silo-2", new Uri(listens), "abcd-efgh");

        Assert.Contains("of silo silo-2 alone", words, StringComparison.Ordinal);
        Assert.Contains(reached, words, StringComparison.Ordinal);
        Assert.Contains($"open {page} ", words, StringComparison.Ordinal);
        Assert.Contains("    abcd-efgh\n", words, StringComparison.Ordinal);
    }
}
