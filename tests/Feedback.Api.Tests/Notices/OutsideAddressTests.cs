using System.Net;
using System.Net.Sockets;
using Feedback.Grains.Notices;
using Feedback.Silo.Notices;
using Xunit;

namespace Feedback.Api.Tests.Notices;

/// <summary>Hooks cannot be made to reach into a network of our own.</summary>
public sealed class OutsideAddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.1.2")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("100::1")]
    public void An_address_that_is_not_of_the_Internet_is_not_connected_to(string address) => Assert.False(OutsideAddresses.MayConnect(IPAddress.Parse(address), allowPrivate: false));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("240e:1::1")]
    public void An_address_of_the_Internet_is(string address) => Assert.True(OutsideAddresses.MayConnect(IPAddress.Parse(address), allowPrivate: false));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("fd12::1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    public void A_network_of_our_own_is_connected_to_where_that_is_meant_so_and_what_tells_clouds_secrets_never(string address, bool may) =>
        Assert.Equal(may, OutsideAddresses.MayConnect(IPAddress.Parse(address), allowPrivate: true));

    [Fact]
    public async Task One_address_inside_spoils_a_name()
    {
        var addresses = Names("1.1.1.1", "10.0.0.1");

        await Assert.ThrowsAsync<DeliveryException>(() => addresses.CheckedAsync("hook.example.org", allowPrivate: false, default));
        Assert.Equal(2, (await addresses.CheckedAsync("hook.example.org", allowPrivate: true, default)).Length);
    }

    [Fact]
    public async Task A_name_without_addresses_is_tried_later()
    {
        await Assert.ThrowsAsync<DeliveryException>(() => Names().CheckedAsync("hook.example.org", allowPrivate: false, default));
        var unknown = new OutsideAddresses((_, _) => throw new SocketException((int)SocketError.HostNotFound));
        Assert.False((await Assert.ThrowsAsync<DeliveryException>(() => unknown.CheckedAsync("hook.example.org", allowPrivate: false, default))).IsForGood);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task An_address_written_out_is_checked_without_asking_anybody(string host)
    {
        var addresses = new OutsideAddresses((_, _) => throw new InvalidOperationException("Nobody is to be asked."));

        await Assert.ThrowsAsync<DeliveryException>(() => addresses.CheckedAsync(host, allowPrivate: false, default));
    }

    private static OutsideAddresses Names(params string[] addresses) => new((_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()));
}
