using System.Net;
using System.Net.Sockets;

namespace Denoised.Delivery.Webhooks;

/// <summary>
/// The addresses of the public internet. Requests to any other could reach the platform's own services or a private network (SSRF). Sources:
/// https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
            "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
            "240.0.0.0/4",
            // Azure's platform services: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16.
            "168.63.129.16/32",
            // Within 2000::/3: Teredo and other protocol assignments, documentation, 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is public.</summary>
    public static bool Includes(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || IsGlobalUnicast(address)) && !Array.Exists(notPublic, network => network.Contains(address));

    /// <summary>
    /// Whether an address is in 2000::/3, the only block of IPv6 for the public internet. IPv4-mapped addresses are not; IPNetwork would compare them as
    /// IPv4.
    /// </summary>
    private static bool IsGlobalUnicast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.GetAddressBytes()[0] >> 5 == 1;
}
