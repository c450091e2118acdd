using System.CommandLine;
using Feedback.Silo.Commands;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

/// <summary>What an operator says of a silo's place in the cluster.</summary>
public sealed class ClusterChoicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("n2", "n2")]
    [InlineData("xinhua", "xinhua")]
    [InlineData("/xinhua", "xinhua")]
    [InlineData("/xinhua/hall-1/ ", "xinhua/hall-1")]
    public void A_site_is_named_with_or_without_slashes_around_it(string told, string node) => Assert.Equal(node, Read("--site", told).Serves);

    [Fact]
    public void A_silo_of_no_site_holds_any_windows() => Assert.Null(Read().Serves);

    [Fact]
    public void Slashes_alone_name_no_site() => Assert.Contains("--site", Assert.Throws<UsageException>(() => Read("--site", "/")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.1.2.3", "0.0.0.0")]
    [InlineData("2001:db8::7", "::")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    public void A_silo_listens_where_the_others_look_for_it(string told, string listens) => Assert.Equal(listens, Read("--advertise", told).ListensOn.ToString());

    private ClusterPlace Read(params string[] options)
    {
        var (choices, command) = (new ClusterChoices(), new Command("serve"));
        choices.AddTo(command);
        string[] usual = options.Contains("--advertise") ? [] : ["--advertise", "10.1.2.3"];
        string[] arguments = ["--cluster", "Host=db;Database=feedback", "--keys", _folder.Path, .. usual, .. options];
        return choices.Read(command.Parse(arguments), new Site(DataDirectory.Open(_folder["data"]), null)).Cluster!;
    }
}
