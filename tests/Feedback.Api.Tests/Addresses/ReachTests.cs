using Feedback.Api.Addresses;
using Xunit;

namespace Feedback.Api.Tests.Addresses;

public sealed class ReachTests
{
    [Theory]
    [InlineData("feedback.example.gov.cn", Reach.Everywhere)]
    [InlineData("8.8.8.8", Reach.Everywhere)]
    [InlineData("172.32.0.1", Reach.Everywhere)]
    [InlineData("2001:db8::1", Reach.Everywhere)]
    [InlineData("10.0.0.7", Reach.OneNetwork)]
    [InlineData("172.31.255.255", Reach.OneNetwork)]
    [InlineData("192.168.1.1", Reach.OneNetwork)]
    [InlineData("100.64.0.1", Reach.OneNetwork)]
    [InlineData("169.254.1.1", Reach.OneNetwork)]
    [InlineData("fd00::1", Reach.OneNetwork)]
    [InlineData("fe80::1", Reach.OneNetwork)]
    [InlineData("::ffff:10.0.0.7", Reach.OneNetwork)]
    [InlineData("hall-server", Reach.OneNetwork)]
    [InlineData("hall-server.local", Reach.OneNetwork)]
    [InlineData("localhost", Reach.ThisMachine)]
    [InlineData("LOCALHOST.", Reach.ThisMachine)]
    [InlineData("feedback.localhost", Reach.ThisMachine)]
    [InlineData("127.8.8.8", Reach.ThisMachine)]
    [InlineData("::1", Reach.ThisMachine)]
    [InlineData("::ffff:127.0.0.1", Reach.ThisMachine)]
    [InlineData("0.0.0.0", Reach.Nowhere)]
    [InlineData("::", Reach.Nowhere)]
    [InlineData("224.0.0.1", Reach.Nowhere)]
    public void The_form_of_a_host_tells_its_reach(string host, Reach reach) => Assert.Equal(reach, Reaches.Of(host));
}
