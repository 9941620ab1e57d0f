using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Denoised.Delivery.Webhooks;

/// <summary>Opens the connections to the webhook: to public addresses only. The address that is checked is the one that is connected to.</summary>
internal class WebhookNetwork
{
    /// <summary>Whether connections to an address are allowed.</summary>
    protected virtual bool IsAllowed(IPAddress address) => PublicAddress.Includes(address);

    /// <summary>Checks the certificate; null for the platform's own check.</summary>
    public virtual RemoteCertificateValidationCallback? CertificateCheck => null;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="AddressRefusedException">An address of the host is not allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);

        // All of them: a name with one public and one private address is an attempt to reach the private one.
        if (!Array.TrueForAll(addresses, IsAllowed))
            throw new AddressRefusedException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The webhook's host has an address that is not public.</summary>
internal sealed class AddressRefusedException() : Exception("The host has an address that is not public.");
