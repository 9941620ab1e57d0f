using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Denoised.LocalHost.Site;

/// <summary>Listens on the loopback interface only.</summary>
internal static class ListeningExtensions
{
    /// <summary>Listens on both loopback addresses; for port 0, on a free port of the IPv4 address only.</summary>
    public static void ListenOnThisMachine(this KestrelServerOptions kestrel, int port)
    {
        if (port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(port);
    }

    /// <summary>Gets the address of a started server, with a trailing slash.</summary>
    /// <exception cref="InvalidOperationException">The server is not listening yet.</exception>
    public static Uri Address(this IServer server) => server.Features.Get<IServerAddressesFeature>() is { Addresses: { Count: > 0 } addresses }
        ? new Uri(addresses.First())
        : throw new InvalidOperationException("The server does not listen yet.");

    /// <summary>Checks that a port is free, before anything is installed or built.</summary>
    /// <param name="port">The port; 0 is always free.</param>
    /// <param name="what">The service that will listen on the port.</param>
    /// <param name="setting">The name of the port's setting.</param>
    /// <exception cref="InvalidOperationException">The port is in use; the message names the setting.</exception>
    public static void RequireFreePort(int port, string what, string setting)
    {
        if (port == 0)
            return;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new InvalidOperationException(
                $"Port {port} cannot be used for {what} ({e.Message.TrimEnd('.')}): end the program that uses it, or set {setting} to another port (0 takes a free one).", e);
        }
    }
}
