using System.Net;
using CsCheck;
using Denoised.Delivery.Webhooks;

namespace Denoised.Tests.Delivery;

/// <summary>The addresses that a webhook may have.</summary>
public sealed class PublicAddressTests
{
    private static readonly string[] privateNetworks =
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32", "::/8", "::1/128", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ];

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700:4700::1111")]
    public void Public_addresses_are_allowed(string address) => Assert.True(PublicAddress.Includes(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("fe80::1%1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("2002:7f00:1::")]
    [InlineData("64:ff9b::a00:1")]
    public void Addresses_of_this_machine_or_a_private_network_are_refused(string address) => Assert.False(PublicAddress.Includes(IPAddress.Parse(address)));

    [Fact]
    public void No_address_of_a_private_network_is_allowed() =>
        Gen.Select(Gen.Int[0, privateNetworks.Length - 1], Gen.Byte.Array[16]).Sample(
            (place, random) => Assert.False(PublicAddress.Includes(Within(IPNetwork.Parse(privateNetworks[place]), random))), iter: 20_000);

    [Fact]
    public void The_mapped_form_of_an_address_is_never_allowed() =>
        Gen.Byte.Array[4].Sample(bytes => Assert.False(PublicAddress.Includes(new IPAddress(bytes).MapToIPv6())), iter: 2_000);

    /// <summary>An address of a network: its prefix, then random bits.</summary>
    private static IPAddress Within(IPNetwork network, byte[] random)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(random[bit / 8] & (0x80 >> (bit % 8)));
        return new IPAddress(bytes);
    }
}
