using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace Denoised.LocalHost.Site;

/// <summary>Listening on this machine only.</summary>
internal static class ListeningExtensions
{
    /// <summary>Listens on the loopback addresses; on port 0, on a free port of the IPv4 one.</summary>
    public static void ListenOnThisMachine(this KestrelServerOptions kestrel, int port)
    {
        if (port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(port);
    }

    /// <summary>The address of a started server, with a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">It does not listen yet.</exception>
    public static Uri Address(this IServer server) => server.Features.Get<IServerAddressesFeature>() is { Addresses: { Count: > 0 } addresses }
        ? new Uri(addresses.First())
        : throw new InvalidOperationException("The server does not listen yet.");

    /// <summary>Starts a server.</summary>
    /// <exception cref="InvalidOperationException">Its port is taken; the message names the setting.</exception>
    public static async Task StartListeningAsync(this IHost server, string what, string setting, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new InvalidOperationException($"{e.Message} Another program uses the port of {what}: end it, or set {setting} to another one (0 takes a free one).", e);
        }
    }
}
